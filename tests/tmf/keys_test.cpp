// One slot for each: every key of the rules, with a study that has at least one of everything.
#include "tests/tmf/study_support.hpp"

using namespace tmf_test;

namespace {

const std::string everything = R"(
study: {id: S, start: 2024-01-01}
switches: {us_submission: yes, ca_cta: yes, eu_or_uk: yes, central_ec: yes, imp_blinded: yes, uses_irt: yes}
countries:
  - {code: USA, approved: 2024-01-10, languages: [en, es]}
  - {code: DEU, approved: 2024-06-01}
sites:
  - {id: "701", country: USA, activated: 2024-03-01}
  - {id: "702", country: USA, activated: 2024-08-01, closed: 2024-12-31}
  - {id: "801", country: DEU, activated: 2024-07-01}
  - {id: "999", country: DEU, rejected: 2024-05-01}
milestones:
  - {code: "02", date: 2024-02-01}
  - {code: "12", planned: 2026-12-01}
  - {code: T06, site: "801", date: 2024-06-15}
people:
  - {id: P1, role: principal_investigator, site: "701", from: 2024-01-05, physician: yes, ec_member: yes}
  - {id: P2, role: coordinating_investigator, country: DEU, from: 2024-05-01}
  - {id: P3, role: medical_monitor, from: 2024-01-05}
  - {id: P4, role: vendor_staff, from: 2024-01-05}
  - {id: P5, role: committee_member, from: 2024-01-05}
  - {id: P6, role: site_staff, site: "999", from: 2024-01-05}
trainings: [{id: TR1, roles: [medical_monitor], date: 2024-04-01}]
committees: [{id: DMC, from: 2024-02-15, meetings: [{id: DMC-1, date: 2024-09-01}]}]
vendors:
  - {id: V1, from: 2024-02-01, to: 2025-06-30, obligations: yes, contracts: [{id: V1-C1, signed: 2024-02-10}]}
  - {id: V2, to: 2024-01-31}
laboratories:
  - {id: L1, from: 2024-03-01, accredited: no, certificates: [{id: L1-CAP}]}
  - {id: L2, site: "702", certificates: [{id: L2-CLIA}]}
amendments:
  - {id: A1, approved: 2024-07-15}
  - {id: A2, approved: 2024-09-15, substantial: no, countries: [USA]}
  - {id: A3, approved: 2024-09-20, sites: ["801"]}
safety_notices:
  - {id: N1, type: susar, date: 2024-09-01}
  - {id: N2, type: line_listing, date: 2024-09-02, sites: ["702"]}
protocol_versions: [{id: PV2, date: 2024-07-15}]
ib_versions: [{id: IB2, date: 2024-07-15}]
icf_versions: [{id: ICF2, approved: 2024-09-01, countries: [USA]}]
visits:
  - {id: MV1, site: "701", type: interim, date: 2024-05-01}
  - {id: SIV, site: "701", type: initiation, date: 2024-02-20}
  - {id: MV9, site: "702", type: interim, date: 2025-01-15}
batches: [{id: B1, released: 2024-01-02}]
shipments: [{id: SH1, site: "701", date: 2024-03-10}]
audits: [{id: AU1, date: 2024-10-01}]
systems:
  - {id: IRT1, kind: irt, releases: [{id: IRT1-R2, date: 2024-06-01}]}
  - {id: EDC1, kind: edc, releases: [{id: EDC1-R2, date: 2024-06-02}]}
occurrences:
  - {id: O1, type: sae, site: "701", date: 2024-09-01}
  - {id: O2, type: ip_transfer, site: "701", date: 2024-09-01}
  - {id: O3, type: interim_analysis, date: 2024-09-01}
  - {id: O4, type: ip_transfer, site: "702", date: 2025-01-05}
)";

using Names = std::vector<std::string>;

// Slots of one rule on a day, without the rule's id.
Names of(const std::string& rule, const std::string& as_of = "2025-03-01") {
    static const Study facts = study(everything);
    const auto rules = only({rule});
    Names names;
    for (const std::string& slot : slots(count(rules, facts, {}, as_of))) names.push_back(slot.substr(rule.size()));
    return names;
}

std::string due_of(const std::string& rule, const std::string& slot, const std::string& as_of = "2025-03-01") {
    static const Study facts = study(everything);
    const auto rules = only({rule});
    return due(count(rules, facts, {}, as_of), rule + slot);
}

} // namespace

