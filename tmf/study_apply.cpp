#include "tmf/study_apply.hpp"

#include <algorithm>
#include <iterator>

#include "core/text.hpp"
#include "tmf/impossible_dates.hpp"
#include "tmf/milestone_setting.hpp"
#include "tmf/overridden_dates.hpp"
#include "tmf/site_move.hpp"
#include "tmf/standards_comparison.hpp"
#include "tmf/study_blinding.hpp"
#include "tmf/study_orphans.hpp"
#include "tmf/study_removal.hpp"
#include "tmf/study_writing.hpp"

namespace dossier::tmf {

namespace {

void note_future(const Study& study, Date today, std::vector<std::string>& notes) {
    for (const MilestoneEntry& entry : study.milestones)
        if (entry.date && *entry.date > today)
            notes.push_back(
                fill("milestones, {}: {} has not come yet; a date that is expected belongs in planned", entry.code, entry.date->text()));
    const auto note = [&](std::string_view list, const std::string& id, std::string_view key, const OptionalDate& date,
                          std::string_view code) { // the same facts by their keys, which have no plan of their own
        if (date && *date > today)
            notes.push_back(fill("{}, {}: {} {} has not come yet; a date that is expected belongs in planned of milestone {} there", list,
                                 id, key, date->text(), code));
    };
    for (const Country& country : study.countries) note("countries", country.code, "approved", country.approved, "01");
    for (const Site& site : study.sites) {
        note("sites", site.id, "activated", site.activated, "03");
        note("sites", site.id, "closed", site.closed, "09");
    }
}

// Not refused: dates come from former systems as they are, and the record has to be kept all the same.
void note_site_dates(const Study& study, const Yaml* file, std::vector<std::string>& notes) {
    for (const Error& error : check_site_dates(study, file ? *file : Yaml())) notes.push_back(to_text(error));
}

// Every date of the file, wherever it stands: 2205 for 2025 would move due dates out of sight. The limits are those of lists
// (tmf/row_notes.cpp).
void note_years(const Json& value, const std::string& where, Date today, std::vector<std::string>& notes) {
    constexpr int ahead = 30, back = 60;
    const auto comma = [&where](const std::string& name) { return where.empty() ? name : where + ", " + name; };
    for (const auto& [key, inner] : value.members()) {
        if (inner.is_object() || inner.is_array()) {
            note_years(inner, comma(key), today, notes);
            continue;
        }
        const auto date = parse_date(inner.text());
        if (!date || (date->year() <= today.year() + ahead && date->year() >= today.year() - back)) continue;
        const bool is_ahead = date->year() > today.year();
        notes.push_back(fill("{}: {} {} is more than {} years {}: look whether the year is right", where, key, date->text(),
                             is_ahead ? ahead : back, std::string_view(is_ahead ? "ahead" : "ago")));
    }
    if (!value.is_array()) return;
    for (const Json& entry : value.items()) {
        const Json* id = entry.find("id") ? entry.find("id") : entry.find("code");
        note_years(entry, id ? comma(id->text()) : where, today, notes);
    }
}

Result<void> write_study(Repository& repository, const Study& study, const std::optional<StudyRecord>& stored, const Author& author,
                         const ApplyWish& wish, std::vector<Change> moved) {
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
    std::move(moved.begin(), moved.end(), std::back_inserter(changes));
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
    DOSSIER_CHECK(repository.require({study.id, "", ""})); // first: what follows tells of documents and decisions anywhere in the study
    DOSSIER_TRY(const auto stored, repository.ledger().study(study.id));
    outcome.is_new = !stored;
    Json before;
    StandardsComparison standards;
    SiteMove moved;
    std::vector<std::string> overridden = note_overridden_dates(nullptr, study), order = note_impossible_order(nullptr, study);
    if (stored) {
        const templates::TmfCatalogue& known = wish.before ? *wish.before : catalogue;
        DOSSIER_TRY(const Study old, study_of(*stored, known));
        DOSSIER_TRY(standards, compare_standards(repository.ledger(), study.id, known, catalogue));
        keep_recorded_milestones(old, study);
        DOSSIER_CHECK(check_blinding(repository, catalogue, old, study));
        DOSSIER_CHECK(check_removed(repository.ledger(), old, study, author.time.date()));
        DOSSIER_TRY(moved, move_with_sites(repository.ledger(), old, study, wish.reason, author.time.date()));
        DOSSIER_TRY(const auto lost, note_lost_rules(repository.ledger(), study.id, known, catalogue, author.time.date()));
        outcome.notes.insert(outcome.notes.end(), lost.begin(), lost.end());
        before = to_json(old);
        if (before.dump(-1) != to_json(study).dump(-1) || !standards.changes.empty()) {
            DOSSIER_TRY(const auto orphans, note_orphans(repository.ledger(), known, old, catalogue, study, author.time.date()));
            outcome.notes.insert(outcome.notes.end(), orphans.begin(), orphans.end());
            DOSSIER_TRY(const auto idle, note_idle_decisions(repository.ledger(), known, old, catalogue, study, author.time.date()));
            outcome.notes.insert(outcome.notes.end(), idle.begin(), idle.end());
        }
        overridden = note_overridden_dates(&old, study);
        order = note_impossible_order(&old, study);
    }
    for (const auto* more : {&overridden, &order}) outcome.notes.insert(outcome.notes.end(), more->begin(), more->end());
    note_site_dates(study, wish.file, outcome.notes);
    note_future(study, author.time.date(), outcome.notes);
    const Json facts = to_json(study);
    note_years(facts, "", author.time.date(), outcome.notes);
    outcome.changes = describe_changes(before, facts);
    for (const auto* more : {&moved.lines, &standards.changes}) outcome.changes.insert(outcome.changes.end(), more->begin(), more->end());
    for (const auto* more : {&moved.notes, &standards.notes}) outcome.notes.insert(outcome.notes.end(), more->begin(), more->end());
    if (outcome.changes.empty() || wish.dry_run) return outcome;
    if (standards.is_other_model && !wish.accept_model_change)
        return Error(ErrorKind::conflict,
                     fill("the study would move from model {} to {}; nothing was changed", wish.before->model, catalogue.model), {},
                     "look at what that means with --dry-run, then add --accept-model-change");
    DOSSIER_CHECK(write_study(repository, study, stored, author, wish, std::move(moved.changes)));
    return outcome;
}

} // namespace dossier::tmf
