#include "tmf/study_checks.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/text.hpp"
#include "tmf/milestone_setting.hpp"
#include "tmf/row_check.hpp"

namespace dossier::tmf {

namespace {

using templates::Level;

void check_ids(const StudyEntries& entries, std::vector<Error>& errors) {
    std::map<std::string, const IdPlace*> seen;
    for (const IdPlace& entry : entries.ids) {
        const auto [at, is_new] = seen.emplace(entry.id, &entry);
        if (is_new) continue;
        const IdPlace& first = *at->second;
        // One person may have several roles and places: each is an entry of its own with the same id.
        if (entry.list == "people" && first.list == "people") {
            if (entry.name.empty() || first.name.empty() || entry.name == first.name) continue;
            errors.emplace_back(
                ErrorKind::invalid,
                fill("people, {}: this id stands for {} in line {} and for {} here", entry.id, first.name, first.where.line, entry.name),
                entry.where, "give each person an id of their own; several entries of one person need the same name");
            continue;
        }
        errors.emplace_back(ErrorKind::invalid,
                            fill("{}, {}: this id stands already in line {} ({})", entry.list, entry.id, first.where.line, first.list),
                            entry.where, "every id is unique in the study, over all lists");
    }
}

void check_references(const Study& study, const StudyEntries& entries, std::vector<Error>& errors) {
    std::vector<std::string> sites, countries;
    for (const Site& site : study.sites) sites.push_back(site.id);
    for (const Country& country : study.countries) countries.push_back(country.code);
    const std::set<std::string> known_sites(sites.begin(), sites.end()), known_countries(countries.begin(), countries.end());
    for (const Reference& reference : entries.references) {
        const bool to_site = reference.to == Reference::To::site;
        if ((to_site ? known_sites : known_countries).count(reference.id) > 0) continue;
        const auto site = to_site ? find_site(study, reference.id) : Result<const Site*>(nullptr); // zeros that got lost, as in lists
        const std::string near = site && *site ? (*site)->id : nearest(reference.id, to_site ? sites : countries);
        errors.emplace_back(
            ErrorKind::invalid,
            fill("{}: the study has no {} {}", reference.what, std::string_view(to_site ? "site" : "country"), reference.id),
            reference.where,
            near.empty() ? fill("add it to {}", std::string_view(to_site ? "sites" : "countries")) : fill("did you mean {}?", near));
    }
}

// A site's country is the country of what names the site.
void settle_country(const Study& study, const std::string& site_id, std::string& country, const std::string& what, const Place& where,
                    std::vector<Error>& errors) {
    const Site* site = site_id.empty() ? nullptr : study.site(site_id);
    if (!site) return;
    if (!country.empty() && country != site->country)
        errors.emplace_back(ErrorKind::invalid, fill("{}: site {} is in {}, not in {}", what, site_id, site->country, country), where,
                            "leave the country out here, or correct the site or the country");
    country = site->country;
}

void check_people(Study& study, const StudyEntries& entries, std::vector<Error>& errors, std::vector<std::string>& notes,
                  const templates::TmfCatalogue& catalogue) {
    std::map<std::string, std::set<Level>> levels; // where rules expect papers of a role
    for (const templates::Rule& rule : catalogue.rules)
        if (templates::is_for_person(rule.per))
            for (const std::string& role : templates::roles_in(rule.role)) levels[role].insert(rule.level);
    for (std::size_t i = 0; i < study.people.size(); ++i) {
        Person& person = study.people[i];
        settle_country(study, person.site, person.country, "people, " + person.id, entries.person_places[i], errors);
        const Level level = !person.site.empty() ? Level::site : !person.country.empty() ? Level::country : Level::trial;
        const auto known = levels.find(person.role);
        if (known == levels.end() || known->second.count(level) > 0) continue;
        notes.push_back(fill("people, {}: no rule expects documents of a {} at {} level; give the entry a site or a country if it has one",
                             person.id, replace_all(person.role, "_", " "), templates::to_text(level)));
    }
}

void check_milestones(Study& study, const StudyEntries& entries, std::vector<Error>& errors, std::vector<std::string>& notes,
                      const templates::TmfCatalogue& catalogue) {
    std::set<std::tuple<std::string, std::string, std::string>> seen;
    for (std::size_t i = 0; i < study.milestones.size(); ++i) {
        MilestoneEntry& entry = study.milestones[i];
        const Place& where = entries.milestone_places[i];
        settle_country(study, entry.site, entry.country, "milestones, " + entry.code, where, errors);
        if (!seen.emplace(entry.code, entry.country, entry.site).second && !happens_again(entry.code))
            errors.emplace_back(ErrorKind::invalid, fill("milestones, {}: the milestone stands twice for the same place", entry.code),
                                where, "leave one out: 'planned' and 'date' stand in one entry; 05, 06 and 11 may stand several times");
        const auto* milestone = catalogue.milestone(entry.code);
        if (!milestone) continue;
        const Level level = !entry.site.empty() ? Level::site : !entry.country.empty() ? Level::country : Level::trial;
        if (std::find(milestone->levels.begin(), milestone->levels.end(), level) == milestone->levels.end())
            notes.push_back(fill("milestones, {}: {} is not a milestone at {} level; no due date follows from this entry", entry.code,
                                 milestone->name, templates::to_text(level)));
    }
}

// Entries may lack what documents would follow from; they are kept, and it is said.
void note_unfinished(const Study& study, std::vector<std::string>& notes) {
    const auto note = [&notes](const std::string& list, const std::string& id, const std::string& key, const std::string& value) {
        if (value.empty()) notes.push_back(fill("{}, {}: it gives no {}; no document is expected for it", list, id, key));
    };
    for (const Visit& visit : study.visits) {
        note("visits", visit.id, "site", visit.site);
        note("visits", visit.id, "type", visit.type);
    }
    for (const Shipment& shipment : study.shipments) note("shipments", shipment.id, "site", shipment.site);
    for (const Occurrence& occurrence : study.occurrences) note("occurrences", occurrence.id, "type", occurrence.type);
    for (const MilestoneEntry& entry : study.milestones)
        if (!entry.date && !entry.planned) notes.push_back(fill("milestones, {}: neither date nor planned is given", entry.code));
}

void note_occurrences(const Study& study, const templates::TmfCatalogue& catalogue, std::vector<std::string>& notes) {
    for (const Occurrence& occurrence : study.occurrences) {
        if (!occurrence.site.empty() || occurrence.type.empty()) continue;
        for (const templates::Rule& rule : catalogue.rules)
            if (rule.occurrence_type == occurrence.type && rule.level == Level::site)
                notes.push_back(fill("occurrences, {}: it names no site, and {} ({}) is expected from sites only", occurrence.id, rule.name,
                                     rule.artifact));
    }
}

// Such a rule asks for a site's confirmation, its document must never come here: nothing that is filed can fill the slot.
void note_promoted(const Study& study, const templates::TmfCatalogue& catalogue, std::vector<std::string>& notes) {
    for (const std::string& id : study.promote) {
        const auto* const rule = catalogue.rule(id);
        const auto* const artifact = rule ? catalogue.artifact(rule->unique_id) : nullptr;
        if (!artifact || !artifact->isf_only) continue;
        notes.push_back(
            fill("promote: {} is about {} {}, which stays in the investigator's file and is refused here; nothing can be filed for "
                 "it, so its slots stay open until 'dossier tmf waive {} {} --site N --points-to TEXT' says where the record is",
                 id, artifact->number, artifact->name, study.id, id));
    }
}

} // namespace

void check_study(Study& study, const StudyEntries& entries, std::vector<Error>& errors, std::vector<std::string>& notes,
                 const templates::TmfCatalogue& catalogue) {
    check_ids(entries, errors);
    check_references(study, entries, errors);
    check_people(study, entries, errors, notes, catalogue);
    check_milestones(study, entries, errors, notes, catalogue);
    note_occurrences(study, catalogue, notes);
    note_unfinished(study, notes);
    note_promoted(study, catalogue, notes);
}

} // namespace dossier::tmf
