// The in-memory double: same contract as the disk, without links.
#include "core/filesystem.hpp"

#include <algorithm>
#include <cstring>
#include <map>

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

class MemoryLock final : public FileLock {};

class MemoryFileSystem final : public FileSystem {
public:
    Result<FileInfo> info(const std::string& path) override {
        const std::string key = path::normalise(path);
        const auto found = nodes_.find(key);
        if (found == nodes_.end() && !key.empty() && key != "/") return missing(path);
        FileInfo result;
        result.kind = found != nodes_.end() && found->second ? FileKind::file : FileKind::folder;
        if (result.kind == FileKind::file) result.size = found->second->size();
        return result;
    }
    Result<std::vector<FolderEntry>> list(const std::string& folder) override {
        DOSSIER_TRY(const FileInfo what, info(folder));
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
        const auto found = nodes_.find(path::normalise(path));
        if (found == nodes_.end() || !found->second) return missing(path);
        return std::unique_ptr<InputFile>(std::make_unique<MemoryInput>(found->second));
    }
    Result<std::unique_ptr<OutputFile>> create(const std::string& path) override {
        const std::string key = path::normalise(path);
        if (nodes_.count(key) > 0) return Error(ErrorKind::conflict, "cannot create: it exists already", {path});
        const std::string folder = path::parent(key);
        if (!folder.empty() && folder != "/" && nodes_.count(folder) == 0) return missing(folder);
        nodes_[key] = std::make_shared<std::string>();
        return std::unique_ptr<OutputFile>(std::make_unique<MemoryOutput>(nodes_[key]));
    }
    Result<void> create_folders(const std::string& path) override {
        for (std::string at = path::normalise(path); !at.empty() && at != "/"; at = path::parent(at)) {
            const auto found = nodes_.find(at);
            if (found != nodes_.end() && found->second) return Error(ErrorKind::conflict, "a file is in the way", {at});
            nodes_[at] = nullptr;
        }
        return {};
    }
    Result<void> rename(const std::string& from, const std::string& to) override {
        const std::string old_key = path::normalise(from), new_key = path::normalise(to);
        if (nodes_.count(old_key) == 0) return missing(from);
        const auto target = nodes_.find(new_key);
        if (target != nodes_.end() && !target->second) return Error(ErrorKind::conflict, "a folder is in the way", {to});
        std::map<std::string, Bytes> moved;
        for (auto it = nodes_.begin(); it != nodes_.end();) {
            if (it->first == old_key || it->first.rfind(old_key + "/", 0) == 0) {
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
        const auto found = nodes_.find(path::normalise(from));
        if (found == nodes_.end() || !found->second) return missing(from);
        if (nodes_.count(path::normalise(to)) > 0) return Error(ErrorKind::conflict, "it exists already", {to});
        nodes_[path::normalise(to)] = found->second;
        return {};
    }
    Result<void> remove(const std::string& path) override {
        const std::string key = path::normalise(path);
        if (nodes_.count(key) == 0) return missing(path);
        for (const auto& node : nodes_)
            if (node.first.rfind(key + "/", 0) == 0) return Error(ErrorKind::conflict, "the folder is not empty", {path});
        nodes_.erase(key);
        return {};
    }
    Result<void> remove_tree(const std::string& path) override {
        const std::string key = path::normalise(path);
        for (auto it = nodes_.begin(); it != nodes_.end();)
            it = it->first == key || it->first.rfind(key + "/", 0) == 0 ? nodes_.erase(it) : std::next(it);
        return {};
    }
    Result<void> sync_folder(const std::string& path) override {
        DOSSIER_CHECK(info(path));
        return {};
    }
    Result<void> make_read_only(const std::string& path) override { return sync_folder(path); }
    Result<std::unique_ptr<FileLock>> lock(const std::string&, double) override {
        return std::unique_ptr<FileLock>(std::make_unique<MemoryLock>());
    }

private:
    static Error missing(const std::string& path) { return Error(ErrorKind::not_found, "cannot find it: no such file or folder", {path}); }
    std::map<std::string, Bytes> nodes_; // null = folder
};

} // namespace

std::shared_ptr<FileSystem> make_memory_file_system() { return std::make_shared<MemoryFileSystem>(); }

} // namespace dossier
