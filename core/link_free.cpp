#include "core/link_free.hpp"

#include <cerrno>
#include <optional>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/disk_file.hpp"
#include "core/path.hpp"
#include "core/read_only_file_system.hpp"
#include "core/text.hpp"

namespace dossier {

int disk::open_part_by_part(int folder, const std::string& rest, int flags) {
    const std::vector<std::string> parts = path::parts(rest);
    Descriptor here(::dup(folder));
    for (std::size_t i = 0; i < parts.size() && here.get() >= 0; ++i) {
        struct stat status {};
        if (::fstatat(here.get(), parts[i].c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode)) {
            errno = ELOOP; // O_DIRECTORY says something else
            return -1;
        }
        const int wanted = i + 1 == parts.size() ? flags : O_PATH | O_DIRECTORY;
        here.reset(::openat(here.get(), parts[i].c_str(), wanted | O_NOFOLLOW | O_CLOEXEC));
    }
    return here.release();
}

namespace {

using disk::Descriptor;

Error is_link(const std::string& path) {
    return Error(ErrorKind::invalid, "it is a link, or lies behind one; links in a package are not followed", {path},
                 "put the file itself there");
}

// Of `rest`, below `folder`, which are parts of names without ".."; errno is ELOOP where a link is in the way.
int open_below(const std::string& folder, const std::string& rest, int flags) {
    const Descriptor base(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (base.get() < 0) return -1;
    open_how how{};
    how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;
    const long fd = ::syscall(SYS_openat2, base.get(), rest.c_str(), &how, sizeof how);
    if (fd < 0 && (errno == ENOSYS || errno == EPERM || errno == E2BIG)) return disk::open_part_by_part(base.get(), rest, flags);
    return static_cast<int>(fd);
}

class LinkFreeDisk final : public ReadOnlyFileSystem {
public:
    LinkFreeDisk(FileSystem& disk, std::string folder) : disk_(disk), folder_(std::move(folder)) {}

    Result<FileInfo> info(const std::string& path) override {
        const auto place = find(path);
        if (!place) return disk_.info(path);
        const Descriptor parent(open_parent(*place));
        struct stat status {};
        const std::string name = path::file_name(place->rest);
        if (parent.get() < 0 || ::fstatat(parent.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return failed("find", path);
        return disk::to_info(status, path);
    }
    Result<std::string> real_path(const std::string& path) override { return disk_.real_path(path); }
    Result<std::vector<FolderEntry>> list(const std::string& folder) override {
        const auto place = find(folder);
        if (!place) return disk_.list(folder);
        const int fd = open_below(place->base, place->rest, O_RDONLY | O_DIRECTORY);
        if (fd < 0) return failed("list", folder);
        return disk::entries_of(fd, folder);
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        const auto place = find(path);
        if (!place) return disk_.open(path);
        // Without waiting: opening a pipe waits for a writer.
        const int fd = open_below(place->base, place->rest, O_RDONLY | O_NONBLOCK | O_NOCTTY);
        if (fd < 0) return failed("open", path);
        return disk::input_of(fd, path);
    }

private:
    struct Inside {
        std::string base, rest; // an entry of the folder, and the way from there
    };

    // None: it is not inside an entry of the folder.
    std::optional<Inside> find(const std::string& given) const {
        const std::string path = path::normalise(given);
        const std::string start = path::normalise(folder_) + "/";
        if (!starts_with(path, start)) return std::nullopt;
        const std::size_t slash = path.find('/', start.size());
        if (slash == std::string::npos) return std::nullopt;
        return Inside{path.substr(0, slash), path.substr(slash + 1)};
    }

    static int open_parent(const Inside& place) {
        const std::string parent = path::parent(place.rest);
        if (parent.empty()) return ::open(place.base.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        return open_below(place.base, parent, O_PATH | O_DIRECTORY);
    }

    static Error failed(const std::string& what, const std::string& path) {
        return errno == ELOOP ? is_link(path) : disk::system_error(what, path, errno);
    }
    Error refusal(const std::string& path) const override { return Error(ErrorKind::unsupported, "packages are only read here", {path}); }

    FileSystem& disk_;
    std::string folder_;
};

} // namespace

std::shared_ptr<FileSystem> without_links(FileSystem& fs, std::string folder) {
    if (&fs != make_disk_file_system().get()) return std::shared_ptr<FileSystem>(std::shared_ptr<FileSystem>(), &fs);
    return std::make_shared<LinkFreeDisk>(fs, std::move(folder));
}

} // namespace dossier
