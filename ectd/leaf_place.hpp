// Where an existing leaf sits, in the words a plan uses: its heading, and the steps under which something beside it is written.
#pragma once

#include "ectd/application.hpp"
#include "ectd/backbone_tree.hpp"
#include "templates/ectd_catalogue.hpp"

#include <vector>

namespace dossier::ectd {

// Null for an element that the tables do not have (another region's, a future version's), and for a form.
const templates::Heading* heading_of(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1);

// From the module's heading down, node extensions last. Empty when the heading is not known.
std::vector<HeadingStep> steps_of(const Leaf& leaf, const templates::HeadingTree& ctd, const templates::HeadingTree& module1);

// Adds the node extensions in which `leaf` sits.
void add_extensions(std::vector<HeadingStep>& steps, const Leaf& leaf);

// The lowest heading of the steps; null when there is none.
const templates::Heading* lowest_heading(const std::vector<HeadingStep>& steps);

} // namespace dossier::ectd
