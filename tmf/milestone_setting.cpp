#include "tmf/milestone_setting.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/impossible_dates.hpp"
#include "tmf/milestone_dates.hpp"
#include "tmf/overridden_dates.hpp"
#include "tmf/study_apply.hpp"
#include "tmf/study_blinding.hpp"
#include "tmf/study_writing.hpp"

namespace dossier::tmf {

namespace {

bool same_place(const MilestoneEntry& a, const MilestoneEntry& b) {
    return a.code == b.code && a.site == b.site && (!a.site.empty() || a.country == b.country);
}

// The file's entry that a recorded one goes with; of what happens again and again, the one of the same date. `taken` goes with the file's
// entries: each stands for one recorded entry only.
std::optional<std::size_t> counterpart(const MilestoneEntry& recorded, const Study& study, const std::vector<bool>& taken) {
    for (const auto date : {&MilestoneEntry::date, &MilestoneEntry::planned})
        for (std::size_t i = 0; i < taken.size(); ++i) {
            const MilestoneEntry& entry = study.milestones[i];
            if (taken[i] || !same_place(entry, recorded)) continue;
            if (!happens_again(recorded.code) || (entry.*date && entry.*date == recorded.*date)) return i;
        }
    return std::nullopt;
}

// One wish of `milestone set`, carried out on a copy of the study.
class Setting {
public:
    Setting(Study& study, const MilestoneSetting& wish) : entries_(study.milestones), wish_(wish) {}

    Result<void> run() {
        DOSSIER_TRY(const auto at, find());
        if (!wish_.date) {
            if (at) take_back(*at);
            return {};
        }
        MilestoneEntry& entry = at ? entries_[*at] : entries_.emplace_back(new_entry());
        set(entry);
        meant_ = entry;
        return {};
    }
    const std::optional<MilestoneEntry>& meant() const { return meant_; } // as it is now; none: it is there no more
    const std::vector<std::string>& notes() const { return notes_; }

private:
    MilestoneEntry new_entry() const {
        MilestoneEntry entry;
        entry.code = wish_.code;
        entry.country = wish_.country;
        entry.site = wish_.site;
        return entry;
    }

    const OptionalDate& date_of(std::size_t at) const { return wish_.planned ? entries_[at].planned : entries_[at].date; }

    std::string days_of(const std::vector<std::size_t>& places) const {
        std::vector<std::string> days;
        for (const std::size_t at : places) {
            const MilestoneEntry& entry = entries_[at];
            if (entry.date) days.push_back(entry.date->text());
            if (!entry.date && entry.planned) days.push_back(entry.planned->text() + " (planned)");
        }
        return join(days, ", ");
    }

    // The entry that is meant; none: there is none yet.
    Result<std::optional<std::size_t>> find() const {
        using Found = std::optional<std::size_t>;
        std::vector<std::size_t> there, same, open; // all; with this very date; of what has not happened
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (!same_place(entries_[i], new_entry())) continue;
            there.push_back(i);
            if (wish_.date && date_of(i) == wish_.date) same.push_back(i);
            if (!entries_[i].date) open.push_back(i);
        }
        if (wish_.another && !happens_again(wish_.code))
            return Error(ErrorKind::usage, fill("milestone {} happens once at a place", wish_.code), {},
                         "leave out --another; 05, 06 and 11 happen again and again");
        if (wish_.entry) return entry_of(*wish_.entry, there);
        if (!same.empty()) return Found(same.front());
        if (wish_.another || there.empty()) return Found();
        if (!happens_again(wish_.code) || (!wish_.date && there.size() == 1)) return Found(there.front());
        if (open.size() == 1) return Found(open.front()); // it was planned: now it happened, is planned anew, or will not come
        return ambiguous(there);
    }

    Result<std::optional<std::size_t>> entry_of(Date day, const std::vector<std::size_t>& there) const {
        for (const std::size_t at : there)
            if (entries_[at].date == day || entries_[at].planned == day) return std::optional(at);
        return Error(ErrorKind::not_found, fill("milestone {} has no entry of {} there", wish_.code, day.text()), {},
                     there.empty() ? std::string("leave out --entry: nothing is recorded yet")
                                   : fill("its entries there are of {}", days_of(there)));
    }

    Error ambiguous(const std::vector<std::size_t>& there) const {
        return {ErrorKind::conflict,
                fill("milestone {} stands there already: {}", wish_.code, days_of(there)),
                {},
                wish_.date ? "add --another where it happened once more, or --entry DATE to correct the one of that date"
                           : "say which one with --entry DATE"};
    }

    void set(MilestoneEntry& entry) {
        OptionalDate& date = wish_.planned ? entry.planned : entry.date;
        bool& recorded = wish_.planned ? entry.planned_recorded : entry.date_recorded;
        if (date == wish_.date) return; // whoever gave it, it stays theirs
        if (date && !recorded)
            notes_.push_back(fill("milestones, {}: the study file says {}; correct it there too, or the next 'dossier study apply' puts it "
                                  "back",
                                  entry.code, date->text()));
        date = wish_.date;
        recorded = true;
    }

    // What a command recorded: the date, or the plan where that is meant or there is no date. What the file gives stays.
    void take_back(std::size_t at) {
        MilestoneEntry& entry = entries_[at];
        if (entry.date_recorded && !wish_.planned) {
            entry.date.reset();
            entry.date_recorded = false;
        } else if (entry.planned_recorded && (wish_.planned || !entry.date)) {
            entry.planned.reset();
            entry.planned_recorded = false;
        }
        if (entry.date || entry.planned)
            meant_ = entry;
        else
            entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
    }

