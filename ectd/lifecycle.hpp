// What became of each leaf over all sequences (ICH 3.2.2, appendix 6, table 6-3): computed from leaves, never from folders.
#pragma once

#include "ectd/application.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace dossier::ectd {

enum class LeafState { current, appended_to, replaced, deleted }; // the first two are current

struct LeafHistory {
    const Leaf* leaf = nullptr;
    LeafState state = LeafState::current;
    const Leaf* ended_by = nullptr; // the replacing or deleting leaf
    const Leaf* target = nullptr;   // what this leaf modifies
};

enum class TargetProblem { missing_reference, malformed, not_found, same_sequence, later_sequence, already_ended, other_section };

struct LifecycleProblem {
    const Leaf* leaf = nullptr;
    TargetProblem problem = TargetProblem::not_found;
    const Leaf* target = nullptr;   // where found
    const Leaf* ended_by = nullptr; // where already_ended
};

// A key that is not copied: the identity lies in the application, or in what a look-up is given.
struct LeafKey {
    const LeafId* id;
    LeafKey(const LeafId& at) : id(&at) {} // implicit: leaves.find(leaf.at)
    bool operator==(const LeafKey& other) const { return *id == *other.id; }
};
struct LeafKeyHash {
    std::size_t operator()(LeafKey key) const {
        return std::hash<std::string>()(key.id->id) + 31 * key.id->file.size() + 1009 * static_cast<std::size_t>(key.id->sequence.value());
    }
};

struct Lifecycle { // points into the application that it was computed from, and into itself
    Lifecycle() = default;
    Lifecycle(Lifecycle&&) = default;
    Lifecycle& operator=(Lifecycle&&) = default;

    std::unordered_map<LeafKey, LeafHistory, LeafKeyHash> leaves; // delete leaves are in it too, as deleted
    std::vector<const LeafHistory*> in_order;                     // all of `leaves`, by sequence and document
    std::vector<const Leaf*> repeated; // whose ID an earlier leaf of the same file has: in neither of the two, nobody can name them
    std::vector<LifecycleProblem> problems;
    std::vector<const LeafHistory*> current(bool with_regional_and_stf = false) const; // in order of sequence and document
    std::map<LeafId, const Stf*> stfs;                                                 // by the leaf of the STF file
};

// Sequences are taken by number, not by date. A leaf whose target is missing or dead stays in the view as if it were new, and is a problem.
Lifecycle compute_lifecycle(const Application& application);

bool is_current(LeafState state);
bool is_regional_leaf(const Leaf& leaf); // the leaf of index.xml that names the regional file

} // namespace dossier::ectd
