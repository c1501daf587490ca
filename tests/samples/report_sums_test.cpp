// Every figure of every report says which rows it is made of; here it is made anew from these rows, read from the report's JSON by the
// words of `made_of` alone. A figure whose words are not understood fails the test.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tmf/report_kinds.hpp"

using namespace dossier;

namespace {

const std::string samples = test::build_folder() + "/samples";

class Repository {
public:
    Repository() {
        run({"init", scratch_ / "repository"});
        run({"study", "apply", samples + "/trial/study.yaml"});
        run({"tmf", "import", samples + "/trial/documents.csv", "--study", "MDL-201"});
        run({"tmf", "waive", "MDL-201", "EDL-011-02", "--site", "102", "--key", "P112", "--reason", "never in the US"});
        run({"tmf", "query", "open", "D-000012", "--text", "where is page 3?"});
        scratch_.write("empty.yaml", "study: {id: EMPTY, title: Nothing yet}\n");
        run({"study", "apply", scratch_ / "empty.yaml"});
    }
    Json report(const std::string& study, const std::string& kind, std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"tmf", "report", study, kind, "--json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto json = parse_json(run(arguments));
        REQUIRE(json);
        return *json;
    }
    std::string run(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--repo", scratch_ / "repository", "--as", "demo", "--now", "2026-06-30T12:00:00Z"});
        const auto result = test::dossier(arguments, {}, {"XDG_DATA_HOME=" + (scratch_ / "data")});
        INFO(result.err);
        REQUIRE(result.code == 0);
        return result.out;
    }
    test::Scratch scratch_;
};

const Json::Array& rows_of(const Json& report, const std::string& table) {
    const Json* rows = report.find("tables")->find(table);
    REQUIRE(rows);
    return rows->items();
}

std::string text_of(const Json& row, const std::string& column) {
    const Json* value = row.find(column);
    REQUIRE(value);
    if (value->is_null() || (value->is_array() && value->items().empty())) return "";
    return value->text().empty() ? value->dump(-1) == "\"\"" ? "" : value->dump(-1) : value->text();
}

std::int64_t sum(const Json::Array& rows, const std::string& column) {
    std::int64_t total = 0;
    for (const Json& row : rows) total += row.find(column)->integer();
    return total;
}

template <class Test> std::int64_t count(const Json::Array& rows, Test test) {
    return std::count_if(rows.begin(), rows.end(), [&](const Json& row) { return test(row); });
}

std::string share(std::int64_t satisfied, std::int64_t expected) { return fill("{} of {}", satisfied, expected); }

// The figure as the words say: a number, "7 of 9", "" for nothing.
std::string made(const Json& report, const std::string& words) {
    std::smatch m;
    const auto is = [&](const char* pattern) { return std::regex_match(words, m, std::regex(pattern)); };
    const auto rows = [&](std::size_t group) -> const Json::Array& { return rows_of(report, m[group]); };
    if (is("rows of (\\w+)")) return std::to_string(rows(1).size());
    if (is("rows of (\\w+) with (\\w+)")) return std::to_string(count(rows(1), [&](const Json& r) { return !text_of(r, m[2]).empty(); }));
    if (is("rows of (\\w+) without (\\w+)")) return std::to_string(count(rows(1), [&](const Json& r) { return text_of(r, m[2]).empty(); }));
    if (is("rows of (\\w+) with (\\w+) (\\w+)(?: or (\\w+))?"))
        return std::to_string(
            count(rows(1), [&](const Json& r) { return text_of(r, m[2]) == m[3] || (m[4].matched && text_of(r, m[2]) == m[4]); }));
    if (is("rows of (\\w+) with (\\w+) (\\w+), of (\\w+) or (\\w+)(?:, with (\\w+) (\\w+))?")) {
        const auto in = [&](const Json& r) { return !m[6].matched || text_of(r, m[6]) == m[7]; };
        return share(count(rows(1), [&](const Json& r) { return in(r) && text_of(r, m[2]) == m[3]; }),
                     count(rows(1), [&](const Json& r) { return in(r) && (text_of(r, m[2]) == m[4] || text_of(r, m[2]) == m[5]); }));
    }
    if (is("different (\\w+) of (\\w+)(?: with (\\w+) (\\w+))?")) {
        std::set<std::string> different;
        for (const Json& r : rows(2))
            if (!m[3].matched || text_of(r, m[3]) == m[4]) different.insert(text_of(r, m[1]));
        return std::to_string(different.size());
    }
    if (is("largest (\\w+) of (\\w+)")) {
        std::int64_t largest = -1;
        for (const Json& r : rows(2)) largest = std::max(largest, r.find(m[1].str())->integer());
        return largest < 0 ? "" : std::to_string(largest);
    }
    if (is("(\\w+) of (\\w+)")) return std::to_string(sum(rows(2), m[1]));
    if (is("(\\w+) of (\\w+), nearest rank (\\w+)")) {
        std::vector<std::int64_t> values;
        for (const Json& r : rows(2))
            if (!text_of(r, m[1]).empty()) values.push_back(r.find(m[1].str())->integer());
        std::sort(values.begin(), values.end());
        // the smallest value that at least that share of the values does not exceed
        for (std::size_t i = 0; i < values.size(); ++i)
            if ((i + 1) * 100 >= std::stoul(m[3]) * values.size()) return std::to_string(values[i]);
        return "";
    }
    if (is("(\\w+) and (\\w+) of (\\w+)")) return share(sum(rows(3), m[1]), sum(rows(3), m[2]));
    if (is("satisfied and expected of rows(?: due by ([0-9-]+))?, not waived")) {
        std::int64_t satisfied = 0, expected = 0;
        for (const Json& r : rows_of(report, "rows")) {
            const std::string due = text_of(r, "due");
            if (text_of(r, "state") == "waived" || (m[1].matched && (due.empty() || due > m[1].str()))) continue;
            satisfied += r.find("satisfied")->integer();
            expected += r.find("expected")->integer();
        }
        return share(satisfied, expected);
    }
    if (is("none, beyond --within (\\w+)")) return "";
    return "words that nobody understands: " + words;
}

std::string figure_text(const Json& figure) {
    if (figure.is_null()) return "";
    if (!figure.is_object()) return figure.dump(-1);
    return share(figure.find("satisfied")->integer(), figure.find("expected")->integer());
}

} // namespace

