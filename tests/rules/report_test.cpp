// The forms of a validation report: what is waived, what is new, JUnit, SARIF, the page.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/python.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

// The EU base below app/. Its util files are stand-ins: six findings of 1.3, 2.3, 3.3, 4.3, 5.3 and 6.3 in each sequence, all "fail".
struct Application {
    test::Scratch scratch;
    Application() {
        test::RuleCase item = test::base_case("eu");
        test::fill_in(item);
        for (const auto& [name, bytes] : item.files) scratch.write("app/" + name, bytes);
    }
    test::Run validate(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"ectd", "validate"});
        arguments.insert(arguments.end(), {"--as-of", "2026-03-01"});
        return test::dossier(std::move(arguments), scratch.path());
    }
    Json json(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--format", "json"});
        const test::Run run = validate(std::move(arguments));
        INFO(run.err);
        const auto parsed = parse_json(run.out);
        REQUIRE(parsed);
        return *parsed;
    }
};

std::size_t count(const Json& report, const char* key) { return report.find(key)->items().size(); }

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

constexpr const char* all_waived =
    "rule,path,reason,who,until\n1.3,,stand-in,A. Smith,\n2.3,u*l/*e/*.xsl*,stand-in,A. Smith,2026-03-01\n"
    "3.3,,stand-in,A. Smith,\n4.3,,stand-in,A. Smith,\n5.3,,stand-in,A. Smith,\neu-8.2:6.3,*.xsl,stand-in,A. Smith,\n";

} // namespace

TEST_CASE("waived findings do not count, are listed with reason and name, and the verdict is that of the others") {
    const Application app;
    CHECK(app.validate({"app/0001"}).code == 10);
    app.scratch.write("waivers.csv", all_waived);
    const Json report = app.json({"app/0001", "--waivers", "waivers.csv"});
    CHECK(report.find("verdict")->text() == "clean");
    CHECK(count(report, "findings") == 0);
    REQUIRE(count(report, "waived") == 6);
    for (const char* const key : {"rule", "number", "severity", "path", "location", "message", "remedy", "reason", "who", "until"})
        CHECK(report.find("waived")->items()[0].find(key));
    const test::Run text = app.validate({"app/0001", "--waivers", "waivers.csv"});
    CHECK(text.code == 0);
    CHECK(has(text.out, "No findings; 6 waived, 6 of them would reject"));
    CHECK(has(text.out, "stand-in (A. Smith, until 2026-03-01)")); // the last day counts
}

TEST_CASE("a waiver that is over, one that meets nothing, and one for another sequence") {
    const Application app;
    app.scratch.write("waivers.yaml", "waivers:\n"
                                      "  - {rule: \"1.3\", reason: a, who: b, until: 2026-02-28}\n"
                                      "  - {rule: \"15.8\", reason: a, who: b}\n"
                                      "  - {rule: \"2.3\", sequence: \"0000\", reason: a, who: b}\n"
                                      "  - {rule: \"2.3\", path: \"m1/*\", reason: a, who: b}\n");
    const Json report = app.json({"app/0001", "--waivers", "waivers.yaml"});
    CHECK(count(report, "findings") == 6);
    CHECK(count(report, "waived") == 0);
    const std::string notes = report.find("notes")->dump();
    CHECK(has(notes, "the waiver of 1.3 (waivers.yaml, line 2) was good until 2026-02-28: it is over"));
    CHECK(has(notes, "the waiver of 15.8 (waivers.yaml, line 3) meets no finding"));
    CHECK(has(notes, "the waiver of 2.3 for m1/* (waivers.yaml, line 5) meets no finding"));
    CHECK_FALSE(has(notes, "line 4"));
}

TEST_CASE("a wrong list of waivers is refused with its line") {
    const Application app;
    app.scratch.write("a.yaml", "waivers:\n  - {rule: \"1.3\", reason: a, who: b, untill: 2026-02-28}\n");
    app.scratch.write("b.csv", "rule,reason,who,until\n1.3,,Smith,\n");
    app.scratch.write("c.csv", "rule,reason,who,until\n1.3,because,Smith,soon\n");
    for (const auto& [file, words] : std::vector<std::pair<std::string, std::string>>{
             {"a.yaml", "until"}, {"b.csv", "gives no reason"}, {"c.csv", "until is soon, which is no date"}, {"none.csv", "none.csv"}}) {
        const test::Run run = app.validate({"app/0001", "--waivers", file});
        INFO(file << run.err);
        CHECK(run.code == 3);
        CHECK(run.out.empty());
        CHECK(has(run.err, words));
    }
}

