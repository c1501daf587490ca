// What is read right and said right, beyond what cases in data can write down.
#include <catch2/catch.hpp>

#include "core/encoding.hpp"
#include "core/text.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

namespace {

ectd::ValidationReport report_of(test::RuleCase item) {
    test::fill_in(item);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    return test::validate_case(item, scratch);
}

std::string in_utf16(const std::string& ascii) {
    std::string pairs = "\xFF\xFE";
    for (const char c : replace_all(ascii, "UTF-8", "UTF-16")) pairs += {c, '\0'};
    return pairs;
}

std::string reason_of(const ectd::ValidationReport& report, const std::string& rule) {
    for (const RuleOutcome& outcome : report.not_run)
        if (outcome.rule == rule) return outcome.reason;
    return "";
}

} // namespace

TEST_CASE("a regional file in UTF-16 is XML like another") {
    test::RuleCase item = test::base_case("eu");
    test::fill_in(item);
    const std::string regional = in_utf16(item.files.at("0001/m1/eu/eu-regional.xml"));
    item = test::base_case("eu");
    item.files["0001/m1/eu/eu-regional.xml"] = regional;
    const auto report = report_of(item);
    CHECK(report.findings.empty());
    CHECK(report.verdict == ectd::Verdict::clean);
}

TEST_CASE("rules that were not run name the regional file of the region") {
    struct Case {
        const char *base, *file, *rule;
    };
    for (const Case& one : {Case{"eu", "m1/eu/eu-regional.xml", "eu-8.2:9.4"}, {"us", "m1/us/us-regional.xml", "fda-3.2.2:2001"}}) {
        test::RuleCase item = test::base_case(one.base);
        item.files.erase(fill("0001/{}", std::string_view(one.file)));
        CHECK(reason_of(report_of(item), one.rule) == fill("{} is missing", std::string_view(one.file)));
    }
    test::RuleCase renamed = test::base_case("ca");
    renamed.files["0001/m1/ca/regional.xml"] = renamed.files.at("0001/m1/ca/ca-regional.xml");
    renamed.files.erase("0001/m1/ca/ca-regional.xml");
    for (const RuleOutcome& outcome : report_of(renamed).not_run) {
        INFO(outcome.rule);
        CHECK(outcome.reason.find("us-regional") == std::string::npos);
    }
}

TEST_CASE("a sequence that nobody may look into is one finding, and nothing is said to be missing from it") {
    test::RuleCase item = test::base_case("eu");
    item.closed = {"0001"};
    const auto report = report_of(item);
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings.front().rule == "dossier:file-unreadable");
    CHECK(report.findings.front().path == "../0001");
    CHECK(report.findings.front().message == "the folder cannot be used: cannot read: Permission denied");
    CHECK(reason_of(report, "dossier:file-unreadable") == "the folder 0001 cannot be read: no rule has looked at what is in it");
    CHECK(reason_of(report, "eu-8.2:7.4") == "the folder 0001 cannot be read");
    CHECK(reason_of(report, "eu-8.2:9.4") == "the folder 0001 cannot be read");
}

TEST_CASE("a folder of an earlier sequence that nobody may look into leaves the history open") {
    test::RuleCase item = test::base_case("eu");
    item.closed = {"0000/m1/eu"};
    const auto report = report_of(item);
    for (const Finding& finding : report.findings) {
        INFO(finding.rule << ": " << finding.message);
        CHECK(false);
    }
    CHECK(report.verdict == ectd::Verdict::incomplete);
    bool said = false;
    for (const RuleOutcome& outcome : report.not_run)
        said = said || outcome.reason == "the history is not whole: the regional file of sequence 0000 is not there or cannot be read";
    CHECK(said);
}

TEST_CASE("the technical rejection criteria count from the day on which they were enforced") {
    const auto set = ectd::read_rule_set(templates::Source(), "fda-3.2.2");
    REQUIRE(set);
    for (const char* const number : {"1734", "1736", "1789"}) {
        const ectd::Rule* rule = set->find(number);
        REQUIRE(rule);
        CHECK_FALSE(rule->in_force(*parse_date("2021-09-14")));
        CHECK(rule->in_force(*parse_date("2021-09-15")));
    }
    CHECK(set->find("1735")->severity(*parse_date("2021-09-14")) == "medium"); // as its notice of 2016 had it
    CHECK(set->find("1735")->severity(*parse_date("2021-09-15")) == "high");
}
