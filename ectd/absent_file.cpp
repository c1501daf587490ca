#include "ectd/absent_file.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

std::vector<AbsentFile> absent_files(const SequenceFacts& facts) {
    std::map<std::string, AbsentFile> files;
    for (const LeafFact& leaf : facts.leaves) {
        if (leaf.state != HrefState::missing && leaf.state != HrefState::unreadable) continue;
        if (leaf.leaf->operation == "delete" || !starts_with(leaf.file(), facts.sequence->folder + "/")) continue;
        AbsentFile& file = files[leaf.file()];
        file.path = leaf.file();
        file.leaves.push_back(&leaf);
    }
    std::vector<AbsentFile> list;
    for (auto& [path, file] : files) {
        const std::string unknown = facts.unknown_presence(path);
        file.reason = fill("{}: {}", facts.seen_from_sequence(path), unknown.empty() ? std::string("it is not there") : unknown);
        list.push_back(std::move(file));
    }
    return list;
}

} // namespace dossier::ectd
