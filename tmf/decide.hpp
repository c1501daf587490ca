// Decisions about expected documents: waived (kept in view, out of the sums), not applicable (no slot), or kept elsewhere (a pointer is
// filed in the slot's place and waits for acceptance).
#pragma once

#include "tmf/repository.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct DecisionWish {
    std::string study, rule;
    std::string country, site, person, event, language; // empty = any
    std::string key;                                    // a person's id, an event's id or a language: whatever of these the study knows
    OptionalDate until;
    std::string reason;
    enum class Kind { waived, not_applicable, points_to } kind = Kind::waived;
    std::string points_to; // where the record is kept
    OptionalDate date;     // of that record, with points_to; none: nobody said it
    bool dry_run = false;  // everything is checked, nothing is recorded
};

struct DecisionOutcome {
    std::string id;        // W-000001, or D-000012@1 of a pointer; empty of a dry run
    std::size_t slots = 0; // that it applies to today; those that are not applicable already are not among them
    std::size_t not_applicable_slots = 0;
    std::vector<std::string> not_applicable; // W-000001: the decisions that took those out
    std::vector<std::string> applies_to;     // those slots: EDL-066-03/USA/701///
    std::vector<std::string> notes;          // on a pointer that was filed
};

Result<DecisionOutcome> decide(Repository& repository, const templates::TmfCatalogue& catalogue, const DecisionWish& wish,
                               const Author& author);

// Ends every decision in force for exactly these parts, from today on; or the one whose number stands in the place of the rule
// (W-000001), also where the study has its rule or place no longer. not_found when there is none; conflict
// before the day on which it was made.
Result<std::vector<std::string>> undecide(Repository& repository, const templates::TmfCatalogue& catalogue, const DecisionWish& wish,
                                          const Author& author);

} // namespace dossier::tmf
