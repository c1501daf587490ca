// Current leaves that a person may have meant with a row that brings a new document.
#pragma once

#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

// Fills PlannedOperation::likely with leaves that the row could replace: of the same document of a trial master file; of a title or file
// name much alike; else the few that stand in the very place and that no row means. What is current in another place goes into the reason.
void explain_likely_targets(Plan& plan, const PlanRequest& request, const LeafMatcher& matcher, ContentDigests& digests);

} // namespace dossier::ectd
