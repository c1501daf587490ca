// A ZIP of stored entries, written straight to its place: each file is read once, several at a time, and its MD5 is taken on the way, so
// that what is written last can hold the checksums. (The writer of core/zip.hpp reads its files when it is finished, one by one, and
// through a second file.) Sizes and CRC stand before the bytes of each entry, so that streaming readers take it; equal content gives equal
// bytes.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace dossier {

struct FileToStore {
    FileSystem* fs = nullptr;
    std::string path; // where it is read
    std::string name; // of the entry
};

class StoredZip {
public:
    virtual ~StoredZip() = default; // not finished: nothing stays
    // In this order. conflict when a file changes while it is read, or a name comes twice; usage for a name that would not be read back.
    // `done` gets the number of files written so far; may be empty.
    virtual Result<std::vector<FileDigests>> add_files(const std::vector<FileToStore>& files, int jobs,
                                                       const std::function<void(std::size_t)>& done) = 0;
    virtual Result<void> add_bytes(const std::string& name, std::string_view bytes) = 0;
    // Makes it durable and gives it its name; `replace`: where there is one already, else that is a conflict.
    virtual Result<void> finish(bool replace) = 0;
};

// Written beside `path` as ".NAME.part", which an interrupted run leaves and the next one clears. `large`: sizes and offsets from here on
// are written in the 64-bit form (APPNOTE 4.5.3); tests make it small.
Result<std::unique_ptr<StoredZip>> make_stored_zip(const std::string& path, std::uint64_t large = 0xFFFFFFFF);

} // namespace dossier
