// Inside core/office_content.cpp only: the compound files that Office wrote before 2007, and in which it puts encrypted documents since
// ([MS-CFB]): a file system of sectors in a file.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct CompoundEntry {
    std::string name; // ASCII; any other character is '?'
    bool is_stream = false;
    std::uint32_t first_sector = 0;
    std::uint64_t size = 0;
};

class CompoundFile {
public:
    // `bytes` outlive it. Errors: invalid, for a directory that is cut off or goes in a circle, or a stream that lies behind the end.
    static Result<CompoundFile> open(std::string_view bytes);

    const std::vector<CompoundEntry>& entries() const { return entries_; } // in the order of the directory
    const CompoundEntry* find(std::string_view name) const;                // null: there is none
    std::string start_of(const CompoundEntry& entry) const;                // of a stream of 4096 bytes or more: its first sector; else ""

private:
    std::string_view sector(std::uint32_t number) const; // "" behind the end
    Result<void> read_table();
    Result<std::vector<std::uint32_t>> chain(std::uint32_t first) const;
    Result<void> read_directory(std::uint32_t first);
    Result<void> check_streams() const;

    std::string_view bytes_;
    std::size_t sector_size_ = 512;
    std::vector<std::uint32_t> next_; // the table: which sector follows
    std::vector<CompoundEntry> entries_;
};

} // namespace dossier
