// How the review of a version stands on a day, from the dates recorded: carried over ones count like our own. Pure functions.
#pragma once

#include "tmf/records.hpp"

namespace dossier::tmf {

struct ReviewOutcome {
    enum class Kind { waiting, accepted, rejected } kind = Kind::waiting;
    OptionalDate decided;      // none while it waits
    bool is_first_pass = true; // false: of the versions filed before it, of the same document, the last one decided on had been rejected
};
std::string_view to_text(ReviewOutcome::Kind kind);

// Rejected wins over accepted: what was accepted and then rejected did not pass. `index` is the version's place in stored.versions.
ReviewOutcome review_outcome(const StoredDocument& stored, std::size_t index, Date as_of);

// Final and not withdrawn by the day: there is something to be checked.
bool is_for_review(const VersionRecord& version, Date as_of);

// Nobody has decided on it and somebody still has to: for review, and no later version was in force by the day (completeness calls the
// rest pending). `review`: whether the study reviews; a later version is in force when it is accepted then, else when it is final.
bool waits_for_review(const StoredDocument& stored, std::size_t index, Date as_of, bool review);

} // namespace dossier::tmf
