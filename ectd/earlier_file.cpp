#include "ectd/earlier_file.hpp"

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

EarlierFiles::EarlierFiles(std::shared_ptr<FileSystem> fs, const Application& history) : fs_(std::move(fs)), folder_(history.folder) {
    for (const Sequence& sequence : history.sequences)
        for (const Leaf& leaf : sequence.leaves)
            if (!leaf.path.empty() && starts_with(leaf.path, sequence.folder + "/"))
                by_path_.emplace(leaf.path, EarlierFile{leaf.path, &leaf});
}

// By its last parts first: only a name that lies in a sequence is looked up on the disk.
const EarlierFile* EarlierFiles::find(const Content& content) const {
    if (content.fs != fs_ || by_path_.empty()) return nullptr;
    const std::string normal = path::normalise(content.path);
    for (std::size_t at = 0; at != std::string::npos; at = normal.find('/', at + 1)) {
        const auto found = by_path_.find(normal.substr(at == 0 ? 0 : at + 1));
        if (found == by_path_.end()) continue;
        const auto here = fs_->real_path(normal), there = fs_->real_path(path::join(folder_, found->first));
        if (here && there && *here == *there) return &found->second;
    }
    return nullptr;
}

bool EarlierFiles::is_as_written(const EarlierFile& file) const {
    const auto info = fs_->info(path::join(folder_, file.path));
    const auto backbone = fs_->info(path::join(folder_, path::join(file.leaf->at.sequence.text(), file.leaf->at.file)));
    if (!info || !backbone || info->kind != FileKind::file || info->modified_nanoseconds == 0) return false; // 0: not known
    return info->modified_nanoseconds <= backbone->modified_nanoseconds;
}

Result<void> EarlierFiles::check_unchanged(const EarlierFile& file) const {
    DOSSIER_TRY(const FileDigests digests, digests_of_file(*fs_, path::join(folder_, file.path), Hasher::What::md5));
    if (file.leaf->checksum.empty() || to_lower(file.leaf->checksum) == digests.md5.hex()) return {};
    return Error(ErrorKind::invalid, fill("{} is not any more the file that {} was sent with", file.path, file.leaf->at.text()), {},
                 "put the file as it was sent back there, or name a file of your own as the source");
}

} // namespace dossier::ectd
