// Expected documents: slots = f(rules, study facts, day). Pure; no clock, no disk. docs/expected_documents.md has the algorithm, step by
// step; the steps are named in the code. Study and catalogue must outlive the slots.
#pragma once

#include "tmf/milestone_dates.hpp"
#include "tmf/study.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct Slot { // one wanted document (or `rule->count` of them)
    const templates::Rule* rule = nullptr;
    std::string country, site, person, event, language; // empty: the slot does not name it
    OptionalDate due;
    OptionalDate born;       // of what makes the slot necessary; none for standing slots
    OptionalDate clock_end;  // validity is counted to here at the latest: the duty has ended
    int year = 0;            // of a yearly slot
    OptionalDate year_start; // the day its years are counted from
    bool hidden = false;     // may unblind, and the study is still blinded

    std::string identity() const; // EDL-066-03/USA/701///
};

struct ExpectationQuestion {
    Date as_of;
    OptionalDate today; // unblinding (S11) counts only when it is not after this day either; none = as_of alone decides
};

// Steps 1 to 5: instances, conditions, due dates, existence, audience mark, identity. Sorted by identity, bytewise.
std::vector<Slot> make_slots(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                             const ExpectationQuestion& question);

// Step 4 for a place: may what is restricted there not be seen by the blinded yet?
bool is_blinded(const templates::TmfCatalogue& catalogue, const Study& study, const MilestoneDates& dates,
                const ExpectationQuestion& question, const std::string& country, const std::string& site);

// Rules that make slots for this study: expected and event ones, and the optional ones it promotes.
std::vector<const templates::Rule*> rules_in_force(const templates::TmfCatalogue& catalogue, const Study& study);

} // namespace dossier::tmf
