#include "ectd/leaf_index.hpp"

#include <algorithm>

namespace dossier::ectd {

std::string_view path_in_sequence(const Leaf& leaf) {
    const std::size_t slash = leaf.path.find('/');
    return slash == std::string::npos ? std::string_view() : std::string_view(leaf.path).substr(slash + 1);
}

namespace {

std::size_t hash_of(std::string_view name) { return std::hash<std::string_view>()(name); }

std::string key_of(const std::string& file, const std::string& section) { return file + '\n' + section; }

} // namespace

LeavesByName::LeavesByName(const Leaves& leaves, Name name) : name_(name) {
    by_hash_.reserve(leaves.size());
    for (const Leaf* leaf : leaves) by_hash_.emplace_back(hash_of(name(*leaf)), leaf);
    std::stable_sort(by_hash_.begin(), by_hash_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

Leaves LeavesByName::find(std::string_view name) const {
    Leaves found;
    const std::size_t hash = hash_of(name);
    auto at =
        std::lower_bound(by_hash_.begin(), by_hash_.end(), hash, [](const auto& item, std::size_t wanted) { return item.first < wanted; });
    for (; at != by_hash_.end() && at->first == hash; ++at)
        if (name_(*at->second) == name) found.push_back(at->second);
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
