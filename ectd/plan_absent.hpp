// What a state plan deletes by having no row for it.
#pragma once

#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

// Current leaves that no row means, without what every sequence sends anew. Errors are added: more than the plan may delete, or a leaf
// under a heading that this region does not write.
std::vector<PlannedOperation> delete_absent(const PlanRequest& request, const LeafMatcher& matcher,
                                            const std::set<const Leaf*>& appended_to, std::vector<Error>& errors);

} // namespace dossier::ectd
