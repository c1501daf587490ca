#include "tmf/milestone_dates.hpp"

#include <algorithm>
#include <tuple>

namespace dossier::tmf {

namespace {

std::string key_of(std::string_view code, std::string_view country, std::string_view site) {
    std::string key(code);
    (key += '/') += country;
    return (key += '/') += site;
}

OptionalDate earlier(const OptionalDate& a, const OptionalDate& b) { return !a ? b : !b ? a : std::min(*a, *b); }

} // namespace

MilestoneDates::MilestoneDates(const Study& study) : study_(study) {
    for (const MilestoneEntry& entry : study.milestones) entries_.emplace(key_of(entry.code, entry.country, entry.site), &entry);
    for (const Site& site : study.sites) {
        sites_.emplace(site.id, &site);
        if (!site.rejected) sites_of_[site.country].push_back(&site);
    }
    for (const Visit& visit : study.visits) {
        if (visit.type != "interim") continue;
        const auto [at, is_new] = first_visit_.emplace(visit.site, visit.date);
        if (!is_new) at->second = std::min(at->second, visit.date);
    }
}

OptionalDate MilestoneDates::entry(std::string_view code, std::string_view country, std::string_view site, Use use) const {
    const auto found = entries_.find(key_of(code, country, site));
    if (found == entries_.end()) return std::nullopt;
    if (found->second->date) return found->second->date;
    return use == Use::planned_too ? found->second->planned : std::nullopt;
}

// 01 and C03 of a country stand for each other; without either, the country's `approved`.
OptionalDate MilestoneDates::country_approved(std::string_view code, const std::string& country, Use use) const {
    if (const auto other = entry(code == "01" ? "C03" : "01", country, "", use)) return other;
    const Country* found = study_.country(country);
    return found ? found->approved : std::nullopt;
}

OptionalDate MilestoneDates::country_closed(const std::string& country, Use use) const {
    const auto sites = sites_of_.find(country);
    if (sites == sites_of_.end()) return std::nullopt;
    OptionalDate last;
    for (const Site* site : sites->second) {
        const auto closed = at_site("09", site->id, use);
        if (!closed) return std::nullopt;
        last = last ? std::max(*last, *closed) : *closed;
    }
    return last;
}

OptionalDate MilestoneDates::at_site(std::string_view code, const std::string& site, Use use) const {
    const auto found = sites_.find(site);
    if (found == sites_.end()) return std::nullopt;
    if (const auto own = entry(code, found->second->country, site, use)) return own;
    if (code == "03") return found->second->activated;
    if (code == "09") return found->second->closed;
    if (code == "04") {
        const auto visit = first_visit_.find(site);
        if (visit != first_visit_.end()) return visit->second;
    }
    return std::nullopt;
}

OptionalDate MilestoneDates::at_country(std::string_view code, const std::string& country, Use use) const {
    if (const auto own = entry(code, country, "", use)) return own;
    if (code == "01" || code == "C03") return country_approved(code, country, use);
    if (code == "C06") return country_closed(country, use);
    if (code == "S13") {
        const auto study = entry("S13", "", "", use);
        return study ? study : at_country("C06", country, use);
    }
    return std::nullopt;
}

OptionalDate MilestoneDates::last_of_all_countries(Use use) const {
    OptionalDate last;
    for (const Country& country : study_.countries) {
        const auto ended = at_country("S13", country.code, use);
        if (!ended) return std::nullopt;
        last = last ? std::max(*last, *ended) : *ended;
    }
    return last;
}

OptionalDate MilestoneDates::at_study(std::string_view code, Use use) const {
    if (const auto own = entry(code, "", "", use)) return own;
    if (code == "S13") return last_of_all_countries(use);
    if (code != "01") return std::nullopt;
    OptionalDate first;
    for (const Country& country : study_.countries) first = earlier(first, at_country("01", country.code, use));
    return first;
}

std::optional<NextMilestone> MilestoneDates::next_after(Date day) const {
    std::optional<NextMilestone> best;
    const auto offer = [&](const OptionalDate& date, std::string_view code, const std::string& country, const std::string& site) {
        if (!date || *date <= day) return;
        const auto order = [](const NextMilestone& m) { return std::tie(m.date, m.code, m.country, m.site); };
        NextMilestone candidate{*date, std::string(code), country, site};
        if (!best || order(candidate) < order(*best)) best = std::move(candidate);
    };
    static const std::string_view codes[] = {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"};
    for (const std::string_view code : codes) {
        offer(at_study(code, Use::planned_too), code, "", "");
        for (const Country& country : study_.countries) offer(at_country(code, country.code, Use::planned_too), code, country.code, "");
        for (const Site& site : study_.sites)
            if (!site.rejected) offer(at_site(code, site.id, Use::planned_too), code, site.country, site.id);
    }
    for (const MilestoneEntry& entry : study_.milestones) { // 05, 06 and 11 may stand several times
        const auto found = sites_.find(entry.site);
        if (std::find(std::begin(codes), std::end(codes), entry.code) == std::end(codes)) continue;
        if (found != sites_.end() && found->second->rejected) continue;
        offer(entry.date ? entry.date : entry.planned, entry.code, entry.country, entry.site);
    }
    return best;
}

} // namespace dossier::tmf
