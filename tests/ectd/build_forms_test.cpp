// The forms a sequence can be built in: a folder, a folder that shares blocks with its sources, a ZIP. They hold the same.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using test::CommandBench;

namespace {

const char* const plan = "section,title,source\n1.2,Cover,a.pdf\n2.2,A,a.pdf\n2.4,B,sub/a.pdf\n";

test::Run build(const CommandBench& bench, const std::string& to, const std::vector<std::string>& more) {
    std::vector<std::string> command{"ectd", "build", "app", "--to", to, "--sequence", "0001"};
    command.insert(command.end(), more.begin(), more.end());
    return test::dossier(command, bench.scratch.path());
}

// Rule and place of every finding.
std::vector<std::string> findings(const CommandBench& bench, const std::string& target) {
    const test::Run run = test::dossier({"ectd", "validate", target, "--json"}, bench.scratch.path());
    std::vector<std::string> list;
    const auto report = parse_json(run.out);
    INFO(run.err);
    REQUIRE(report);
    for (const Json& finding : report->find("findings")->items())
        list.push_back(finding.find("rule")->text() + " " + finding.find("path")->text() + " " + finding.find("message")->text());
    return list;
}

} // namespace

TEST_CASE("a folder, a folder with shared blocks and a ZIP hold the same sequence, and the ZIP is the same bytes each time") {
    test::tool_or_skip("unzip");
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", plan);
    REQUIRE(build(bench, "folder", {}).code == 0);
    REQUIRE(build(bench, "linked", {"--link"}).code == 0);
    const test::Run zipped = build(bench, "zip", {"--zip", "--json"});
    REQUIRE(zipped.code == 0);
    CHECK(parse_json(zipped.out)->find("folder")->text() == "zip/0001.zip");
    REQUIRE(build(bench, "zip2", {"--zip"}).code == 0);
    CHECK(bench.scratch.read("zip/0001.zip") == bench.scratch.read("zip2/0001.zip"));
    CHECK(test::run({"diff", "-r", "folder", "linked"}, bench.scratch.path()).out == "");
    REQUIRE(test::run({"unzip", "-q", "zip/0001.zip", "-d", "unzipped"}, bench.scratch.path()).code == 0);
    CHECK(test::run({"diff", "-r", "folder", "unzipped"}, bench.scratch.path()).out == "");
    CHECK(findings(bench, "zip/0001.zip") == findings(bench, "folder/0001"));
}

TEST_CASE("a linked document does not change when its source does") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", plan);
    REQUIRE(build(bench, "linked", {"--link"}).code == 0);
    const std::string before = bench.scratch.read("linked/0001/m2/24-nonclin-over/a.pdf");
    REQUIRE(test::run({"sh", "-c", "echo more >> app/sub/a.pdf"}, bench.scratch.path()).code == 0);
    CHECK(bench.scratch.read("linked/0001/m2/24-nonclin-over/a.pdf") == before);
}

TEST_CASE("a ZIP that is there is built again only when asked, and never of a sequence that was sent") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", plan);
    REQUIRE(build(bench, "zip", {"--zip"}).code == 0);
    const test::Run again = build(bench, "zip", {"--zip"});
    CHECK(again.code == 3);
    CHECK(again.err.find("zip/0001.zip: sequence 0001 is already there") != std::string::npos);
    bench.scratch.write("app/a.pdf", "%PDF-1.4\nanother\nstartxref\n0\n%%EOF\n");
    const std::string before = bench.scratch.read("zip/0001.zip");
    CHECK(build(bench, "zip", {"--zip", "--rebuild"}).code == 0);
    CHECK(bench.scratch.read("zip/0001.zip") != before);
    std::string yaml = test::application_yaml;
    yaml.insert(yaml.find("sub_type: application") + 21, ", sent: 2026-02-03");
    bench.scratch.write("app/application.yaml", yaml);
    const test::Run sent = build(bench, "zip", {"--zip", "--rebuild"});
    CHECK(sent.code == 3);
    CHECK(sent.err.find("was sent and is never changed again") != std::string::npos);
    CHECK(test::run({"ls", "-A", "zip"}, bench.scratch.path()).out == "0001.zip\n");
}

TEST_CASE("an amendment that opens an activity, and an opener's word for a sequence that continues one, are pointed out") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", plan);
    std::string yaml = test::application_yaml;
    const std::string opener = "sub_type: application";
    bench.scratch.write("app/application.yaml", replace_all(yaml, opener, "sub_type: amendment"));
    const test::Run first = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    CHECK(first.code == 0);
    CHECK(
        first.out.find("note: app/application.yaml, line 3: sequence 0001 opens an activity of its own and is called amendment. Mend: name "
                       "the sequence that opened the activity in submission_id, or correct sub_type") != std::string::npos);
    bench.scratch.write("app/application.yaml", yaml);
    REQUIRE(bench.build(plan).code == 0);
    yaml.insert(yaml.find("}}\nstudies") + 1,
                ", \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}");
    bench.scratch.write("app/application.yaml", yaml);
    const test::Run second = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    INFO(second.err);
    CHECK(second.out.find("sequence 0002 continues activity 0001 and is called application, as if it opened one") != std::string::npos);
}

TEST_CASE("a submission that the law leaves no room for in the application is pointed out, any other is not") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", plan);
    const auto notes_with = [&](const std::string& type) {
        bench.scratch.write("app/application.yaml", replace_all(test::application_yaml, "submission_type: original-application",
                                                                "submission_type: " + type)); // of an IND
        const test::Run run = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
        CHECK(run.code == 0);
        return run.out;
    };
    CHECK(
        notes_with("labeling-supplement")
            .find(
                "note: app/application.yaml, line 3: sequence 0001 is called labeling-supplement, and the application is: Investigational "
                "New Drug (IND); a supplement changes an approved application (21 CFR 314.70, 601.12). Mend: correct submission_type") !=
        std::string::npos);
    CHECK(notes_with("ind-safety-reports").find("and the application is") == std::string::npos);
    CHECK(notes_with("annual-report").find("and the application is") == std::string::npos);
}

TEST_CASE("a draft that lies there as a ZIP is not built beside it as a folder") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", plan);
    REQUIRE(build(bench, "app", {"--zip"}).code == 0);
    const test::Run again = test::dossier({"ectd", "build", "app", "--sequence", "0001"}, bench.scratch.path());
    CHECK(again.code == 3);
    CHECK(again.err.find("sequence 0001 is already there as a ZIP") != std::string::npos);
}