TEST_CASE("every figure of every report is what its words make of the report's rows") {
    const Repository trial;
    std::int64_t figures = 0;
    for (const char* study : {"MDL-201", "EMPTY"})
        for (const char* audience : {"blinded", "unblinded"})
            for (const tmf::ReportKind& kind : tmf::report_kinds()) {
                const Json report = trial.report(study, std::string(kind.name), {"--audience", audience});
                for (const auto& [key, figure] : report.find("figures")->members()) {
                    INFO(study << " " << audience << " " << kind.name << " " << key);
                    const Json* words = report.find("made_of")->find(key);
                    REQUIRE(words);
                    CHECK(figure_text(figure) == made(report, words->text()));
                    ++figures;
                }
            }
    CHECK(figures > 200);
}

TEST_CASE("the sums by place, zone, milestone, age and month add up to the figures") {
    const Repository trial;
    const auto total = [](const Json& report, const char* key) {
        const Json* figure = report.find("figures")->find(key);
        return share(figure->find("satisfied")->integer(), figure->find("expected")->integer());
    };
    const auto sums = [](const Json& report, const char* table, const char* satisfied, const char* expected) {
        return share(sum(rows_of(report, table), satisfied), sum(rows_of(report, table), expected));
    };
    const Json dashboard = trial.report("MDL-201", "dashboard");
    for (const char* table : {"places", "zones"}) {
        CHECK(sums(dashboard, table, "due_satisfied", "due_expected") == total(dashboard, "due_now"));
        CHECK(sums(dashboard, table, "whole_satisfied", "whole_expected") == total(dashboard, "whole_trial"));
    }
    const Json site = trial.report("MDL-201", "site");
    CHECK(sums(site, "milestones", "due_satisfied", "due_expected") == total(site, "due_now"));
    CHECK(sums(site, "milestones", "whole_satisfied", "whole_expected") == total(site, "whole_trial"));
    CHECK(sum(rows_of(site, "milestones"), "open") == static_cast<std::int64_t>(rows_of(site, "open").size()));
    CHECK(sum(rows_of(site, "sites"), "queries") == static_cast<std::int64_t>(rows_of(site, "queries").size()));
    CHECK(sum(rows_of(site, "sites"), "order_failed") == static_cast<std::int64_t>(rows_of(site, "order").size()));
    CHECK(sum(rows_of(site, "sites"), "expiring") == static_cast<std::int64_t>(rows_of(site, "expiring").size()));
    const Json late = trial.report("MDL-201", "late");
    for (const char* state : {"missing", "overdue", "expired", "in_review"})
        CHECK(sum(rows_of(late, "buckets"), state) == late.find("figures")->find(state)->integer());
    // Quality of sites is the same in the site report and in the quality report.
    const Json quality = trial.report("MDL-201", "quality");
    std::map<std::string, std::string> by_site;
    for (const Json& row : rows_of(quality, "by_place"))
        if (!text_of(row, "site").empty()) by_site[text_of(row, "site")] = text_of(row, "reviewed") + " " + text_of(row, "rejected");
    for (const Json& row : rows_of(site, "sites")) {
        INFO(text_of(row, "site"));
        const auto found = by_site.find(text_of(row, "site"));
        CHECK((found == by_site.end() ? "0 0" : found->second) == text_of(row, "reviewed") + " " + text_of(row, "rejected"));
    }
    for (const char* table : {"by_zone", "by_place", "by_period"})
        CHECK(sum(rows_of(quality, table), "reviewed") == quality.find("figures")->find("reviewed")->integer());
    const Json timeliness = trial.report("MDL-201", "timeliness");
    const Json& figures = *timeliness.find("figures");
    for (const char* table : {"by_zone", "by_country"})
        CHECK(sum(rows_of(timeliness, table), "documents") == figures.find("documents")->integer() - figures.find("undated")->integer());
}

