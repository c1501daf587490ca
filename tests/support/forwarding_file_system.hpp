// A FileSystem that hands everything on, for tests that change one thing about it.
#pragma once

#include "core/filesystem.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace test {

class ForwardingFileSystem : public dossier::FileSystem {
public:
    template <class T> using Result = dossier::Result<T>;
    explicit ForwardingFileSystem(std::shared_ptr<dossier::FileSystem> inner) : inner_(std::move(inner)) {}

    Result<dossier::FileInfo> info(const std::string& path) override { return inner_->info(path); }
    Result<std::string> real_path(const std::string& path) override { return inner_->real_path(path); }
    std::string identity(const std::string& path) override { return inner_->identity(path); }
    Result<std::vector<dossier::FolderEntry>> list(const std::string& folder) override { return inner_->list(folder); }
    Result<std::unique_ptr<dossier::InputFile>> open(const std::string& path) override { return inner_->open(path); }
    Result<std::unique_ptr<dossier::OutputFile>> create(const std::string& path) override { return inner_->create(path); }
    Result<void> create_folders(const std::string& path) override { return inner_->create_folders(path); }
    Result<void> rename(const std::string& from, const std::string& to) override { return inner_->rename(from, to); }
    Result<void> hard_link(const std::string& from, const std::string& to) override { return inner_->hard_link(from, to); }
    Result<void> remove(const std::string& path) override { return inner_->remove(path); }
    Result<void> remove_tree(const std::string& path) override { return inner_->remove_tree(path); }
    Result<void> sync_folder(const std::string& path) override { return inner_->sync_folder(path); }
    Result<void> make_read_only(const std::string& path) override { return inner_->make_read_only(path); }
    Result<std::unique_ptr<dossier::FileLock>> lock(const std::string& path, double seconds) override {
        return inner_->lock(path, seconds);
    }

private:
    std::shared_ptr<dossier::FileSystem> inner_;
};

} // namespace test
