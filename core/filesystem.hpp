// The one seam to the disk. Everything that reads or writes files goes through FileSystem, so that tests can use memory and
// inject faults. Paths are UTF-8 text with '/'. Not thread safe for one file; different files from different threads are fine.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

enum class FileKind { file, folder, link, other };

struct FileInfo {
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;                // bytes, of a file
    std::int64_t modified_nanoseconds = 0; // since 1970, UTC; any program may set it
    std::int64_t changed_nanoseconds = 0;  // the same, of the last change to bytes, name or rights; nobody can set it; 0 = not known
};

struct FolderEntry {
    std::string name; // one part, exactly as stored
    FileKind kind = FileKind::other;
};

class InputFile {
public:
    virtual ~InputFile() = default;
    virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0; // 0 = end
    virtual Result<void> seek(std::uint64_t offset) = 0;
    virtual std::uint64_t size() const = 0;
    // Of the system, with the same bytes from offset 0 on: to hand to a worker process (core/worker.hpp). -1 where there is none.
    virtual int descriptor() const { return -1; }
};

// Bytes are there for other readers after close(), and there after a power cut after sync(). Destroyed without close(): the
// file stays as far as it was written; the caller removes it.
class OutputFile {
public:
    virtual ~OutputFile() = default;
    virtual Result<void> write(std::string_view bytes) = 0;
    virtual Result<void> sync() = 0;
    virtual Result<void> close() = 0;
};

// Held until destroyed; released by the system when the process dies.
class FileLock {
public:
    virtual ~FileLock() = default;
};

class FileSystem {
public:
    virtual ~FileSystem() = default;
    virtual Result<FileInfo> info(const std::string& path) = 0; // does not follow a link in the last part; not_found
    // Absolute, with every link in it followed: where the file really lies; not_found. Without links: the normalised path.
    virtual Result<std::string> real_path(const std::string& path);
    // Stands for the bytes of a file: as long as it is the same text, they are the same bytes. Empty where nobody can say that. Links are
    // followed.
    virtual std::string identity(const std::string& path);
    virtual Result<std::vector<FolderEntry>> list(const std::string& folder) = 0; // sorted by name, bytewise
    virtual Result<std::unique_ptr<InputFile>> open(const std::string& path) = 0;
    virtual Result<std::unique_ptr<OutputFile>> create(const std::string& path) = 0; // conflict when it exists
    // The same, and from its first byte on only the user himself can read it (mode 0600), where the system knows such rights.
    virtual Result<std::unique_ptr<OutputFile>> create_private(const std::string& path) { return create(path); }
    virtual Result<void> create_folders(const std::string& path) = 0;                // with parents; fine when there
    virtual Result<void> rename(const std::string& from, const std::string& to) = 0; // replaces a file, never a folder
    // Swaps two names at one instant; unsupported where the system cannot.
    virtual Result<void> exchange(const std::string& first, const std::string& second);
    virtual Result<void> hard_link(const std::string& from, const std::string& to) = 0;
    virtual Result<void> remove(const std::string& path) = 0;      // a file or an empty folder; not_found
    virtual Result<void> remove_tree(const std::string& path) = 0; // fine when not there; follows no links
    virtual Result<void> sync_folder(const std::string& path) = 0; // makes its entries durable
    // Makes everything written below the folder so far durable, in one go.
    virtual Result<void> sync_tree(const std::string& path) { return sync_folder(path); }
    virtual Result<void> make_read_only(const std::string& path) = 0;
    // Exclusive (shared among those who may only read the file), waits up to `seconds`; conflict when somebody else keeps it. A folder
    // is locked itself, a file is made when it is not there.
    virtual Result<std::unique_ptr<FileLock>> lock(const std::string& path, double seconds) = 0;
};

std::shared_ptr<FileSystem> make_disk_file_system();

// An in-memory double with the same contract (no links); for tests and for planning.
std::shared_ptr<FileSystem> make_memory_file_system();

// ---- conveniences over the seam ----
bool exists(FileSystem& fs, const std::string& path);
bool is_folder(FileSystem& fs, const std::string& path);
std::string current_folder(); // of the process, absolute
constexpr std::uint64_t read_limit_default = 256u << 20;
Result<std::string> read_file(FileSystem& fs, const std::string& path, std::uint64_t limit = read_limit_default);
Result<void> write_new_file(FileSystem& fs, const std::string& path, std::string_view bytes); // conflict when it exists
// Temporary name beside it, sync, rename, sync of the folder: old content or new content, never half.
Result<void> write_file_durably(FileSystem& fs, const std::string& path, std::string_view bytes);
// Calls `use` with consecutive pieces of the file.
Result<void> read_pieces(FileSystem& fs, const std::string& path, const std::function<Result<void>(std::string_view)>& use);

struct TreeEntry {
    std::string path; // relative to the folder asked for
    FileKind kind = FileKind::other;
    std::uint64_t size = 0;
};
// Everything below `folder`, parents before children, sorted bytewise; links are listed and not followed.
Result<std::vector<TreeEntry>> list_tree(FileSystem& fs, const std::string& folder);

// The same as far as it can be read: of a folder that cannot be listed, or lies deeper than 100, why ("" is `folder` itself). A file whose
// size is not told has the size 0.
struct TreeGap {
    std::string path;
    Error error;
};
std::vector<TreeEntry> list_readable_tree(FileSystem& fs, const std::string& folder, std::vector<TreeGap>& gaps);

} // namespace dossier
