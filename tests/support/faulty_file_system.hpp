// A FileSystem that fails at the n-th call (of any kind, counted over all files), to see what an interrupted or full disk leaves behind.
#pragma once

#include "core/filesystem.hpp"

#include <atomic>
#include <memory>
#include <string>

namespace test {

class FaultyFileSystem final : public dossier::FileSystem {
public:
    template <class T> using Result = dossier::Result<T>;
    explicit FaultyFileSystem(std::shared_ptr<dossier::FileSystem> inner) : inner_(std::move(inner)) {}

    void fail_at(int call) { // 0 = never
        calls_ = 0;
        fail_at_ = call;
    }
    bool failed() const { return fail_at_ > 0 && calls_ >= fail_at_; }

    Result<dossier::FileInfo> info(const std::string& path) override {
        if (fails()) return error(path);
        return inner_->info(path);
    }
    std::string identity(const std::string& path) override { return inner_->identity(path); }
    Result<std::string> real_path(const std::string& path) override {
        if (fails()) return error(path);
        return inner_->real_path(path);
    }
    Result<std::vector<dossier::FolderEntry>> list(const std::string& folder) override {
        if (fails()) return error(folder);
        return inner_->list(folder);
    }
    Result<std::unique_ptr<dossier::InputFile>> open(const std::string& path) override {
        if (fails()) return error(path);
        return inner_->open(path);
    }
    Result<std::unique_ptr<dossier::OutputFile>> create(const std::string& path) override {
        if (fails()) return error(path);
        auto file = inner_->create(path);
        if (!file) return file.error();
        return std::unique_ptr<dossier::OutputFile>(std::make_unique<Output>(*this, std::move(*file)));
    }
    Result<void> create_folders(const std::string& path) override { return fails() ? error(path) : inner_->create_folders(path); }
    Result<void> rename(const std::string& from, const std::string& to) override {
        return fails() ? error(from) : inner_->rename(from, to);
    }
    Result<void> hard_link(const std::string& from, const std::string& to) override {
        return fails() ? error(from) : inner_->hard_link(from, to);
    }
    Result<void> remove(const std::string& path) override { return fails() ? error(path) : inner_->remove(path); }
    Result<void> remove_tree(const std::string& path) override { return fails() ? error(path) : inner_->remove_tree(path); }
    Result<void> sync_folder(const std::string& path) override { return fails() ? error(path) : inner_->sync_folder(path); }
    Result<void> make_read_only(const std::string& path) override { return fails() ? error(path) : inner_->make_read_only(path); }
    Result<std::unique_ptr<dossier::FileLock>> lock(const std::string& path, double seconds) override {
        if (fails()) return error(path);
        return inner_->lock(path, seconds);
    }

private:
    class Output final : public dossier::OutputFile {
    public:
        Output(FaultyFileSystem& owner, std::unique_ptr<dossier::OutputFile> inner) : owner_(owner), inner_(std::move(inner)) {}
        Result<void> write(std::string_view bytes) override {
            if (!owner_.fails()) return inner_->write(bytes);
            (void)inner_->write(bytes.substr(0, bytes.size() / 2)).has_value(); // a short write before the error
            return error("write");
        }
        Result<void> sync() override { return owner_.fails() ? error("sync") : inner_->sync(); }
        Result<void> close() override { return owner_.fails() ? error("close") : inner_->close(); }

    private:
        FaultyFileSystem& owner_;
        std::unique_ptr<dossier::OutputFile> inner_;
    };

    // The n-th call fails and every later one too, as on a disk that is full or gone.
    bool fails() { return ++calls_ >= fail_at_ && fail_at_ > 0; }
    static dossier::Error error(const std::string& path) {
        return {dossier::ErrorKind::io, "cannot write: no space left on device (injected)", {path}};
    }

    std::shared_ptr<dossier::FileSystem> inner_;
    std::atomic<int> calls_{0};
    int fail_at_ = 0;
};

} // namespace test
