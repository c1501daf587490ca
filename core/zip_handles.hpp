// Internal to core/zip*.cpp: where an archive's bytes are, handles on them, and reading one entry.
#pragma once

#include "core/filesystem.hpp"
#include "core/zip_library.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace dossier::zip_library {

// libzip's handles are for one thread at a time, so that each open entry borrows one of its own; further ones are opened when needed and
// skip the consistency checks, which the first has passed.
class Handles {
public:
    Handles(std::string path, std::shared_ptr<const std::string> bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {}

    const std::string& path() const { return path_; }
    Result<std::unique_ptr<InputFile>> open_bytes(); // the archive's own bytes; call it first
    Result<Archive> borrow();                        // conflict when the file was changed since open_bytes()
    void give_back(Archive archive);

private:
    using State = std::pair<std::uint64_t, std::int64_t>; // size, time of change

    Result<Archive> open();
    bool read_state(State& state) const;

    std::string path_;
    std::shared_ptr<const std::string> bytes_; // null: the file at path_
    State state_;
    std::mutex mutex_;
    std::vector<Archive> idle_;
};

struct Known {
    std::uint64_t index = 0;
    std::uint64_t size = 0;
    bool is_stored = false;
    std::shared_ptr<const Error> fault; // why it is not to be read; null: it may be
};

std::unique_ptr<InputFile> open_entry(std::shared_ptr<Handles> handles, const std::string& name, const Known& known);

} // namespace dossier::zip_library
