// tar.gz archives (libarchive behind it), as gateways take them. The same files give the same bytes: no owners, one fixed day, plain
// rights, no time in the gzip header.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct ArchiveItem {
    std::string name; // in the archive, '/' between its parts: "0001/index.xml"
    bool is_folder = false;
    std::uint64_t size = 0; // bytes, of a file
};

struct ArchivedFile {
    ArchiveItem item;
    std::string path; // where its bytes are
};

// Writes the items in the given order to a new file and syncs it. Returns the archive's own digests. Errors: conflict when `path` exists or
// a file is no longer of its listed size; nothing is left behind then.
Result<FileDigests> write_tar_gz(FileSystem& fs, const std::string& path, const std::vector<ArchivedFile>& files);

// Reads an archive as a stream: `item` for each entry in order, then `bytes` for the pieces of a file. Errors: invalid for what is no
// tar.gz, for links and devices, and for names that leave the folder; an error of a callback ends the reading.
Result<void> read_tar_gz(FileSystem& fs, const std::string& path, const std::function<Result<void>(const ArchiveItem&)>& item,
                         const std::function<Result<void>(std::string_view)>& bytes);

} // namespace dossier