TEST_CASE("standing keys: study, country, site, their variants") {
    CHECK(of("EDL-001-01") == Names{"/////"});
    CHECK(of("EDL-001-02") == Names{"////final/"});
    CHECK(due_of("EDL-001-02", "////final/") == "2026-12-01"); // 12 is planned
    CHECK(of("EDL-031-01") == Names{"/////"});
    CHECK(of("EDL-036-01") == Names{"/DEU////", "/USA////"});
    CHECK(of("EDL-066-03") == Names{"/DEU/801///", "/USA/701///", "/USA/702///"}); // 999 was rejected
    CHECK(of("EDL-040-03") == Names{"/DEU/801///", "/USA/701///", "/USA/702///"});
    CHECK(of("EDL-101-02") == Names{"/DEU/801//final/", "/USA/701//final/", "/USA/702//final/"});
    CHECK(of("EDL-092-02") == Names{"/DEU/801//ctsi/", "/USA/701//ctsi/", "/USA/702//ctsi/"});
    CHECK(of("EDL-040-02") == Names{"/DEU////", "/USA////en", "/USA////es"});
}

TEST_CASE("keys of persons: role, group, place, tags, conditions") {
    CHECK(of("EDL-087-01") == Names{"/USA/701/P1//"});
    CHECK(of("EDL-090-01") == Names{"/USA/701/P1/gcp/"}); // P6 is at a rejected site
    CHECK(of("EDL-090-02") == Names{"/USA/701/P1/licence/"});
    CHECK(of("EDL-068-01") == Names{"/USA/701/P1//"});
    CHECK(of("EDL-017-01") == Names{"///P3//"});
    CHECK(of("EDL-257-01") == Names{"///P4//"});
    CHECK(of("EDL-249-01") == Names{"///P5//"});
    CHECK(of("EDL-255-01") == Names{"/DEU//P2//"});
    CHECK(due_of("EDL-255-01", "/DEU//P2//") == "2024-06-01"); // 01@country, he was there before
    CHECK(of("EDL-253-02") == Names{"///P3/TR1/"});
    CHECK(due_of("EDL-253-02", "///P3/TR1/") == "2024-05-01");
}

TEST_CASE("keys of parties: committees, vendors, contracts, laboratories, certificates") {
    CHECK(of("EDL-018-01") == Names{"////DMC/"});
    CHECK(due_of("EDL-018-01", "////DMC/") == "2024-02-15"); // 02 was earlier
    CHECK(of("EDL-020-01") == Names{"////DMC-1/"});
    CHECK(of("EDL-177-01") == Names{"////V1/"}); // V2 left before 02
    CHECK(of("EDL-247-01") == Names{"////V1/"});
    CHECK(of("EDL-180-01") == Names{"////V1-C1/"});
    CHECK(due_of("EDL-180-01", "////V1-C1/") == "2024-02-10");
    CHECK(of("EDL-163-01") == Names{"////L1/"});
    CHECK(of("EDL-163-02") == Names{"/USA/702//L2/"});
    CHECK(of("EDL-161-01") == Names{"////L1/"});
    CHECK(of("EDL-160-01") == Names{"////L1-CAP/"});
    CHECK(of("EDL-160-02") == Names{"/USA/702//L2-CLIA/"});
}

TEST_CASE("keys of changes at the trial, in countries and at sites that are open") {
    CHECK(of("EDL-034-01") == Names{"////A1/", "////A2/", "////A3/"});
    CHECK(of("EDL-034-01", "2024-07-14").empty());                                            // not yet approved
    CHECK(of("EDL-052-02") == Names{"/DEU///A1/", "/DEU///A3/", "/USA///A1/", "/USA///A3/"}); // A2 is not substantial
    CHECK(of("EDL-065-02") == Names{"/DEU///A1/", "/DEU///A3/", "/USA///A1/", "/USA///A3/"}); // ec follows substantial
    CHECK(of("EDL-086-01") ==
          Names{"/DEU/801//A1/", "/DEU/801//A3/", "/USA/701//A1/", "/USA/701//A2/", "/USA/702//A2/"}); // 702 opened later than A1
    CHECK(of("EDL-152-01") == Names{"////N1/"});
    CHECK(of("EDL-058-01") == Names{"/DEU///N1/", "/USA///N1/"});
    CHECK(of("EDL-113-01") == Names{"/DEU/801//N1/", "/USA/701//N1/", "/USA/702//N1/", "/USA/702//N2/"});
    CHECK(of("EDL-072-01") == Names{"/DEU/801//N1/", "/USA/701//N1/", "/USA/702//N1/"});
    CHECK(of("EDL-032-02") == Names{"////PV2/"});
    CHECK(of("EDL-031-02") == Names{"////IB2/"});
    CHECK(of("EDL-084-02") == Names{"/DEU/801//IB2/", "/USA/701//IB2/"});
    CHECK(of("EDL-040-04") == Names{"/USA/701//ICF2/", "/USA/702//ICF2/"});
    CHECK(of("EDL-132-01") == Names{"////B1/"});
    CHECK(of("EDL-129-01") == Names{"/DEU///B1/", "/USA///B1/"}); // before either country was open
}

