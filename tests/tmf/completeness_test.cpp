// Small cases, one step of the algorithm each; expected values follow from the words of docs/expected_documents.md, written beside them.
#include "tests/tmf/study_support.hpp"

using namespace tmf_test;

namespace {

const std::string base = R"(
study: {id: S, start: 2024-01-01}
countries: [{code: USA, approved: 2024-01-10}]
sites: [{id: "701", country: USA, activated: 2024-03-01}]
milestones: [{code: "02", date: 2024-02-01}]
)";

Decision decide(Decision::Kind kind, const std::string& rule, const std::string& date, const std::string& until = {}) {
    Decision decision;
    decision.kind = kind;
    decision.rule = rule;
    decision.date = *day(date);
    decision.until = day(until);
    return decision;
}

} // namespace

TEST_CASE("percent is half up with one decimal") {
    CHECK(Total{16, 1}.text() == "1 of 16 = 6.3 %"); // 6.25
    CHECK(Total{2000, 1999}.text() == "1999 of 2000 = 100.0 %");
    CHECK(Total{3, 1}.text() == "1 of 3 = 33.3 %");
    CHECK(Total{3, 2}.text() == "2 of 3 = 66.7 %");
    CHECK(Total{0, 0}.text() == "0 of 0 = n/a");
    CHECK(Total{0, 0}.percent() == 100.0);
}

TEST_CASE("a year from 29 February is valid until 28 February") {
    const auto rules = only({"EDL-001-01"}); // P1Y
    const Study facts = study(base);
    const std::vector<DocumentFacts> plan{Doc("D-1", 1, "2024-02-29", "2024-03-01")};
    CHECK(state(count(rules, facts, plan, "2025-02-28"), "EDL-001-01/////") == "satisfied");
    CHECK(state(count(rules, facts, plan, "2025-03-01"), "EDL-001-01/////") == "expired");
}

TEST_CASE("a document is superseded on the day its successor is final, not before") {
    const auto rules = only({"EDL-001-01", "EDL-032-01"});
    const Study facts = study(base);
    // 001-01 wants the version in force; 032-01 (validity none) keeps counting a superseded one.
    const std::vector<DocumentFacts> documents{Doc("D-1", 1, "2024-02-01", "2024-02-01").superseded("2024-06-01"),
                                               Doc("D-2", 32, "2024-02-01", "2024-02-01").superseded("2024-06-01")};
    CHECK(state(count(rules, facts, documents, "2024-05-31"), "EDL-001-01/////") == "satisfied");
    CHECK(state(count(rules, facts, documents, "2024-06-01"), "EDL-001-01/////") == "overdue");
    CHECK(state(count(rules, facts, documents, "2024-06-01"), "EDL-032-01/////") == "satisfied");
    // On that day the successor itself counts.
    auto both = documents;
    both.push_back(Doc("D-1", 1, "2024-05-01", "2024-06-01"));
    CHECK(state(count(rules, facts, both, "2024-06-01"), "EDL-001-01/////") == "satisfied");
}

TEST_CASE("received, final, accepted: each must have happened by the day asked for") {
    const auto rules = only({"EDL-032-01"});
    const std::string reviewed = replace_all(base, "id: S,", "id: S, review: yes,");
    const std::vector<DocumentFacts> documents{Doc("D-1", 32, "2024-01-01", "2024-02-01").final("2024-02-03").accepted("2024-02-05")};
    const auto on = [&](const std::string& yaml, const char* date) {
        return state(count(rules, study(yaml), documents, date), "EDL-032-01/////");
    };
    CHECK(on(base, "2024-01-31") == "overdue"); // due 2024-01-10, not yet received
    CHECK(on(base, "2024-02-02") == "in_review");
    CHECK(on(base, "2024-02-03") == "satisfied"); // no review in this study
    CHECK(on(reviewed, "2024-02-04") == "in_review");
    CHECK(on(reviewed, "2024-02-05") == "satisfied");
}

