// What a report says where a list is long: links beyond those that are kept, rules that were not run for one reason.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/pdf.hpp"

using namespace dossier;

namespace {

constexpr const char* introduction = "0001/m2/22-intro/introduction.pdf";

test::RuleCase with_introduction(const std::string& pdf) {
    test::RuleCase item = test::base_case("us");
    REQUIRE(item.files.count(introduction) == 1);
    item.files[introduction] = pdf;
    test::fill_in(item);
    return item;
}

ectd::ValidationReport report_of(const std::string& pdf) {
    const test::RuleCase item = with_introduction(pdf);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    return test::validate_case(item, scratch);
}

// A page with so many links of each action.
std::string pdf_with(const std::vector<std::pair<int, std::string>>& links) {
    test::PdfSample sample;
    sample.page = "/Annots [";
    for (const auto& [count, action] : links)
        for (int i = 0; i < count; ++i) sample.page += " << /Subtype /Link /Rect [0 0 9 9] " + action + " >>";
    sample.page += " ]";
    return test::make_pdf(sample);
}

std::vector<std::string> messages(const ectd::ValidationReport& report, const std::string& rule) {
    std::vector<std::string> list;
    for (const Finding& finding : report.findings)
        if (finding.rule == rule) list.push_back(finding.location + ": " + finding.message);
    return list;
}

std::set<std::string> not_looked_at(const ectd::ValidationReport& report) {
    std::set<std::string> rules;
    for (const auto& outcome : report.not_run)
        if (outcome.reason.find("there are too many") != std::string::npos) rules.insert(outcome.rule);
    return rules;
}

} // namespace

// 100 of each kind are kept (PdfTargets); findings of one file that say the same are told once, so the addresses differ here.
TEST_CASE("of 150 links into the web a hundred are told, how many more there are, and no other rule is the poorer for it") {
    std::vector<std::pair<int, std::string>> links;
    for (int i = 0; i < 150; ++i) links.push_back({1, "/A << /S /URI /URI (https://example.org/" + std::to_string(i) + ") >>"});
    links.push_back({1, "/A << /S /GoToR /F (/c/a.pdf) /D [0 /XYZ null null null] >>"});
    const ectd::ValidationReport report = report_of(pdf_with(links));
    const std::vector<std::string> web = messages(report, "dossier:link-web");
    REQUIRE(web.size() == 101);
    CHECK(web.front() == "page 1, link: it leads to https://example.org/0");
    CHECK(web.back() == "links beyond the first 100 of a kind: 50 more lead to addresses");
    CHECK(messages(report, "dossier:link-absolute").size() == 1);
    CHECK(not_looked_at(report).empty());
}

TEST_CASE("links without a target, and those with several actions, beyond the first hundred are counted") {
    const std::string several = "/A << /S /Named /N /NextPage /Next << /S /Named /N /PrevPage >> >>";
    const ectd::ValidationReport report = report_of(pdf_with({{103, ""}, {102, several}}));
    CHECK(messages(report, "dossier:link-inactive").back() ==
          "links beyond the first 100 of a kind: 3 more do nothing: they have no target and no action");
    const std::vector<std::string> actions = messages(report, "dossier:link-actions");
    REQUIRE_FALSE(actions.empty());
    CHECK_THAT(actions.back(), Catch::Contains(" more have several actions"));
    CHECK(not_looked_at(report).empty());
}

// 10,000 that name a file are kept.
TEST_CASE("links to files beyond those that are kept are said as not looked at, by the rules about files alone") {
    const ectd::ValidationReport report = report_of(pdf_with({{10'003, "/A << /S /GoToR /F (introduction.pdf) /D [0 /Fit] >>"}}));
    const std::set<std::string> rules = not_looked_at(report);
    CHECK(rules.count("dossier:link-file") == 1);
    CHECK(rules.count("dossier:link-absolute") == 1);
    CHECK(rules.count("dossier:target-outdated") == 1);
    CHECK(rules.count("dossier:link-inactive") == 0);
    CHECK(rules.count("dossier:bookmark-file") == 0);
}

TEST_CASE("the rules that were not run for one reason fit into the width of a page") {
    const test::RuleCase item = with_introduction("{{file password.pdf}}");
    const test::Scratch scratch;
    test::write_case(item, scratch);
    const auto run = [&](const char* format) {
        return test::dossier({"ectd", "validate", "0001", "--as-of", "2026-03-01", "--format", format}, scratch.path()).out;
    };
    const auto report = parse_json(run("json"));
    REQUIRE(report);
    std::map<std::string, std::set<std::string>> wanted; // by reason
    for (const Json& outcome : report->find("not_run")->items())
        wanted[outcome.find("reason")->text()].insert(outcome.find("rule")->text());
    const std::string text = run("text"), head = "\nNot run:\n";
    const std::size_t start = text.find(head);
    REQUIRE(start != std::string::npos);
    std::map<std::string, std::set<std::string>> told;
    std::string reason;
    std::size_t below = 0;
    std::string rest = text.substr(start + head.size());
    for (std::size_t at = 0; at < rest.size();) {
        const std::size_t end = rest.find('\n', at);
        const std::string line = rest.substr(at, end - at);
        at = end + 1;
        if (!starts_with(line, "    ")) {
            reason = line.substr(2);
            continue;
        }
        INFO(line);
        CHECK(line.size() <= 110);
        const bool goes_on = starts_with(line, "      ");
        below += goes_on ? 1 : 0;
        const std::string list = goes_on ? line : line.substr(line.find(": ") + 2);
        for (const std::string& rule : split(list, ','))
            if (!rule.empty()) told[reason].insert(rule);
    }
    CHECK(below >= 1);
    REQUIRE_FALSE(told.empty());
    for (const auto& [why, rules] : told) {
        INFO(why);
        CHECK(rules == wanted[why]);
    }
}