TEST_CASE("keys of what happens: visits, shipments, audits, releases, rejected sites, occurrences") {
    CHECK(of("EDL-107-01") == Names{"/USA/701//MV1/"}); // initiation is no interim visit; 702 had closed before MV9
    CHECK(of("EDL-121-02") == Names{"/USA/701//SH1/"});
    CHECK(of("EDL-014-01") == Names{"////AU1/"});
    CHECK(due_of("EDL-014-01", "////AU1/") == "2024-11-30"); // 60 days
    CHECK(of("EDL-142-02") == Names{"////IRT1-R2/"});
    CHECK(of("EDL-246-02") == Names{"////EDC1-R2/"});
    CHECK(of("EDL-083-01") == Names{"/DEU///999/"});
    CHECK(of("EDL-153-01") == Names{"////O1/"}); // filed at the trial, though it names a site
    CHECK(of("EDL-123-01") == Names{"/USA/701//O2/"});
    CHECK(of("EDL-216-02") == Names{"////O3/"});
    CHECK(of("EDL-202-02").empty());
}

TEST_CASE("yearly keys: full years since the start, up to the end") {
    CHECK(of("EDL-248-01", "2026-01-01") == Names{"////Y1/", "////Y2/"}); // study.start 2024-01-01
    CHECK(of("EDL-248-01", "2025-12-31") == Names{"////Y1/"});
    CHECK(of("EDL-059-01", "2026-02-01") == Names{"/DEU///Y1/", "/USA///Y1/", "/USA///Y2/"}); // C06 needs every site closed
    CHECK(of("EDL-073-01", "2025-07-01") == Names{"/DEU/801//Y1/", "/USA/701//Y1/"});         // 702 closed before its year was over
    CHECK(due_of("EDL-073-01", "/DEU/801//Y1/", "2025-07-01") == "2025-06-15");               // from T06, not from 03
    CHECK(of("EDL-258-01", "2027-01-01") == Names{"////V1-Y1/"});                             // V1 left in its second year
    CHECK(of("EDL-258-01", "2025-01-31").empty());
}

TEST_CASE("optional rules make no slots until the study promotes them") {
    CHECK(of("EDL-002-01").empty());
    const auto rules = only({"EDL-002-01", "EDL-091-02"});
    const Study promoted = study(replace_all(everything, "start: 2024-01-01}", "start: 2024-01-01, promote: [EDL-002-01]}"));
    CHECK(slots(count(rules, promoted, {}, "2025-03-01")) == Names{"EDL-002-01/////"});
}

TEST_CASE("every rule of the model can be counted, nothing is left out silently") {
    Study facts = study(everything);
    for (const auto& rule : catalogue().rules) facts.promote.push_back(rule.id);
    for (const auto& known : catalogue().switches) facts.switches[known.name] = true;
    const auto report = count(catalogue(), facts, {}, "2025-03-01");
    CHECK(report.rules == 367);
    CHECK(report.rules_in_force == 367);
    CHECK(report.rules_left_out.empty());
    std::set<std::string> with_slots;
    for (const auto& row : report.rows) with_slots.insert(row.rule->id);
    Names without;
    for (const auto& rule : catalogue().rules)
        if (with_slots.count(rule.id) == 0) without.push_back(rule.id);
    // No such person, training or occurrence in this study, or (055-02) a switch that is on.
    const std::set<std::string> expected{"EDL-024-01", "EDL-026-01", "EDL-055-02", "EDL-088-01", "EDL-089-01", "EDL-091-02", "EDL-104-02",
                                         "EDL-109-01", "EDL-124-01", "EDL-125-01", "EDL-126-01", "EDL-135-01", "EDL-137-01", "EDL-154-01",
                                         "EDL-155-01", "EDL-161-01", "EDL-202-02", "EDL-242-01", "EDL-244-01"};
    for (const std::string& rule : without) {
        INFO(rule);
        CHECK((expected.count(rule) > 0));
    }
    CHECK(std::is_sorted(report.rows.begin(), report.rows.end(), [](const auto& a, const auto& b) { return a.slot < b.slot; }));
}
