// Where the files of a plan go: one path is one file, and a file lies in the module of its section.
#pragma once

#include "ectd/planned_leaf.hpp"

#include <set>
#include <vector>

namespace dossier::ectd {

// `sent`: leaves that an operation writes; `copied`: those of them whose file goes into this sequence. Leaves that only stay may share a
// path: each lies in its own sequence.
std::vector<Error> check_paths(const std::vector<PlannedLeaf>& leaves, const std::set<const PlannedLeaf*>& sent,
                               const std::set<const PlannedLeaf*>& copied);

} // namespace dossier::ectd
