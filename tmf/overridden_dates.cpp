#include "tmf/overridden_dates.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

struct Overridden {
    std::string list, id, key, option; // sites, 701, activated, --site
    Date given;                        // by the list
    MilestoneEntry by;
    Date day() const { return by.date ? *by.date : *by.planned; }
    bool same_days(const Overridden& other) const {
        return list == other.list && id == other.id && by.code == other.by.code && given == other.given && day() == other.day() &&
               by.date.has_value() == other.by.date.has_value();
    }
};

// In the order of the milestones.
std::vector<Overridden> overridden_dates(const Study& study) {
    std::vector<Overridden> found;
    const auto add = [&found](const MilestoneEntry& entry, const OptionalDate& given, Overridden place) {
        if (!given || (!entry.date && !entry.planned) || (entry.date ? entry.date : entry.planned) == given) return;
        place.given = *given;
        place.by = entry;
        found.push_back(std::move(place));
    };
    for (const MilestoneEntry& entry : study.milestones) {
        const Site* const site = entry.site.empty() ? nullptr : study.site(entry.site);
        const Country* const country = entry.site.empty() ? study.country(entry.country) : nullptr;
        if (site && entry.code == "03") add(entry, site->activated, {"sites", site->id, "activated", "--site", {}, {}});
        if (site && entry.code == "09") add(entry, site->closed, {"sites", site->id, "closed", "--site", {}, {}});
        if (country && (entry.code == "01" || entry.code == "C03"))
            add(entry, country->approved, {"countries", country->code, "approved", "--country", {}, {}});
    }
    return found;
}

std::string words(const Overridden& one, const std::string& study) {
    const std::string what = fill("{}, {}: {} says {}, milestone {} there ", one.list, one.id, one.key, one.given.text(), one.by.code);
    const bool recorded = one.by.date ? one.by.date_recorded : one.by.planned_recorded;
    const std::string mend = recorded ? fill("'dossier milestone set {} {} none{} {} {}' takes it back", study, one.by.code,
                                             std::string_view(one.by.date ? "" : " --planned"), one.option, one.id)
                                      : "correct the file";
    if (one.by.date) return what + fill("{}: the milestone counts; where that is not meant, {}", one.day().text(), mend);
    return what + fill("is planned for {}: due dates go by the plan, and what has happened by {}; where that is not meant, {}",
                       one.day().text(), one.key, mend);
}

} // namespace

std::vector<std::string> note_overridden_dates(const Study* before, const Study& after) {
    const auto known = before ? overridden_dates(*before) : std::vector<Overridden>();
    std::vector<std::string> notes;
    for (const Overridden& one : overridden_dates(after))
        if (std::none_of(known.begin(), known.end(), [&one](const Overridden& other) { return one.same_days(other); }))
            notes.push_back(words(one, after.id));
    return notes;
}

} // namespace dossier::tmf