TEST_CASE("a rejected or withdrawn document neither counts nor is pending") {
    const auto rules = only({"EDL-032-01"});
    const Study facts = study(base);
    CHECK(state(count(rules, facts, {Doc("D-1", 32, "2024-01-01", "2024-01-05").rejected("2024-02-01")}, "2024-01-31"),
                "EDL-032-01/////") == "satisfied");
    CHECK(state(count(rules, facts, {Doc("D-1", 32, "2024-01-01", "2024-01-05").rejected("2024-02-01")}, "2024-02-01"),
                "EDL-032-01/////") == "overdue");
    CHECK(state(count(rules, facts, {Doc("D-1", 32, "2024-01-01", "2024-01-05").final("").withdrawn("2024-02-01")}, "2024-02-01"),
                "EDL-032-01/////") == "overdue");
}

TEST_CASE("a pointer counts only when accepted, also in a study without review") {
    const auto rules = only({"EDL-194-01"});
    const Study facts = study(base);
    const std::string slot = "EDL-194-01/////";
    CHECK(state(count(rules, facts, {Doc("D-1", 194, "2024-01-01", "2024-01-20").accepted("").pointer()}, "2024-02-10"), slot) ==
          "in_review");
    CHECK(state(count(rules, facts, {Doc("D-1", 194, "2024-01-01", "2024-01-20").pointer()}, "2024-02-10"), slot) == "satisfied");
    CHECK(state(count(rules, facts, {Doc("D-1", 194, "2024-01-01", "2024-01-20").accepted("")}, "2024-02-10"), slot) == "satisfied");
}

TEST_CASE("a document without a date cannot be within a validity counted in years") {
    const auto rules = only({"EDL-001-01"});
    CHECK(state(count(rules, study(base), {Doc("D-1", 1, "", "2024-01-20")}, "2024-02-10"), "EDL-001-01/////") == "expired");
}

TEST_CASE("two documents are wanted: one fills half, two versions of one document count once") {
    const auto rules = only({"EDL-045-01"}); // count 2, due 10@study
    const Study facts = study(replace_all(base, "milestones: [", "milestones: [{code: \"10\", date: 2024-05-01}, "));
    const auto half =
        count(rules, facts, {Doc("D-1", 45, "2024-04-01", "2024-04-01"), Doc("D-1", 45, "2024-04-02", "2024-04-02")}, "2024-06-01");
    CHECK(state(half, "EDL-045-01/////") == "overdue");
    CHECK(half.due_now.text() == "1 of 2 = 50.0 %");
    const auto full = count(rules, facts,
                            {Doc("D-1", 45, "2024-04-01", "2024-04-01"), Doc("D-2", 45, "2024-04-02", "2024-04-02"),
                             Doc("D-3", 45, "2024-04-02", "2024-04-02")},
                            "2024-06-01");
    CHECK(state(full, "EDL-045-01/////") == "satisfied");
    CHECK(full.due_now.text() == "2 of 2 = 100.0 %"); // never more than wanted
}

TEST_CASE("missing until the end of the days of grace, then overdue") {
    const auto rules = only({"EDL-032-01"}); // due 2024-01-10
    const Study facts = study(replace_all(base, "id: S,", "id: S, grace_days: 30,"));
    CHECK(state(count(rules, facts, {}, "2024-01-09"), "EDL-032-01/////") == "not_due");
    CHECK(state(count(rules, facts, {}, "2024-01-10"), "EDL-032-01/////") == "missing");
    CHECK(state(count(rules, facts, {}, "2024-02-09"), "EDL-032-01/////") == "missing"); // 10 January + 30 days
    CHECK(state(count(rules, facts, {}, "2024-02-10"), "EDL-032-01/////") == "overdue");
}

