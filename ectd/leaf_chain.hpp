// What happened to a document over all sequences: the leaf that brought it, and every later one that replaced it, was appended to it or
// deleted it.
#pragma once

#include "ectd/lifecycle.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

// In order of sequence and document; at least one. A chain begins with a leaf that modifies nothing, or whose target is not there.
using LeafChain = std::vector<const LeafHistory*>;

std::vector<LeafChain> leaf_chains(const Lifecycle& lifecycle); // of all leaves, in order of their first ones

// The chains with a leaf that `wanted` names: 0001#ID, an ID, a path in the sequence or the application, or a title (case does not count).
// not_found, naming what is near.
Result<std::vector<LeafChain>> find_chains(const Lifecycle& lifecycle, const std::string& wanted);

} // namespace dossier::ectd
