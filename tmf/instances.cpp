#include "tmf/instances.hpp"

#include <tuple>

namespace dossier::tmf {

using templates::Level;
using templates::Per;
using templates::Rule;

Instances::Instances(const Study& study, const MilestoneDates& dates, Date as_of) : study_(study), dates_(dates), as_of_(as_of) {
    study_ended_ = dates.at_study("S13", Use::happened);
    for (const Country& country : study.countries) {
        PlaceFacts& place = countries_.emplace_back();
        place.number = countries_.size();
        place.level = Level::country;
        place.country = &country;
        place.opened = dates.at_country("01", country.code, Use::happened);
        place.closed = place.country_closed = dates.at_country("C06", country.code, Use::happened);
        by_country_.emplace(country.code, &place);
    }
    for (const Site& site : study.sites) {
        if (site.rejected) continue;
        PlaceFacts& place = sites_.emplace_back();
        place.number = countries_.size() + sites_.size();
        const PlaceFacts* country = country_place(site.country);
        place.level = Level::site;
        place.site = &site;
        place.country = country ? country->country : nullptr;
        place.opened = dates.at_site("03", site.id, Use::happened);
        place.closed = dates.at_site("09", site.id, Use::happened);
        place.country_closed = country ? country->closed : std::nullopt;
        by_site_.emplace(site.id, &place);
    }
    sort_people();
}

void Instances::sort_people() {
    for (const Person& person : study_.people) {
        const PlaceFacts* place = !person.site.empty()      ? site_place(person.site)
                                  : !person.country.empty() ? country_place(person.country)
                                                            : &trial_;
        if (place) people_.push_back({place, &person});
    }
    std::stable_sort(people_.begin(), people_.end(), [](const Posting& a, const Posting& b) {
        return std::tie(a.place->number, a.person->id) < std::tie(b.place->number, b.person->id);
    });
}

const PlaceFacts& Instances::place(std::size_t number) const {
    if (number == 0) return trial_;
    return number <= countries_.size() ? countries_[number - 1] : sites_[number - 1 - countries_.size()];
}

const PlaceFacts* Instances::place_of(const std::string& country, const std::string& site) const {
    if (site.empty()) return country.empty() ? &trial_ : country_place(country);
    const PlaceFacts* place = site_place(site);
    return place && (country.empty() || place->site->country == country) ? place : nullptr;
}

const PlaceFacts* Instances::site_place(const std::string& id) const {
    const auto found = by_site_.find(id);
    return found == by_site_.end() ? nullptr : found->second;
}

const PlaceFacts* Instances::country_place(const std::string& code) const {
    const auto found = by_country_.find(code);
    return found == by_country_.end() ? nullptr : found->second;
}

void Instances::each_place(Level level, const std::function<void(const PlaceFacts&)>& use) const {
    if (level == Level::trial) use(trial_);
    if (level == Level::country)
        for (const PlaceFacts& place : countries_) use(place);
    if (level == Level::site)
        for (const PlaceFacts& place : sites_) use(place);
}

void Instances::each_open_country(const std::vector<std::string>& countries, Date day,
                                  const std::function<void(const PlaceFacts&)>& use) const {
    for (const PlaceFacts& place : countries_)
        if ((countries.empty() || holds(countries, place.country->code)) && place.is_open(day)) use(place);
}

void Instances::each_open_site(const std::vector<std::string>& countries, const std::vector<std::string>& sites, Date day,
                               const std::function<void(const PlaceFacts&)>& use) const {
    for (const PlaceFacts& place : sites_) {
        const bool meant = !sites.empty() ? holds(sites, place.site->id) : countries.empty() || holds(countries, place.site->country);
        if (meant && place.is_open(day)) use(place);
    }
}

void Instances::each(const Rule& rule, const Take& take) const {
    switch (rule.per) {
    case Per::study:
    case Per::country:
    case Per::site:
    case Per::study_any:
    case Per::site_any:
    case Per::study_final:
    case Per::site_final:
    case Per::site_ctsi:
        return standing(rule, take);
    case Per::language:
        return languages(take);
    case Per::person:
    case Per::person_gcp:
    case Per::person_licence:
        return people(rule, templates::roles_in(rule.role), take);
    case Per::person_training:
        return trainings(rule, take);
    case Per::committee:
    case Per::vendor:
    case Per::vendor_contract:
    case Per::committee_meeting:
        return parties(rule, take);
    case Per::laboratory:
    case Per::laboratory_certificate:
        return laboratories(rule, take);
    case Per::amendment:
    case Per::notice:
    case Per::protocol_version:
    case Per::ib_version:
    case Per::batch:
        return changes(rule, take);
    case Per::amendment_country:
    case Per::notice_country:
    case Per::batch_country:
    case Per::amendment_site:
    case Per::notice_site:
    case Per::ib_version_site:
    case Per::icf_version:
        return changes_by_place(rule, take);
    case Per::monitoring_visit:
    case Per::shipment:
    case Per::audit:
    case Per::system_release:
    case Per::rejected_site:
    case Per::occurrence:
        return happenings(rule, take);
    case Per::study_year:
    case Per::country_year:
    case Per::ec_year:
    case Per::vendor_year:
        return years(rule, take);
    }
}

void Instances::standing(const Rule& rule, const Take& take) const {
    each_place(rule.level, [&](const PlaceFacts& place) { take(entry_at(place, std::string(templates::tag_of(rule.per)), {})); });
}

void Instances::languages(const Take& take) const {
    for (const PlaceFacts& place : countries_) {
        std::vector<std::string> done;
        for (const std::string& language : place.country->languages) {
            if (holds(done, language)) continue;
            done.push_back(language);
            Instance instance = entry_at(place, "", {});
            instance.language = language;
            take(std::move(instance));
        }
        if (done.empty()) take(entry_at(place, "", {}));
    }
}

// Entries of the same person and place are one instance: from the earliest, to the latest or open.
void Instances::people(const Rule& rule, const std::vector<std::string>& roles, const Take& take) const {
    for (std::size_t at = 0; at < people_.size();) {
        const Posting& first = people_[at];
        Instance instance;
        bool found = false;
        for (; at < people_.size() && people_[at].place == first.place && people_[at].person->id == first.person->id; ++at) {
            const Person& person = *people_[at].person;
            if (first.place->level != rule.level || !holds(roles, person.role)) continue;
            if (!found) {
                instance = entry_at(*first.place, std::string(templates::tag_of(rule.per)), person.from);
                instance.person = person.id;
                instance.to = person.to;
            } else {
                instance.born = std::min(*instance.born, person.from);
                instance.to = instance.to && person.to ? OptionalDate(std::max(*instance.to, *person.to)) : std::nullopt;
            }
            found = true;
            instance.physician = instance.physician || person.physician;
            instance.ec_member = instance.ec_member || person.ec_member;
        }
        if (!found) continue;
        if (rule.level == Level::site) instance.to = earlier(instance.to, instance.place->closed);
        take(instance);
    }
}

void Instances::trainings(const Rule& rule, const Take& take) const {
    for (const Training& training : study_.trainings) {
        std::vector<std::string> roles;
        for (const std::string& role : templates::roles_in(rule.role))
            if (training.roles.empty() || holds(training.roles, role)) roles.push_back(role);
        people(rule, roles, [&](Instance instance) {
            instance.event = training.id;
            instance.born = std::max(*instance.born, training.date);
            take(std::move(instance));
        });
    }
}

void Instances::parties(const Rule& rule, const Take& take) const {
    for (const Committee& committee : study_.committees) {
        if (rule.per == Per::committee) {
            Instance instance = entry_at(trial_, committee.id, committee.from);
            instance.to = committee.to;
            take(std::move(instance));
        }
        if (rule.per == Per::committee_meeting)
            for (const Dated& meeting : committee.meetings) take(entry_at(trial_, meeting.id, meeting.date));
    }
    for (const Vendor& vendor : study_.vendors) {
        Instance instance = entry_at(trial_, vendor.id, vendor.from);
        instance.to = vendor.to;
        instance.vendor = &vendor;
        if (rule.per == Per::vendor) take(instance);
        if (rule.per != Per::vendor_contract) continue;
        for (const Contract& contract : vendor.contracts) {
            instance.event = contract.id;
            instance.born = contract.signed_on ? contract.signed_on : vendor.from;
            take(instance);
        }
    }
}

// Laboratories without a site are central (trial level), the others local.
void Instances::laboratories(const Rule& rule, const Take& take) const {
    for (const Laboratory& laboratory : study_.laboratories) {
        if (laboratory.site.empty() != (rule.level == Level::trial)) continue;
        const PlaceFacts* place = laboratory.site.empty() ? &trial_ : site_place(laboratory.site);
        if (!place) continue;
        Instance instance = entry_at(*place, laboratory.id, laboratory.from);
        instance.to = laboratory.site.empty() ? laboratory.to : earlier(laboratory.to, place->closed);
        instance.laboratory = &laboratory;
        if (rule.per == Per::laboratory) take(instance);
        if (rule.per != Per::laboratory_certificate) continue;
        for (const Certificate& certificate : laboratory.certificates) {
            instance.event = certificate.id;
            take(instance);
        }
    }
}

} // namespace dossier::tmf
