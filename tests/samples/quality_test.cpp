// Quality control of the sample trial: site 101 counted by hand, and every number of the reports recounted from their rows.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"

namespace {

using dossier::Json;

Json report_of(const std::vector<std::string>& arguments) {
    static test::Scratch scratch;
    static const std::string repository = [] {
        const std::string samples = test::build_folder() + "/samples";
        const std::string folder = scratch / "repository";
        for (const std::vector<std::string>& step :
             {std::vector<std::string>{"init", folder}, std::vector<std::string>{"study", "apply", samples + "/trial/study.yaml"},
              std::vector<std::string>{"tmf", "import", samples + "/trial/documents.csv", "--study", "MDL-201"}}) {
            auto all = step;
            for (const char* more : {"--as", "demo", "--now", "2026-06-30T12:00:00Z"}) all.emplace_back(more);
            if (step[0] != "init") all.insert(all.end(), {"--repo", folder});
            const auto run = test::dossier(all, {}, {"XDG_DATA_HOME=" + (scratch / "data")});
            INFO(run.err);
            REQUIRE(run.code == 0);
        }
        return folder;
    }();
    auto all = arguments;
    for (const std::string& more :
         {std::string("--repo"), repository, std::string("--as"), std::string("demo"), std::string("--now"),
          std::string("2026-06-30T12:00:00Z"), std::string("--audience"), std::string("unblinded"), std::string("--json")})
        all.push_back(more);
    const auto run = test::dossier(all, {}, {"XDG_DATA_HOME=" + (scratch / "data")});
    INFO(run.err);
    REQUIRE(run.code == 0);
    auto json = dossier::parse_json(run.out);
    REQUIRE(json);
    return *json;
}

const Json::Array& rows(const Json& report, const char* table) { return report.find("tables")->find(table)->items(); }
std::int64_t number(const Json& row, const char* key) { return row.find(key)->integer(); }
std::string text(const Json& row, const char* key) { return row.find(key)->text(); }

template <class Test> std::int64_t count(const Json::Array& all, Test test) {
    return std::count_if(all.begin(), all.end(), [&](const Json& row) { return test(row); });
}

const Json& row_of(const Json::Array& all, const char* key, const std::string& value) {
    for (const Json& row : all)
        if (text(row, key) == value) return row;
    FAIL("no row " << value);
    return all.front();
}

} // namespace

TEST_CASE("quality of sample site 101, counted by hand from the list of documents") {
    const Json report = report_of({"tmf", "report", "MDL-201", "quality", "--site", "101", "--as-of", "2026-06-30"});
    // 49 rows of site 101. The report of visit V101-4 is final and waits; the follow-up of that visit is a draft. 47 are decided; one, the
    // financial disclosure of Dr. Rivera, was rejected on 2025-03-12. No document was filed again after a rejection: 47 first passes.
    const Json& figures = *report.find("figures");
    CHECK(number(figures, "reviewed") == 47);
    CHECK(number(figures, "rejected") == 1);
    CHECK(number(figures, "waiting") == 1);
    CHECK(number(*figures.find("quality"), "satisfied") == 46);
    CHECK(figures.find("quality")->find("percent")->number() == Approx(97.9)); // 46 of 47 = 97.87
    CHECK(number(*figures.find("first_pass_yield"), "expected") == 47);
    // Zone 01: four debarment statements. 02: two consent forms. 04: two submissions, three decisions, members, compliance, a notification,
    // a yearly report: 9. 06: one shipment. The other 47 - 16 = 31 are of zone 05, the rejected one among them.
    const auto& zones = rows(report, "by_zone");
    CHECK(zones.size() == 5);
    for (const auto& [zone, reviewed] : std::map<std::string, std::int64_t>{{"01", 4}, {"02", 2}, {"04", 9}, {"05", 31}, {"06", 1}})
        CHECK(number(row_of(zones, "zone", zone), "reviewed") == reviewed);
    CHECK(number(row_of(zones, "zone", "05"), "rejected") == 1);
    // Decided in March 2025: consent form, the committee's decision and a GCP certificate on the 3rd, disclosure on the 5th, initiation
    // report on the 10th, disclosure (rejected), signature sheet and training on the 12th, release on the 15th, shipment on the 29th.
    const Json& march = row_of(rows(report, "by_period"), "period", "2025-03");
    CHECK(number(march, "reviewed") == 10);
    CHECK(number(march, "rejected") == 1);
    CHECK(text(rows(report, "error_classes").front(), "code") == "not_recorded"); // the list carries no codes
    // The day before the rejection it was still waiting.
    const Json before = report_of({"tmf", "report", "MDL-201", "quality", "--site", "101", "--as-of", "2025-03-11"});
    CHECK(number(*before.find("figures"), "rejected") == 0);
}