TEST_CASE("a baseline tells what is new and what is gone, and a line that moved is neither") {
    const Application app;
    app.scratch.write("app/0001/notes.txt", "x");
    REQUIRE(app.validate({"app", "--format", "json", "--output", "earlier.json"}).code == 10);
    REQUIRE(test::run({"rm", app.scratch / "app/0001/notes.txt"}).code == 0);
    app.scratch.write("app/0001/m5/stray.xml", "<x/>");
    const Json report = app.json({"app/0001", "--baseline", "earlier.json"});
    REQUIRE(count(*report.find("baseline"), "gone") == 1);
    CHECK(report.find("baseline")->find("gone")->items()[0].find("number")->text() == "15.9");
    std::vector<std::string> fresh;
    for (const Json& finding : report.find("findings")->items())
        if (finding.find("new")->boolean()) fresh.push_back(finding.find("number")->text());
    CHECK(fresh == std::vector<std::string>{"15.8", "15.BP2"}); // no leaf; m5 holds no files
    CHECK(has(app.validate({"app/0001", "--baseline", "earlier.json"}).out, "against the report of 2026-03-01: 2 new, 1 gone"));
    const test::Run wrong = app.validate({"app/0001", "--baseline", "app/0001/index.xml"});
    CHECK(wrong.code == 3);
}

// 0001 replaces a leaf that 0000 does not have (11.9), and holds a file without a leaf (15.9). Then the file is taken away, and so is 0000:
// of the first nobody can say any more whether it is mended.
TEST_CASE("what a rule found before is gone only where the rule was run again, in every form of the report") {
    const Application app;
    std::string index = app.scratch.read("app/0001/index.xml");
    index.replace(index.find("0000/index.xml#spec"), 19, "0000/index.xml#sp");
    app.scratch.write("app/0001/index.xml", index);
    app.scratch.write("app/0001/notes.txt", "x");
    REQUIRE(app.validate({"app/0001", "--format", "json", "--output", "earlier.json"}).code == 10);
    REQUIRE(test::run({"rm", "-r", app.scratch / "app/0001/notes.txt", app.scratch / "app/0000"}).code == 0);
    const Json report = app.json({"app/0001", "--baseline", "earlier.json"});
    const auto numbers = [&](const char* list) {
        std::vector<std::string> found;
        for (const Json& finding : report.find("baseline")->find(list)->items()) found.push_back(finding.find("number")->text());
        return found;
    };
    CHECK(numbers("gone") == std::vector<std::string>{"15.9"});
    CHECK(numbers("not_run") == std::vector<std::string>{"11.9"});
    const auto in_form = [&](const char* form) { return app.validate({"app/0001", "--baseline", "earlier.json", "--format", form}).out; };
    const std::string text = in_form("text");
    CHECK(has(text, "0 new, 1 gone, 1 not run this time"));
    CHECK(has(text, "Of the earlier report, and not run this time:\n  fail eu-8.2:11.9 index.xml, line "));
    CHECK(has(in_form("csv"), ",earlier_not_run,"));
    CHECK(has(in_form("html"), "Of the earlier report, and not run this time"));
    CHECK(has(in_form("junit"), "1 not run this time"));
    const std::string sarif = in_form("sarif");
    CHECK(has(sarif, "whether the finding of eu-8.2:11.9 in the earlier report at index.xml, line "));
    const auto results = parse_json(sarif);
    REQUIRE(results);
    std::vector<std::string> absent; // SARIF's word for gone
    for (const Json& result : results->find("runs")->items()[0].find("results")->items())
        if (result.find("baselineState") && result.find("baselineState")->text() == "absent")
            absent.push_back(result.find("ruleId")->text());
    CHECK(absent == std::vector<std::string>{"eu-8.2:15.9"});
}

TEST_CASE("a baseline tells the grammar's errors of one leaf from those of another") {
    const Application app;
    const std::string whole = app.scratch.read("app/0001/index.xml");
    const auto with_errors_at = [&](const std::vector<std::string>& leaves) {
        std::string text = whole;
        for (const std::string& leaf : leaves) {
            const std::string start = "<leaf ID=\"" + leaf + "\"";
            text.replace(text.find(start), start.size(), start + " colour=\"red\"");
        }
        REQUIRE(test::run({"rm", app.scratch / "app/0001/index.xml"}).code == 0);
        app.scratch.write("app/0001/index.xml", text);
    };
    const auto grammar_places = [](const Json& findings, bool only_new) {
        std::vector<std::string> places;
        for (const Json& finding : findings.items())
            if (finding.find("number")->text() == "7.4" && (!only_new || finding.find("new")->boolean()))
                places.push_back(finding.find("location")->text());
        return places;
    };
    with_errors_at({"spec", "facilities"});
    REQUIRE(app.validate({"app", "--format", "json", "--output", "earlier.json"}).code == 10);
    with_errors_at({"facilities", "synopsis"});
    const Json report = app.json({"app/0001", "--baseline", "earlier.json"});
    CHECK(grammar_places(*report.find("findings"), true) == std::vector<std::string>{"line 30, leaf synopsis"});
    CHECK(grammar_places(*report.find("baseline")->find("gone"), false) == std::vector<std::string>{"line 13, leaf spec"});
}