TEST_CASE("rows that speak of slots name rule, basis and confidence, in every form") {
    const Repository trial;
    const std::map<std::string, std::string> tables = {
        {"late", "late"}, {"expiring", "expiring"}, {"site", "open"}, {"dashboard", "rows"}, {"waivers", "slots"}};
    for (const auto& [kind, table] : tables) {
        INFO(kind);
        const Json report =
            trial.report("MDL-201", kind, kind == "expiring" ? std::vector<std::string>{"--within", "400"} : std::vector<std::string>{});
        REQUIRE_FALSE(rows_of(report, table).empty());
        for (const Json& row : rows_of(report, table)) {
            CHECK(starts_with(text_of(row, "rule"), "EDL-"));
            const std::string basis = text_of(row, "basis"), confidence = text_of(row, "confidence");
            CHECK((basis == "published" || basis == "proposal"));
            CHECK((confidence == "high" || confidence == "medium" || confidence == "low"));
            CHECK(starts_with(text_of(row, "slot"), text_of(row, "rule") + "/"));
        }
        const std::string text = trial.run({"tmf", "report", "MDL-201", kind, "--audience", "blinded"});
        if (kind != "expiring") CHECK(text.find("basis") != std::string::npos);
    }
}

TEST_CASE("every report has every form, also of a study with nothing in it, and its head says what it is about") {
    const Repository trial;
    for (const char* study : {"MDL-201", "EMPTY"})
        for (const tmf::ReportKind& kind : tmf::report_kinds()) {
            INFO(study << " " << kind.name);
            const std::vector<std::string> report{"tmf", "report", study, std::string(kind.name), "--audience", "blinded"};
            const auto form = [&](const std::string& format, std::vector<std::string> more = {}) {
                std::vector<std::string> arguments = report;
                arguments.insert(arguments.end(), {"--format", format});
                arguments.insert(arguments.end(), more.begin(), more.end());
                return trial.run(arguments);
            };
            for (const char* format : {"text", "html"}) {
                const std::string shown = form(format);
                for (const char* part : {"2026-06-30", "blinded", study, "3.3.1", "EDL@1"}) {
                    INFO(format << " " << part);
                    CHECK(shown.find(part) != std::string::npos);
                }
            }
            CHECK(starts_with(form("csv"), "\xEF\xBB\xBF"));
            form("xlsx", {"--output", trial.scratch_ / "out.xlsx"});
            CHECK(test::read_bytes(trial.scratch_ / "out.xlsx").substr(0, 2) == "PK");
        }
}

TEST_CASE("overview of the sample trial, and its one shared record") {
    const Repository trial;
    const Json overview = trial.report("MDL-201", "overview", {"--audience", "unblinded"});
    const Json& row = rows_of(overview, "studies").front();
    // Three countries; sites 101 to 103, 201, 202, 301 to 303. The list has 414 rows; 75 of them have an identifier in the column
    // `document`, 56 different ones, the others are versions of these: 414 - 75 + 56 = 395. 36 of them may unblind, each a document of its
    // own.
    CHECK(text_of(row, "countries") == "3");
    CHECK(text_of(row, "sites") == "8");
    CHECK(text_of(row, "documents") == "395");
    CHECK(text_of(rows_of(trial.report("MDL-201", "overview", {"--audience", "blinded"}), "studies").front(), "documents") == "359");
    // Site 303 is to open on 2026-08-17: milestone 03. The oldest: Peter Novak's CV, due with milestone 02 on 2025-02-28, 487 days before.
    CHECK(text_of(row, "next_milestone") == "03");
    CHECK(text_of(row, "next_date") == "2026-08-17");
    CHECK(text_of(row, "oldest_days") == "487");
    CHECK(text_of(row, "known") == "yes");
    CHECK(text_of(row, "scope") == "");
    // One decision of an ethics committee about two sites of Germany, filed at both: two copies in two places, none filed twice.
    const Json duplicates = trial.report("MDL-201", "duplicates");
    CHECK(duplicates.find("figures")->find("groups")->integer() == 1);
    CHECK(duplicates.find("figures")->find("copies")->integer() == 2);
    CHECK(duplicates.find("figures")->find("filed_twice")->integer() == 0);
    CHECK(text_of(rows_of(duplicates, "copies")[0], "site") + " " + text_of(rows_of(duplicates, "copies")[1], "site") == "301 302");
}
