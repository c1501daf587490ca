// When two looks at a file of the disk see the same bytes, told without reading them. The time of writing can be put back by anybody (cp
// -p, rsync, archives); the time of the last change (ctime) is the kernel's own, on file systems that have one.
#pragma once

#include <cstdint>
#include <string>

namespace dossier {

// False for FAT and its like, which have none, and for shares, whose times come from elsewhere and late. `path`: a file
// on the device.
bool keeps_change_times(std::uint64_t device, const std::string& path);

// Device, inode, size and both times. Empty: not a file that can be told by them, or one that changed just now: a second change within the
// same tick of the clock would not show.
std::string file_identity(const std::string& path);

} // namespace dossier
