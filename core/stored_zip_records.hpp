// Internal to core/stored_zip.cpp: the records of a ZIP (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16).
#pragma once

#include <cstdint>
#include <string>

namespace dossier::stored_zip {

struct Entry {
    std::string name;
    std::uint64_t size = 0, offset = 0; // of the local header
    std::uint32_t crc = 0;
};

// `large`: from this value on numbers stand in the 64-bit extra field.
std::string local_header(const Entry& entry, std::uint64_t large);
std::string central_header(const Entry& entry, std::uint64_t large);
std::string end_of_directory(std::uint64_t entries, std::uint64_t at, std::uint64_t size, std::uint64_t large);

} // namespace dossier::stored_zip
