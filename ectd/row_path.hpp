// Where in the sequence the file of a plan row goes: as the row says, else where the standard puts it.
#pragma once

#include "ectd/planned_leaf.hpp"

namespace dossier::ectd {

// Sets the paths of `leaf`. `tree`: of its heading. What is illegal keeps the row from sending anything, and goes to `leaf.when_sent`.
void resolve_path(const templates::HeadingTree& tree, const PlanRow& row, PlannedLeaf& leaf);

} // namespace dossier::ectd