TEST_CASE("who left before it was due owes nothing, who left later still owes") {
    const auto rules = only({"EDL-087-01"}); // PI CV, 03@site = 2024-03-01
    const auto person = [](const std::string& rest) {
        return study(base + "people: [{id: P1, role: principal_investigator, site: \"701\", from: 2024-01-05" + rest + "}]\n");
    };
    CHECK(slots(count(rules, person(", to: 2024-02-28"), {}, "2024-06-01")).empty());
    CHECK(slots(count(rules, person(", to: 2024-03-01"), {}, "2024-06-01")) == std::vector<std::string>{"EDL-087-01/USA/701/P1//"});
    CHECK(slots(count(rules, person(""), {}, "2024-01-04")).empty()); // not there yet
}

TEST_CASE("a person who joins later is due on joining") {
    const auto rules = only({"EDL-088-01"});
    const Study facts = study(base + "people: [{id: P1, role: sub-investigator, site: \"701\", from: 2024-07-15}]\n");
    const auto report = count(rules, facts, {}, "2024-08-01");
    CHECK(due(report, "EDL-088-01/USA/701/P1//") == "2024-07-15");
}

TEST_CASE("entries of one person and place are one instance, from the earliest to the latest") {
    const auto rules = only({"EDL-093-01", "EDL-087-01"}); // investigator, principal investigator
    const Study facts = study(replace_all(base, "id: S,", "id: S,") + R"(
switches: {us_submission: yes}
people:
  - {id: P1, role: sub_investigator, site: "701", from: 2024-04-01, to: 2024-05-31}
  - {id: P1, role: principal_investigator, site: "701", from: 2024-06-01}
)");
    const auto report = count(rules, facts, {}, "2024-07-01");
    CHECK(slots(report) == std::vector<std::string>{"EDL-087-01/USA/701/P1//", "EDL-093-01/USA/701/P1//"});
    CHECK(due(report, "EDL-093-01/USA/701/P1//") == "2024-04-01"); // as sub-investigator
    CHECK(due(report, "EDL-087-01/USA/701/P1//") == "2024-06-01"); // the role of this rule began then
}

TEST_CASE("a site closed before an amendment owes nothing for it, on its last day it does") {
    const auto rules = only({"EDL-086-01", "EDL-053-02"});
    const auto with = [](const std::string& approved) {
        return study(replace_all(base, "activated: 2024-03-01", "activated: 2024-03-01, closed: 2024-09-30") +
                     "amendments: [{id: A1, approved: " + approved + "}]\n");
    };
    CHECK(slots(count(rules, with("2024-10-01"), {}, "2025-01-01")).empty()); // country closes with its last site, too
    CHECK(slots(count(rules, with("2024-09-30"), {}, "2025-01-01")) ==
          std::vector<std::string>{"EDL-053-02/USA///A1/", "EDL-086-01/USA/701//A1/"});
    CHECK(slots(count(rules, with("2024-02-29"), {}, "2025-01-01")) ==
          std::vector<std::string>{"EDL-053-02/USA///A1/"}); // site not yet open
}

TEST_CASE("a CV that runs out after the site closed stays satisfied") {
    const auto rules = only({"EDL-087-01"}); // P2Y
    const std::string people = "people: [{id: P1, role: principal_investigator, site: \"701\", from: 2024-01-05}]\n";
    const std::vector<DocumentFacts> cv{Doc("D-1", 87, "2023-03-01", "2024-01-10").site("701").person("P1")}; // valid to 2025-03-01
    const Study open = study(base + people);
    const Study closed = study(replace_all(base, "activated: 2024-03-01", "activated: 2024-03-01, closed: 2025-03-01") + people);
    const Study closed_later = study(replace_all(base, "activated: 2024-03-01", "activated: 2024-03-01, closed: 2025-03-02") + people);
    CHECK(state(count(rules, open, cv, "2026-01-01"), "EDL-087-01/USA/701/P1//") == "expired");
    CHECK(state(count(rules, closed, cv, "2026-01-01"), "EDL-087-01/USA/701/P1//") == "satisfied");
    CHECK(state(count(rules, closed_later, cv, "2026-01-01"), "EDL-087-01/USA/701/P1//") == "expired");
}