    std::vector<MilestoneEntry>& entries_;
    const MilestoneSetting& wish_;
    std::optional<MilestoneEntry> meant_;
    std::vector<std::string> notes_;
};

// After `none`: the date that the entry, or else the milestone, still has, and whose it is.
std::vector<std::string> what_is_left(const Study& study, const MilestoneSetting& wish, const std::optional<MilestoneEntry>& entry) {
    MilestoneEntry place;
    place.code = wish.code;
    place.country = wish.country;
    place.site = wish.site;
    std::vector<std::string> notes;
    const auto say = [&](std::string_view what, Date date, const std::string& whose) {
        notes.push_back(fill("milestones, {}: {} {} stays: {}", wish.code, what, date.text(), whose));
    };
    const std::string of_file = "the study file gives it; take it out there and apply the file";
    if (entry && entry->date) say("the date", *entry->date, entry->date_recorded ? "it was recorded by 'dossier milestone set'" : of_file);
    if (entry && entry->planned)
        say("the planned date", *entry->planned,
            entry->planned_recorded ? "it was recorded by 'dossier milestone set --planned'; take it back with --planned" : of_file);
    for (const MilestoneEntry& other : study.milestones)
        if (same_place(other, place)) return notes; // of what happens again: nobody asked about the other times
    const MilestoneDates dates(study);
    const OptionalDate derived = !wish.site.empty()      ? dates.at_site(wish.code, wish.site, Use::planned_too)
                                 : !wish.country.empty() ? dates.at_country(wish.code, wish.country, Use::planned_too)
                                                         : dates.at_study(wish.code, Use::planned_too);
    if (derived) say("the date", *derived, "it follows from other facts of the study, 'dossier study show' has them");
    return notes;
}

// What reading the study says of this entry: notes name the milestone only, which may stand at other places too.
Result<std::vector<std::string>> notes_on(const MilestoneEntry& entry, Study study, const templates::TmfCatalogue& catalogue) {
    study.milestones = {entry};
    DOSSIER_TRY(auto reading, read_study(to_yaml(to_json(study), fill("study {}", study.id)), catalogue, true));
    std::vector<std::string> notes = std::move(reading.notes);
    notes.erase(std::remove_if(notes.begin(), notes.end(), [](const std::string& note) { return !starts_with(note, "milestones, "); }),
                notes.end());
    return notes;
}

} // namespace

bool happens_again(std::string_view milestone) { return milestone == "05" || milestone == "06" || milestone == "11"; }

void keep_recorded_milestones(const Study& stored, Study& study) {
    std::vector<bool> taken(study.milestones.size());
    for (const MilestoneEntry& recorded : stored.milestones) {
        if (!recorded.from_command()) continue;
        const Site* const site = study.site(recorded.site);
        if (recorded.site.empty() ? !recorded.country.empty() && !study.country(recorded.country) : !site) continue; // the place is gone
        MilestoneEntry kept = recorded;
        if (site) kept.country = site->country;
        if (!kept.date_recorded) kept.date.reset();
        if (!kept.planned_recorded) kept.planned.reset();
        const auto at = counterpart(recorded, study, taken);
        if (!at) {
            study.milestones.push_back(std::move(kept));
            continue;
        }
        taken[*at] = true;
        MilestoneEntry& named = study.milestones[*at];
        named.date_recorded = !named.date && kept.date;
        if (named.date_recorded) named.date = kept.date;
        named.planned_recorded = !named.planned && kept.planned;
        if (named.planned_recorded) named.planned = kept.planned;
    }
}

Result<ApplyOutcome> set_milestone(Repository& repository, const templates::TmfCatalogue& catalogue, const MilestoneSetting& wish,
                                   const Author& author) {
    DOSSIER_TRY(const Study old, load_study(repository.ledger(), catalogue, wish.study));
    if (wish.date && !wish.planned && *wish.date > author.time.date())
        return Error(ErrorKind::invalid, fill("{} is in the future (today is {})", wish.date->text(), author.time.date().text()), {},
                     "add --planned for a date that is expected");
    Study study = old;
    Setting setting(study, wish);
    DOSSIER_CHECK(setting.run());
    DOSSIER_CHECK(check_blinding(repository, catalogue, old, study));
    // The same checks as for a file: code, place, level.
    DOSSIER_TRY(auto reading, read_study(to_yaml(to_json(study), fill("study {}", study.id)), catalogue, true));
    DOSSIER_CHECK(check_site_milestone(old, reading.study, wish.code, wish.site, !wish.date));
    ApplyOutcome outcome;
    outcome.study = study.id;
    outcome.notes = setting.notes();
    if (setting.meant()) {
        DOSSIER_TRY(const auto notes, notes_on(*setting.meant(), study, catalogue));
        outcome.notes.insert(outcome.notes.end(), notes.begin(), notes.end());
    }
    if (!wish.date)
        for (std::string& note : what_is_left(reading.study, wish, setting.meant())) outcome.notes.push_back(std::move(note));
    for (std::string& note : note_overridden_dates(&old, reading.study)) outcome.notes.push_back(std::move(note));
    for (std::string& note : note_impossible_order(&old, reading.study)) outcome.notes.push_back(std::move(note));
    outcome.changes = describe_changes(to_json(old), to_json(reading.study));
    DOSSIER_TRY(const auto stored, repository.ledger().study(study.id));
    if (to_json(old).dump(-1) == to_json(reading.study).dump(-1)) return outcome;
    DOSSIER_CHECK(repository.ledger().commit(author, {study_change(reading.study, stored, "milestone_set", wish.reason)}));
    return outcome;
}

} // namespace dossier::tmf