TEST_CASE("the same folder gives the same SHA-256 as md5sum and sha256sum do") {
    const Application app;
    const Json report = app.json({"app/0001"});
    const test::Run oracle =
        test::run({"sh", "-c", "find . -type f -printf '%P\\n' | LC_ALL=C sort | xargs md5sum | sha256sum | cut -d' ' -f1"},
                  app.scratch / "app/0001");
    CHECK(oracle.out == report.find("package_sha256")->text() + "\n");
}

TEST_CASE("the coverage says how many criteria of how many, and why some were not run") {
    const Application app;
    REQUIRE(test::run({"rm", "-r", app.scratch / "app/0000"}).code == 0);
    const test::Run run = app.validate({"app/0001"});
    CHECK(has(run.out, "of 111 criteria"));
    CHECK(has(run.out, " not run: "));
    CHECK(has(run.out, "sequence 0000, which holds targets, is not here"));
}

TEST_CASE("JUnit: a case for each rule, and what fails and what was not run can be told apart") {
    const Application app;
    REQUIRE(test::run({"rm", "-r", app.scratch / "app/0000"}).code == 0);
    const test::Run run = app.validate({"app/0001", "--format", "junit"});
    const auto document = parse_xml(run.out, "junit.xml");
    REQUIRE(document);
    const XmlElement& suite = document->root.children.at(0);
    std::size_t cases = 0, failures = 0, errors = 0, skipped = 0;
    for (const XmlElement& child : suite.children) {
        cases += child.name == "testcase";
        failures += child.child("failure") != nullptr;
        errors += child.child("error") != nullptr;
        skipped += child.child("skipped") != nullptr;
    }
    CHECK(*suite.attribute("tests") == std::to_string(cases));
    CHECK(*suite.attribute("failures") == std::to_string(failures));
    CHECK(*suite.attribute("errors") == std::to_string(errors));
    CHECK(*suite.attribute("skipped") == std::to_string(skipped));
    CHECK(failures == 6);
    CHECK(errors > 0);
}

TEST_CASE("CSV, JUnit and SARIF say what was validated, by what, as what it ended, and what is waived") {
    const Application app;
    REQUIRE(test::run({"rm", "-r", app.scratch / "app/0000"}).code == 0);
    app.scratch.write("waivers.csv", "rule,sequence,reason,who,until\n1.3,1,\"known, and agreed\",Smith,2026-12-31\n");
    const std::vector<std::string> with = {"app/0001", "--waivers", "waivers.csv"};
    const Json json = app.json(with);
    const auto as = [&](const std::string& format) {
        std::vector<std::string> arguments = with;
        arguments.insert(arguments.end(), {"--format", format});
        return app.validate(arguments).out;
    };
    REQUIRE(json.find("waived")->items().size() == 1); // the 1 of a spreadsheet is sequence 0001
    const std::string sha256 = json.find("package_sha256")->text(), application = json.find("application")->text();
    REQUIRE(sha256.size() == 64);
    REQUIRE_FALSE(application.empty());
    for (const std::string format : {"csv", "junit", "sarif"}) {
        const std::string report = as(format);
        for (const std::string& said : {sha256, application, std::string("2026-03-01"), std::string("rejected"), std::string("eu-8.2"),
                                        std::string("111 of 111 criteria"), std::string("known, and agreed"), std::string("Smith")}) {
            INFO(format << ": " << said);
            CHECK(report.find(said) != std::string::npos);
        }
    }
    app.scratch.write("report.csv", as("csv"));
    std::vector<TableColumn> columns;
    for (const char* const name : {"sequence",        "rule",           "number", "severity", "path",   "location",
                                   "message",         "remedy",         "new",    "kind",     "reason", "who",
                                   "until",           "application",    "rules",  "edition",  "as of",  "verdict",
                                   "gateway reports", "package sha256", "tool"})
        columns.push_back({name, {}, true});
    const auto table = read_table(*make_disk_file_system(), app.scratch / "report.csv", columns);
    REQUIRE(table);
    std::map<std::string, std::size_t> kinds;
    for (const TableRow& row : table->rows) {
        ++kinds[row.cell("kind")];
        CHECK(row.cell("verdict") == "rejected");
        if (row.cell("kind") != "waived") continue;
        CHECK(row.cell("rule") == "eu-8.2:1.3");
        CHECK(row.cell("reason") == "known, and agreed");
        CHECK(row.cell("who") == "Smith");
        CHECK(row.cell("until") == "2026-12-31");
    }
    CHECK(kinds["finding"] == json.find("findings")->items().size());
    CHECK(kinds["not_run"] == json.find("not_run")->items().size());
    CHECK(kinds["not_run"] > 0);
    CHECK(kinds["waived"] == 1);
    CHECK(kinds["verdict"] == 1);

    const auto junit = parse_xml(as("junit"), "junit.xml");
    REQUIRE(junit);
    std::size_t waived = 0;
    for (const XmlElement& child : junit->root.children.at(0).children) {
        const XmlElement* skipped = child.child("skipped");
        const std::string* message = skipped ? skipped->attribute("message") : nullptr;
        if (!message || !starts_with(*message, "waived: ")) continue;
        ++waived;
        CHECK(*message == "waived: known, and agreed (Smith, until 2026-12-31)");
        CHECK(starts_with(*child.attribute("name"), "eu-8.2:1.3 waived: util/dtd/"));
    }
    CHECK(waived == 1);
}

