#include "ectd/facts_internal.hpp"

#include "core/path.hpp"

namespace dossier::ectd::facts {

Result<void> list_sequence(FileSystem& fs, const std::string& root, const std::string& sequence, FileFacts& files,
                           std::vector<std::string>* folders) {
    DOSSIER_TRY(const auto tree, list_tree(fs, path::join(root, sequence)));
    for (const TreeEntry& entry : tree) {
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
    return {};
}

} // namespace dossier::ectd::facts
