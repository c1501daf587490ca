// What the history says about itself before anything is planned on it, and what later sequences hold against a build below them.
#pragma once

#include "ectd/plan.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct MissingSequence {
    SequenceNumber number;
    const Leaf* named_by = nullptr; // the first leaf that modifies one of it
};
std::vector<MissingSequence> missing_sequences(const Application& history, const Lifecycle& lifecycle);

// Errors: a sequence is not there and a later one modifies a leaf of it, so that what the application contains is not known.
std::vector<Error> unknown_history(const Application& history, const Lifecycle& lifecycle);

std::string problem_words(TargetProblem problem); // "modifies a leaf that is not there"

// Notes on what could not be read or is not there: unreadable files, sequences that leaves refer to, leaves with dead targets. For reading;
// a plan turns some of them into errors.
std::vector<std::string> reading_notes(const Application& application, const Lifecycle& lifecycle);

// Notes: leaves whose target was dead, missing or elsewhere when they were sent. They are shown as current.
std::vector<std::string> dead_targets(const Application& history, const Lifecycle& lifecycle);

// Errors when sequences after the planned one name leaves that it would no longer hold, or end leaves that it ends.
std::vector<Error> check_later_sequences(const Plan& plan, const Application& later);

} // namespace dossier::ectd
