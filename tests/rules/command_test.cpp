// dossier ectd validate, rules list and rules explain as people and scripts use them.
#include <catch2/catch.hpp>

#include <filesystem>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/python.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

// The US base below app/; its util files are stand-ins, so a run of the program finds their checksums wrong: six findings of 1130 and no
// more.
struct Base {
    test::Scratch scratch;
    test::RuleCase item = test::read_rule_case("dossier-index-missing/pass-base.yaml");
    Base() { write(); }
    void write() const {
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

std::string some_pdf() { return test::read_bytes(test::source_folder() + "/tests/rules/pdf/plain-one.pdf"); }

std::vector<std::string> rules_of(const Json& report) {
    std::vector<std::string> rules;
    for (const Json& finding : report.find("findings")->items()) rules.push_back(finding.find("rule")->text());
    return rules;
}

} // namespace

TEST_CASE("a report in JSON has the documented keys, findings that do not reject leave the exit code 0, --fail-on moves it") {
    const Base base;
    const Json report = base.json({"app/0001"});
    for (const char* const key :
         {"report_version", "tool", "rules", "as_of", "target", "verdict", "counts", "findings", "not_run", "not_applicable"})
        CHECK(report.find(key));
    CHECK(report.find("rules")->text() == "fda-3.2.2");
    CHECK(report.find("as_of")->text() == "2026-03-01");
    CHECK(report.find("target")->text() == "0001");
    CHECK(report.find("verdict")->text() == "at_risk");
    // ich-ectd-3-2.dtd and ectd-2-0.xsl are official (medium), the two files for study tagging are not (low)
    CHECK(rules_of(report) == std::vector<std::string>(4, "fda-3.2.2:1130"));
    CHECK(report.find("counts")->find("medium")->integer() == 2);
    CHECK(report.find("counts")->find("low")->integer() == 2);
    for (const char* const key : {"rule", "number", "severity", "path", "location", "message", "remedy"})
        CHECK(report.find("findings")->items()[0].find(key));
    CHECK(base.validate({"app/0001"}).code == 0);
    CHECK(base.validate({"app/0001", "--fail-on", "high"}).code == 0);
    CHECK(base.validate({"app/0001", "--fail-on", "medium"}).code == 10);
    CHECK(base.validate({"app/0001", "--fail-on", "low"}).code == 10);
    const test::Run wrong = base.validate({"app/0001", "--fail-on", "serious"});
    CHECK(wrong.code == 2);
    CHECK(wrong.err.find("rejecting, high, medium") != std::string::npos);
}

TEST_CASE("a rejecting finding gives 10, rules that could not be run give 4, and 10 wins") {
    const Base base;
    REQUIRE(test::run({"rm", "-r", base.scratch / "app/0001"}).code == 0); // the history of 0002
    const Json report = base.json({"app/0002"});
    CHECK(report.find("verdict")->text() == "incomplete");
    CHECK(base.validate({"app/0002"}).code == 4);
    bool said = false;
    for (const Json& item : report.find("not_run")->items())
        said = said || (item.find("rule")->text() == "dossier:modified-file-target" &&
                        item.find("reason")->text().find("0001") != std::string::npos);
    CHECK(said);
    base.scratch.write("app/0002/m2/stray.pdf", some_pdf());
    CHECK(base.validate({"app/0002"}).code == 10);
    CHECK(base.json({"app/0002"}).find("verdict")->text() == "rejected");
}

TEST_CASE("an application is reported sequence by sequence, each as if it were validated alone") {
    const Base base;
    base.scratch.write("app/draft 3/index.xml", "<x/>");
    const Json whole = base.json({"app"});
    CHECK(whole.find("target")->text() == "app");
    REQUIRE(whole.find("sequences")->items().size() == 2);
    for (const char* const number : {"0001", "0002"}) {
        const Json alone = base.json({std::string("app/") + number});
        const Json& part = whole.find("sequences")->items()[number[3] == '1' ? 0 : 1];
        CHECK(part.dump() == alone.dump());
    }
    CHECK(whole.find("verdict")->text() == "incomplete"); // a folder that looks like a sequence was not read
    REQUIRE(whole.find("not_read")->items().size() == 1);
    CHECK(whole.find("not_read")->items()[0].find("path")->text() == "draft 3");
    CHECK(base.validate({"app"}).code == 4);
}

TEST_CASE("a folder and a ZIP of it give the same report") {
    test::tool_or_skip("zip");
    const Base base;
    REQUIRE(test::run({"zip", "-q", "-r", "../0001.zip", "0001"}, base.scratch / "app").code == 0);
    REQUIRE(test::run({"zip", "-q", "-r", "app.zip", "app"}, base.scratch.path()).code == 0);
    CHECK(base.json({"0001.zip"}).dump() == base.json({"app/0001"}).dump());
    CHECK(base.json({"app.zip"}).dump() == base.json({"app"}).dump());
    const test::Run inside = test::run({"zip", "-q", "-r", "../../inside.zip", "."}, base.scratch / "app/0001");
    REQUIRE(inside.code == 0);
    const test::Run run = base.validate({"inside.zip"});
    CHECK(run.code == 3);
    CHECK(run.err.find("the inside of a sequence") != std::string::npos);
}

TEST_CASE("what is wrong with one entry of a ZIP is told of it, and the others get what they get without it") {
    const std::string python = test::python_with("zipfile");
    const Base base;
    const std::vector<std::string> clean = rules_of(base.json({"app/0001"}));
    base.scratch.write("pack.py", R"(import os, zipfile
with zipfile.ZipFile('bad.zip', 'w') as out:
    for folder, _, names in sorted(os.walk('app/0001')):
        for name in sorted(names):
            path = os.path.join(folder, name)[4:]
            if path == '0001/m2/22-intro/introduction.pdf':
                link = zipfile.ZipInfo(path)
                link.create_system, link.external_attr = 3, 0o120777 << 16
                out.writestr(link, '/etc/hostname')
            else:
                out.write(os.path.join(folder, name), path)
    out.writestr('0001/../../evil.txt', 'outside')
    out.writestr('__MACOSX/0001/._index.xml', 'litter')
)");
    REQUIRE(test::run({python, "pack.py"}, base.scratch.path()).code == 0);
    const Json report = base.json({"bad.zip"});
    std::vector<std::string> rules;
    for (const Json& finding : report.find("findings")->items()) {
        const std::string rule = finding.find("rule")->text(), path = finding.find("path")->text();
        if (rule == "dossier:archive-entry")
            CHECK(path == "../../evil.txt");
        else if (rule == "dossier:archive-beside")
            CHECK(path == "../__MACOSX");
        else if (rule == "dossier:file-unreadable")
            CHECK(path == "m2/22-intro/introduction.pdf");
        else
            rules.push_back(rule);
    }
    CHECK(rules.size() + 3 == report.find("findings")->items().size());
    CHECK(rules == clean);
    CHECK_FALSE(test::run({"test", "-e", base.scratch / "../evil.txt"}).code == 0);
    const std::string page = base.validate({"bad.zip", "--format", "html"}).out;
    CHECK(page.find("beside the sequence") != std::string::npos);
    CHECK(page.find("<bdi>__MACOSX</bdi>") != std::string::npos); // not class="missing": it is there
}

TEST_CASE("what is no sequence is refused with a way to go on, and nothing is printed as a result") {
    const Base base;
    base.scratch.write("note.txt", "hello");
    for (const std::string& path : {std::string("nowhere"), std::string("note.txt"), std::string("app/0001/m2")}) {
        const test::Run run = base.validate({path});
        INFO(path << ": " << run.err);
        CHECK(run.code == 3);
        CHECK(run.out.empty());
        CHECK(run.err.find("Mend: ") != std::string::npos);
    }
    CHECK(base.validate({"app/0001", "--rules", "fda-4"}).code == 2);
    CHECK(test::dossier({"ectd", "validate", "app/0001", "--as-of", "yesterday"}, base.scratch.path()).code == 2);
}

TEST_CASE("text groups findings by cause, shows the first ten places and how to mend, csv has a row for each") {
    const Base base;
    for (int i = 0; i < 12; ++i) base.scratch.write(fill("app/0001/m2/stray-{:02}.pdf", i), some_pdf());
    const test::Run text = base.validate({"app/0001"});
    CHECK(text.code == 10);
    CHECK(text.out.find("Sequence 0001 of application 900001: rejected") == 0);
    CHECK(text.out.find("high fda-3.2.2:1306: File without a leaf (12 places)") != std::string::npos);
    CHECK(text.out.find("m2/stray-09.pdf") != std::string::npos);
    CHECK(text.out.find("m2/stray-10.pdf") == std::string::npos);
    CHECK(text.out.find("... and 2 more") != std::string::npos);
    CHECK(text.out.find("  Mend: add a leaf for it, or remove the file from the sequence\n") != std::string::npos);
    const test::Run csv = base.validate({"app/0001", "--format", "csv"});
    std::size_t rows = 0;
    for (const std::string& line : split(csv.out, '\n')) rows += line.find(",finding,") != std::string::npos ? 1 : 0;
    CHECK(rows == 12 + 4);
    CHECK(csv.out.find("0001,fda-3.2.2:1306,1306,high,m2/stray-00.pdf,") != std::string::npos);
}

TEST_CASE("the XLSX has the sheets summary, findings and not run (read by openpyxl)") {
    const std::string python = test::python_with("openpyxl");
    const Base base;
    base.scratch.write("app/0001/m2/stray.pdf", some_pdf());
    REQUIRE(base.validate({"app/0001", "--format", "xlsx", "--output", "report.xlsx"}).code == 10);
    const test::Run read =
        test::run({python, "-c",
                   "import openpyxl\nb=openpyxl.load_workbook('report.xlsx')\nprint(b.sheetnames)\n"
                   "print(b['summary']['C2'].value, b['findings'].max_row, b['findings']['C2'].value, b['findings']['E2'].value)"},
                  base.scratch.path());
    CHECK(read.out == "['summary', 'findings', 'not run']\nrejected 6 1306 m2/stray.pdf\n");
}

TEST_CASE("the number of threads changes nothing in the report") {
    const Base base;
    CHECK(base.json({"app", "--jobs", "1"}).dump() == base.json({"app", "--jobs", "7"}).dump());
}

TEST_CASE("names in the package cannot write to the terminal") {
    const Base base;
    base.scratch.write("app/0001/m2/\x1b[31mred\n.pdf", "%PDF-1.4");
    const test::Run run = base.validate({"app/0001"});
    CHECK(run.code == 10);
    CHECK(run.out.find('\x1b') == std::string::npos);
    CHECK(run.out.find("m2/\\x1B[31mred\\x0A.pdf") != std::string::npos);
}

TEST_CASE("files whose names would look alike on a screen are findings of their own, which a waiver and a baseline tell apart") {
    const Base base;
    const std::vector<std::string> names = {"a\nb.pdf",
                                            "a b.pdf",
                                            "pr\xE4"
                                            "f.pdf",
                                            "pr\xFC"
                                            "f.pdf",
                                            "pr\xEF\xBF\xBD"
                                            "f.pdf",
                                            "pr\\xE4f.pdf"};
    for (const std::string& name : names) base.scratch.write("app/0001/m2/" + name, "%PDF-1.4");
    const auto paths = [](const Json& list) {
        std::set<std::string> found;
        for (const Json& finding : list.items())
            if (finding.find("rule")->text() == "fda-3.2.2:1306") found.insert(finding.find("path")->text());
        return found;
    };
    const std::set<std::string> all = {"m2/a\\x0Ab.pdf",
                                       "m2/a b.pdf",
                                       "m2/pr\\xE4f.pdf",
                                       "m2/pr\\xFCf.pdf",
                                       "m2/pr\xEF\xBF\xBD"
                                       "f.pdf",
                                       "m2/pr\\x5CxE4f.pdf"};
    const test::Run run = base.validate({"app/0001", "--json"});
    CHECK(paths(*parse_json(run.out)->find("findings")) == all);
    base.scratch.write("earlier.json", run.out);
    base.scratch.write("w.csv", "rule,path,reason,who\n1306,m2/pr\\xE4f.pdf,known,me\n");
    REQUIRE(std::filesystem::remove(base.scratch / "app/0001/m2/a\nb.pdf"));
    const auto later = parse_json(base.validate({"app/0001", "--json", "--waivers", "w.csv", "--baseline", "earlier.json"}).out);
    REQUIRE(later);
    CHECK(paths(*later->find("waived")) == std::set<std::string>{"m2/pr\\xE4f.pdf"});
    CHECK(paths(*later->find("findings")).size() == 4);
    CHECK(paths(*later->find("baseline")->find("gone")) == std::set<std::string>{"m2/a\\x0Ab.pdf"});
}

TEST_CASE("a folder of a sequence that is a link is said, but for the one that was named") {
    const Base base;
    for (const char* const number : {"0001", "0002"}) {
        std::filesystem::rename(base.scratch / (std::string("app/") + number), base.scratch / (std::string("kept-") + number));
        std::filesystem::create_directory_symlink(base.scratch / (std::string("kept-") + number),
                                                  base.scratch / (std::string("app/") + number));
    }
    const std::string said = "the folder of sequence 0001 is a link: its files were read where it leads";
    const std::string second = base.validate({"app/0002"}).out;
    CHECK(second.find(said) != std::string::npos);
    CHECK(second.find("the folder of sequence 0002") == std::string::npos);
    const test::Run first = base.validate({"app/0001"});
    CHECK(first.code == 0);
    CHECK(first.out.find("is a link") == std::string::npos);
}

TEST_CASE("rules list has the documented keys, a number stands only where it is official, and rejects only where its severity is") {
    const test::Run run = test::dossier({"rules", "list", "--json"});
    const auto list = parse_json(run.out);
    REQUIRE(list);
    std::map<std::string, std::size_t> numbers;
    for (const Json& rule : list->find("rules")->items()) {
        INFO(rule.dump());
        for (const char* const key :
             {"set", "number", "id", "severity", "severity_confidence", "title", "check", "confidence", "from", "until"})
            REQUIRE(rule.find(key));
        const std::string number = rule.find("number")->text(), severity = rule.find("severity")->text();
        if (number.empty()) {
            CHECK(starts_with(rule.find("id")->text(), "dossier:"));
            CHECK((severity == "error" || severity == "warning" || severity == "info"));
            continue;
        }
        ++numbers[rule.find("set")->text()];
        CHECK(rule.find("confidence")->text() == "official");
        if (rule.find("set")->text() == "eu-8.2")
            CHECK((severity == "fail" || severity == "best_practice"));
        else if (rule.find("set")->text() == "hc-5.2")
            CHECK((severity == "error" || severity == "warning"));
        else
            CHECK((severity == "high" || severity == "medium" || severity == "low"));
        if (severity == "high" || severity == "error") CHECK(rule.find("severity_confidence")->text() == "official");
    }
    // of the 15 numbers whose meaning is verified 1950/1952 is a house rule, since its number changed
    CHECK(numbers["fda-3.2.2"] == 14);
    CHECK(numbers["eu-8.2"] == 111);
    // of the numbers whose meaning is verified A08 and I08 are of the list for submissions that are no eCTD, I09 and I11 lack what they
    // compare with
    CHECK(numbers["hc-5.2"] == 8);
}

TEST_CASE("rules explain takes an id, a number or a short name, and says why a known criterion has no rule") {
    const test::Run number = test::dossier({"rules", "explain", "1306"});
    CHECK(number.code == 0);
    CHECK(number.out.find("Severity    low (official)\nSeverity    high from 2022-03-01 (official)\n") != std::string::npos);
    const test::Run name = test::dossier({"rules", "explain", "leaf-checksum"});
    CHECK(name.out.find("Number      none: a house rule\n") != std::string::npos);
    const test::Run elsewhere = test::dossier({"rules", "explain", "m1-admin-obsolete"});
    CHECK(elsewhere.code == 2);
    CHECK(elsewhere.err.find("the grammar of version 3.3 refuses the old structure") != std::string::npos);
    const test::Run unknown = test::dossier({"rules", "explain", "dossier:leaf-checksun"});
    CHECK(unknown.code == 2);
    CHECK(unknown.err.find("is dossier:leaf-checksum meant?") != std::string::npos);
}