TEST_CASE("every number of the quality report of the sample trial is a count of its rows") {
    for (const char* day : {"2025-03-31", "2026-01-08", "2026-06-30"}) {
        INFO(day);
        const Json report = report_of({"tmf", "report", "MDL-201", "quality", "--as-of", day});
        const auto& versions = rows(report, "versions");
        const auto outcome = [](const char* wanted) { return [wanted](const Json& row) { return text(row, "outcome") == wanted; }; };
        const Json& figures = *report.find("figures");
        const std::int64_t rejected = count(versions, outcome("rejected")), accepted = count(versions, outcome("accepted"));
        CHECK(number(figures, "reviewed") == rejected + accepted);
        CHECK(number(figures, "rejected") == rejected);
        CHECK(number(figures, "waiting") == count(versions, outcome("waiting")));
        CHECK(number(*figures.find("quality"), "satisfied") == accepted);
        CHECK(number(*figures.find("first_pass_yield"), "satisfied") ==
              count(versions, [](const Json& row) { return text(row, "outcome") == "accepted" && text(row, "pass") == "first"; }));
        for (const auto& [table, key] : std::map<std::string, std::string>{{"by_zone", "zone"}, {"by_period", "period"}}) {
            std::int64_t sum = 0;
            for (const Json& row : rows(report, table.c_str())) {
                const auto in = [&](const Json& version) {
                    return text(version, key.c_str()) == text(row, key.c_str()) && text(version, "outcome") != "waiting";
                };
                CHECK(number(row, "reviewed") == count(versions, in));
                CHECK(number(row, "rejected") ==
                      count(versions, [&](const Json& version) { return in(version) && text(version, "outcome") == "rejected"; }));
                sum += number(row, "reviewed");
            }
            CHECK(sum == rejected + accepted);
        }
        std::int64_t places = 0, classes = 0;
        for (const Json& row : rows(report, "by_place")) {
            places += number(row, "reviewed");
            CHECK(number(row, "reviewed") == count(versions, [&](const Json& version) {
                      return text(version, "country") == text(row, "country") && text(version, "site") == text(row, "site") &&
                             text(version, "outcome") != "waiting";
                  }));
        }
        CHECK(places == rejected + accepted);
        for (const Json& row : rows(report, "error_classes")) classes += number(row, "rejected");
        CHECK(classes == rejected);
    }
}

TEST_CASE("rules of order at sample site 101, reasoned by hand") {
    const Json report = report_of({"tmf", "report", "MDL-201", "ordering", "--site", "101", "--as-of", "2026-06-30"});
    const auto& judgements = rows(report, "judgements");
    // Five rules of a site, and one for each of P101, P102, P103.
    CHECK(judgements.size() == 8);
    const auto state = [&](const std::string& rule) { return text(row_of(judgements, "rule", rule), "state"); };
    CHECK(state("ORD-01") == "passed");     // signature sheet 2025-03-07, first interim visit 2025-05-06
    CHECK(state("ORD-02") == "passed");     // decision 2025-02-24, opened 2025-03-10
    CHECK(state("ORD-03") == "not_judged"); // nobody recorded the first consent (S07)
    CHECK(state("ORD-04") == "passed");     // signature page 2025-02-14
    CHECK(state("ORD-06") == "passed");     // released 2025-03-06, shipped 2025-03-18
    // One record of training of 2025-03-04 for all three; their duties begin when the site opens, on 2025-03-10.
    CHECK(count(judgements, [](const Json& row) { return text(row, "rule") == "ORD-05" && text(row, "state") == "passed"; }) == 3);
    CHECK(report.find("findings")->items().empty());
    const Json all = report_of({"tmf", "report", "MDL-201", "ordering"});
    const auto& every = rows(all, "judgements");
    std::int64_t sum = 0;
    for (const char* wanted : {"passed", "failed", "not_judged"}) {
        CHECK(number(*all.find("figures"), wanted) == count(every, [wanted](const Json& row) { return text(row, "state") == wanted; }));
        sum += number(*all.find("figures"), wanted);
        for (const Json& rule : rows(all, "rules"))
            CHECK(number(rule, wanted) ==
                  count(every, [&](const Json& row) { return text(row, "rule") == text(rule, "rule") && text(row, "state") == wanted; }));
    }
    CHECK(sum == static_cast<std::int64_t>(every.size()));
    CHECK(static_cast<std::int64_t>(all.find("findings")->items().size()) == number(*all.find("figures"), "failed"));
}
