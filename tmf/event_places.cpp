#include "tmf/event_places.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::tmf {

using templates::Level;
using templates::Per;
using templates::Rule;
using Kind = EventPlace::Kind;

namespace {

bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

EventPlace at(Kind kind, const std::string& site = {}) {
    EventPlace place;
    place.kind = kind;
    place.site = site;
    return place;
}

template <class Entry> EventPlace at_places(Kind kind, const Entry& entry) {
    EventPlace place = at(kind);
    place.countries = entry.countries;
    place.sites = entry.sites;
    return place;
}

// Y1; V1-Y1 of a vendor.
bool is_year(std::string_view event, bool of_vendor) {
    const std::size_t dash = event.rfind('-');
    if ((dash != std::string_view::npos) != of_vendor) return false;
    if (of_vendor) event.remove_prefix(dash + 1);
    return event.size() > 1 && event[0] == 'Y' && event.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// Without a place any is meant.
struct Wanted {
    const std::string *country = nullptr, *site = nullptr;
    bool is_own(const EventPlace& known) const { return !site || known.site == *site; }
    bool is_country(const EventPlace& known) const { return !country || known.countries.empty() || holds(known.countries, *country); }
    bool is_site(const EventPlace& known) const { return !site || (known.sites.empty() ? is_country(known) : holds(known.sites, *site)); }
};

bool fits(const Rule& rule, const EventPlace& known, const Wanted& wanted) {
    const auto is = [&known](Kind kind) { return known.kind == kind; };
    switch (rule.per) {
    case Per::person_training:
        return is(Kind::training);
    case Per::committee:
        return is(Kind::committee);
    case Per::committee_meeting:
        return is(Kind::meeting);
    case Per::vendor:
        return is(Kind::vendor);
    case Per::vendor_contract:
        return is(Kind::contract);
    case Per::laboratory:
        return is(Kind::laboratory) && wanted.is_own(known); // central ones at trial level
    case Per::laboratory_certificate:
        return is(Kind::certificate) && wanted.is_own(known);
    case Per::amendment:
        return is(Kind::amendment);
    case Per::notice:
        return is(Kind::notice);
    case Per::protocol_version:
        return is(Kind::protocol_version);
    case Per::ib_version:
    case Per::ib_version_site:
        return is(Kind::ib_version);
    case Per::batch:
        return is(Kind::batch);
    case Per::amendment_country:
        return is(Kind::amendment) && wanted.is_country(known);
    case Per::notice_country:
        return is(Kind::notice) && wanted.is_country(known);
    case Per::batch_country:
        return is(Kind::batch) && wanted.is_country(known);
    case Per::amendment_site:
        return is(Kind::amendment) && wanted.is_site(known);
    case Per::notice_site:
        return is(Kind::notice) && wanted.is_site(known);
    case Per::icf_version:
        return is(Kind::icf_version) && wanted.is_site(known);
    case Per::monitoring_visit:
        return is(Kind::visit) && known.type == "interim" && wanted.is_own(known);
    case Per::shipment:
        return is(Kind::shipment) && wanted.is_own(known);
    case Per::audit:
        return is(Kind::audit);
    case Per::system_release:
        return is(Kind::release);
    case Per::rejected_site:
        return is(Kind::rejected_site) && (!wanted.country || known.country == *wanted.country);
    case Per::occurrence:
        return is(Kind::occurrence) && known.type == rule.occurrence_type && (rule.level == Level::trial || wanted.is_own(known));
    default:
        return false;
    }
}

} // namespace

std::string EventPlace::word() const {
    switch (kind) {
    case Kind::training:
        return "training";
    case Kind::committee:
        return "committee";
    case Kind::meeting:
        return "meeting";
    case Kind::vendor:
        return "vendor";
    case Kind::contract:
        return "contract";
    case Kind::laboratory:
        return "laboratory";
    case Kind::certificate:
        return "certificate";
    case Kind::amendment:
        return "amendment";
    case Kind::notice:
        return "safety notice";
    case Kind::protocol_version:
        return "version of the protocol";
    case Kind::ib_version:
        return "version of the investigator's brochure";
    case Kind::icf_version:
        return "version of the consent form";
    case Kind::visit:
        return "visit of type " + type;
    case Kind::batch:
        return "batch";
    case Kind::shipment:
        return "shipment";
    case Kind::audit:
        return "audit";
    case Kind::release:
        return "release of a system";
    case Kind::occurrence:
        return type;
    case Kind::rejected_site:
        return "rejected site";
    }
    return {};
}

std::string EventPlace::place() const {
    if (!site.empty()) return "site " + site;
    if (!country.empty()) return country;
    if (!sites.empty()) return (sites.size() == 1 ? "site " : "sites ") + join(sites, ", ");
    return countries.empty() ? "trial level" : join(countries, ", ");
}

EventPlaces event_places(const Study& study) {
    EventPlaces places;
    const auto add = [&places](const std::string& id, EventPlace place) { places.emplace(id, std::move(place)); };
    for (const Training& training : study.trainings) add(training.id, at(Kind::training));
    for (const Committee& committee : study.committees) {
        add(committee.id, at(Kind::committee));
        for (const Dated& meeting : committee.meetings) add(meeting.id, at(Kind::meeting));
    }
    for (const Vendor& vendor : study.vendors) {
        add(vendor.id, at(Kind::vendor));
        for (const Contract& contract : vendor.contracts) add(contract.id, at(Kind::contract));
    }
    for (const Laboratory& laboratory : study.laboratories) {
        add(laboratory.id, at(Kind::laboratory, laboratory.site));
        for (const Certificate& certificate : laboratory.certificates) add(certificate.id, at(Kind::certificate, laboratory.site));
    }
    for (const Amendment& amendment : study.amendments) add(amendment.id, at_places(Kind::amendment, amendment));
    for (const SafetyNotice& notice : study.safety_notices) add(notice.id, at_places(Kind::notice, notice));
    for (const IcfVersion& version : study.icf_versions) add(version.id, at_places(Kind::icf_version, version));
    for (const Dated& version : study.protocol_versions) add(version.id, at(Kind::protocol_version));
    for (const Dated& version : study.ib_versions) add(version.id, at(Kind::ib_version));
    for (const Visit& visit : study.visits) {
        EventPlace place = at(Kind::visit, visit.site);
        place.type = visit.type;
        add(visit.id, std::move(place));
    }
    for (const Batch& batch : study.batches) {
        EventPlace place = at(Kind::batch);
        place.countries = batch.countries;
        add(batch.id, std::move(place));
    }
    for (const Shipment& shipment : study.shipments) add(shipment.id, at(Kind::shipment, shipment.site));
    for (const Dated& audit : study.audits) add(audit.id, at(Kind::audit));
    for (const System& system : study.systems)
        for (const Dated& release : system.releases) add(release.id, at(Kind::release));
    for (const Occurrence& occurrence : study.occurrences) {
        EventPlace place = at(Kind::occurrence, occurrence.site);
        place.type = occurrence.type;
        add(occurrence.id, std::move(place));
    }
    for (const Site& site : study.sites) {
        if (!site.rejected) continue;
        EventPlace place = at(Kind::rejected_site);
        place.country = site.country;
        add(site.id, std::move(place));
    }
    return places;
}

bool may_ask_for(const Rule& rule, std::string_view event, const EventPlace* known, const std::string& country, const std::string& site) {
    const std::string_view tag = templates::tag_of(rule.per);
    if (!tag.empty()) return event == tag;
    if (templates::is_yearly(rule.per)) return is_year(event, rule.per == Per::vendor_year);
    return known && fits(rule, *known, {&country, &site});
}

bool may_ask_for_elsewhere(const Rule& rule, const EventPlace& known) { return fits(rule, known, {}); }

} // namespace dossier::tmf
