// What a plan row says of its study: the study, what its file is there (file tag), the site. A study tagging file carries them, and only
// the headings of study reports have one.
#pragma once

#include "ectd/planned_leaf.hpp"

namespace dossier::ectd {

// Sets `leaf.tags`. Errors that only keep the row from sending anything go to `leaf.when_sent`.
void resolve_study(const RowContext& context, const PlanRow& row, PlannedLeaf& leaf, std::vector<Error>& errors);

} // namespace dossier::ectd