TEST_CASE("planned dates make due dates, they never open or close anything") {
    const auto rules = only({"EDL-066-03", "EDL-086-01"});
    const Study facts = study(R"(
study: {id: S}
countries: [{code: USA, approved: 2024-01-10}]
sites: [{id: "701", country: USA}]
milestones: [{code: "03", site: "701", planned: 2024-03-01}]
amendments: [{id: A1, approved: 2024-06-01}]
)");
    const auto report = count(rules, facts, {}, "2024-07-01");
    CHECK(slots(report) == std::vector<std::string>{"EDL-066-03/USA/701///"}); // no amendment slot: the site has not opened
    CHECK(due(report, "EDL-066-03/USA/701///") == "2024-03-01");
}

TEST_CASE("a document with an event does not fill the slot without one where a rule tells them apart") {
    const auto rules = only({"EDL-066-03", "EDL-066-04", "EDL-031-01", "EDL-031-02", "EDL-087-01"});
    const Study facts = study(base + R"(
amendments: [{id: A1, approved: 2024-06-01}]
ib_versions: [{id: IB2, date: 2024-06-01}]
people: [{id: P1, role: principal_investigator, site: "701", from: 2024-01-05}]
)");
    const std::vector<DocumentFacts> documents{
        Doc("D-1", 66, "2024-06-10", "2024-06-10").site("701").event("A1"),               // decision on the amendment only
        Doc("D-2", 31, "2024-06-01", "2024-06-01").event("IB2"),                          // study_any takes it whatever its event
        Doc("D-3", 87, "2024-02-01", "2024-02-01").site("701").person("P1").event("A1")}; // no event rule for 087: ignored
    const auto report = count(rules, facts, documents, "2024-07-01");
    CHECK(state(report, "EDL-066-03/USA/701///") == "overdue");
    CHECK(state(report, "EDL-066-04/USA/701//A1/") == "satisfied");
    CHECK(state(report, "EDL-031-01/////") == "satisfied");
    CHECK(state(report, "EDL-031-02////IB2/") == "satisfied");
    CHECK(state(report, "EDL-087-01/USA/701/P1//") == "satisfied");
}

TEST_CASE("one document may name several persons and events and fills all their slots") {
    const auto rules = only({"EDL-104-02", "EDL-104-03"});
    const Study facts = study(base + R"(
people:
  - {id: P1, role: principal_investigator, site: "701", from: 2024-01-05}
  - {id: P2, role: site_staff, site: "701", from: 2024-05-01}
  - {id: P3, role: sponsor_staff, from: 2024-01-05}
trainings:
  - {id: T1, roles: [principal_investigator, site_staff, sponsor_staff], date: 2024-04-01}
amendments: [{id: A1, approved: 2024-06-01}]
)");
    const std::vector<DocumentFacts> record{Doc("D-1", 104, "2024-06-05", "2024-06-05").site("701").person("P1;P2").event("T1;A1")};
    const auto report = count(rules, facts, record, "2024-07-15");
    CHECK(state(report, "EDL-104-02/USA/701/P1/T1/") == "satisfied");
    CHECK(state(report, "EDL-104-02/USA/701/P2/T1/") == "satisfied");
    CHECK(due(report, "EDL-104-02/USA/701/P1/T1/") == "2024-05-01"); // training + 30 days
    CHECK(due(report, "EDL-104-02/USA/701/P2/T1/") == "2024-05-31"); // joined after the training: from + 30 days
    CHECK(state(report, "EDL-104-03/USA/701//A1/") == "satisfied");
    CHECK(slots(report).size() == 3); // P3 has no site: the rule is for site people
}

