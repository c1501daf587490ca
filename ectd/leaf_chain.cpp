#include "ectd/leaf_chain.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

namespace {

bool is_named(const Leaf& leaf, const std::string& wanted) {
    const LeafReference reference = parse_leaf_reference(wanted);
    if (leaf.at.id == reference.id && (!reference.sequence || leaf.at.sequence == *reference.sequence)) return true;
    return !leaf.path.empty() && (leaf.path == wanted || path_in_sequence(leaf) == wanted || to_lower(leaf.title) == to_lower(wanted));
}

} // namespace

std::vector<LeafChain> leaf_chains(const Lifecycle& lifecycle) {
    const std::vector<const LeafHistory*>& all = lifecycle.in_order;
    std::vector<LeafChain> chains;
    std::map<const Leaf*, std::size_t> chain_of; // a target lies before what modifies it, but for an append to a later leaf of its sequence
    for (const LeafHistory* item : all) {
        const Leaf* root = item->leaf;
        for (std::size_t steps = 0; lifecycle.leaves.at(root->at).target && steps <= all.size(); ++steps)
            root = lifecycle.leaves.at(root->at).target;
        const auto [found, is_new] = chain_of.emplace(root, chains.size());
        if (is_new) chains.emplace_back();
        chains[found->second].push_back(item);
    }
    return chains;
}

Result<std::vector<LeafChain>> find_chains(const Lifecycle& lifecycle, const std::string& wanted) {
    std::vector<LeafChain> chains;
    for (LeafChain& chain : leaf_chains(lifecycle))
        if (std::any_of(chain.begin(), chain.end(), [&](const LeafHistory* item) { return is_named(*item->leaf, wanted); }))
            chains.push_back(std::move(chain));
    if (!chains.empty()) return chains;
    std::vector<std::string> names;
    for (const LeafHistory* history : lifecycle.in_order) {
        names.push_back(short_text(*history->leaf));
        names.push_back(history->leaf->title);
        if (!history->leaf->path.empty()) names.emplace_back(path_in_sequence(*history->leaf));
    }
    const std::string near = nearest(wanted, names);
    return Error(ErrorKind::not_found, fill("no leaf is called {}", wanted), {},
                 near.empty() ? "name it by sequence and ID (0001#ID), by its path (m2/22-intro/introduction.pdf) or by its title"
                              : fill("is {} meant?", near));
}

} // namespace dossier::ectd
