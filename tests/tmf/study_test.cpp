#include "tests/tmf/study_support.hpp"

#include "tmf/study_apply.hpp"

using namespace tmf_test;

namespace {

const std::string good = R"(study:
  id: S
sites:
  - {id: "701", country: USA}
countries:
  - {code: US}
)";

// Each error of the file as "line: message. Mend: remedy".
std::vector<std::string> errors(const std::string& yaml) {
    const auto result = reading(yaml);
    std::vector<std::string> texts;
    if (result) return texts;
    const auto text = [](const Error& error) {
        return fill("{}: {}", error.where.line, error.message) + (error.remedy.empty() ? "" : " | " + error.remedy);
    };
    if (result.error().details.empty()) texts.push_back(text(result.error()));
    for (const Error& detail : result.error().details) texts.push_back(text(detail));
    return texts;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("a small study file is read, alpha-2 codes become alpha-3") {
    const Study s = study(good);
    CHECK(s.id == "S");
    CHECK(s.countries.at(0).code == "USA");
    CHECK(s.sites.at(0).id == "701"); // a number in YAML stays text
    CHECK_FALSE(s.review);
    CHECK(s.grace_days == 0);
}

TEST_CASE("a misspelt key is an error that names the nearest known one") {
    CHECK(errors(replace_all(good, "country: USA", "contry: USA")) ==
          Texts{"4: sites, 701: country is missing | write 'country: ...' into this entry",
                "4: sites, 701: unknown key contry | did you mean country?"});
    CHECK(errors("study: {id: S, grace_day: 3}\n") == Texts{"1: study: unknown key grace_day | did you mean grace_days?"});
    CHECK(errors("study: {id: S}\nmilestone: []\n") == Texts{"2: study file: unknown key milestone | did you mean milestones?"});
    CHECK(errors("study: {id: S}\nswitches: {imp_blind: yes}\n") ==
          Texts{"2: switches: unknown key imp_blind | did you mean imp_blinded?"});
}

TEST_CASE("every error of a file is reported at once, in the order of its lines") {
    const Texts found = errors(R"(study: {id: "S 1", start: 2025-02-30, review: maybe}
countries:
  - {code: XX}
  - {code: USA, languages: [english language]}
sites:
  - {id: "701", country: DEU}
people:
  - {id: P1, role: principal_inspector, site: "70l", from: 1/2/2025}
  - {id: P2, role: monitor}
milestones:
  - {code: "77", date: 2025-01-01}
  - {code: "03", site: "701"}
)");
    CHECK(found ==
          Texts{
              "1: study: id \"S 1\" is not an identifier | use letters A-Z a-z, digits, '.', '_' and '-', at most 64",
              "1: study: start \"2025-02-30\" is not a date | write YYYY-MM-DD, for example 2025-06-30",
              "1: study: review \"maybe\" is neither yes nor no | write yes or no",
              "3: countries, XX: there is no country \"XX\" | use the ISO 3166 code of two or three letters: DE or DEU",
              "4: countries, USA: \"english language\" is no language code | use two letters: en, de, fr",
              "6: sites, 701: the study has no country DEU | add it to countries",
              "8: people, P1: role \"principal_inspector\" is not known | did you mean principal_investigator?",
              "8: people, P1: from \"1/2/2025\" is not a date | write YYYY-MM-DD, for example 2025-06-30",
              "8: people, P1: the study has no site 70l | did you mean 701?",
              "9: people, P2: from is missing | write YYYY-MM-DD, for example 2025-06-30",
              "11: milestones, 77: there is no milestone 77 | the codes are 01 02 03 04 05 06 07 08 09 10 11 12 S01 S02 S03 S04 S05 S06 "
              "S07 S08 "
              "S09 S10 S11 S12 S13 S14 S15 S16 S17 C01 C02 C03 C04 C05 C06 T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 T11 T12 T13 T14 T15",
          });
}

TEST_CASE("countries whose code cannot be read are not one country listed twice, and the usual wrong ones are told the right") {
    const Texts found = errors("study: {id: S}\ncountries: [{code: UK}, {code: GER}, {code: el}, {}, {}]\n");
    const std::string use = "use the ISO 3166 code of two or three letters: ";
    REQUIRE(found.size() == 5);
    CHECK(found[0].find("there is no country \"UK\" | " + use + "GB or GBR") != std::string::npos);
    CHECK(found[1].find("there is no country \"GER\" | " + use + "DE or DEU") != std::string::npos);
    CHECK(found[2].find("there is no country \"el\" | " + use + "GR or GRC") != std::string::npos);
    for (const std::string& error : found) CHECK(error.find("listed twice") == std::string::npos);
}

TEST_CASE("whatever is wrong with a value, the error says how to mend it") {
    const std::string one_role = "write 'role: ...', one of " + join(templates::person_roles(), ", ");
    const std::pair<const char*, std::string> cases[] = {
        {"study: {id: S, review: maybe}", "write yes or no"},
        {"study: {id: S, grace_days: -1}", "write a whole number: 'grace_days: 30'"},
        {"study: {id: S, timeliness_target: x}", "write a whole number: 'timeliness_target: 30'"},
        {"study: {title: T}", "write 'id: ...' into this entry"},
        {"study: {id: \"\"}", "write 'id: ...' into this entry"},
        {"study: {id: S, title: [a]}", "write one text: 'title: ...', in quotes where it has brackets"},
        {"study: {id: S, promote: {a: b}}", "write 'promote: [a, b]'"},
        {"study: {id: S, promote: [[a]]}", "write 'promote: [a, b]'"},
        {"study: {id: S}\ncountries: [{code: US}, {code: USA}]", "leave one of the two entries out"},
        {"study: {id: S}\ncountries: [{code: US}]\nsites: [{id: X, country: US, activated: 2025-02-01, closed: 2025-01-01}]",
         "correct the one of the two dates that is wrong"},
        {"study: {id: S}\ncountries: [{code: US}]\nsites: [{id: X, country: US, activated: 2025-02-01, rejected: 2025-01-01}]",
         "leave out the date that is wrong; one that ended is closed"},
        {"study: {id: S}\npeople: [{id: P1, from: 2025-01-01}]", one_role},
        {"study: {id: S}\nswitches: {imp_blinded: perhaps}", "write yes or no"},
        {"study: {id: S}\nlaboratories: [{id: L1, accredited: 5}]", "write yes or no"},
        {"study: {id: S}\nmilestones: [{date: 2025-01-01}]", "write 'code: ...' into this entry"},
    };
    for (const auto& [yaml, remedy] : cases) {
        INFO(yaml);
        const Texts found = errors(yaml);
        REQUIRE(found.size() == 1);
        CHECK(ends_with(found[0], " | " + remedy));
    }
}

TEST_CASE("ids are unique over all lists, but a person may have several entries") {
    CHECK(errors(good + "amendments: [{id: \"701\", approved: 2025-01-01}]\n") ==
          Texts{"7: amendments, 701: this id stands already in line 4 (sites) | every id is unique in the study, over all lists"});
    const std::string two = good + R"(people:
  - {id: P1, name: Ann Lee, role: sub_investigator, site: "701", from: 2025-01-01, to: 2025-02-01}
  - {id: P1, name: Ann Lee, role: principal_investigator, site: "701", from: 2025-02-02}
)";
    CHECK(errors(two).empty());
    CHECK(errors(replace_all(two, "Ann Lee, role: principal", "Bob Lee, role: principal")).size() == 1);
}

