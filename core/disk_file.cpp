#include "core/disk_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file_identity.hpp"
#include "core/text.hpp"

namespace dossier::disk {

Error system_error(const std::string& what, const std::string& path, int code) {
    ErrorKind kind = ErrorKind::io;
    std::string remedy;
    if (code == ENOENT || code == ENOTDIR) kind = ErrorKind::not_found;
    if (code == EEXIST || code == ENOTEMPTY) kind = ErrorKind::conflict;
    if (code == EACCES || code == EPERM || code == EROFS) kind = ErrorKind::denied;
    if (code == ENOSPC || code == EDQUOT) remedy = "make room on the disk and run again";
    if (code == EFBIG) remedy = "files may not grow further in this session: raise its limit (ulimit -f) and run again";
    return Error(kind, fill("cannot {}: {}", what, std::string_view(std::strerror(code))), {path}, remedy);
}

int Descriptor::release() { return std::exchange(value_, -1); }

void Descriptor::reset(int value) {
    if (value_ >= 0) ::close(value_);
    value_ = value;
}

namespace {

class DiskInput final : public InputFile {
public:
    DiskInput(int fd, std::uint64_t size, std::string path) : fd_(fd), size_(size), path_(std::move(path)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        for (;;) {
            const ssize_t got = ::read(fd_.get(), buffer, size);
            if (got >= 0) return static_cast<std::size_t>(got);
            if (errno != EINTR) return system_error("read", path_, errno);
        }
    }
    Result<void> seek(std::uint64_t offset) override {
        if (::lseek(fd_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) return system_error("read", path_, errno);
        return {};
    }
    std::uint64_t size() const override { return size_; }
    int descriptor() const override { return fd_.get(); }

private:
    Descriptor fd_;
    std::uint64_t size_;
    std::string path_;
};

FileKind to_kind(mode_t mode) {
    return S_ISREG(mode) ? FileKind::file : S_ISDIR(mode) ? FileKind::folder : S_ISLNK(mode) ? FileKind::link : FileKind::other;
}

struct CloseFolder {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

// The folder itself says what its entries are, on most disks: to ask each file once more is what thousands of files feel.
FileKind kind_of(const dirent& entry, int folder) {
    if (entry.d_type != DT_UNKNOWN) return to_kind(DTTOIF(entry.d_type));
    struct stat status {};
    return ::fstatat(folder, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 ? to_kind(status.st_mode) : FileKind::other;
}

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }

} // namespace

FileInfo to_info(const struct ::stat& status, const std::string& path) {
    FileInfo result;
    result.kind = to_kind(status.st_mode);
    result.size = static_cast<std::uint64_t>(status.st_size);
    result.modified_nanoseconds = nanoseconds(status.st_mtim);
    if (S_ISREG(status.st_mode) && keeps_change_times(status.st_dev, path)) result.changed_nanoseconds = nanoseconds(status.st_ctim);
    return result;
}

Error is_device(const std::string& path) { return Error(ErrorKind::invalid, "this is a device or pipe, a file is wanted", {path}); }

Result<std::unique_ptr<InputFile>> input_of(int fd, const std::string& path) {
    Descriptor file(fd);
    struct stat status {};
    if (fd < 0 || ::fstat(fd, &status) != 0) {
        Error error = system_error("open", path, errno);
        if (error.kind == ErrorKind::not_found) error.remedy = "look how its name is written, and in which folder it lies";
        return error;
    }
    if (S_ISDIR(status.st_mode)) return Error(ErrorKind::invalid, "this is a folder, a file is wanted", {path});
    if (!S_ISREG(status.st_mode)) return is_device(path);
    return std::unique_ptr<InputFile>(std::make_unique<DiskInput>(file.release(), static_cast<std::uint64_t>(status.st_size), path));
}

Result<std::vector<FolderEntry>> entries_of(int fd, const std::string& folder) {
    Descriptor opened(fd);
    const std::unique_ptr<DIR, CloseFolder> open(fd < 0 ? nullptr : ::fdopendir(fd));
    if (!open) return system_error("list", folder, errno);
    opened.release(); // closed with the folder
    std::vector<FolderEntry> entries;
    for (;;) {
        errno = 0;
        const dirent* const entry = ::readdir(open.get());
        if (!entry && errno != 0) return system_error("list", folder, errno);
        if (!entry) break;
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") entries.push_back({std::string(name), kind_of(*entry, fd)});
    }
    std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    return entries;
}

} // namespace dossier::disk
