// What a state plan deletes by having no row for it.
#pragma once

#include "ectd/plan_moves.hpp"

namespace dossier::ectd {

// A cover letter, a form: brought anew by every sequence, and never ended.
bool is_sent_each_time(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1);

// Current leaves that no row means, without what every sequence sends anew. Errors are added: more than the plan may delete, or a leaf
// under a heading that this region does not write. `moves`: of the plan's operations so far.
std::vector<PlannedOperation> delete_absent(const PlanRequest& request, const LeafMatcher& matcher,
                                            const std::set<const Leaf*>& appended_to, Moves& moves, std::vector<Error>& errors);

} // namespace dossier::ectd