TEST_CASE("a yearly slot takes a document without event that is nearest to its year's end") {
    const auto rules = only({"EDL-073-01"}); // ec_year, from 03@site 2024-03-01
    const Study facts = study(base);
    const auto with = [&](const std::string& date) {
        const auto report = count(rules, facts, {Doc("D-1", 73, date, date).site("701")}, "2026-06-01");
        return state(report, "EDL-073-01/USA/701//Y1/") + " " + state(report, "EDL-073-01/USA/701//Y2/");
    };
    CHECK(with("2025-02-20") == "satisfied overdue");
    CHECK(with("2025-08-30") == "satisfied overdue"); // 182 days after Y1's end, 183 before Y2's
    CHECK(with("2025-08-31") == "overdue satisfied"); // 183 and 182
    CHECK(with("2024-04-01") == "satisfied overdue"); // there is no year 0
    const auto named = count(rules, facts, {Doc("D-1", 73, "2025-02-20", "2025-02-20").site("701").event("Y2")}, "2026-06-01");
    CHECK(state(named, "EDL-073-01/USA/701//Y1/") == "overdue"); // its event says otherwise
    CHECK(state(named, "EDL-073-01/USA/701//Y2/") == "satisfied");
    CHECK(slots(count(rules, facts, {}, "2025-02-28")).empty()); // the first year is not over
}

TEST_CASE("a language slot wants a document in that language, without languages any document will do") {
    const auto rules = only({"EDL-040-02"});
    const Study two = study(replace_all(base, "approved: 2024-01-10", "approved: 2024-01-10, languages: [en, ES]"));
    const std::vector<DocumentFacts> english{Doc("D-1", 40, "2024-01-05", "2024-01-05").country("USA").language("en")};
    const auto report = count(rules, two, english, "2024-02-01");
    CHECK(state(report, "EDL-040-02/USA////en") == "satisfied");
    CHECK(state(report, "EDL-040-02/USA////es") == "overdue");
    CHECK(state(count(rules, study(base), english, "2024-02-01"), "EDL-040-02/USA////") == "satisfied");
}

TEST_CASE("level, country and site must be the slot's own") {
    const auto rules = only({"EDL-032-01", "EDL-032-03", "EDL-066-03"});
    const Study facts = study(replace_all(base, "[{code: USA, approved: 2024-01-10}]", "[{code: USA, approved: 2024-01-10}, {code: DEU}]") +
                              "switches: {country_protocol: yes}\n");
    const std::vector<DocumentFacts> documents{
        Doc("D-1", 32, "2024-01-05", "2024-01-05").country("USA"),
        Doc("D-2", 66, "2024-01-05", "2024-01-05").site("701").country("DEU")}; // the site is in the USA
    const auto report = count(rules, facts, documents, "2024-04-01");
    CHECK(state(report, "EDL-032-01/////") == "overdue"); // a country's protocol is not the trial's
    CHECK(state(report, "EDL-032-03/USA////") == "satisfied");
    CHECK(state(report, "EDL-032-03/DEU////") == "not_due");
    CHECK(state(report, "EDL-066-03/USA/701///") == "overdue");
}

TEST_CASE("decisions: waived keeps the row out of the sums, not applicable removes it and wins") {
    const auto rules = only({"EDL-032-01", "EDL-066-03"});
    const Study facts = study(base);
    auto waived = decide(Decision::Kind::waived, "EDL-032-01", "2024-04-01", "2024-05-01");
    const auto on = [&](const std::string& date, std::vector<Decision> decisions) {
        return count(rules, facts, {}, date, Audience::unblinded, decisions);
    };
    CHECK(state(on("2024-03-31", {waived}), "EDL-032-01/////") == "overdue");
    CHECK(state(on("2024-04-01", {waived}), "EDL-032-01/////") == "waived");
    CHECK(on("2024-04-01", {waived}).whole_trial.expected == 1);
    CHECK(state(on("2024-05-02", {waived}), "EDL-032-01/////") == "overdue"); // its time is over
    auto both = on("2024-04-01", {waived, decide(Decision::Kind::not_applicable, "EDL-032-01", "2024-04-01")});
    CHECK(state(both, "EDL-032-01/////") == "no slot");
    REQUIRE(both.not_applicable.size() == 1);
    CHECK(both.not_applicable[0].slot == "EDL-032-01/////");
    auto elsewhere = decide(Decision::Kind::waived, "EDL-066-03", "2024-04-01");
    elsewhere.site = "702";
    CHECK(state(on("2024-04-01", {elsewhere}), "EDL-066-03/USA/701///") == "overdue");
}

