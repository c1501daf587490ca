// Every rule by its cases: the whole list of findings is compared, so that nothing else may fire either.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

namespace {

std::vector<std::string> found_lines(const ectd::ValidationReport& report) {
    std::vector<std::string> lines;
    for (const Finding& finding : report.findings)
        lines.push_back(fill("{} | {} | {} | {}", finding.rule, finding.path, test::without_line(finding.location), finding.severity));
    std::sort(lines.begin(), lines.end());
    return lines;
}

// A severity that the case leaves out is taken from the finding of the same rule and place.
std::vector<std::string> expected_lines(const test::RuleCase& item, const ectd::ValidationReport& report) {
    std::vector<std::string> lines;
    for (const test::ExpectedFinding& expected : item.expect) {
        std::string severity = expected.severity;
        for (const Finding& finding : report.findings)
            if (severity.empty() && finding.rule == expected.rule && finding.path == expected.path) severity = finding.severity;
        lines.push_back(fill("{} | {} | {} | {}", expected.rule, expected.path, expected.location, severity));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::vector<std::string> not_run_rules(const ectd::ValidationReport& report) {
    std::set<std::string> rules;
    for (const RuleOutcome& outcome : report.not_run) rules.insert(outcome.rule);
    return {rules.begin(), rules.end()};
}

std::vector<std::string> sorted(std::vector<std::string> list) {
    std::sort(list.begin(), list.end());
    return list;
}

// "all others": every rule of the set that the case does not name, but the few that are not in force.
std::vector<std::string> expected_not_run(const test::RuleCase& item, const ectd::ValidationReport& report) {
    if (item.not_run != std::vector<std::string>{"all others"}) return sorted(item.not_run);
    std::vector<std::string> rules;
    const auto set = ectd::read_rule_set(templates::Source(), report.rules);
    REQUIRE(set);
    for (const ectd::Rule& rule : set->rules) {
        const bool named =
            std::any_of(item.expect.begin(), item.expect.end(), [&](const auto& finding) { return finding.rule == rule.id; });
        if (!named && rule.in_force(*parse_date(item.as_of))) rules.push_back(rule.id);
    }
    return sorted(rules);
}

} // namespace

TEST_CASE("the bases conform, nothing is found") {
    struct Base {
        const char *name, *sequence;
    };
    for (const Base& base : {Base{"us", "0001"},
                             {"us", "0002"},
                             {"eu", "0000"},
                             {"eu", "0001"},
                             {"eu-mrp", "0000"},
                             {"eu-mrp", "0001"},
                             {"eu-cep", "0000"},
                             {"ca", "0000"},
                             {"ca", "0001"},
                             {"ca", "0002"},
                             {"ca-nds", "0000"}}) {
        INFO(base.name << " " << base.sequence);
        test::RuleCase item = test::base_case(base.name);
        test::fill_in(item);
        item.sequence = base.sequence;
        const test::Scratch scratch;
        test::write_case(item, scratch);
        const auto report = test::validate_case(item, scratch);
        CHECK(found_lines(report).empty());
        CHECK(not_run_rules(report).empty());
        CHECK(report.verdict == ectd::Verdict::clean);
    }
}

TEST_CASE("each case of each rule gives exactly the findings it names") {
    const std::vector<std::string> files = test::rule_case_files();
    REQUIRE(files.size() > 100);
    for (const std::string& file : files) {
        INFO(file);
        const test::RuleCase item = test::read_rule_case(file);
        const test::Scratch scratch;
        test::write_case(item, scratch);
        const auto report = test::validate_case(item, scratch);
        CHECK(found_lines(report) == expected_lines(item, report));
        CHECK(not_run_rules(report) == expected_not_run(item, report));
        for (const test::ExpectedFinding& expected : item.expect) {
            INFO(expected.rule << " says " << expected.says);
            CHECK(std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
                return finding.rule == expected.rule && finding.message.find(expected.says) != std::string::npos;
            }));
        }
        const bool named = std::any_of(item.expect.begin(), item.expect.end(), [&](const test::ExpectedFinding& expected) {
            return test::folder_of_rule(expected.rule) == item.rule;
        });
        if (item.fails) {
            CHECK(named);
        } else { // the rule has looked at something and found nothing wrong
            const bool passed = std::any_of(report.passed.begin(), report.passed.end(),
                                            [&](const std::string& rule) { return test::folder_of_rule(rule) == item.rule; });
            const bool left_open = std::any_of(item.not_run.begin(), item.not_run.end(),
                                               [&](const std::string& rule) { return test::folder_of_rule(rule) == item.rule; });
            CHECK_FALSE(named);
            CHECK((passed || left_open));
        }
    }
}

TEST_CASE("every rule has a case that passes and a case that fails, and no case is of a rule that is not there") {
    std::set<std::string> pass, fail, rules;
    for (const std::string& file : test::rule_case_files()) {
        const std::string folder = file.substr(0, file.find('/'));
        (file.find("/fail-") != std::string::npos ? fail : pass).insert(folder);
    }
    const templates::Source source;
    for (const std::string& name : ectd::rule_set_names(source)) {
        const auto set = ectd::read_rule_set(source, name);
        if (!set) FAIL(to_text(set.error()));
        for (const ectd::Rule& rule : set->rules) rules.insert(test::folder_of_rule(rule.id));
    }
    CHECK(rules.size() > 70);
    for (const std::string& rule : rules) {
        INFO(rule);
        CHECK(pass.count(rule) == 1);
        CHECK(fail.count(rule) == 1);
    }
    for (const auto& set : {pass, fail})
        for (const std::string& folder : set) {
            INFO(folder);
            CHECK(rules.count(folder) == 1);
        }
}
