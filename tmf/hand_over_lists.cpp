#include "tmf/hand_over_lists.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"
#include "tmf/hand_over.hpp"
#include "tmf/quality_records.hpp"

namespace dossier::tmf {

namespace {

// TMF Reference Model: 04.01.02 IRB or IEC Decision, 05.02.04 and 05.02.05 curricula vitae.
constexpr int ethics_decision = 66, principal_cv = 87, sub_cv = 88;

const VersionRecord* newest_fit(const StoredDocument& stored, Date day) {
    const auto order = order_of(stored.versions);
    for (auto at = order.rbegin(); at != order.rend(); ++at)
        if (!obstacle_to_proposal(stored.document, stored.versions[*at], day)) return &stored.versions[*at];
    return nullptr;
}

// The latest of those that name the person.
const VersionRecord* curriculum_vitae(const std::vector<StoredDocument>& documents, const Person& person, Date day) {
    const VersionRecord* found = nullptr;
    for (const StoredDocument& stored : documents) {
        if (stored.document.unique_id != principal_cv && stored.document.unique_id != sub_cv) continue;
        const VersionRecord* version = newest_fit(stored, day);
        if (!version) continue;
        const auto persons = split(version->person, ';');
        if (std::find(persons.begin(), persons.end(), person.id) == persons.end()) continue;
        if (!found || found->date < version->date) found = version;
    }
    return found;
}

SheetCell day_cell_of(const OptionalDate& date) { return date ? SheetCell::date(date->text()) : SheetCell(); }

} // namespace

Sheet investigator_list(const Study& study, const std::vector<StoredDocument>& documents, Date day) {
    Sheet sheet{"investigators",
                {"country", "site", "site_name", "investigator", "role", "from", "to", "curriculum_vitae", "curriculum_vitae_date"},
                {}};
    std::vector<const Person*> people;
    for (const Person& person : study.people)
        if (person.role == "principal_investigator" || person.role == "sub_investigator") people.push_back(&person);
    const auto key = [&study](const Person* p) {
        const Site* site = study.site(p->site);
        return std::tuple(site ? site->country : p->country, p->site, p->role, p->from, p->id);
    };
    std::sort(people.begin(), people.end(), [&key](const Person* a, const Person* b) { return key(a) < key(b); });
    for (const Person* person : people) {
        const Site* site = study.site(person->site);
        const VersionRecord* cv = curriculum_vitae(documents, *person, day);
        sheet.rows.push_back({site ? site->country : person->country, person->site, site ? site->name : "",
                              person->name.empty() ? person->id : person->name, replace_all(person->role, "_", " "),
                              SheetCell::date(person->from.text()), day_cell_of(person->to), cv ? version_id(cv->document, cv->number) : "",
                              day_cell_of(cv ? cv->date : OptionalDate())});
    }
    return sheet;
}

Sheet ethics_list(const Study& study, const std::vector<StoredDocument>& documents, Date day) {
    Sheet sheet{"ethics committees", {"country", "site", "site_name", "decision", "date", "document"}, {}};
    std::vector<std::pair<const StoredDocument*, const VersionRecord*>> decisions;
    for (const StoredDocument& stored : documents)
        if (stored.document.unique_id == ethics_decision)
            if (const VersionRecord* version = newest_fit(stored, day)) decisions.emplace_back(&stored, version);
    std::sort(decisions.begin(), decisions.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first->document.country, a.first->document.site, a.second->date, a.first->document.number) <
               std::tie(b.first->document.country, b.first->document.site, b.second->date, b.first->document.number);
    });
    for (const auto& [stored, version] : decisions) {
        const Site* site = study.site(stored->document.site);
        sheet.rows.push_back({stored->document.country, stored->document.site, site ? site->name : "", version->title,
                              day_cell_of(version->date), version_id(version->document, version->number)});
    }
    return sheet;
}

} // namespace dossier::tmf
