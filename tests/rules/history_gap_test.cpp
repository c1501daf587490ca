// Sequences that are not here: which rules their absence leaves open, and which it does not.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

namespace {

// The two sequences of the US base under other numbers.
test::RuleCase us_as(const std::string& first, const std::string& second) {
    test::RuleCase item = test::base_case("us");
    std::map<std::string, std::string> files;
    for (const auto& [name, bytes] : item.files) {
        const bool is_first = starts_with(name, "0001/");
        std::string text = bytes;
        for (const auto& [from, to] : {std::pair<std::string, std::string>{"0002", second}, {"0001", first}}) {
            for (const char* const before : {"md5 ", "../"}) text = replace_all(text, before + from + "/", before + to + "/");
            text = replace_all(text, ">" + from + "</", ">" + to + "</"); // sequence-number, submission-id
        }
        files[(is_first ? first : second) + name.substr(4)] = text;
    }
    item.files = std::move(files);
    item.sequence = second;
    return item;
}

void replace_in(test::RuleCase& item, const std::string& file, const std::string& text, const std::string& with) {
    std::string& bytes = item.files.at(file);
    REQUIRE(bytes.find(text) != std::string::npos);
    bytes = replace_all(bytes, text, with);
}

ectd::ValidationReport report_of(test::RuleCase item) {
    test::fill_in(item);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    return test::validate_case(item, scratch);
}

// Of the rules that look for what was written before: "rule: reason". What depends on the state of earlier leaves is left out.
std::vector<std::string> open_questions(const ectd::ValidationReport& report) {
    std::vector<std::string> lines;
    for (const RuleOutcome& outcome : report.not_run)
        for (const char* const rule : {"dossier:attribute-twins", "dossier:stf-operation", "dossier:stf-study-twins"})
            if (outcome.rule == rule) lines.push_back(outcome.rule + ": " + outcome.reason);
    std::sort(lines.begin(), lines.end());
    return lines;
}

const std::string stf = "m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/s1/stf-s1.xml";
const std::string append_of_0001 = R"(ID="s1-stf" operation="append" modified-file="../0001/index.xml#s1-stf")";

} // namespace

// 0004 uses the substance, manufacturer and product that 0001 wrote, and appends to the tagging file of 0001: whatever 0002 and 0003 wrote,
// theirs would be the second spelling and the second study.
TEST_CASE("a gap behind what was written first leaves no question about twins open") {
    CHECK(open_questions(report_of(us_as("0001", "0004"))).empty());
}

// What 0003 wrote may be the second spelling itself.
TEST_CASE("a gap before what was written first leaves twins open") {
    CHECK(open_questions(report_of(us_as("0003", "0004"))) ==
          std::vector<std::string>{"dossier:attribute-twins: sequences 0001, 0002 are not here"});
}

TEST_CASE("a value that is new here may have been written otherwise in a sequence that is not here") {
    test::RuleCase item = us_as("0001", "0003");
    replace_in(item, "0003/index.xml", R"(dosageform="tablet")", R"(dosageform="capsule")");
    CHECK(open_questions(report_of(item)) == std::vector<std::string>{"dossier:attribute-twins: sequence 0002 is not here"});
}

// "Ac-mol" is a twin of the Acmol of 0001 whatever 0002 wrote; the other values are those of 0001.
TEST_CASE("a twin that is found is found, gap or not") {
    test::RuleCase item = us_as("0001", "0003");
    replace_in(item, "0003/index.xml", R"(substance="Acmol")", R"(substance="Ac-mol")");
    const auto report = report_of(item);
    CHECK(std::any_of(report.findings.begin(), report.findings.end(),
                      [](const Finding& finding) { return finding.rule == "dossier:attribute-twins"; }));
    CHECK(open_questions(report).empty());
}

// 0002 may have deleted the tagging file of 0001, and then a new one is right.
TEST_CASE("a second new tagging file of a study is found, and a gap behind the first one is said") {
    test::RuleCase item = us_as("0001", "0003");
    replace_in(item, "0003/index.xml", append_of_0001, R"(ID="s1-stf" operation="new")");
    const auto report = report_of(item);
    CHECK(std::any_of(report.findings.begin(), report.findings.end(),
                      [](const Finding& finding) { return finding.rule == "dossier:stf-operation"; }));
    CHECK(open_questions(report) == std::vector<std::string>{"dossier:stf-operation: sequence 0002 is not here"});
}

// Of study S2 nothing is here: 0002 may have had its first tagging file, or called it s-2.
TEST_CASE("the first tagging file of a study may be the second one, where a sequence is not here") {
    test::RuleCase item = us_as("0001", "0003");
    replace_in(item, "0003/index.xml", append_of_0001, R"(ID="s1-stf" operation="new")");
    replace_in(item, "0003/" + stf, "<study-id>S1</study-id>", "<study-id>S2</study-id>");
    CHECK(open_questions(report_of(item)) == std::vector<std::string>{"dossier:stf-operation: sequence 0002 is not here",
                                                                      "dossier:stf-study-twins: sequence 0002 is not here"});
}

// The introduction and the proprietary name of 0002 replace those of 0001, whose backbones end in the middle: what they were called there
// cannot be told.
TEST_CASE("titles of leaves whose targets lie in backbones that cannot be read are not judged, and it is said") {
    test::RuleCase item = us_as("0001", "0002");
    for (const char* const file : {"0001/index.xml", "0001/m1/us/us-regional.xml"}) {
        std::string& bytes = item.files.at(file);
        bytes.resize(bytes.size() / 2);
    }
    const auto report = report_of(item);
    std::vector<std::string> reasons;
    for (const RuleOutcome& outcome : report.not_run)
        if (outcome.rule == "dossier:title-drift") reasons.push_back(outcome.reason);
    CHECK(reasons == std::vector<std::string>{"index.xml of sequence 0001 is not there or cannot be read",
                                              "m1/us/us-regional.xml of sequence 0001 is not there or cannot be read"});
}
