// Sequences that are not here: which rules their absence leaves open, and which it does not; and numbers that were never used.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

namespace {

// The two sequences of a base under other numbers.
test::RuleCase renumbered(const std::string& base, const std::string& first, const std::string& second) {
    test::RuleCase item = test::base_case(base);
    const auto own =
        base == "us" ? std::pair<std::string, std::string>{"0001", "0002"} : std::pair<std::string, std::string>{"0000", "0001"};
    std::map<std::string, std::string> files;
    for (const auto& [name, bytes] : item.files) {
        const bool is_first = starts_with(name, own.first + "/");
        std::string text = bytes;
        for (const auto& [from, to] : {std::pair<std::string, std::string>{own.second, second}, {own.first, first}}) {
            for (const char* const before : {"md5 ", "../"}) text = replace_all(text, before + from + "/", before + to + "/");
            text = replace_all(text, ">" + from + "</", ">" + to + "</"); // sequence-number, submission-id
        }
        files[(is_first ? first : second) + name.substr(4)] = text;
    }
    item.files = std::move(files);
    item.sequence = second;
    return item;
}

test::RuleCase us_as(const std::string& first, const std::string& second) { return renumbered("us", first, second); }

// `entries`: of sequences, as YAML.
void state(test::RuleCase& item, const std::string& entries) {
    item.files["application.yaml"] = "application: {region: eu, type: x, number: \"" +
                                     std::string(item.base == "us" ? "900001" : "0c27ff1e-6d2b-4f4e-9d5c-0b6a7c1c2f10") +
                                     "\"}\napplicant: {name: Made-up Pharma}\nsequences: {" + entries + "}\n";
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

// Of the EU's base the second sequence becomes 0003: whether 0001 and 0002 replaced what it replaces, used its number, sent its files or
// had another identifier nobody can know. Where its targets lie and under which headings is known.
TEST_CASE("what depends on sequences between those that are here is not run, and names them") {
    const auto report = report_of(renumbered("eu", "0000", "0003"));
    CHECK(report.findings.empty());
    CHECK(report.verdict == ectd::Verdict::incomplete);
    std::vector<std::string> rules;
    for (const RuleOutcome& outcome : report.not_run) {
        rules.push_back(outcome.rule);
        CHECK(outcome.reason == "sequences 0001, 0002 are not here");
    }
    CHECK(rules == std::vector<std::string>{"dossier:content-repeated", "eu-8.2:9.8", "eu-8.2:11.12", "eu-8.2:13.2"});
}

TEST_CASE("numbers that are stated as never used leave no gap, and the report says them with their reasons") {
    test::RuleCase item = renumbered("eu", "0000", "0003");
    state(item, R"("0001": {never_used: withdrawn before it was sent}, "0002": {never_used: numbering slip}, "0004": {never_used: later})");
    const auto report = report_of(item);
    CHECK(report.findings.empty());
    CHECK(report.not_run.empty());
    CHECK(report.verdict == ectd::Verdict::clean);
    for (const char* const note : {"sequence 0001 was never used, says application.yaml: withdrawn before it was sent",
                                   "sequence 0002 was never used, says application.yaml: numbering slip"})
        CHECK(std::count(report.notes.begin(), report.notes.end(), note) == 1);
    for (const std::string& note : report.notes) CHECK(note.find("0004") == std::string::npos); // says nothing of 0003
}

TEST_CASE("of several numbers, those that are not stated stay missing") {
    test::RuleCase item = renumbered("eu", "0000", "0006");
    state(item, R"("0002": {never_used: numbering slip})");
    for (const RuleOutcome& outcome : report_of(item).not_run) CHECK(outcome.reason == "sequences 0001, 0003 to 0005 are not here");
}

// The US base's second sequence, 0003, replaces leaves of the first, which is stated as never used: it is missing like another.
TEST_CASE("a number that is referred to is not taken as never used, and the report says so") {
    test::RuleCase item = us_as("0001", "0003");
    std::erase_if(item.files, [](const auto& file) { return starts_with(file.first, "0001/"); });
    state(item, R"("0001": {never_used: withdrawn}, "0002": {never_used: numbering slip})");
    const auto report = report_of(item);
    REQUIRE(report.findings.size() >= 1);
    CHECK(std::any_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
        return finding.rule == "dossier:never-used" && finding.path == "../application.yaml";
    }));
    CHECK(report.verdict == ectd::Verdict::incomplete);
    const std::string note =
        "sequence 0001 was never used, says application.yaml: withdrawn (not taken as true: it is here, or referred to)";
    CHECK(std::count(report.notes.begin(), report.notes.end(), note) == 1);
}

