// Which row meets which leaf, for all rows of a plan at once.
#pragma once

#include "ectd/leaf_matcher.hpp"

#include <set>
#include <vector>

namespace dossier::ectd {

struct RowMatching {
    std::vector<const Leaf*> targets;  // of each row, in order; null where it meets none
    std::set<const Leaf*> appended_to; // by rows with operation append
    std::vector<bool> by_path;         // of each row: met by path alone
    std::vector<bool> is_unclear;      // of each row: an error says why it meets none
};

// Exact references for all rows first, then paths, then titles, then (state plan) bytes: an exact one is never taken by another row's
// likeness.
RowMatching match_rows(const std::vector<PlannedLeaf>& rows, LeafMatcher& matcher, bool delta, std::vector<Error>& errors);

} // namespace dossier::ectd
