// What the views of the disk share: descriptors, the reading of an open file and of an open folder. For core/filesystem.cpp and
// core/link_free.cpp alone.
#pragma once

#include "core/filesystem.hpp"

struct stat; // of the system

namespace dossier::disk {

Error system_error(const std::string& what, const std::string& path, int code);

// Closed when destroyed.
class Descriptor {
public:
    explicit Descriptor(int value = -1) : value_(value) {}
    ~Descriptor() { reset(-1); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return value_; }
    int release();
    void reset(int value);

private:
    int value_;
};

FileInfo to_info(const struct ::stat& status, const std::string& path);

Error is_device(const std::string& path); // a device or pipe, where a file is wanted

// Takes `fd`, negative or open, and what the last call of the system left in errno; a folder, device or pipe is an error.
Result<std::unique_ptr<InputFile>> input_of(int fd, const std::string& path);
Result<std::vector<FolderEntry>> entries_of(int fd, const std::string& folder);

// Opens `rest`, relative and without "..", below an open folder, one part after the other; -1 with errno ELOOP where a link is in the way.
// For systems that cannot do it in one call.
int open_part_by_part(int folder, const std::string& rest, int flags);

} // namespace dossier::disk