TEST_CASE("places and dates that contradict each other are errors") {
    CHECK(errors(good + "people: [{id: P1, role: monitor, from: 2025-02-01, to: 2025-01-01}]\n") ==
          Texts{"7: people, P1: to 2025-01-01 is before from 2025-02-01 | correct the one of the two dates that is wrong"});
    CHECK(errors(replace_all(good, "- {code: US}", "- {code: US}\n  - {code: DE}") +
                 "milestones: [{code: T06, site: \"701\", country: DE, date: 2025-01-01}]\n") ==
          Texts{"8: milestones, T06: site 701 is in USA, not in DEU | leave the country out here, or correct the site or the country"});
    CHECK(errors(good + "milestones: [{code: \"08\", date: 2025-01-01}, {code: \"08\", planned: 2025-01-01}]\n") ==
          Texts{"7: milestones, 08: the milestone stands twice for the same place | leave one out: 'planned' and 'date' stand in one "
                "entry; 05, 06 and "
                "11 may stand several times"});
    CHECK(errors(good + "milestones: [{code: \"06\", site: \"701\", date: 2025-01-01}, {code: \"06\", site: \"701\", date: 2026-01-01}]\n")
              .empty());
}

TEST_CASE("a site whose leading zeros got lost is the one meant, before all that are spelt alike") {
    const std::string sites = "study: {id: S, title: T, model: \"3.3.1\", start: 2025-01-01}\ncountries: [{code: US}]\n"
                              "sites: [{id: \"0101\", country: US}, {id: \"0010\", country: US}, {id: \"0a7\", country: US}]\n";
    const auto remedy = [&sites](const std::string& id) {
        return errors(sites + "visits: [{id: V1, site: \"" + id + "\", type: interim, date: 2025-03-01}]\n");
    };
    const std::string says = "4: visits, V1: the study has no site ";
    CHECK(remedy("10") == Texts{says + "10 | did you mean 0010?"});
    CHECK(remedy("00010") == Texts{says + "00010 | did you mean 0010?"});
    CHECK(remedy("101") == Texts{says + "101 | did you mean 0101?"});
    CHECK(remedy("A7") == Texts{says + "A7 | did you mean 0a7?"});
    CHECK(remedy("0102") == Texts{says + "0102 | did you mean 0101?"}); // as before: the nearest
    CHECK(remedy("5555555") == Texts{says + "5555555 | add it to sites"});
}

