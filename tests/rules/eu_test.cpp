// The EU's set as a whole: every criterion of the published list, the windows of its edition, and the official files.
#include <catch2/catch.hpp>

#include <map>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_facts.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

ectd::ValidationReport validate(const test::RuleCase& item, const templates::EctdCatalogue& catalogue, const char* as_of) {
    const test::Scratch scratch;
    test::write_case(item, scratch);
    auto fs = make_disk_file_system();
    const ectd::ContentOptions content;
    const auto facts = ectd::read_facts(*fs, templates::Source(), catalogue,
                                        {scratch.path(), ectd::SequenceNumber::parse(item.sequence), *parse_date(as_of), 2, &content});
    REQUIRE(facts);
    const auto rules = ectd::read_rule_set(templates::Source(), "eu-8.2");
    REQUIRE(rules);
    return ectd::run_rules(*rules, (*facts)->sequences.at(0));
}

test::RuleCase base(const std::string& name) {
    test::RuleCase item = test::base_case(name);
    test::fill_in(item);
    return item;
}

// The base with the official files in util.
test::RuleCase with_official_files(const std::string& name) {
    test::RuleCase item = test::base_case(name);
    const std::string standards = test::shared_or_skip("standards");
    for (auto& [file, bytes] : item.files)
        for (const char* const folder : {"ich", "eu-3.1"}) {
            const std::string official = standards + "/" + folder + "/" + path::file_name(file);
            if (file.find("/util/") != std::string::npos && exists(*make_disk_file_system(), official)) bytes = test::read_bytes(official);
        }
    test::fill_in(item);
    return item;
}

templates::EctdCatalogue official_catalogue() {
    auto read = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(read);
    return *read;
}

} // namespace

// EU eCTD Validation Criteria v8.2: so many criteria in each chapter, so many of them best practice.
TEST_CASE("the EU set has every criterion of edition 8.2 under its number, as a rule or with the reason why not") {
    struct Chapter {
        int number;
        std::size_t fail, best_practice;
    };
    const std::vector<Chapter> chapters = {{1, 5, 0},  {2, 3, 0},  {3, 5, 0},   {4, 3, 0},  {5, 3, 0},   {6, 3, 0},
                                           {7, 6, 0},  {8, 3, 0},  {9, 9, 0},   {10, 1, 0}, {11, 12, 3}, {12, 1, 0},
                                           {13, 3, 0}, {14, 9, 6}, {15, 10, 8}, {16, 7, 11}};
    const auto rules = ectd::read_rule_set(templates::Source(), "eu-8.2");
    REQUIRE(rules);
    std::map<int, Chapter> found;
    auto count = [&](const std::string& number, bool best_practice) {
        Chapter& chapter = found[std::stoi(number)];
        ++(best_practice ? chapter.best_practice : chapter.fail);
        CHECK((number.find("BP") != std::string::npos) == best_practice);
    };
    for (const ectd::Rule& rule : rules->rules)
        if (!rule.number.empty()) count(rule.number, rule.severity(*parse_date("2026-03-01")) == "best_practice");
    for (const ectd::NotIncluded& item : rules->not_included) count(item.id, item.id.find("BP") != std::string::npos);
    std::size_t fail = 0, best_practice = 0;
    for (const Chapter& chapter : chapters) {
        INFO("chapter " << chapter.number);
        CHECK(found[chapter.number].fail == chapter.fail);
        CHECK(found[chapter.number].best_practice == chapter.best_practice);
        fail += chapter.fail;
        best_practice += chapter.best_practice;
    }
    CHECK(fail == 83);
    CHECK(best_practice == 28);
    CHECK(found.size() == chapters.size());
}

TEST_CASE("with the official files in util the EU bases are clean, without util there is exactly one finding") {
    for (const char* const name : {"eu", "eu-mrp", "eu-cep"}) {
        INFO(name);
        test::RuleCase item = with_official_files(name);
        if (item.base == "eu-cep") item.sequence = "0000";
        const auto clean = validate(item, official_catalogue(), "2026-03-01");
        CHECK(clean.findings.empty());
        for (auto file = item.files.begin(); file != item.files.end();)
            file = file->first.find("/util/") == std::string::npos ? std::next(file) : item.files.erase(file);
        const auto without = validate(item, official_catalogue(), "2026-03-01");
        REQUIRE(without.findings.size() == 1);
        CHECK(without.findings[0].rule == "dossier:eu-util-missing");
    }
}

TEST_CASE("between 2025-10-01 and 2025-12-01 two editions are in force, and the report says so") {
    const test::RuleCase item = base("eu");
    auto notes = [&](const char* as_of) { return join(validate(item, test::case_catalogue(), as_of).notes, "; "); };
    CHECK(notes("2025-09-30") == "this edition (8.2) is in force from 2025-10-01; the one of 2025-09-30 is not at hand");
    CHECK(notes("2025-10-01").find("on 2025-10-01 two editions are in force: 8.2 and, until the day before 2025-12-01, 8.1") == 0);
    CHECK(notes("2025-11-30").find("two editions") != std::string::npos);
    CHECK(notes("2025-12-01").empty());
}
