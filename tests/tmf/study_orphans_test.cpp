// What `study apply` says of documents that are filed, where the changed facts expect them no longer.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

struct Applied : Program {
    test::Run apply(const std::string& from, const std::string& to, bool dry_run = true) const {
        std::string yaml = program_study;
        if (const std::size_t at = yaml.find(from); at != std::string::npos) yaml.replace(at, from.size(), to);
        scratch.write("NEXT.yaml", yaml);
        std::vector<std::string> command = {"study", "apply", "NEXT.yaml"};
        if (dry_run) command.emplace_back("--dry-run");
        const test::Run result = run(command);
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result;
    }
};

} // namespace

TEST_CASE("study apply: documents that fill an expected document and would fill none are named before anything is written") {
    const Applied p;
    p.import("file,artifact,site,person,event,date,status\n"
             "files/a.txt,05.02.04,701,P1,,2025-01-05,final\n"   // D-000001, the curriculum vitae of the investigator
             "files/b.txt,02.01.02,,,,2025-01-05,final\n"        // D-000002, the protocol
             "files/c.txt,05.02.04,701,P1,,2025-01-06,final\n"); // D-000003, of the same person, not accepted either
    const std::string none = "would fill no expected document any more";
    CHECK(p.apply("title: Small study", "title: A small study").err.find(none) == std::string::npos);
    // P1 goes to the other site: what is filed for P1 at 701 fits nobody there.
    const std::string from = "{id: P1, name: Ann Lee, role: principal_investigator, site: \"701\"",
                      to = "{id: P1, name: Ann Lee, role: principal_investigator, site: \"0702\"";
    const test::Run moved = p.apply(from, to);
    CHECK_THAT(moved.err, Catch::Contains("with these facts D-000001, D-000003 would fill no expected document any more"));
    CHECK(moved.err.find("D-000002") == std::string::npos);
    CHECK_THAT(p.apply(from, to, false).err, Catch::Contains("D-000001, D-000003 would fill no expected document"));
    CHECK(p.apply(from, to).err.find(none) == std::string::npos); // it is so already
}

TEST_CASE("study apply: a document that may unblind is not named to who may not see it") {
    const Applied p;
    p.import("file,artifact,site,person,date,status,restricted\n"
             "files/a.txt,05.02.04,701,P1,2025-01-05,final,yes\n");
    p.require({"user", "add", "mgr", "--role", "manager"});
    std::string yaml = program_study;
    yaml.replace(yaml.find("site: \"701\", from"), 11, "site: \"0702\"");
    p.scratch.write("NEXT.yaml", yaml);
    const auto notes = [&p](const std::string& user) {
        const test::Run run = test::dossier({"study", "apply", "NEXT.yaml", "--dry-run", "--repo", "repo", "--as", user, "--now", p.now},
                                            p.scratch.path(), {"XDG_DATA_HOME=" + p.scratch / "data"});
        INFO(run.err);
        REQUIRE(run.code == 0);
        return run.err;
    };
    CHECK_THAT(notes(p.user), Catch::Contains("D-000001 would fill no expected document"));
    CHECK(notes("mgr").find("D-000001") == std::string::npos);
}
