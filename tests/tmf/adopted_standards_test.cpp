// A repository holds what its studies are judged by: the program's own model and rules, too, so that a later program with other tables
// under the same names changes no answer.
#include "tests/tmf/program.hpp"

#include "core/digest.hpp"
#include "tests/support/skip.hpp"

using namespace tmf_test;

namespace {

// The templates with one rule due 400 days later: EDL-032-01, the protocol.
std::string other_templates(const Program& p) {
    REQUIRE(test::run({"cp", "-r", test::source_folder() + "/templates", "templates"}, p.scratch.path()).code == 0);
    const std::string name = "templates/tmf/expected-documents.tsv", bytes = p.scratch.read(name);
    const std::string rule = bytes.substr(bytes.find("EDL-032-01"), bytes.find('\n', bytes.find("EDL-032-01")) - bytes.find("EDL-032-01"));
    const std::string changed = replace_all(rule, "\t01@study\t0\t", "\t01@study\t400\t");
    REQUIRE(changed != rule);
    p.scratch.write(name, replace_all(bytes, rule, changed));
    return "DOSSIER_TEMPLATES=" + (p.scratch / "templates");
}

test::Run with(const Program& p, const std::string& templates, std::vector<std::string> arguments, const std::string& repository = "repo") {
    arguments.insert(arguments.end(), {"--repo", repository, "--as", "ann", "--now", p.now});
    return test::dossier(std::move(arguments), p.scratch.path(), {"XDG_DATA_HOME=" + p.scratch / "data", templates});
}

std::string due_of_protocol(const std::string& report) {
    const auto json = parse_json(report);
    REQUIRE(json);
    for (const Json& row : json->find("rows")->items())
        if (row.find("rule")->text() == "EDL-032-01") return row.find("due")->text();
    return "no slot";
}

} // namespace

TEST_CASE("adopted standards: the tables of the program lie in the repository byte by byte, once") {
    const Program p;
    test::tool_or_skip("sqlite3");
    const auto content = [&p](const std::string& kind, const std::string& name) {
        const auto run = test::run(
            {"sqlite3", p.scratch / "repo/ledger.sqlite",
             fill("SELECT hex(content) || ' ' || sha256 || ' ' || size FROM standard WHERE kind = '{}' AND name = '{}'", kind, name)});
        REQUIRE(run.code == 0);
        return run.out;
    };
    const std::vector<std::vector<std::string>> wanted = {{"model", "3.3.1", "reference-model-3.3.1.tsv"},
                                                          {"list", "EDL@1", "expected-documents.tsv"},
                                                          {"table", "EDL@1/milestones", "milestones.tsv"},
                                                          {"table", "EDL@1/switches", "switches.tsv"}};
    for (const auto& one : wanted) {
        INFO(one[1]);
        const std::string file = test::source_folder() + "/templates/tmf/" + one[2];
        const std::string sha256 = test::run({"sha256sum", file}).out.substr(0, 64);
        const std::string bytes = test::read_bytes(file);
        std::string hex;
        for (const char c : bytes) hex += fill("{:02X}", std::int64_t{static_cast<unsigned char>(c)});
        CHECK((content(one[0], one[1]) == fill("{} {} {}\n", hex, sha256, bytes.size())));
    }
    p.scratch.write("OTHER.yaml", replace_all(program_study, "id: S,", "id: T,"));
    p.require({"study", "apply", "OTHER.yaml"});
    CHECK(test::run({"sqlite3", p.scratch / "repo/ledger.sqlite", "SELECT count(*) FROM standard"}).out == "4\n");
    CHECK(p.require({"tmf", "audit", "S"}).find("standard_adopted  list EDL@1\n") != std::string::npos);
    p.require({"tmf", "check"});
}

TEST_CASE("adopted standards: a program with other tables under the same names answers as the one that the study was applied with") {
    const Program p;
    const std::string other = other_templates(p);
    const std::vector<std::string> question = {"tmf", "completeness", "S", "--json"};
    const test::Run then = with(p, "UNUSED=", question), now = with(p, other, question);
    REQUIRE(then.code == 0);
    INFO(now.err);
    CHECK((now.out == then.out));
    CHECK(due_of_protocol(now.out) == "2025-02-15"); // the country's approval
    const test::Run again = with(p, other, {"study", "apply", "STUDY.yaml"});
    CHECK(again.out == "study S: nothing changed\n");
    CHECK(again.err.find("note: this program has list EDL@1 in another wording than the repository adopted it; the repository's holds\n") !=
          std::string::npos);
    // A repository that begins with them has them.
    REQUIRE(with(p, other, {"init", "repo2"}, "repo2").code == 0);
    REQUIRE(with(p, other, {"study", "apply", "STUDY.yaml"}, "repo2").code == 0);
    CHECK(due_of_protocol(with(p, other, question, "repo2").out) == "2026-03-22"); // 400 days later
    CHECK(due_of_protocol(with(p, "UNUSED=", question, "repo2").out) == "2026-03-22");
}
