// Instances of event keys: nothing exists until the fact is recorded.
#include "tmf/instances.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

using templates::Level;
using templates::Per;
using templates::Rule;

void Instances::changes(const Rule& rule, const Take& take) const {
    if (rule.per == Per::amendment)
        for (const Amendment& amendment : study_.amendments) {
            Instance instance = entry_at(trial_, amendment.id, amendment.approved);
            instance.amendment = &amendment;
            take(std::move(instance));
        }
    if (rule.per == Per::notice)
        for (const SafetyNotice& notice : study_.safety_notices) {
            Instance instance = entry_at(trial_, notice.id, notice.date);
            instance.notice = &notice;
            take(std::move(instance));
        }
    if (rule.per == Per::protocol_version)
        for (const Dated& version : study_.protocol_versions) take(entry_at(trial_, version.id, version.date));
    if (rule.per == Per::ib_version)
        for (const Dated& version : study_.ib_versions) take(entry_at(trial_, version.id, version.date));
    if (rule.per == Per::batch)
        for (const Batch& batch : study_.batches) take(entry_at(trial_, batch.id, batch.released));
}

void Instances::changes_by_place(const Rule& rule, const Take& take) const {
    if (rule.per == Per::amendment_country || rule.per == Per::amendment_site)
        for (const Amendment& amendment : study_.amendments) {
            const auto use = [&](const PlaceFacts& place) {
                Instance instance = entry_at(place, amendment.id, amendment.approved);
                instance.amendment = &amendment;
                take(std::move(instance));
            };
            if (rule.per == Per::amendment_country)
                each_open_country(amendment.countries, amendment.approved, use);
            else
                each_open_site(amendment.countries, amendment.sites, amendment.approved, use);
        }
    if (rule.per == Per::notice_country || rule.per == Per::notice_site)
        for (const SafetyNotice& notice : study_.safety_notices) {
            const auto use = [&](const PlaceFacts& place) {
                Instance instance = entry_at(place, notice.id, notice.date);
                instance.notice = &notice;
                take(std::move(instance));
            };
            if (rule.per == Per::notice_country)
                each_open_country(notice.countries, notice.date, use);
            else
                each_open_site(notice.countries, notice.sites, notice.date, use);
        }
    if (rule.per == Per::batch_country)
        for (const Batch& batch : study_.batches)
            for (const PlaceFacts& place : countries_) // open or not
                if (batch.countries.empty() || holds(batch.countries, place.country->code)) take(entry_at(place, batch.id, batch.released));
    if (rule.per == Per::ib_version_site)
        for (const Dated& version : study_.ib_versions)
            each_open_site({}, {}, version.date, [&](const PlaceFacts& place) { take(entry_at(place, version.id, version.date)); });
    if (rule.per == Per::icf_version)
        for (const IcfVersion& version : study_.icf_versions)
            each_open_site(version.countries, version.sites, version.approved,
                           [&](const PlaceFacts& place) { take(entry_at(place, version.id, version.approved)); });
}

void Instances::happenings(const Rule& rule, const Take& take) const {
    // A closed site gets no new event slots.
    const auto at_site = [&](const std::string& site, const std::string& id, Date date) {
        const PlaceFacts* place = site_place(site);
        if (place && (!place->closed || date <= *place->closed)) take(entry_at(*place, id, date));
    };
    if (rule.per == Per::monitoring_visit)
        for (const Visit& visit : study_.visits)
            if (visit.type == "interim") at_site(visit.site, visit.id, visit.date);
    if (rule.per == Per::shipment)
        for (const Shipment& shipment : study_.shipments) at_site(shipment.site, shipment.id, shipment.date);
    if (rule.per == Per::audit)
        for (const Dated& audit : study_.audits) take(entry_at(trial_, audit.id, audit.date));
    if (rule.per == Per::system_release)
        for (const System& system : study_.systems)
            for (const Dated& release : system.releases) {
                Instance instance = entry_at(trial_, release.id, release.date);
                instance.system = &system;
                take(std::move(instance));
            }
    if (rule.per == Per::rejected_site)
        for (const Site& site : study_.sites)
            if (const PlaceFacts* place = site.rejected ? country_place(site.country) : nullptr)
                take(entry_at(*place, site.id, site.rejected));
    if (rule.per == Per::occurrence)
        for (const Occurrence& occurrence : study_.occurrences) {
            if (occurrence.type != rule.occurrence_type) continue;
            if (rule.level == Level::trial)
                take(entry_at(trial_, occurrence.id, occurrence.date));
            else
                at_site(occurrence.site, occurrence.id, occurrence.date);
        }
}

void Instances::years(const Rule& rule, const Take& take) const {
    if (rule.per == Per::study_year) years_since(trial_, study_.dibd ? study_.dibd : study_.start, study_ended_, "", nullptr, take);
    if (rule.per == Per::country_year)
        for (const PlaceFacts& place : countries_)
            years_since(place, place.opened, dates_.at_country("S13", place.country->code, Use::happened), "", nullptr, take);
    if (rule.per == Per::ec_year)
        for (const PlaceFacts& place : sites_) {
            const auto decision = dates_.at_site("T06", place.site->id, Use::happened);
            years_since(place, decision ? decision : place.opened, earlier(study_ended_, place.closed), "", nullptr, take);
        }
    if (rule.per == Per::vendor_year)
        for (const Vendor& vendor : study_.vendors)
            years_since(trial_, vendor.from, earlier(vendor.to, study_ended_), vendor.id + "-", &vendor, take);
}

void Instances::years_since(const PlaceFacts& place, const OptionalDate& start, const OptionalDate& end, const std::string& prefix,
                            const Vendor* vendor, const Take& take) const {
    if (!start) return;
    for (int year = 1;; ++year) {
        const Date born = start->plus_years(year);
        if (born > as_of_ || (end && born > *end) || born <= *start) return; // the last: the calendar's end
        Instance instance = entry_at(place, prefix + fill("Y{}", year), born);
        instance.year = year;
        instance.year_start = start;
        instance.vendor = vendor;
        take(std::move(instance));
    }
}

} // namespace dossier::tmf
