// What `study apply` says of documents that are filed, and of decisions in force, where the changed facts expect nothing of them any more.
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

TEST_CASE("study apply: decisions in force that took an expected document out and would take none are named before anything is written") {
    const Applied p;
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "on paper"});            // W-000001
    p.require({"tmf", "waive", "S", "EDL-087-01", "--person", "P2", "--reason", "on paper"});           // W-000002
    p.require({"tmf", "waive", "S", "EDL-133-01", "--not-applicable", "--reason", "none was shipped"}); // W-000003
    p.require({"tmf", "waive", "S", "EDL-066-03", "--site", "701", "--reason", "a central committee"}); // W-000004
    p.require({"tmf", "waive", "S", "EDL-213-01", "--reason", "never asked for"});                      // W-000005, not randomised
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "twice"});               // W-000006
    p.require({"tmf", "unwaive", "S", "W-000006", "--reason", "twice"});
    const std::string none = "take nothing out any more";
    CHECK(p.apply("title: Small study", "title: A small study").err.find(none) == std::string::npos);
    // P1 goes to the other site: no investigator is at 701, and P2 stays where he is.
    const std::string from = "{id: P1, name: Ann Lee, role: principal_investigator, site: \"701\"",
                      to = "{id: P1, name: Ann Lee, role: principal_investigator, site: \"0702\"";
    const std::string said =
        "note: with these facts W-000001 (EDL-087-01, site 701) would take nothing out any more; where that is meant, end it "
        "('dossier tmf unwaive S W-000001 --reason TEXT'), else correct the file\n";
    CHECK_THAT(p.apply(from, to).err, Catch::Contains(said));
    CHECK(p.apply(from, to).err.find("W-000002") == std::string::npos);
    CHECK_THAT(p.apply(from, to, false).err, Catch::Contains(said));
    CHECK(p.apply(from, to).err.find(none) == std::string::npos); // it is so already
    // The switch turns the rule off, for the whole trial.
    p.apply(to, to, false);
    CHECK_THAT(p.apply("imp_blinded: yes", "imp_blinded: no").err,
               Catch::Contains("W-000003 (EDL-133-01) would take nothing out any more"));
    // Site 701 was never opened after all: its papers are not expected.
    const std::string open = "{id: \"701\", country: USA, activated: 2025-03-01}";
    CHECK_THAT(
        p.apply(open, "{id: \"701\", country: USA, rejected: 2025-03-01}").err,
        Catch::Contains("W-000001 (EDL-087-01, site 701), W-000004 (EDL-066-03, site 701) would take nothing out any more; where that is "
                        "meant, end them ('dossier tmf unwaive S W-000001 --reason TEXT' and so on), else correct the file"));
}

TEST_CASE("study apply: a decision goes with its site, and one about what may unblind is not named to the blinded") {
    Applied p;
    p.require({"tmf", "waive", "S", "EDL-087-01", "--site", "701", "--reason", "on paper"});
    p.require({"tmf", "waive", "S", "EDL-133-01", "--not-applicable", "--reason", "canary"});
    const std::string none = "take nothing out any more";
    CHECK(p.apply("{id: \"701\", country: USA", "{id: \"701\", country: DE").err.find(none) == std::string::npos);
    p.scratch.write("ACME.tsv", "# list: ACME\n# version: 1\n# owner: Acme Ltd\n# model: 3.3.1\naction\trule\nretire\tEDL-087-01\n");
    p.require({"standards", "add", "ACME.tsv"});
    // Of a rule that the study loses it is said otherwise, and once.
    const std::string lost = p.apply("review: yes", "review: yes, lists: [ACME@1]").err;
    CHECK_THAT(lost, Catch::Contains("W-000001 is about EDL-087-01, which the study no longer has"));
    CHECK(lost.find(none) == std::string::npos);
    // What only the unblinded know of: a study whose treatment is open from now on is theirs to say, a rule by its switch is not.
    p.apply("switches: {imp_blinded: yes}", "switches: {imp_blinded: yes, randomised: yes}", false);
    p.require({"tmf", "waive", "S", "EDL-213-01", "--reason", "canary"}); // W-000003
    CHECK_THAT(p.apply("", "").err, Catch::Contains("W-000003 (EDL-213-01) would take nothing out any more"));
    p.user = "bob";
    CHECK(p.apply("", "").err.find("W-000003") == std::string::npos);
}
