// The two worked examples of the expected-documents page: facts, documents and the table of states are copied from its words.
#include "tests/tmf/study_support.hpp"

using namespace tmf_test;

namespace {

const char* const facts = R"(
study: {id: WORKED, start: 2025-01-10, review: yes, grace_days: 30}
switches: {imp_blinded: yes}
countries:
  - {code: USA, approved: 2025-02-15}
sites:
  - {id: "701", country: USA, activated: 2025-03-01}
  - {id: "702", country: US, activated: 2025-09-01}
milestones:
  - {code: "02", date: 2025-02-01}
  - {code: "08", planned: 2026-12-01}
people:
  - {id: P1, role: principal-investigator, site: "701", from: 2025-01-15}
  - {id: P2, role: principal_investigator, site: "702", from: 2025-05-01}
  - {id: P3, role: monitor, from: 2025-01-10}
amendments:
  - {id: A1, approved: 2025-06-15}
)";

std::vector<DocumentFacts> documents() {
    return {
        Doc("D-1", 1, "2025-01-20", "2025-01-28"),                                                                   // plan
        Doc("D-2", 32, "2025-01-05", "2025-01-16"),                                                                  // protocol
        Doc("D-3", 36, "", "2025-02-10").country("USA").expires("2026-02-28"),                                       // insurance
        Doc("D-4", 17, "2024-03-20", "2025-01-30").person("P3"),                                                     // CV
        Doc("D-5", 66, "", "2025-02-24").site("701").country("USA").expires("2026-02-20"),                           // decision 701
        Doc("D-6", 66, "", "2026-03-10").site("701").accepted(""),                                                   // renewal
        Doc("D-7", 87, "2023-06-30", "2025-02-03").site("701").person("P1").superseded("2025-08-01"),                // CV, first version
        Doc("D-7", 87, "2025-07-20", "2025-08-01").site("701").person("P1"),                                         // its second
        Doc("D-8", 90, "2024-01-15", "2025-02-03").site("701").person("P1").event("gcp"),                            // GCP
        Doc("D-9", 34, "2025-06-15", "2025-06-20").event("A1"),                                                      // amendment
        Doc("D-10", 86, "", "2025-07-08").final("2025-07-18").accepted("2025-07-20").site("701").event("A1"),        // its signature
        Doc("D-11", 66, "", "2025-08-14").site("702").expires("2026-08-10"),                                         // decision 702
        Doc("D-12", 87, "2025-08-15", "2025-08-20").site("702").person("P2"),                                        // CV
        Doc("D-13", 90, "", "2025-08-20").accepted("").rejected("2025-08-25").site("702").person("P2").event("gcp"), // GCP, refused
    };
}

std::vector<Decision> decisions() {
    Decision waiver;
    waiver.rule = "EDL-133-01";
    waiver.date = *day("2025-12-01");
    return {waiver};
}

templates::TmfCatalogue twelve_rules() {
    return only({"EDL-001-01", "EDL-017-01", "EDL-032-01", "EDL-034-01", "EDL-036-01", "EDL-045-01", "EDL-066-03", "EDL-073-01",
                 "EDL-086-01", "EDL-087-01", "EDL-090-01", "EDL-133-01"});
}

struct Expected {
    const char* slot;
    const char* due;
    const char* first;  // on 2025-07-10
    const char* second; // on 2026-03-15
};

const Expected table[] = {
    {"EDL-001-01/////", "2025-02-01", "satisfied", "expired"},
    {"EDL-017-01///P3//", "2025-02-01", "satisfied", "satisfied"},
    {"EDL-032-01/////", "2025-02-15", "satisfied", "satisfied"},
    {"EDL-034-01////A1/", "2025-06-15", "satisfied", "satisfied"},
    {"EDL-036-01/USA////", "2025-02-15", "satisfied", "expired"},
    {"EDL-045-01/////", "none", "not_due", "not_due"},
    {"EDL-066-03/USA/701///", "2025-03-01", "satisfied", "in_review"},
    {"EDL-066-03/USA/702///", "2025-09-01", "not_due", "satisfied"},
    {"EDL-073-01/USA/701//Y1/", "2026-03-01", "no slot", "missing"},
    {"EDL-086-01/USA/701//A1/", "2025-07-15", "in_review", "satisfied"},
    {"EDL-087-01/USA/701/P1//", "2025-03-01", "expired", "satisfied"},
    {"EDL-087-01/USA/702/P2//", "2025-09-01", "not_due", "satisfied"},
    {"EDL-090-01/USA/701/P1/gcp/", "2025-03-01", "satisfied", "satisfied"},
    {"EDL-090-01/USA/702/P2/gcp/", "2025-09-01", "not_due", "overdue"},
    {"EDL-133-01/////", "2025-02-01", "overdue", "waived"},
};

