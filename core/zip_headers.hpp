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
};

// In the order of the central directory. Errors: invalid when records overlap, lie outside the file, or when the local header of an entry
// names another file, method, size or checksum.
Result<std::vector<Header>> read_headers(InputFile& file, const std::string& path, std::uint64_t most_entries);

} // namespace dossier::zip_library
