// What happened in a study, by its id, and where that may be documented: whether an expected document can ever name it there. Pure.
#pragma once

#include "tmf/study.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dossier::tmf {

struct EventPlace {
    enum class Kind {
        training,
        committee,
        meeting,
        vendor,
        contract,
        laboratory,
        certificate,
        amendment,
        notice,
        protocol_version,
        ib_version,
        icf_version,
        visit,
        batch,
        shipment,
        audit,
        release,
        occurrence,
        rejected_site
    } kind = Kind::training;
    std::string site, country;                 // its own; empty: none
    std::string type;                          // of a visit and an occurrence
    std::vector<std::string> countries, sites; // that it is for; empty = all
    std::string word() const;                  // visit of type interim, amendment ...
    std::string place() const;                 // site 0702; DEU; trial level
};
using EventPlaces = std::unordered_map<std::string, EventPlace>;

EventPlaces event_places(const Study& study);

// Whether a slot of the rule may ask for the event at a place of the rule's level. `known` is null for a tag and a year. Conditions, days
// and whether a site was open are not looked at. Requires has_event(rule.per).
bool may_ask_for(const templates::Rule& rule, std::string_view event, const EventPlace* known, const std::string& country,
                 const std::string& site);
// The same, somewhere.
bool may_ask_for_elsewhere(const templates::Rule& rule, const EventPlace& known);

} // namespace dossier::tmf