TEST_CASE("a restricted slot is hidden from the blinded audience until the day of unblinding") {
    const auto rules = only({"EDL-213-01"});
    const std::string yaml = base + "switches: {randomised: yes, imp_blinded: yes}\n";
    const std::string opened = replace_all(yaml, "milestones: [", "milestones: [{code: S11, date: 2024-08-01}, ");
    const std::string planned = replace_all(yaml, "milestones: [", "milestones: [{code: S11, planned: 2024-08-01}, ");
    CHECK(slots(count(rules, study(opened), {}, "2024-07-31", Audience::blinded)).empty());
    CHECK(slots(count(rules, study(opened), {}, "2024-07-31", Audience::unblinded)).size() == 1);
    CHECK(slots(count(rules, study(opened), {}, "2024-08-01", Audience::blinded)).size() == 1);
    CHECK(slots(count(rules, study(planned), {}, "2024-08-01", Audience::blinded)).empty()); // a plan unblinds nobody
    CompletenessQuestion ahead; // as-of a day to come: unblinding counts only when it has happened today
    ahead.as_of = *day("2024-09-01");
    ahead.today = day("2024-07-01");
    ahead.audience = Audience::blinded;
    CHECK(completeness(rules, study(opened), {}, {}, ahead).rows.empty());
    CHECK(
        slots(count(rules, study(replace_all(yaml, "imp_blinded: yes", "imp_blinded: no")), {}, "2024-07-31", Audience::blinded)).size() ==
        1);
}

TEST_CASE("the answer of a site wins over its country's, that over the study's, that over the default") {
    const auto rules = only({"EDL-065-03"}); // local_ec, default yes
    const auto sites = [&](const std::string& study_says, const std::string& country_says, const std::string& site_says) {
        return slots(count(rules,
                           study(fill(R"(
study: {{id: S}}
switches: {{{}}}
countries: [{{code: USA, switches: {{{}}}}}]
sites: [{{id: "701", country: USA, switches: {{{}}}}}, {{id: "702", country: USA}}]
)",
                                      study_says, country_says, site_says)),
                           {}, "2024-04-01"));
    };
    const std::vector<std::string> both{"EDL-065-03/USA/701///", "EDL-065-03/USA/702///"}, first{both[0]}, second{both[1]}, none;
    CHECK(sites("", "", "") == both);
    CHECK(sites("local_ec: no", "", "") == none);
    CHECK(sites("local_ec: no", "local_ec: yes", "") == both);
    CHECK(sites("local_ec: no", "local_ec: yes", "local_ec: no") == second);
    CHECK(sites("", "local_ec: no", "local_ec: yes") == first);
}

TEST_CASE("filters select rows, the next milestone stays the study's") {
    const auto rules = only({"EDL-032-01", "EDL-066-03", "EDL-036-01", "EDL-073-01"});
    const Study facts = study(base);
    CompletenessQuestion question;
    question.as_of = *day("2024-02-15");
    question.site = "701";
    auto report = completeness(rules, facts, {}, {}, question);
    CHECK(slots(report) == std::vector<std::string>{"EDL-066-03/USA/701///"});
    CHECK(report.whole_trial.expected == 1);
    CHECK(report.next->date.text() == "2024-03-01");
    question.site.clear();
    question.country = "USA";
    report = completeness(rules, facts, {}, {}, question);
    CHECK(slots(report) == std::vector<std::string>{"EDL-036-01/USA////", "EDL-066-03/USA/701///"});
    question.country.clear();
    question.milestone = "01";
    report = completeness(rules, facts, {}, {}, question);
    CHECK(slots(report) == std::vector<std::string>{"EDL-032-01/////", "EDL-036-01/USA////"});
    CHECK(report.next->code == "03");
}