TEST_CASE("a promoted rule of an investigator's document is noted: nothing can be filed for it") {
    const auto result = reading(replace_all(good, "id: S\n", "id: S\n  promote: [EDL-234-01, EDL-114-01]\n"));
    REQUIRE(result);
    CHECK(
        result->notes ==
        Texts{
            "promote: EDL-234-01 is about 05.04.10 Subject Identification Log, which stays in the investigator's file and is refused here; "
            "nothing can be filed for it, so its slots stay open until 'dossier tmf waive S EDL-234-01 --site N --points-to TEXT' says "
            "where the record is"});
}

TEST_CASE("what will probably not do what was meant is noted, not refused") {
    const auto result = reading(good + R"(people: [{id: P1, role: principal_investigator, from: 2025-01-01}]
occurrences: [{id: O1, type: ip_transfer, date: 2025-01-01}]
milestones: [{code: "03", date: 2025-01-01}]
)");
    REQUIRE(result);
    REQUIRE(result->notes.size() == 3);
    CHECK(starts_with(result->notes[0], "people, P1: no rule expects documents of a principal investigator at trial level"));
    CHECK(starts_with(result->notes[1], "milestones, 03: Site Live / Ready / Open for Enrollment is not a milestone at trial level"));
    CHECK(starts_with(result->notes[2],
                      "occurrences, O1: it names no site, and IP Transfer Documentation (06.01.06) is expected from sites only"));
}

TEST_CASE("an entry needs its id and its date, the rest may come later: it is kept, and it is said what is missing") {
    const auto result = reading(good + R"(visits: [{id: V1, date: 2025-01-01}, {id: V2, site: "701", type: interim, date: 2025-01-02}]
shipments: [{id: H1, date: 2025-01-01}]
safety_notices: [{id: N1, date: 2025-01-01}]
occurrences: [{id: O1, date: 2025-01-01}]
milestones: [{code: "08"}]
)");
    REQUIRE(result);
    CHECK(result->notes == Texts{"visits, V1: it gives no site; no document is expected for it",
                                 "visits, V1: it gives no type; no document is expected for it",
                                 "shipments, H1: it gives no site; no document is expected for it",
                                 "occurrences, O1: it gives no type; no document is expected for it",
                                 "milestones, 08: neither date nor planned is given"});
    CHECK_FALSE(result->study.safety_notices[0].ec);
    const auto report = count(catalogue(), result->study, {}, "2026-01-01");
    CHECK(state(report, "EDL-107-01/USA/701//V2/") != "no slot");
    CHECK(state(report, "EDL-107-01/USA///V1/") == "no slot");
}

TEST_CASE("a rule that nothing resembles is refused without a guess") {
    CHECK(
        errors("study: {id: S, promote: [something quite different]}\n") ==
        Texts{"1: study: promote: there is no rule something quite different | the rules are those of the model and of the study's lists"});
}

TEST_CASE("what changed is told entry by entry, also within lists of an entry and in the switches of a place") {
    const std::string before = R"(study: {id: S}
countries: [{code: USA, languages: [en], switches: {local_ec: no}}]
sites: [{id: "701", country: USA, switches: {edc: no}}]
vendors: [{id: V1, contracts: [{id: C1, signed: 2025-01-01}, {id: C2}]}]
committees: [{id: DMC, meetings: [{id: M1, date: 2025-02-01}]}]
systems: [{id: IRT, kind: irt, releases: [{id: R2, date: 2025-03-01}]}]
)";
    std::string after = replace_all(before, "[en]", "[en, es]");
    after = replace_all(after, "local_ec: no", "local_ec: yes");
    after = replace_all(after, "edc: no", "edc: no, diary: yes");
    after = replace_all(after, "2025-01-01}, {id: C2}", "2025-01-15}, {id: C3}");
    after =
        replace_all(after, "meetings: [{id: M1, date: 2025-02-01}]", "meetings: [{id: M1, date: 2025-02-01}, {id: M2, date: 2025-05-01}]");
    after = replace_all(after, "kind: irt, releases: [{id: R2, date: 2025-03-01}]", "kind: irt");
    CHECK(describe_changes(to_json(study(before)), to_json(study(after))) ==
          Texts{"countries USA: languages en -> en, es", "countries USA, switches: local_ec no -> yes", "sites 701, switches: diary yes",
                "committees DMC, meetings M2: added", "vendors V1, contracts C1: signed 2025-01-01 -> 2025-01-15",
                "vendors V1, contracts C3: added", "vendors V1, contracts C2: removed", "systems IRT, releases R2: removed"});
    CHECK(describe_changes(to_json(study(before)), to_json(study(before))).empty());
}

