#include "bench/trial.hpp"

#include "core/text.hpp"
#include "tmf/expectation.hpp"

namespace bench {

using namespace dossier;
using namespace dossier::tmf;

namespace {

const std::vector<std::string> codes = {"USA", "DEU", "FRA", "ESP", "ITA", "POL", "JPN", "GBR", "CAN", "AUS"};

Date day(const char* text) { return parse_date(text).value(); }

void add_person(Study& study, const std::string& site, const char* role, int number) {
    Person person;
    person.id = fill("P{}-{}", site, number);
    person.name = fill("Person {} of site {}", number, site);
    person.role = role;
    person.site = site;
    person.from = day("2024-02-01").plus_days(number * 40);
    person.physician = number < 2;
    person.ec_member = number == 0;
    study.people.push_back(person);
}

void add_site(Study& study, int number) {
    Site site;
    site.id = fill("{:04}", number);
    site.country = codes[static_cast<std::size_t>(number) % codes.size()];
    site.name = fill("Clinic {}", number);
    site.activated = day("2024-03-01").plus_days(number % 120);
    if (number % 8 == 0) site.closed = day("2026-03-01").plus_days(number % 90);
    study.sites.push_back(site);
    add_person(study, site.id, "principal_investigator", 0);
    add_person(study, site.id, "sub_investigator", 1);
    add_person(study, site.id, "sub_investigator", 2);
    add_person(study, site.id, "site_staff", 3);
    for (int visit = 0; visit < 10; ++visit)
        study.visits.push_back({fill("V{}-{}", site.id, visit), site.id, "interim", day("2024-07-15").plus_days(visit * 60)});
}

void add_changes(Study& study) {
    for (int i = 0; i < 5; ++i) {
        Amendment amendment;
        amendment.id = fill("A{}", i + 1);
        amendment.approved = day("2024-08-01").plus_days(i * 120);
        study.amendments.push_back(amendment);
        SafetyNotice notice;
        notice.id = fill("N{}", i + 1);
        notice.type = "susar";
        notice.date = day("2024-09-01").plus_days(i * 100);
        notice.ec = true;
        study.safety_notices.push_back(notice);
    }
    study.ib_versions.push_back({"IB2", day("2025-02-01")});
    study.trainings.push_back({"T1", {}, day("2025-01-15")});
}

// 0 to 99, from the document's number: the same in each run, spread evenly.
int percent_of(std::int64_t number) { return static_cast<int>(static_cast<std::uint64_t>(number) * 0x9E3779B97F4A7C15u >> 32) % 100; }

VersionRecord make_version(const Slot& slot, std::int64_t number) {
    VersionRecord version;
    version.document = number;
    version.number = 1;
    version.label = "1.0";
    version.title = fill("{}, site {}", slot.rule->name, slot.site);
    version.person = slot.person;
    version.event = slot.event;
    version.language = slot.language;
    version.date = version.received = day("2026-01-15").plus_days(percent_of(number));
    if (percent_of(number) >= 10) version.final = version.received;
    if (percent_of(number) == 20) version.rejected = version.received;
    version.sha256 = sha256_of(fill("bytes of {}", number));
    version.size = 20'000 + static_cast<std::uint64_t>(number % 1000) * 100;
    version.media_type = "application/pdf";
    version.file_name = fill("{}-{}.pdf", slot.rule->artifact, number);
    version.filed_at = "2026-04-30T12:00:00.000000Z";
    version.filed_by = "migration";
    return version;
}

} // namespace

Study make_study(const templates::TmfCatalogue& catalogue, const std::string& id, int sites) {
    Study study;
    study.id = id;
    study.title = "A made-up trial of " + fill("{}", sites) + " sites";
    study.start = day("2024-01-10");
    for (const templates::Switch& known : catalogue.switches) study.switches[known.name] = known.name != "imp_blinded";
    for (const std::string& code : codes) {
        Country country;
        country.code = code;
        country.approved = day("2024-02-01");
        study.countries.push_back(country);
    }
    study.milestones.push_back({"02", "", "", day("2024-02-10"), {}, false});
    study.milestones.push_back({"10", "", "", {}, day("2026-12-01"), false});
    for (int number = 1; number <= sites; ++number) add_site(study, number);
    add_changes(study);
    return study;
}

std::vector<MadeDocument> make_documents(const templates::TmfCatalogue& catalogue, const Study& study, int share, std::int64_t last) {
    std::vector<MadeDocument> made;
    std::int64_t at = 0;
    for (const Slot& slot : make_slots(catalogue, study, MilestoneDates(study), {day(present_day), {}})) {
        if (percent_of(++at * 7919) >= share || slot.rule->restricted) continue; // sealing is not what is measured
        ++last;
        DocumentRecord document;
        document.number = last;
        document.study = study.id;
        document.unique_id = slot.rule->unique_id;
        document.country = slot.country;
        document.site = slot.site;
        made.push_back({document, make_version(slot, last)});
    }
    return made;
}

} // namespace bench
