// What the totals of completeness are the sum of: the rows of the trial, of the countries and of the sites, of whatever they are read from.
#include <catch2/catch.hpp>

#include <map>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

const std::string samples = test::build_folder() + "/samples";

class Repository {
public:
    Repository() {
        run({"init", scratch_ / "repository"});
        run({"study", "apply", samples + "/trial/study.yaml"});
        run({"tmf", "import", samples + "/trial/documents.csv", "--study", "MDL-201"});
    }
    std::string run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", scratch_ / "repository", "--as", "demo", "--now", "2026-06-30T12:00:00Z"});
        const auto result = test::dossier(arguments, {}, {"XDG_DATA_HOME=" + (scratch_ / "data")});
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result.out;
    }
    Json totals(const std::vector<std::string>& more) const {
        std::vector<std::string> arguments{"tmf", "completeness", "MDL-201", "--totals", "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto json = parse_json(run(arguments));
        REQUIRE(json);
        return *json;
    }
    test::Scratch scratch_;
};

std::int64_t sum_of(const Json::Array& rows, const std::string& key, const std::string& level = {}) {
    std::int64_t sum = 0;
    for (const Json& row : rows)
        if (level.empty() || row.find("level")->text() == level) sum += row.find(key)->integer();
    return sum;
}

// The three totals, from the rows.
void require_sums(const Json& report) {
    const auto& rows = report.find("by_place")->items();
    REQUIRE_FALSE(rows.empty());
    for (const auto& [total, prefix] :
         std::map<std::string, std::string>{{"due_now", "due_"}, {"by_next_milestone", "next_"}, {"whole_trial", ""}})
        for (const std::string key : {"expected", "satisfied"})
            CHECK(report.find(total)->find(key)->integer() == sum_of(rows, prefix + key));
}

} // namespace

TEST_CASE("totals of the sample trial are the sums of the rows of trial, countries and sites") {
    const Repository place;
    for (const auto& [more, source] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{}, "rollup"}, {{"--recompute"}, "computed"}, {{"--as-of", "2026-06-30"}, "computed"}}) {
        INFO(source << " " << join(more, " "));
        const Json report = place.totals(more);
        CHECK(report.find("source")->text() == source);
        require_sums(report);
        // As the dashboard's map of places has them: trial 103 of 106; countries 14 of 15, 17 of 18 and 11 of 11; sites 251 of 280.
        const auto& rows = report.find("by_place")->items();
        CHECK(sum_of(rows, "due_satisfied", "trial") == 103);
        CHECK(sum_of(rows, "due_expected", "trial") == 106);
        CHECK(sum_of(rows, "due_satisfied", "country") == 42);
        CHECK(sum_of(rows, "due_expected", "country") == 44);
        CHECK(sum_of(rows, "due_satisfied", "site") == 251);
        CHECK(sum_of(rows, "due_expected", "site") == 280);
        CHECK(report.find("due_now")->find("satisfied")->integer() == 396);
        CHECK(report.find("due_now")->find("expected")->integer() == 430);
        CHECK(sum_of(report.find("by_site")->items(), "expected") == 358); // sites only, as ever
    }
}

TEST_CASE("totals of a site, a country and a milestone are the sums of their rows") {
    const Repository place;
    const Json site = place.totals({"--site", "101"});
    require_sums(site);
    CHECK(site.find("due_now")->find("expected")->integer() == 49);
    CHECK(sum_of(site.find("by_place")->items(), "due_expected", "site") == 49); // nothing of another level
    const Json country = place.totals({"--country", "CAN"});
    require_sums(country);
    CHECK(sum_of(country.find("by_place")->items(), "due_expected", "country") == 15);
    CHECK(country.find("due_now")->find("expected")->integer() == 15 + 39 + 42);
    CHECK(sum_of(country.find("by_place")->items(), "due_expected", "trial") == 0);
    require_sums(place.totals({"--milestone", "03"}));
}

TEST_CASE("totals as text and CSV have the rows of the trial and of the countries") {
    const Repository place;
    std::int64_t expected = 0, trial = 0;
    for (const std::string& line : split(place.run({"tmf", "completeness", "MDL-201", "--totals", "--format", "csv"}), '\n')) {
        const auto cells = split(line, ','); // the first columns hold no commas
        if (cells.size() < 10 || cells[4] == "expected") continue;
        expected += std::stoll(cells[4]);
        if (cells[0] == "trial") trial += std::stoll(cells[6]);
    }
    CHECK(expected == 535);
    CHECK(trial == 106);
    const std::string text = place.run({"tmf", "completeness", "MDL-201", "--totals"});
    INFO(text);
    std::int64_t lines = 0;
    for (const std::string& line : split(text, '\n'))
        if (line.rfind("trial ", 0) == 0 && line.find(" of ") != std::string::npos) ++lines;
    CHECK(lines == 7); // milestones at which something is expected of the trial itself: 01, 02, 05, 08, 10, 11, 12
}
