#include "ectd/leaf_index.hpp"

#include <utility>

namespace dossier::ectd {

std::string_view path_in_sequence(const Leaf& leaf) {
    const std::size_t slash = leaf.path.find('/');
    return slash == std::string::npos ? std::string_view() : std::string_view(leaf.path).substr(slash + 1);
}

namespace {

std::string key_of(const std::string& file, const std::string& section) { return file + '\n' + section; }

} // namespace

LeavesByName::LeavesByName(const Leaves& leaves, Name name) : leaves_(leaves), name_(name) {
    std::size_t chains = 16;
    while (chains < leaves.size()) chains *= 2;
    first_.resize(chains, 0);
    next_.resize(leaves.size(), 0);
    for (std::size_t i = leaves.size(); i-- > 0;) { // from the back, so that each chain is in order
        std::uint32_t& first = first_[chain_of(name(*leaves[i]))];
        next_[i] = std::exchange(first, static_cast<std::uint32_t>(i + 1));
    }
}

std::size_t LeavesByName::chain_of(std::string_view name) const { return std::hash<std::string_view>()(name) & (first_.size() - 1); }

Leaves LeavesByName::find(std::string_view name) const {
    Leaves found;
    for (std::uint32_t at = first_[chain_of(name)]; at != 0; at = next_[at - 1])
        if (name_(*leaves_[at - 1]) == name) found.push_back(leaves_[at - 1]);
    return found;
}

LeafIndex::LeafIndex(const Lifecycle& lifecycle) {
    std::unordered_map<const LeafPlace*, Group*> group_of_place;
    for (const LeafHistory* item : lifecycle.current()) {
        const Leaf& leaf = *item->leaf;
        all_.push_back(&leaf);
        Group*& group = group_of_place[leaf.place.get()];
        if (!group) {
            first_.push_back(&leaf);
            group = &groups_[key_of(leaf.at.file, leaf.place->heading_section)];
        }
        group->leaves.push_back(&leaf);
    }
}

LeafIndex::Group* LeafIndex::group(const std::string& file, const std::string& section) const {
    const auto found = groups_.find(key_of(file, section));
    return found == groups_.end() ? nullptr : &found->second;
}

const Leaves& LeafIndex::under(const std::string& file, const std::string& section) const {
    static const Leaves none;
    const Group* here = group(file, section);
    return here ? here->leaves : none;
}

Leaves LeafIndex::with_path(const std::string& file, const std::string& section, std::string_view path) const {
    Group* here = group(file, section);
    if (!here) return {};
    if (!here->by_path) here->by_path.emplace(here->leaves, &path_in_sequence);
    return here->by_path->find(path);
}

Leaves LeafIndex::with_title(const std::string& file, const std::string& section, std::string_view title) const {
    Group* here = group(file, section);
    if (!here) return {};
    if (!here->by_title) here->by_title.emplace(here->leaves, [](const Leaf& leaf) -> std::string_view { return leaf.title; });
    return here->by_title->find(title);
}

Leaves LeafIndex::with_id(const std::string& file, std::string_view id) const {
    if (!by_id_) by_id_.emplace(all_, [](const Leaf& leaf) -> std::string_view { return leaf.at.id; });
    Leaves found = by_id_->find(id);
    std::erase_if(found, [&](const Leaf* leaf) { return leaf->at.file != file; });
    return found;
}

} // namespace dossier::ectd
