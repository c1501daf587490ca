// What file systems have in common that are only looked into: archives, packages, documents of a repository.
#pragma once

#include "core/filesystem.hpp"

namespace dossier {

class ReadOnlyFileSystem : public FileSystem {
public:
    Result<std::unique_ptr<OutputFile>> create(const std::string& path) final { return refusal(path); }
    Result<void> create_folders(const std::string& path) final { return refusal(path); }
    Result<void> rename(const std::string& from, const std::string&) final { return refusal(from); }
    Result<void> hard_link(const std::string& from, const std::string&) final { return refusal(from); }
    Result<void> remove(const std::string& path) final { return refusal(path); }
    Result<void> remove_tree(const std::string& path) final { return refusal(path); }
    Result<void> sync_folder(const std::string& path) final { return refusal(path); }
    Result<void> make_read_only(const std::string& path) final { return refusal(path); }
    Result<std::unique_ptr<FileLock>> lock(const std::string& path, double) final { return refusal(path); }

private:
    virtual Error refusal(const std::string& path) const = 0; // why nothing changes here
};

} // namespace dossier
