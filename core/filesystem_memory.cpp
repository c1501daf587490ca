// The in-memory double: same contract as the disk, without links.
#include "core/filesystem.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "core/path.hpp"

namespace dossier {

namespace {

using Bytes = std::shared_ptr<std::string>;

class MemoryInput final : public InputFile {
public:
    explicit MemoryInput(Bytes bytes) : bytes_(std::move(bytes)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        const std::size_t count = std::min(size, bytes_->size() - std::min(at_, bytes_->size()));
        std::memcpy(buffer, bytes_->data() + at_, count);
        at_ += count;
        return count;
    }
    Result<void> seek(std::uint64_t offset) override {
        at_ = std::min<std::size_t>(offset, bytes_->size());
        return {};
    }
    std::uint64_t size() const override { return bytes_->size(); }

private:
    Bytes bytes_;
    std::size_t at_ = 0;
};

class MemoryOutput final : public OutputFile {
public:
    explicit MemoryOutput(Bytes bytes) : bytes_(std::move(bytes)) {}
    Result<void> write(std::string_view bytes) override {
        bytes_->append(bytes);
        return {};
    }
    Result<void> sync() override { return {}; }
    Result<void> close() override { return {}; }

private:
    Bytes bytes_;
};

// Paths that are locked now; shared with the locks, which may outlive the file system.
struct Locked {
    std::mutex mutex;
    std::set<std::string> paths;
};

class MemoryLock final : public FileLock {
public:
    MemoryLock(std::shared_ptr<Locked> locked, std::string path) : locked_(std::move(locked)), path_(std::move(path)) {}
    ~MemoryLock() override {
        const std::lock_guard<std::mutex> hold(locked_->mutex);
        locked_->paths.erase(path_);
    }

private:
    std::shared_ptr<Locked> locked_;
    std::string path_;
};

class MemoryFileSystem final : public FileSystem {
public:
    Result<FileInfo> info(const std::string& path) override {
        const Hold hold(mutex_);
        return info_held(path);
    }
    Result<std::vector<FolderEntry>> list(const std::string& folder) override {
        const Hold hold(mutex_);
        DOSSIER_TRY(const FileInfo what, info_held(folder));
        if (what.kind != FileKind::folder) return Error(ErrorKind::not_found, "this is a file, a folder is wanted", {folder});
        const std::string key = path::normalise(folder);
        std::vector<FolderEntry> entries;
        for (const auto& [name, bytes] : nodes_)
            if (path::parent(name) == key && name != "/")
                entries.push_back({path::file_name(name), bytes ? FileKind::file : FileKind::folder});
        std::sort(entries.begin(), entries.end(), [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
        return entries;
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        const Hold hold(mutex_);
        DOSSIER_TRY(const FileInfo what, info_held(path));
        if (what.kind == FileKind::folder) return Error(ErrorKind::invalid, "this is a folder, a file is wanted", {path});
        return std::unique_ptr<InputFile>(std::make_unique<MemoryInput>(nodes_[path::normalise(path)]));
    }
    Result<std::unique_ptr<OutputFile>> create(const std::string& path) override {
        const Hold hold(mutex_);
        const std::string key = path::normalise(path);
        if (nodes_.count(key) > 0) return Error(ErrorKind::conflict, "cannot create: it exists already", {path});
        if (!has_parent(key)) return missing(path::parent(key));
        nodes_[key] = std::make_shared<std::string>();
        return std::unique_ptr<OutputFile>(std::make_unique<MemoryOutput>(nodes_[key]));
    }
    Result<void> create_folders(const std::string& path) override {
        const Hold hold(mutex_);
        std::vector<std::string> wanted;
        for (std::string at = path::normalise(path); !at.empty() && at != "/"; at = path::parent(at)) {
            const auto found = nodes_.find(at);
            if (found != nodes_.end() && found->second) return Error(ErrorKind::conflict, "a file is in the way", {at});
            wanted.push_back(at);
        }
        for (const std::string& folder : wanted) nodes_[folder] = nullptr;
        return {};
    }
    Result<void> rename(const std::string& from, const std::string& to) override {
        const Hold hold(mutex_);
        const std::string old_key = path::normalise(from), new_key = path::normalise(to);
        const auto source = nodes_.find(old_key);
        if (source == nodes_.end()) return missing(from);
        const auto target = nodes_.find(new_key);
        if (target != nodes_.end() && (!target->second || !source->second))
            return Error(ErrorKind::conflict, "cannot rename: the target is there already", {to});
        if (!has_parent(new_key)) return missing(path::parent(new_key));
        if (path::is_below(new_key, old_key)) return Error(ErrorKind::io, "cannot rename a folder into itself", {to});
        std::map<std::string, Bytes> moved;
        for (auto it = nodes_.begin(); it != nodes_.end();) {
            if (it->first == old_key || path::is_below(it->first, old_key)) {
                moved[new_key + it->first.substr(old_key.size())] = it->second;
                it = nodes_.erase(it);
            } else {
                ++it;
            }
        }
        for (auto& [name, bytes] : moved) nodes_[name] = bytes;
        return {};
    }
    Result<void> hard_link(const std::string& from, const std::string& to) override {
        const Hold hold(mutex_);
        const auto found = nodes_.find(path::normalise(from));
        if (found == nodes_.end() || !found->second) return missing(from);
        const std::string key = path::normalise(to);
        if (nodes_.count(key) > 0) return Error(ErrorKind::conflict, "it exists already", {to});
        if (!has_parent(key)) return missing(path::parent(key));
        nodes_[key] = found->second;
        return {};
    }
    Result<void> remove(const std::string& path) override {
        const Hold hold(mutex_);
        const std::string key = path::normalise(path);
        if (nodes_.count(key) == 0) return missing(path);
        for (const auto& node : nodes_)
            if (path::is_below(node.first, key)) return Error(ErrorKind::conflict, "the folder is not empty", {path});
        nodes_.erase(key);
        return {};
    }
    Result<void> remove_tree(const std::string& path) override {
        const Hold hold(mutex_);
        const std::string key = path::normalise(path);
        for (auto it = nodes_.begin(); it != nodes_.end();)
            it = it->first == key || path::is_below(it->first, key) ? nodes_.erase(it) : std::next(it);
        return {};
    }
    Result<void> sync_folder(const std::string& path) override {
        DOSSIER_TRY(const FileInfo what, info(path));
        if (what.kind != FileKind::folder) return Error(ErrorKind::not_found, "this is a file, a folder is wanted", {path});
        return {};
    }
    Result<void> make_read_only(const std::string& path) override {
        DOSSIER_CHECK(info(path));
        return {};
    }
    Result<std::unique_ptr<FileLock>> lock(const std::string& path, double seconds) override {
        if (auto made = create(path); !made && made.error().kind != ErrorKind::conflict) return made.error();
        const std::string key = path::normalise(path);
        const auto until = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        for (;;) {
            {
                const Hold hold(locked_->mutex);
                if (locked_->paths.insert(key).second) return std::unique_ptr<FileLock>(std::make_unique<MemoryLock>(locked_, key));
            }
            if (std::chrono::steady_clock::now() >= until)
                return Error(ErrorKind::conflict, "another dossier process is writing here", {path}, "wait until it is done and run again");
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

private:
    using Hold = std::lock_guard<std::mutex>;

    static Error missing(const std::string& path) { return Error(ErrorKind::not_found, "cannot find it: no such file or folder", {path}); }

    // With mutex_ held.
    Result<FileInfo> info_held(const std::string& path) const {
        const std::string key = path::normalise(path);
        const auto found = nodes_.find(key);
        if (found == nodes_.end() && !key.empty() && key != "/") return missing(path);
        FileInfo result;
        result.kind = found != nodes_.end() && found->second ? FileKind::file : FileKind::folder;
        if (result.kind == FileKind::file) result.size = found->second->size();
        return result;
    }
    bool has_parent(const std::string& key) const {
        const std::string folder = path::parent(key);
        const auto found = nodes_.find(folder);
        return folder.empty() || folder == "/" || (found != nodes_.end() && !found->second);
    }

    mutable std::mutex mutex_;
    std::map<std::string, Bytes> nodes_; // null = folder
    std::shared_ptr<Locked> locked_ = std::make_shared<Locked>();
};

} // namespace

std::shared_ptr<FileSystem> make_memory_file_system() { return std::make_shared<MemoryFileSystem>(); }

} // namespace dossier
