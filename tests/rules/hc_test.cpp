// Health Canada's set as a whole: every number that is known of, the window of its edition, the official files, the folder above.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "ectd/content_facts.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

namespace {

test::RuleCase base(const std::string& name) {
    test::RuleCase item = test::base_case(name);
    test::fill_in(item);
    return item;
}

ectd::ValidationReport validate(const test::RuleCase& item) {
    const test::Scratch scratch;
    test::write_case(item, scratch);
    return test::validate_case(item, scratch);
}

} // namespace

// The numbers that Health Canada's notices name, those of its list for submissions that are no eCTD among them.
TEST_CASE("each of Health Canada's numbers that is known of is a rule, or has the reason why not") {
    const auto rules = ectd::read_rule_set(templates::Source(), "hc-5.2");
    REQUIRE(rules);
    std::set<std::string> numbers, others;
    for (const ectd::Rule& rule : rules->rules)
        if (!rule.number.empty()) numbers.insert(rule.number);
    for (const ectd::NotIncluded& item : rules->not_included) {
        CHECK(numbers.count(item.id) == 0);
        others.insert(item.id);
    }
    CHECK(numbers == std::set<std::string>{"A01", "A02", "A03a", "A03b", "B49", "F15", "G22", "G34"});
    for (const char* const number :
         {"A07", "A08", "B32", "B44", "B47", "B48", "F14", "I02", "I03", "I06", "I07", "I08", "I08 (non-eCTD)", "I09", "I11"}) {
        INFO(number);
        CHECK(others.count(number) == 1);
    }
    CHECK(others.size() == 15 + 2); // and two house rules that the facts do not allow
}

TEST_CASE("only numbers whose severity is published can reject") {
    const auto rules = ectd::read_rule_set(templates::Source(), "hc-5.2");
    REQUIRE(rules);
    std::set<std::string> rejecting;
    for (const ectd::Rule& rule : rules->rules)
        if (!rule.number.empty() && rule.severity(*parse_date("2026-03-01")) == "error") rejecting.insert(rule.number);
    CHECK(rejecting == std::set<std::string>{"A01", "A02", "A03b"}); // A03a is a warning by itself
}

TEST_CASE("without the official files there is exactly one finding in a Canadian sequence") {
    for (const char* const name : {"ca", "ca-nds"}) {
        INFO(name);
        test::RuleCase item = base(name);
        for (auto file = item.files.begin(); file != item.files.end();)
            file = file->first.find("/util/") == std::string::npos ? std::next(file) : item.files.erase(file);
        const auto report = validate(item);
        REQUIRE(report.findings.size() == 1);
        CHECK(report.findings[0].rule == "dossier:ca-util-missing");
        for (const char* const file : {"ich-ectd-3-2.dtd", "ectd-2-0.xsl", "ca-regional-2-2.xsd", "ca-regional-2-2.xsl"})
            CHECK(report.findings[0].message.find(file) != std::string::npos);
    }
}

TEST_CASE("a Canadian report says what its list is not, and before 2024-05-01 that it was not in force") {
    test::RuleCase item = base("ca");
    const auto report = validate(item);
    CHECK(report.rules == "hc-5.2");
    CHECK(report.authority == "Health Canada");
    REQUIRE(report.notes.size() == 1);
    CHECK(report.notes[0].find("an edition 5.3 for eCTD is likely, and was not seen") != std::string::npos);
    item.as_of = "2024-04-30";
    CHECK(validate(item).notes.at(0) == "this edition (5.2) is in force from 2024-05-01; the one of 2024-04-30 is not at hand");
}

TEST_CASE("what the folder above is called does not count for a sequence that is moved, or that lies in no folder") {
    const test::Scratch scratch;
    test::RuleCase item = base("ca");
    item.top_folder = "working-copy";
    test::write_case(item, scratch);
    const auto catalogue = test::case_catalogue();
    const auto rules = ectd::read_rule_set(templates::Source(), "hc-5.2");
    REQUIRE(rules);
    const auto found = [&](bool moves) {
        ectd::FactsRequest request{scratch / "working-copy", ectd::SequenceNumber(1), *parse_date("2026-03-01"), 2};
        request.moves = moves;
        auto fs = make_disk_file_system();
        const auto facts = ectd::read_facts(*fs, templates::Source(), catalogue, request);
        REQUIRE(facts);
        const auto report = ectd::run_rules(*rules, (*facts)->sequences.at(0));
        return std::count_if(report.findings.begin(), report.findings.end(),
                             [](const Finding& finding) { return finding.rule == "dossier:ca-top-folder"; });
    };
    CHECK(found(false) == 1);
    CHECK(found(true) == 0);
}