void check(const CompletenessReport& report, const char* Expected::*column, bool has_year) {
    std::vector<std::string> names;
    for (const Expected& row : table) {
        INFO(row.slot);
        CHECK(state(report, row.slot) == row.*column);
        if (!has_year && std::string(row.slot).find("073") != std::string::npos) continue;
        CHECK(due(report, row.slot) == row.due);
        names.emplace_back(row.slot);
    }
    std::sort(names.begin(), names.end());
    CHECK(slots(report) == names); // these and no others, in bytewise order
}

} // namespace

TEST_CASE("worked example on 2025-07-10: every slot, the totals, the next milestone") {
    const auto rules = twelve_rules();
    const auto report = count(rules, study(facts), documents(), "2025-07-10", Audience::unblinded, decisions());
    check(report, &Expected::first, false);
    REQUIRE(report.next);
    CHECK(report.next->date.text() == "2025-09-01");
    CHECK(report.next->code == "03");
    CHECK(report.next->site == "702");
    CHECK(report.due_now.text() == "7 of 9 = 77.8 %");
    CHECK(report.by_next_milestone.text() == "7 of 13 = 53.8 %");
    CHECK(report.whole_trial.text() == "7 of 15 = 46.7 %");
}

TEST_CASE("worked example on 2026-03-15: every slot, the totals, the next milestone") {
    const auto rules = twelve_rules();
    const auto report = count(rules, study(facts), documents(), "2026-03-15", Audience::unblinded, decisions());
    check(report, &Expected::second, true);
    REQUIRE(report.next);
    CHECK(report.next->date.text() == "2026-12-01");
    CHECK(report.next->code == "08");
    CHECK(report.due_now.text() == "8 of 13 = 61.5 %");
    CHECK(report.by_next_milestone.text() == "8 of 13 = 61.5 %");
    CHECK(report.whole_trial.text() == "8 of 15 = 53.3 %");
}

TEST_CASE("worked example, blinded audience: the treatment allocation is neither shown nor counted") {
    const auto rules = twelve_rules();
    const auto report = count(rules, study(facts), documents(), "2025-07-10", Audience::blinded, decisions());
    CHECK(state(report, "EDL-133-01/////") == "no slot");
    CHECK(report.due_now.text() == "7 of 8 = 87.5 %");
    CHECK(report.rows.size() == 13); // 14 slots exist on that day, the hidden one left out
}

TEST_CASE("worked example counts the same slots when all rules are in force") {
    const auto report = count(catalogue(), study(facts), documents(), "2025-07-10", Audience::unblinded, decisions());
    for (const Expected& row : table) {
        INFO(row.slot);
        CHECK(state(report, row.slot) == row.first);
    }
}

TEST_CASE("the JSON of a report has the agreed shape") {
    const auto rules = twelve_rules();
    const Json json = to_json(count(rules, study(facts), documents(), "2025-07-10", Audience::unblinded, decisions()));
    for (const char* key :
         {"report_version", "study", "model", "edl", "as_of", "audience", "due_now", "by_next_milestone", "whole_trial", "by_site", "rows"})
        CHECK(json.find(key) != nullptr);
    CHECK(json.find("due_now")->dump(-1) == R"({"expected":9,"satisfied":7,"percent":77.8})");
    CHECK(json.find("by_next_milestone")->find("date")->text() == "2025-09-01");
    const Json& row = json.find("rows")->items().front();
    std::vector<std::string> keys;
    for (const auto& [key, value] : row.members()) keys.push_back(key);
    CHECK(std::vector<std::string>(keys.begin(), keys.begin() + 20) ==
          std::vector<std::string>{"slot",      "rule",   "unique_id", "artifact",   "name",      "level",  "country",
                                   "site",      "person", "event",     "language",   "milestone", "due",    "expected",
                                   "satisfied", "state",  "basis",     "confidence", "documents", "pending"});
    CHECK(row.find("documents")->dump(-1) == R"(["D-1"])");
    // Sites only, whole trial: 701 has 066, 086, 087, 090 on that day; 066, 087 and 090 under milestone 03, 086 under 05.
    const Json& first = json.find("by_site")->items().front();
    CHECK(first.find("site")->text() == "701");
    CHECK(first.find("milestone")->text() == "03");
    CHECK(first.find("expected")->integer() == 3);
    CHECK(first.find("satisfied")->integer() == 2);
}
