#include "core/file_identity.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "core/text.hpp"

namespace dossier {

namespace {

// Local ones that stamp a change when it happens. XFS, ZFS and bcachefs are not in <linux/magic.h> everywhere.
constexpr std::array<unsigned long, 9> trusted{EXT4_SUPER_MAGIC,      XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC, F2FS_SUPER_MAGIC, TMPFS_MAGIC,
                                               OVERLAYFS_SUPER_MAGIC, 0x2fc12fc1,      0xca451a4e,        RAMFS_MAGIC};

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }

// Old ext3 and some disks count whole seconds.
constexpr std::int64_t coarsest_tick = 2'000'000'000;

} // namespace

bool keeps_change_times(std::uint64_t device, const std::string& path) {
    thread_local std::pair<std::uint64_t, bool> last{0, false}; // nearly all files of a run lie on one
    if (last.first == device && device != 0) return last.second;
    struct statfs system {};
    if (::statfs(path.c_str(), &system) != 0) return false;
    const auto type = static_cast<unsigned long>(system.f_type) & 0xffffffffUL;
    last = {device, std::find(trusted.begin(), trusted.end(), type) != trusted.end()};
    return last.second;
}

std::string file_identity(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode) || !keeps_change_times(status.st_dev, path)) return {};
    const std::int64_t changed = nanoseconds(status.st_ctim);
    const auto now = std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    if (changed + coarsest_tick > now) return {};
    return fill("{}:{}:{}:{}:{}", std::uint64_t{status.st_dev}, std::uint64_t{status.st_ino}, std::int64_t{status.st_size},
                nanoseconds(status.st_mtim), changed);
}

} // namespace dossier
