#include "ectd/facts_internal.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::facts {

void list_sequence(FileSystem& fs, const std::string& root, const std::string& sequence, FileFacts& files,
                   std::vector<std::string>* folders) {
    std::vector<TreeGap> gaps;
    for (const TreeEntry& entry : list_readable_tree(fs, path::join(root, sequence), gaps)) {
        const std::string path = path::join(sequence, entry.path);
        if (entry.kind == FileKind::folder) {
            if (folders) folders->push_back(path);
            continue;
        }
        FileFact& file = files[path];
        file.path = path;
        file.kind = entry.kind;
        file.size = entry.size;
        if (entry.kind == FileKind::link) file.problem = "it is a link, not a file";
        if (entry.kind == FileKind::other) file.problem = "it is neither a file nor a folder";
    }
    for (const TreeGap& gap : gaps) {
        FileFact& folder = files[path::join(sequence, gap.path)];
        folder.path = path::join(sequence, gap.path);
        folder.kind = FileKind::folder;
        folder.problem = gap.error.message;
    }
}

const FileFact* unreadable_folder_of(const FileFacts& files, const std::string& path) {
    for (std::string folder = path::parent(path); !folder.empty(); folder = path::parent(folder)) {
        const auto found = files.find(folder);
        if (found != files.end() && found->second.kind == FileKind::folder) return &found->second;
    }
    return nullptr;
}

void gather_own_files(const FileFacts& files, SequenceFacts& facts) {
    const std::string& own = facts.sequence->folder;
    if (const auto whole = files.find(own); whole != files.end()) facts.unreadable_folders.push_back(&whole->second);
    for (auto it = files.lower_bound(own + "/"); it != files.end() && starts_with(it->first, own + "/"); ++it)
        (it->second.kind == FileKind::folder ? facts.unreadable_folders : facts.own_files).push_back(&it->second);
    for (std::size_t i = 0; i < facts.folders.size(); ++i) { // depth first: a folder inside comes right behind
        const std::string inside = facts.folders[i] + "/";
        const auto file = files.lower_bound(inside);
        const bool has_file = file != files.end() && starts_with(file->first, inside);
        const bool has_folder = i + 1 < facts.folders.size() && starts_with(facts.folders[i + 1], inside);
        const bool is_listed = files.count(facts.folders[i]) == 0;
        if (is_listed && !has_file && !has_folder) facts.empty_folders.push_back(facts.folders[i]);
    }
}

} // namespace dossier::ectd::facts