TEST_CASE("a waiver of a rule that is not there is told with the one that may be meant") {
    const Application app;
    app.scratch.write("waivers.csv", "rule,reason,who\n15.88,known,Smith\natribute-twins,known,Smith\n15.8,known,Smith\n");
    const std::string notes = app.json({"app/0001", "--waivers", "waivers.csv"}).find("notes")->dump();
    CHECK(has(notes, "the waiver of 15.88 (waivers.csv, line 2) names a rule that eu-8.2 does not have: is 15.8 meant?"));
    CHECK(
        has(notes, "the waiver of atribute-twins (waivers.csv, line 3) names a rule that eu-8.2 does not have: is attribute-twins meant?"));
    CHECK(has(notes, "the waiver of 15.8 (waivers.csv, line 4) meets no finding"));
}

TEST_CASE("SARIF: version, rules, places with line, waived findings as suppressed") {
    const Application app;
    app.scratch.write("app/0001/m1/eu/a name.pdf", "%PDF-1.7");
    std::string index = app.scratch.read("app/0001/index.xml");
    app.scratch.write("app/0001/index.xml", replace_all(index, "<title>Facilities</title>", "<title/>"));
    app.scratch.write("waivers.csv", "rule,reason,who\n1.3,known,Smith\n");
    const test::Run run = app.validate({"app/0001", "--format", "sarif", "--waivers", "waivers.csv"});
    const auto sarif = parse_json(run.out);
    REQUIRE(sarif);
    CHECK(sarif->find("version")->text() == "2.1.0");
    const Json& first = sarif->find("runs")->items().at(0);
    bool line = false, suppressed = false, escaped = false;
    for (const Json& item : first.find("results")->items()) {
        const Json& place = *item.find("locations")->items().at(0).find("physicalLocation");
        const std::string uri = place.find("artifactLocation")->find("uri")->text(), rule = item.find("ruleId")->text();
        if (rule == "eu-8.2:11.3") line = uri == "0001/index.xml" && place.find("region")->find("startLine")->integer() > 0;
        if (rule == "eu-8.2:1.3") suppressed = item.find("suppressions") != nullptr;
        if (rule == "eu-8.2:15.8") escaped = uri == "0001/m1/eu/a%20name.pdf";
    }
    CHECK(line);
    CHECK(suppressed);
    CHECK(escaped);
}

TEST_CASE("the page is one file: verdict, causes, findings, the tree with the files that are missing") {
    const Application app;
    REQUIRE(test::run({"rm", app.scratch / "app/0001/m3/32-body-data/32a-app/32a1-fac-equip/acme/facilities.pdf"}).code == 0);
    app.scratch.write("app/0001/m1/eu/<b>.pdf", "%PDF-1.7");
    const test::Run run = app.validate({"app", "--format", "html"});
    CHECK(run.code == 10);
    CHECK(has(run.out, "<!DOCTYPE html"));
    CHECK(has(run.out, "rejected: at least one finding that rejects"));
    CHECK(has(run.out, "<bdi class=\"missing\">facilities.pdf</bdi>"));
    CHECK(has(run.out, "&lt;b&gt;.pdf"));
    CHECK_FALSE(has(run.out, "<b>.pdf"));
    for (const char* const outside : {"http:", "src=", "@import", "url("}) CHECK_FALSE(has(run.out, outside));
}

TEST_CASE("rules explain prints source, window, note, parameters of tables and examples") {
    const test::Run run = test::dossier({"rules", "explain", "14.BP4"});
    CHECK(run.code == 0);
    for (const char* const words :
         {"Source      EU eCTD Validation Criteria, edition 8.2\n", "Set         eu-8.2, from 2025-10-01\n",
          "            8.1 may be used until the day before 2025-12-01\n", "Severity    best_practice (official)\n",
          "Note        expected for a grouping within one marketing authorisation",
          "            when submission@mode: grouping, worksharing\n",
          "Fails       worksharing without its number in the second envelope\n"}) {
        INFO(words << run.out);
        CHECK(has(run.out, words));
    }
}
