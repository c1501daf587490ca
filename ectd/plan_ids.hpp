// Identifiers of leaves: the same plan gives the same ones, and a replaced leaf keeps its place's ID from sequence to sequence.
#pragma once

#include "ectd/plan.hpp"

namespace dossier::ectd {

// The row's own id, where it has one. Error for an ID that would stand twice in a backbone.
std::vector<Error> give_ids(Plan& plan);

} // namespace dossier::ectd
