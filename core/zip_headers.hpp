// Internal to core/zip*.cpp: our own reading of an archive's headers (APPNOTE.TXT 4.3), to be held against what libzip understood. An
// archive that two readers may read differently is refused.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace dossier::zip_library {

struct Header {
    std::string name; // raw bytes
    std::uint64_t size = 0, stored_size = 0;
    std::string fault; // why it may not be read: its own header contradicts the directory, or it shares bytes; a whole sentence
};

// In the order of the central directory. A record that lies outside the file, overlaps another, or whose local header names another file,
// method, size or checksum is that entry's fault. Errors: invalid when the directory cannot be read.
Result<std::vector<Header>> read_headers(InputFile& file, const std::string& path, std::uint64_t most_entries);

} // namespace dossier::zip_library