TEST_CASE("defaults of an entry follow its other answers") {
    const Study s = study(
        good +
        R"(amendments: [{id: A1, approved: 2025-01-01}, {id: A2, approved: 2025-01-01, substantial: no}, {id: A3, approved: 2025-01-01, substantial: no, ec: yes}]
safety_notices: [{id: N1, type: serious-breach, date: 2025-01-01}, {id: N2, type: line_listing, date: 2025-01-01}]
)");
    CHECK((s.amendments[0].ec && s.amendments[0].substantial));
    CHECK_FALSE(s.amendments[1].ec);
    CHECK(s.amendments[2].ec);
    CHECK(s.safety_notices[0].ec);
    CHECK_FALSE(s.safety_notices[1].ec);
}

TEST_CASE("the stored form of a study says everything that the file said") {
    const std::string yaml = R"(
study: {id: S, title: "A \"quoted\" title: with colon", sponsor: Sp, phase: "3", start: 2024-01-01, dibd: 2020-01-01, review: yes, grace_days: 14, promote: [EDL-002-01]}
switches: {imp: no, imp_blinded: yes}
countries: [{code: USA, approved: 2024-01-10, languages: [en, es], switches: {local_ec: no}}]
sites:
  - {id: "0701", country: USA, name: "yes", activated: 2024-03-01, closed: 2024-12-31, switches: {edc: no}}
  - {id: "999", country: USA, rejected: 2024-05-01}
milestones: [{code: "02", date: 2024-02-01, planned: 2024-01-15}, {code: C01, country: USA, date: 2024-01-01}]
people: [{id: P1, name: Ann, role: principal_investigator, site: "0701", from: 2024-01-05, to: 2025-01-01, physician: yes, ec_member: yes}]
trainings: [{id: TR1, roles: [monitor], date: 2024-04-01}]
committees: [{id: DMC, name: "null", from: 2024-02-15, to: 2025-02-15, meetings: [{id: DMC-1, date: 2024-09-01}]}]
vendors: [{id: V1, name: Ve, from: 2024-02-01, to: 2025-06-30, obligations: yes, contracts: [{id: V1-C1, signed: 2024-02-10}]}]
laboratories: [{id: L1, name: La, site: "0701", from: 2024-03-01, to: 2025-03-01, accredited: no, certificates: [{id: L1-CAP, name: CAP}]}]
amendments: [{id: A2, approved: 2024-09-15, substantial: no, ec: yes, countries: [USA], sites: ["0701"]}]
safety_notices: [{id: N2, type: line_listing, date: 2024-09-02, ec: yes, countries: [USA], sites: ["0701"]}]
protocol_versions: [{id: PV2, date: 2024-07-15}]
ib_versions: [{id: IB2, date: 2024-07-15}]
icf_versions: [{id: ICF2, approved: 2024-09-01, countries: [USA], sites: ["0701"]}]
visits: [{id: MV1, site: "0701", type: close-out, date: 2024-05-01}]
batches: [{id: B1, released: 2024-01-02, countries: [USA]}]
shipments: [{id: SH1, site: "0701", date: 2024-03-10}]
audits: [{id: AU1, date: 2024-10-01}]
systems: [{id: IRT1, kind: irt, releases: [{id: IRT1-R2, date: 2024-06-01}]}]
occurrences: [{id: O1, type: sae, site: "0701", date: 2024-09-01}]
)";
    const Json first = to_json(study(yaml));
    const auto again = read_study(to_yaml(first, "ledger"), catalogue(), true);
    REQUIRE(again);
    CHECK(to_json(again->study).dump() == first.dump());
    const std::string text = first.dump(-1);
    // Every value of the file above is in the stored form.
    for (const char* word : {"quoted", "\"0701\"", "\"yes\"", "\"null\"", "2024-01-15", "L1-CAP", "CAP", "close_out", "line_listing",
                             "IRT1-R2", "2020-01-01", "\"grace_days\":14", "EDL-002-01", "\"local_ec\":false", "\"edc\":false",
                             "\"accredited\":false", "\"obligations\":true", "\"ec_member\":true", "2025-06-30"})
        CHECK(text.find(word) != std::string::npos);
}

TEST_CASE("events that a document may name") {
    const Study s = study(good + "vendors: [{id: V1, contracts: [{id: C1}]}]\namendments: [{id: A1, approved: 2025-01-01}]\n");
    for (const char* event : {"A1", "V1", "C1", "Y1", "Y12", "V1-Y2", "final", "gcp", "licence", "ctsi"}) CHECK(is_known_event(s, event));
    for (const char* event : {"A2", "701", "Y0", "Y", "V2-Y1", ""}) CHECK_FALSE(is_known_event(s, event));
}
