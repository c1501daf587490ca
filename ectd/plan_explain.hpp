// What is said of the attribute values of a plan: which open a node of their own, which only look like one that is there.
#pragma once

#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

// An attribute value that no current leaf has opens a node of its own, which is not related to the other ones.
void explain_new_nodes(Plan& plan, const LeafMatcher& matcher, const templates::HeadingTree& ctd, const templates::HeadingTree& module1);

// A note for each new heading node whose attributes differ from another's only by case, blanks or punctuation: "alpha" beside "Alpha"
// are two nodes of the backbone for good (facts in docs/design.md, "What a plan means").
void note_attribute_twins(Plan& plan, const LeafMatcher& matcher, const templates::HeadingTree& ctd, const templates::HeadingTree& module1);

} // namespace dossier::ectd
