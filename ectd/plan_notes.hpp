// What a person should look at before a plan is built: legal, and often not what was meant.
#pragma once

#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

// Longer than ICH allows, with the number of their section in front, or missing.
void note_titles(Plan& plan);

// A row that met its leaf by path or file name alone, while title and bytes are others: perhaps a document of its own.
void note_unlike_replacements(Plan& plan);

// A row whose id names a leaf of another place or study, which stays current.
void note_ids_of_others(Plan& plan, const LeafMatcher& matcher);

// A leaf that was appended to one that ends here stays current.
void note_appended_leaves(Plan& plan);

// A study that gets its tagging file under a second heading.
void note_studies_of_two_headings(Plan& plan, const templates::HeadingTree& ctd);

} // namespace dossier::ectd
