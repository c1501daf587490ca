// An archive as a read-only FileSystem.
#include <map>

#include "core/path.hpp"
#include "core/read_only_file_system.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"

namespace dossier {

namespace {

class ZipFileSystem final : public ReadOnlyFileSystem {
public:
    explicit ZipFileSystem(std::unique_ptr<ZipReader> reader) : reader_(std::move(reader)) {
        folders_[""];
        for (const ZipEntry& entry : reader_->entries()) {
            if (entry.is_folder) {
                add_folder(entry.name.substr(0, entry.name.size() - 1));
            } else {
                sizes_[entry.name] = entry.size;
                add_to_folder(entry.name, FileKind::file);
            }
        }
    }
    Result<FileInfo> info(const std::string& path) override {
        const std::string key = path::normalise(path);
        FileInfo result;
        if (const auto file = sizes_.find(key); file != sizes_.end()) {
            result.kind = FileKind::file;
            result.size = file->second;
            return result;
        }
        if (folders_.count(key) == 0) return missing(path);
        result.kind = FileKind::folder;
        return result;
    }
    Result<std::vector<FolderEntry>> list(const std::string& folder) override {
        const auto found = folders_.find(path::normalise(folder));
        if (found == folders_.end()) return missing(folder);
        std::vector<FolderEntry> entries;
        for (const auto& [name, kind] : found->second) entries.push_back({name, kind});
        return entries;
    }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) override {
        const std::string key = path::normalise(path);
        if (folders_.count(key) > 0) return Error(ErrorKind::invalid, "this is a folder, a file is wanted", {path});
        if (sizes_.count(key) == 0) return missing(path);
        return reader_->open(key);
    }

private:
    static Error missing(const std::string& path) { return Error(ErrorKind::not_found, "cannot find it: no such file or folder", {path}); }
    Error refusal(const std::string& path) const override {
        return Error(ErrorKind::denied, "this lies in a ZIP archive, which is read and never changed", {path}, "unpack the archive first");
    }
    void add_folder(const std::string& path) {
        if (!folders_.try_emplace(path).second) return;
        add_to_folder(path, FileKind::folder);
    }
    void add_to_folder(const std::string& path, FileKind kind) {
        const std::string folder = path::parent(path);
        add_folder(folder);
        folders_[folder][path::file_name(path)] = kind;
    }

    std::unique_ptr<ZipReader> reader_;
    std::map<std::string, std::uint64_t> sizes_;
    std::map<std::string, std::map<std::string, FileKind>> folders_;
};

} // namespace

std::shared_ptr<FileSystem> make_zip_file_system(std::unique_ptr<ZipReader> reader) {
    return std::make_shared<ZipFileSystem>(std::move(reader));
}

} // namespace dossier
