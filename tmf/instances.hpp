// Instances of a rule: for whom, where and for which event it wants a document; for expectation.cpp only. instances.cpp has the
// standing keys, instances_events.cpp the event keys.
#pragma once

#include "tmf/milestone_dates.hpp"
#include "tmf/study.hpp"

#include <algorithm>
#include <deque>
#include <functional>
#include <unordered_map>

namespace dossier::tmf {

// A study, a country or a site, with the dates that happened there.
struct PlaceFacts {
    std::size_t number = 0; // 0 the trial, then countries, then sites
    templates::Level level = templates::Level::trial;
    const Country* country = nullptr;
    const Site* site = nullptr;
    OptionalDate opened, closed; // 03 and 09 of a site, 01 and C06 of a country
    OptionalDate country_closed; // C06
    bool is_open(Date day) const { return opened && *opened <= day && (!closed || day <= *closed); }
};

struct Instance {
    const PlaceFacts* place = nullptr;
    std::string person, event, language;
    OptionalDate born;
    OptionalDate to; // of the obligation
    int year = 0;
    OptionalDate year_start;
    // Facts that conditions ask for; null where they do not apply.
    bool physician = false, ec_member = false;
    const Amendment* amendment = nullptr;
    const SafetyNotice* notice = nullptr;
    const Vendor* vendor = nullptr;
    const Laboratory* laboratory = nullptr;
    const System* system = nullptr;
};

inline OptionalDate earlier(const OptionalDate& a, const OptionalDate& b) { return !a ? b : !b ? a : std::min(*a, *b); }

inline bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

inline Instance entry_at(const PlaceFacts& place, const std::string& event, const OptionalDate& born) {
    Instance instance;
    instance.place = &place;
    instance.event = event;
    instance.born = born;
    return instance;
}

using Take = std::function<void(const Instance&)>;

class Instances {
public:
    Instances(const Study& study, const MilestoneDates& dates, Date as_of);
    // Calls `take` for each instance of the rule; yearly ones up to the day asked for. Conditions are not looked at.
    void each(const templates::Rule& rule, const Take& take) const;
    OptionalDate study_ended() const { return study_ended_; } // S13@study
    std::size_t places() const { return 1 + countries_.size() + sites_.size(); }
    const PlaceFacts& place(std::size_t number) const;
    // Null when unknown, or when the site is in another country.
    const PlaceFacts* place_of(const std::string& country, const std::string& site) const;

private:
    const PlaceFacts* site_place(const std::string& id) const; // null when unknown or rejected
    const PlaceFacts* country_place(const std::string& code) const;
    void sort_people();
    void each_place(templates::Level level, const std::function<void(const PlaceFacts&)>& use) const;
    void each_open_country(const std::vector<std::string>& countries, Date day, const std::function<void(const PlaceFacts&)>& use) const;
    void each_open_site(const std::vector<std::string>& countries, const std::vector<std::string>& sites, Date day,
                        const std::function<void(const PlaceFacts&)>& use) const;

    void standing(const templates::Rule& rule, const Take& take) const;
    void languages(const Take& take) const;
    void people(const templates::Rule& rule, const std::vector<std::string>& roles, const Take& take) const;
    void trainings(const templates::Rule& rule, const Take& take) const;
    void parties(const templates::Rule& rule, const Take& take) const;
    void laboratories(const templates::Rule& rule, const Take& take) const;
    void changes(const templates::Rule& rule, const Take& take) const;
    void changes_by_place(const templates::Rule& rule, const Take& take) const;
    void happenings(const templates::Rule& rule, const Take& take) const;
    void years(const templates::Rule& rule, const Take& take) const;
    void years_since(const PlaceFacts& place, const OptionalDate& start, const OptionalDate& end, const std::string& prefix,
                     const Vendor* vendor, const Take& take) const;

    const Study& study_;
    const MilestoneDates& dates_;
    Date as_of_;
    OptionalDate study_ended_;
    PlaceFacts trial_;
    std::deque<PlaceFacts> countries_, sites_; // in the order of the study; rejected sites are left out
    std::unordered_map<std::string_view, const PlaceFacts*> by_country_, by_site_;
    struct Posting { // a person's entry at a known place
        const PlaceFacts* place;
        const Person* person;
    };
    std::vector<Posting> people_; // entries of one person and place stand together
};

} // namespace dossier::tmf
