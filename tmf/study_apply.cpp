#include "tmf/study_apply.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "tmf/milestone_setting.hpp"
#include "tmf/standards_comparison.hpp"
#include "tmf/study_writing.hpp"

namespace dossier::tmf {

namespace {

std::set<std::string> ids_of(const Study& study) {
    std::set<std::string> ids;
    for (const Country& country : study.countries) ids.insert("country " + country.code);
    for (const Site& site : study.sites) ids.insert("site " + site.id);
    for (const Person& person : study.people) ids.insert("person " + person.id);
    for (const std::string& event : event_ids(study)) ids.insert("event " + event);
    return ids;
}

std::vector<std::string> names_of(const StoredDocument& stored) {
    std::vector<std::string> names;
    if (!stored.document.country.empty()) names.push_back("country " + stored.document.country);
    if (!stored.document.site.empty()) names.push_back("site " + stored.document.site);
    for (const VersionRecord& version : stored.versions) {
        for (const std::string& person : split(version.person, ';')) names.push_back("person " + person);
        for (const std::string& event : split(version.event, ';')) names.push_back("event " + event);
    }
    return names;
}

// What documents name must not vanish from the study: they would silently count for nothing. Those that whoever applies the file may not
// see are asked as well; of them it is only said that the record needs it.
Result<void> check_removed(Ledger& ledger, const Study& before, const Study& after) {
    const auto old_ids = ids_of(before), new_ids = ids_of(after);
    std::set<std::string> removed;
    std::set_difference(old_ids.begin(), old_ids.end(), new_ids.begin(), new_ids.end(), std::inserter(removed, removed.end()));
    if (removed.empty()) return {};
    std::map<std::string, std::vector<std::string>> users;
    std::set<std::string> named; // by any document
    DocumentFilter filter;
    filter.study = before.id;
    filter.counting = true;
    DOSSIER_CHECK(ledger.each_document(filter, [&](const StoredDocument& stored) {
        for (std::string& name : names_of(stored)) named.insert(std::move(name));
        return Result<void>();
    }));
    filter.counting = false;
    DOSSIER_CHECK(ledger.each_document(filter, [&](const StoredDocument& stored) {
        for (const std::string& name : names_of(stored)) {
            auto& list = users[name];
            const std::string id = document_id(stored.document.number);
            if (removed.count(name) > 0 && (list.empty() || list.back() != id)) list.push_back(id);
        }
        return Result<void>();
    }));
    Error all(ErrorKind::conflict, "the study file no longer has what filed documents name; nothing was changed");
    for (const std::string& name : removed) {
        const auto& list = users[name];
        if (named.count(name) == 0) continue;
        const std::string more = list.size() > 3 ? fill(" and {} more", list.size() - 3) : "";
        const std::string who =
            list.empty() ? std::string("the record still needs it")
                         : join({list.begin(), list.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, list.size()))}, ", ") +
                               more + " name it";
        all.details.emplace_back(
            ErrorKind::conflict, fill("{} is gone, but {}", name, who), Place{},
            "put it back (a site that ended has a closed date, a person a to date), or correct the documents first with 'dossier tmf "
            "reindex'");
    }
    if (!all.details.empty()) return all;
    return {};
}

void note_future(const Study& study, Date today, std::vector<std::string>& notes) {
    for (const MilestoneEntry& entry : study.milestones)
        if (entry.date && *entry.date > today)
            notes.push_back(
                fill("milestones, {}: {} has not come yet; a date that is expected belongs in planned", entry.code, entry.date->text()));
}

Result<void> write_study(Repository& repository, const Study& study, const std::optional<StudyRecord>& stored, const Author& author,
                         const ApplyWish& wish) {
    std::vector<Change> changes;
    for (const StandardRecord& standard : wish.standards) {
        Change adopted;
        adopted.action = "standard_adopted";
        adopted.study = study.id;
        adopted.object = standard.kind + " " + standard.name;
        adopted.standard = standard;
        changes.push_back(std::move(adopted));
    }
    changes.push_back(study_change(study, stored, "study_applied", wish.reason));
    return repository.ledger().commit(author, changes);
}

} // namespace

Change study_change(const Study& study, const std::optional<StudyRecord>& stored, std::string action, std::string reason) {
    Change change;
    change.action = std::move(action);
    change.study = study.id;
    change.object = study.id;
    change.reason = std::move(reason);
    change.study_record = StudyRecord{study.id, study.model, to_json(study).dump(-1)};
    if (stored) change.old_value = Json::object({{"study", to_json(*stored)}});
    return change;
}

Result<ApplyOutcome> apply_study(Repository& repository, const templates::TmfCatalogue& catalogue, StudyReading reading,
                                 const Author& author, const ApplyWish& wish) {
    Study& study = reading.study;
    ApplyOutcome outcome;
    outcome.study = study.id;
    outcome.notes = std::move(reading.notes);
    DOSSIER_TRY(const auto stored, repository.ledger().study(study.id));
    outcome.is_new = !stored;
    Json before;
    StandardsComparison standards;
    if (stored) {
        const templates::TmfCatalogue& known = wish.before ? *wish.before : catalogue;
        DOSSIER_TRY(const Study old, study_of(*stored, known));
        DOSSIER_TRY(standards, compare_standards(repository.ledger(), study.id, known, catalogue));
        keep_recorded_milestones(old, study);
        DOSSIER_CHECK(check_removed(repository.ledger(), old, study));
        before = to_json(old);
    }
    note_future(study, author.time.date(), outcome.notes);
    outcome.changes = describe_changes(before, to_json(study));
    outcome.changes.insert(outcome.changes.end(), standards.changes.begin(), standards.changes.end());
    outcome.notes.insert(outcome.notes.end(), standards.notes.begin(), standards.notes.end());
    if (outcome.changes.empty() || wish.dry_run) return outcome;
    if (standards.is_other_model && !wish.accept_model_change)
        return Error(ErrorKind::conflict,
                     fill("the study would move from model {} to {}; nothing was changed", wish.before->model, catalogue.model), {},
                     "look at what that means with --dry-run, then add --accept-model-change");
    DOSSIER_CHECK(write_study(repository, study, stored, author, wish));
    return outcome;
}

} // namespace dossier::tmf
