#include "tmf/impossible_dates.hpp"

#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "tmf/milestone_dates.hpp"

namespace dossier::tmf {

namespace {

// One date of a site, and what gives it: a key of the list of sites, or the entry of a milestone.
struct SiteDate {
    Date date;
    std::string key;
    const MilestoneEntry* entry = nullptr;

    std::string name() const { return (entry ? fill("milestone {} ", entry->code) : key + " ") + date.text(); }
    bool is_recorded() const { return entry && entry->date_recorded; }
    bool operator==(const SiteDate& other) const { return date == other.date && key == other.key && !entry == !other.entry; }
};

struct Conflict {
    const Site* site;
    SiteDate wrong, other; // closing and opening; what a rejected site cannot have, and the rejection
    bool is_rejected() const { return other.key == "rejected"; }
    bool operator==(const Conflict& that) const { return wrong == that.wrong && other == that.other; }
};

// Dates that happened of milestones 03 and 09, by site.
class SiteMilestones {
public:
    explicit SiteMilestones(const Study& study) {
        for (const MilestoneEntry& entry : study.milestones)
            if (!entry.site.empty() && entry.date && (entry.code == "03" || entry.code == "09"))
                entries_.emplace(std::pair(std::string_view(entry.site), std::string_view(entry.code)), &entry);
    }
    // The one that counts.
    std::optional<SiteDate> date(const Site& site, std::string_view code, const OptionalDate& given, std::string key) const {
        const auto found = entries_.find({site.id, code});
        if (found != entries_.end()) return SiteDate{*found->second->date, std::move(key), found->second};
        if (given) return SiteDate{*given, std::move(key), nullptr};
        return std::nullopt;
    }

private:
    std::map<std::pair<std::string_view, std::string_view>, const MilestoneEntry*> entries_;
};

std::vector<Conflict> conflicts_of(const Study& study, const std::string* only = nullptr) {
    const SiteMilestones milestones(study);
    std::vector<Conflict> found;
    for (const Site& site : study.sites) {
        if (only && site.id != *only) continue;
        const auto opened = milestones.date(site, "03", site.activated, "activated");
        const auto closed = milestones.date(site, "09", site.closed, "closed");
        if (site.rejected)
            for (const auto& date : {opened, closed})
                if (date) found.push_back({&site, *date, {*site.rejected, "rejected", nullptr}});
        if (opened && closed && closed->date < opened->date) found.push_back({&site, *closed, *opened});
    }
    return found;
}

// The n-th map of a list: entries that are none were told and read over.
const Yaml* nth_map(const Yaml& file, std::string_view list, std::size_t n) {
    const Yaml* const entries = file.find(list);
    if (!entries) return nullptr;
    for (const Yaml& entry : entries->list)
        if (entry.kind == Yaml::Kind::map && n-- == 0) return &entry;
    return nullptr;
}

// Where the file gives a date; without line where it does not.
Place place_of(const SiteDate& date, const Site& site, const Study& study, const Yaml& file) {
    if (date.is_recorded()) return {file.path};
    const Yaml* const map = date.entry ? nth_map(file, "milestones", static_cast<std::size_t>(date.entry - study.milestones.data()))
                                       : nth_map(file, "sites", static_cast<std::size_t>(&site - study.sites.data()));
    const Yaml* const value = map ? map->find(date.entry ? "date" : date.key) : nullptr;
    return value ? value->place() : Place{file.path};
}

std::string set_anew(const SiteDate& date, const Study& study, const Site& site) {
    return fill("'dossier milestone set {} {} DATE --site {}' (or none)", study.id, date.entry->code, site.id);
}

Error error_in_file(const Conflict& conflict, const Study& study, const Yaml& file) {
    const Place wrong = place_of(conflict.wrong, *conflict.site, study, file),
                other = place_of(conflict.other, *conflict.site, study, file);
    const auto words = [&](const SiteDate& date, const Place& where, bool tell_line) {
        if (date.is_recorded()) return date.name() + " (recorded by 'dossier milestone set')";
        return tell_line && where.line > 0 ? fill("{} (line {})", date.name(), where.line) : date.name();
    };
    const std::string first = words(conflict.wrong, wrong, false), second = words(conflict.other, other, wrong.line > 0);
    std::string remedy = "correct the one of the two dates that is wrong";
    if (conflict.is_rejected()) remedy = "leave out the date that is wrong; one that ended is closed";
    for (const SiteDate* date : {&conflict.wrong, &conflict.other})
        if (date->is_recorded()) remedy += fill("; {} corrects what was recorded", set_anew(*date, study, *conflict.site));
    return {ErrorKind::invalid,
            conflict.is_rejected() ? fill("sites, {}: a site cannot have both {} and {}", conflict.site->id, first, second)
                                   : fill("sites, {}: {} is before {}", conflict.site->id, first, second),
            wrong.line > 0 ? wrong : other, std::move(remedy)};
}

Error error_of_command(const Conflict& conflict, const Study& study, std::string_view code, bool takes_back) {
    const Site& site = *conflict.site;
    const auto words = [](const SiteDate& date) {
        return fill("{} ({})", date.name(),
                    std::string_view(date.is_recorded() ? "recorded by 'dossier milestone set'" : "the study file says so"));
    };
    const auto correct = [&](const SiteDate& date) {
        return date.is_recorded() ? set_anew(date, study, site) : std::string("in the study file, which is then applied");
    };
    if (conflict.is_rejected())
        return {ErrorKind::invalid,
                fill("site {} cannot have {}: {}", site.id, conflict.wrong.name(), words(conflict.other)),
                {},
                "where that is not so, take the key out of the study file first and apply it; a site that ended is closed"};
    if (takes_back)
        return {ErrorKind::invalid,
                fill("without that date, site {} has {}, before {}", site.id, words(conflict.wrong), words(conflict.other)),
                {},
                fill("correct the other date first: {}", correct(code == "09" ? conflict.other : conflict.wrong))};
    const bool closes = code == "09";
    const SiteDate &set = closes ? conflict.wrong : conflict.other, &other = closes ? conflict.other : conflict.wrong;
    return {ErrorKind::invalid,
            fill("site {}: {} is {} {}", site.id, set.name(), std::string_view(closes ? "before" : "after"), words(other)),
            {},
            fill("give the right date, or correct the other one first: {}", correct(other))};
}

// What began in the place that an entry of C06 or S13 ends, and only after its end: "the study's start on 2025-01-10"; empty: nothing did.
std::string began_later(const MilestoneEntry& end, const Study& study, const MilestoneDates& dates) {
    if (study.start && *end.date < *study.start) return fill("the study's start on {}", study.start->text());
    for (const Country& country : study.countries) {
        if (!end.country.empty() && country.code != end.country) continue;
        const auto approved = dates.at_country("01", country.code, Use::happened);
        if (approved && *end.date < *approved) return fill("the approval in {} on {}", country.code, approved->text());
    }
    for (const Site& site : study.sites) {
        if (site.rejected || (!end.country.empty() && site.country != end.country)) continue;
        const auto opened = dates.at_site("03", site.id, Use::happened);
        if (opened && *end.date < *opened) return fill("site {} was opened on {}", site.id, opened->text());
    }
    return {};
}

std::vector<std::string> impossible_order(const Study& study) {
    const MilestoneDates dates(study);
    std::vector<std::string> notes;
    for (const MilestoneEntry& entry : study.milestones) {
        if (!entry.date || !entry.site.empty() || (entry.code != "S13" && (entry.code != "C06" || entry.country.empty()))) continue;
        const std::string later = began_later(entry, study, dates);
        if (later.empty()) continue;
        notes.push_back(fill("milestones, {}: {} ended on {}, before {}; correct the date that is wrong", entry.code,
                             entry.country.empty() ? std::string("the trial") : entry.country, entry.date->text(), later));
    }
    return notes;
}

} // namespace

std::vector<Error> check_site_dates(const Study& study, const Yaml& file) {
    std::vector<Error> errors;
    for (const Conflict& conflict : conflicts_of(study)) {
        const bool are_keys = !conflict.wrong.entry && !conflict.other.entry;
        if (are_keys && (!conflict.is_rejected() || conflict.wrong.key == "activated")) continue; // the reader's
        errors.push_back(error_in_file(conflict, study, file));
    }
    return errors;
}

Result<void> check_site_milestone(const Study& before, const Study& after, std::string_view code, const std::string& site,
                                  bool takes_back) {
    if (site.empty() || (code != "03" && code != "09")) return {};
    const auto known = conflicts_of(before, &site);
    if (takes_back && !known.empty()) return {}; // a way out of what an earlier version let in
    for (const Conflict& conflict : conflicts_of(after, &site))
        if (std::find(known.begin(), known.end(), conflict) == known.end()) return error_of_command(conflict, after, code, takes_back);
    return {};
}

std::vector<std::string> note_impossible_order(const Study* before, const Study& after) {
    const auto known = before ? impossible_order(*before) : std::vector<std::string>();
    std::vector<std::string> notes = impossible_order(after);
    notes.erase(std::remove_if(notes.begin(), notes.end(),
                               [&known](const std::string& note) { return std::find(known.begin(), known.end(), note) != known.end(); }),
                notes.end());
    return notes;
}

} // namespace dossier::tmf
