// The disk behind the seam: Boost.Filesystem for names and folders, POSIX for what must be durable.
#include "core/filesystem.hpp"

#include <cerrno>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/filesystem.hpp>

#include "core/disk_file.hpp"
#include "core/file_identity.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

namespace bfs = boost::filesystem;
using disk::Descriptor;
using disk::system_error;

class DiskOutput final : public OutputFile {
public:
    DiskOutput(int fd, std::string path) : fd_(fd), path_(std::move(path)) {}
    Result<void> write(std::string_view bytes) override {
        while (!bytes.empty()) {
            const ssize_t put = ::write(fd_.get(), bytes.data(), bytes.size());
            if (put < 0 && errno == EINTR) continue;
            if (put < 0) return system_error("write", path_, errno);
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return {};
    }
    Result<void> sync() override {
        // A failed fsync is final: the kernel may have dropped the pages, a second call would lie.
        if (::fsync(fd_.get()) != 0) return system_error("sync", path_, errno);
        return {};
    }
    Result<void> close() override {
        const int fd = fd_.release();
        if (fd >= 0 && ::close(fd) != 0 && errno != EINTR) return system_error("close", path_, errno);
        return {};
    }

private:
    Descriptor fd_;
    std::string path_;
};

class DiskLock final : public FileLock {
public:
    explicit DiskLock(int fd) : fd_(fd) {}

private:
    Descriptor fd_;
};

class DiskFileSystem final : public FileSystem {
public:
    Result<FileInfo> info(const std::string& path) override {
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0) return system_error("find", path, errno);
        return disk::to_info(status, path);
    }

    std::string identity(const std::string& path) override { return file_identity(path); }

    Result<std::string> real_path(const std::string& path) override {
        boost::system::error_code error;
        const bfs::path real = bfs::canonical(path.empty() ? "." : path, error);
        if (error) return system_error("find", path, error.value());
        return real.string();
    }

    Result<std::vector<FolderEntry>> list(const std::string& folder) override {
        return disk::entries_of(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), folder);
    }

    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        // Asked before it is opened: opening a pipe waits for a writer, and a device has no end.
        struct stat status {};
        if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return disk::is_device(path);
        return disk::input_of(::open(path.c_str(), O_RDONLY | O_CLOEXEC), path);
    }

    Result<std::unique_ptr<OutputFile>> create(const std::string& path) override { return create(path, 0644); }
    Result<std::unique_ptr<OutputFile>> create_private(const std::string& path) override { return create(path, 0600); }

    Result<void> create_folders(const std::string& path) override {
        if (path::normalise(path).empty()) return {}; // also ".", which Boost refuses
        boost::system::error_code error;
        bfs::create_directories(path, error);
        if (error.value() == ENOTDIR) return Error(ErrorKind::conflict, "cannot create the folder: a file is in the way", {path});
        if (error) return system_error("create the folder", path, error.value());
        return {};
    }

    Result<void> rename(const std::string& from, const std::string& to) override {
        struct stat source {
        }, target{};
        if (::lstat(from.c_str(), &source) != 0) return system_error("rename to " + to, from, errno);
        // The system would replace an empty folder by a folder.
        if (::lstat(to.c_str(), &target) == 0 && (S_ISDIR(target.st_mode) || S_ISDIR(source.st_mode)))
            return Error(ErrorKind::conflict, fill("cannot rename {}: the target is there already", from), {to});
        if (::rename(from.c_str(), to.c_str()) != 0) return system_error("rename to " + to, from, errno);
        return {};
    }

    Result<void> exchange(const std::string& first, const std::string& second) override {
        if (::renameat2(AT_FDCWD, first.c_str(), AT_FDCWD, second.c_str(), RENAME_EXCHANGE) == 0) return {};
        if (errno == EINVAL || errno == ENOSYS) return FileSystem::exchange(first, second);
        return system_error("swap with " + second, first, errno);
    }

    Result<void> hard_link(const std::string& from, const std::string& to) override {
        if (::link(from.c_str(), to.c_str()) != 0) return system_error("link to " + to, from, errno);
        return {};
    }

    Result<void> remove(const std::string& path) override {
        if (::remove(path.c_str()) != 0) return system_error("remove", path, errno);
        return {};
    }

    Result<void> remove_tree(const std::string& path) override {
        boost::system::error_code error;
        bfs::remove_all(path, error);
        if (error && error.value() != ENOENT) return system_error("remove", path, error.value());
        return {};
    }

    Result<void> sync_folder(const std::string& path) override {
        const Descriptor fd(::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (fd.get() < 0 || ::fsync(fd.get()) != 0) return system_error("sync the folder", path, errno);
        return {};
    }

    Result<void> sync_tree(const std::string& path) override {
        const Descriptor fd(::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (fd.get() < 0 || ::syncfs(fd.get()) != 0) return system_error("sync the folder", path, errno);
        return {};
    }

    Result<void> make_read_only(const std::string& path) override {
        if (::chmod(path.c_str(), 0444) != 0) return system_error("protect", path, errno);
        return {};
    }

    Result<std::unique_ptr<FileLock>> lock(const std::string& path, double seconds) override {
        struct stat status {};
        const bool folder = ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        Descriptor fd(::open(path.c_str(), folder ? O_RDONLY | O_DIRECTORY | O_CLOEXEC : O_RDWR | O_CREAT | O_CLOEXEC, 0644));
        const bool reads_only = fd.get() < 0 && (errno == EACCES || errno == EROFS); // he keeps writers out, not others like him
        if (reads_only) fd.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (fd.get() < 0) return system_error("lock", path, errno);
        const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        while (::flock(fd.get(), (reads_only ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
            if (errno != EWOULDBLOCK && errno != EINTR) return system_error("lock", path, errno);
            if (std::chrono::steady_clock::now() >= until)
                return Error(ErrorKind::conflict, "another dossier process is writing here", {path}, "wait until it is done and run again");
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return std::unique_ptr<FileLock>(std::make_unique<DiskLock>(fd.release()));
    }

private:
    static Result<std::unique_ptr<OutputFile>> create(const std::string& path, mode_t mode) {
        const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd < 0) return system_error("create", path, errno);
        return std::unique_ptr<OutputFile>(std::make_unique<DiskOutput>(fd, path));
    }
};

} // namespace

std::string current_folder() {
    boost::system::error_code error;
    return bfs::current_path(error).string();
}

std::shared_ptr<FileSystem> make_disk_file_system() {
    static const auto disk = std::make_shared<DiskFileSystem>();
    return disk;
}

} // namespace dossier
