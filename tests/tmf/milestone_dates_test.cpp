#include "tests/tmf/study_support.hpp"

using namespace tmf_test;

namespace {

const char* const facts = R"(
study: {id: S}
countries:
  - {code: USA, approved: 2024-01-10}
  - {code: DEU}
  - {code: FRA}
sites:
  - {id: "701", country: USA, activated: 2024-03-01, closed: 2025-03-01}
  - {id: "702", country: USA, activated: 2024-04-01}
  - {id: "703", country: USA, rejected: 2024-02-01}
  - {id: "801", country: DEU, activated: 2024-05-01, closed: 2025-05-01}
milestones:
  - {code: C03, country: DEU, date: 2024-02-20}
  - {code: "01", country: FRA, planned: 2024-01-05}
  - {code: "09", site: "702", planned: 2025-06-01}
  - {code: "08", date: 2025-07-01, planned: 2025-06-15}
visits:
  - {id: V2, site: "701", type: interim, date: 2024-06-01}
  - {id: V1, site: "701", type: interim, date: 2024-05-01}
  - {id: V0, site: "701", type: initiation, date: 2024-02-25}
)";

std::string text(const OptionalDate& date) { return date ? date->text() : "none"; }

} // namespace

TEST_CASE("milestone dates: entry, planned, derived, none") {
    const Study s = study(facts);
    const MilestoneDates dates(s);
    const auto both = [&](auto at) { return text(at(Use::happened)) + " " + text(at(Use::planned_too)); };
    CHECK(both([&](Use u) { return dates.at_country("01", "USA", u); }) == "2024-01-10 2024-01-10"); // approved
    CHECK(both([&](Use u) { return dates.at_country("01", "DEU", u); }) == "2024-02-20 2024-02-20"); // from C03
    CHECK(both([&](Use u) { return dates.at_country("C03", "FRA", u); }) == "none 2024-01-05");      // from 01, planned
    CHECK(both([&](Use u) { return dates.at_study("01", u); }) == "2024-01-10 2024-01-05");          // the earliest country
    CHECK(both([&](Use u) { return dates.at_site("04", "701", u); }) == "2024-05-01 2024-05-01");    // first interim visit
    CHECK(both([&](Use u) { return dates.at_site("04", "702", u); }) == "none none");
    CHECK(both([&](Use u) { return dates.at_country("C06", "USA", u); }) == "none 2025-06-01"); // 703 was rejected, 702 is planned
    CHECK(both([&](Use u) { return dates.at_country("C06", "DEU", u); }) == "2025-05-01 2025-05-01");
    CHECK(both([&](Use u) { return dates.at_country("C06", "FRA", u); }) == "none none");             // no sites at all
    CHECK(both([&](Use u) { return dates.at_country("S13", "DEU", u); }) == "2025-05-01 2025-05-01"); // from C06
    CHECK(both([&](Use u) { return dates.at_study("S13", u); }) == "none none");                      // not every country has ended
    CHECK(both([&](Use u) { return dates.at_study("08", u); }) == "2025-07-01 2025-07-01");           // what happened beats the plan
    CHECK(both([&](Use u) { return dates.at_study("12", u); }) == "none none");
}

TEST_CASE("end of trial: the study's entry counts for every country that has none") {
    const Study s = study(replace_all(
        facts, "milestones:", "milestones:\n  - {code: S13, date: 2025-09-01}\n  - {code: S13, country: FRA, date: 2025-08-01}"));
    const MilestoneDates dates(s);
    CHECK(text(dates.at_country("S13", "DEU", Use::happened)) == "2025-09-01"); // before its C06
    CHECK(text(dates.at_country("S13", "FRA", Use::happened)) == "2025-08-01");
    CHECK(text(dates.at_study("S13", Use::happened)) == "2025-09-01");
}

TEST_CASE("the next milestone looks at 01 to 12 everywhere but at rejected sites, plans included") {
    const Study s = study(facts);
    const MilestoneDates dates(s);
    const auto next = [&](const char* date) {
        const auto found = dates.next_after(*day(date));
        return found ? found->date.text() + " " + found->code + "/" + found->country + "/" + found->site : "none";
    };
    CHECK(next("2023-12-31") == "2024-01-05 01//"); // derived at the study, from France's plan; before the country itself in the order
    CHECK(next("2024-02-19") == "2024-02-20 01/DEU/");
    CHECK(next("2024-03-01") == "2024-04-01 03/USA/702");
    CHECK(next("2025-06-01") == "2025-07-01 08//");
    CHECK(next("2025-07-01") == "none");
    const auto rules = only({"EDL-032-01"});
    const auto report = count(rules, s, {}, "2025-07-01");
    CHECK_FALSE(report.next);
    CHECK(report.by_next_milestone.text() == report.due_now.text()); // nothing ahead: the day itself
    CHECK(to_json(report).find("by_next_milestone")->find("date")->text() == "2025-07-01");
}

TEST_CASE("milestones that repeat are all looked at") {
    const Study s = study(R"(
study: {id: S}
countries: [{code: USA}]
sites: [{id: "701", country: USA}]
milestones:
  - {code: "06", site: "701", date: 2024-03-01}
  - {code: "06", site: "701", planned: 2025-03-01}
)");
    CHECK(MilestoneDates(s).next_after(*day("2024-06-01"))->date.text() == "2025-03-01");
}
