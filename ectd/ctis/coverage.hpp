// The documents that the Annex asks for, counted by part and member state: for the plan's text, the index page and reports.
#pragma once

#include "ectd/ctis/questions.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct CoverageGroup {
    std::string title;   // "Part I", "Part II, Germany (DEU)", "Substantial modification"
    std::string country; // DEU; "" = the whole trial
    std::vector<const Slot*> slots;
    std::size_t there = 0; // present, or a reason given
    bool complete() const { return there == slots.size(); }
};

// In the order part I, part II by member state as they are named, modification. `slots` must outlive the groups.
std::vector<CoverageGroup> group_slots(const templates::CtisCatalogue& catalogue, const std::vector<Slot>& slots);

// What the tables are not sure of and the dossier rests on, in sentences.
std::vector<std::string> uncertain_facts(const templates::CtisCatalogue& catalogue);

} // namespace dossier::ectd::ctis
