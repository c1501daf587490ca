// Facts that were read before, by SHA-256 of the file: packed bytes in 256 small files, chosen by the first byte of the digest. Whatever is
// wrong with them (cut off, changed, of another form) is as if it were not there; they are replaced as a whole, never half. Nothing is kept
// of files that could not be read: what failed once may do so no more. Not thread safe; several programs may use one folder.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::ectd::content {

class Cache {
public:
    // No `fs`: keeps nothing. `most`: bytes of one of the 256 files; the oldest facts make room.
    Cache(FileSystem* fs, std::string folder, std::uint64_t most = 1u << 20) : fs_(fs), folder_(std::move(folder)), most_(most) {}
    ~Cache() { save(); }
    Cache(const Cache&) = delete;
    Cache& operator=(const Cache&) = delete;

    // Cheap when asked in the order of the digests: one file is held at a time.
    std::optional<std::string> find(const Sha256& digest);
    void keep(const Sha256& digest, std::string facts);
    void save(); // what was kept since the last time

private:
    using Entries = std::map<Sha256, std::string>;
    std::string path_of(int part) const;
    std::string load(int part) const;
    void save(int part, Entries fresh);

    FileSystem* fs_;
    std::string folder_;
    std::uint64_t most_;
    int part_ = -1;    // that is held
    std::string held_; // its bytes
    std::map<Sha256, std::string_view> index_;
    std::map<int, Entries> fresh_;
    std::uint64_t fresh_bytes_ = 0;
};

} // namespace dossier::ectd::content
