// Files that share their blocks with their source until one of them is written to (reflinks of Btrfs, XFS and others).
#pragma once

#include "core/copy_files.hpp"

namespace dossier {

// As copy_files; a file whose disk cannot clone, or that lies on another disk, is copied. Each is hashed where it lies afterwards: what is
// told is what the target holds.
Result<std::vector<FileDigests>> clone_files(const std::vector<FileToCopy>& files, int jobs, const std::function<void(std::size_t)>& done);

} // namespace dossier
