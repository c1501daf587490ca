#include "ectd/earlier_file.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace dossier::ectd {

EarlierFiles::EarlierFiles(std::shared_ptr<FileSystem> fs, const Application& history) : fs_(std::move(fs)), history_(history) {}

void EarlierFiles::add_files_of(const Sequence& sequence) const {
    for (const Leaf& leaf : sequence.leaves)
        if (!leaf.path.empty() && starts_with(leaf.path, sequence.folder + "/")) by_path_.emplace(leaf.path, EarlierFile{leaf.path, &leaf});
}

const EarlierFile* EarlierFiles::find(const Content& content) const {
    if (content.fs != fs_) return nullptr;
    const auto [entry, is_new] = found_.try_emplace(content.path, nullptr);
    if (is_new) entry->second = search(path::normalise(content.path));
    return entry->second;
}

// By its last parts first: only a name that lies in a sequence is looked up on the disk, and only where the two are written differently.
const EarlierFile* EarlierFiles::search(const std::string& file) const {
    for (std::size_t at = 0; at != std::string::npos; at = file.find('/', at + 1)) {
        const std::string rest = file.substr(at == 0 && file.front() != '/' ? 0 : at + 1);
        const auto number = SequenceNumber::parse(rest.substr(0, rest.find('/')));
        const Sequence* sequence = number ? history_.find(*number) : nullptr;
        if (!sequence) continue;
        if (read_.insert(*number).second) add_files_of(*sequence);
        const auto found = by_path_.find(rest);
        if (found == by_path_.end()) continue;
        const std::string earlier = path::normalise(path::join(history_.folder, rest));
        if (file == earlier) return &found->second;
        const auto here = fs_->real_path(file), there = fs_->real_path(earlier);
        if (here && there && *here == *there) return &found->second;
    }
    return nullptr;
}

bool EarlierFiles::is_as_written(const EarlierFile& file) const {
    const auto info = fs_->info(path::join(history_.folder, file.path));
    const auto backbone = fs_->info(path::join(history_.folder, path::join(file.leaf->at.sequence.text(), file.leaf->at.file)));
    if (!info || !backbone || info->kind != FileKind::file || info->changed_nanoseconds == 0) return false; // 0: not known
    // The time of writing can be put back (cp -p, rsync, archives), that of the last change cannot.
    return info->changed_nanoseconds <= std::min(backbone->modified_nanoseconds, backbone->changed_nanoseconds);
}

Result<void> EarlierFiles::check_unchanged(const EarlierFile& file, ContentDigests& digests) const {
    DOSSIER_TRY(const Md5 md5, digests.of({fs_, path::join(history_.folder, file.path), {}}));
    if (file.leaf->checksum().empty() || to_lower(file.leaf->checksum()) == md5.hex()) return {};
    return Error(ErrorKind::invalid, fill("{} is not any more the file that {} was sent with", file.path, file.leaf->at.text()), {},
                 "put the file as it was sent back there, or name a file of your own as the source");
}

} // namespace dossier::ectd