// All numbers before the first sequence that is here, which refers to none: nothing of a history is missing.
TEST_CASE("a first sequence with a higher number has no history where those before it were never used") {
    test::RuleCase item = renumbered("eu", "0004", "0005");
    std::erase_if(item.files, [](const auto& file) { return starts_with(file.first, "0005/"); });
    item.sequence = "0004";
    CHECK(report_of(item).verdict == ectd::Verdict::incomplete);
    state(item, R"("0001": {never_used: slip}, "0002": {never_used: slip}, "0003": {never_used: slip})");
    const auto report = report_of(item);
    CHECK(report.findings.empty());
    CHECK(report.verdict == ectd::Verdict::clean);
}

// Of Canada's base 0000 has no consent form now, and 0001 is not here: it may have brought one.
TEST_CASE("a document that an application needs may lie in a sequence that is not here") {
    test::RuleCase item = test::base_case("ca");
    std::erase_if(item.files, [](const auto& file) { return starts_with(file.first, "0001/"); });
    item.sequence = "0002";
    std::string& first = item.files.at("0000/m1/ca/ca-regional.xml");
    const std::size_t from = first.find("<m1-7-2-informed-consent-forms>"), to = first.find("</m1-7-2-informed-consent-forms>");
    REQUIRE(to != std::string::npos);
    first.erase(from, to - from + std::string("</m1-7-2-informed-consent-forms>").size());
    std::string& own = item.files.at("0002/m1/ca/ca-regional.xml");
    const std::size_t type = own.find('>', own.find("<regulatory-activity-type")) + 1;
    own.replace(type, own.find('<', type) - type, "CTA");
    const auto report = report_of(item);
    std::vector<std::string> reasons;
    for (const RuleOutcome& outcome : report.not_run)
        if (outcome.rule == "dossier:ca-cta-content") reasons.push_back(outcome.reason);
    CHECK(reasons ==
          std::vector<std::string>{"whether there is a document 1.7.2 informed consent form cannot be told: sequence 0001 is not here"});
    for (const Finding& finding : report.findings) CHECK(finding.rule != "dossier:ca-cta-content");
}

// The tagging file of 0002 names a leaf of 0001, whose index.xml ends in the middle: whether it is there cannot be told.
TEST_CASE("a leaf in a backbone that cannot be read is not called missing by a study tagging file") {
    test::RuleCase item = us_as("0001", "0002");
    std::string& index = item.files.at("0001/index.xml");
    index.resize(index.size() / 2);
    replace_in(item, "0002/" + stf, "../../../../../../index.xml#s1-lb", "../../../../../../../0001/index.xml#s1-report");
    const auto report = report_of(item);
    for (const Finding& finding : report.findings) CHECK(finding.rule != "dossier:stf-leaf");
    const std::string reason = "index.xml of sequence 0001 is not there or cannot be read";
    for (const char* const rule : {"dossier:stf-leaf", "dossier:stf-section", "dossier:stf-study-id"}) {
        INFO(rule);
        CHECK(std::any_of(report.not_run.begin(), report.not_run.end(),
                          [&](const RuleOutcome& outcome) { return outcome.rule == rule && outcome.reason == reason; }));
    }
}

// The tagging file of 0002 adds to one that is no XML: whether study-id and title are the same cannot be told.
TEST_CASE("a study tagging file that adds to one which cannot be read is not compared with it, and it is said") {
    test::RuleCase item = us_as("0001", "0002");
    item.files.at("0001/" + stf) = "<ectd:study";
    const auto report = report_of(item);
    std::vector<std::string> reasons;
    for (const RuleOutcome& outcome : report.not_run)
        if (outcome.rule == "dossier:stf-study-id") reasons.push_back(outcome.reason);
    CHECK(reasons == std::vector<std::string>{"../0001/" + stf + ", which a study tagging file adds to, is not there or cannot be read"});
}
