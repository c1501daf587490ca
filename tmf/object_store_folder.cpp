// Objects in a folder. The order of one ingest: temporary name in the same tree, stream and hash, read-only, sync, rename to the hash's
// path, sync of every folder that changed. Only then may the ledger name it. Syncs of many files run side by side, which lets the file
// system join them; folders are synced once for all.
#include "tmf/object_store.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t head_size = 512;
const char* const incoming_name = "incoming";
const char* const note_prefix = "placed-"; // in it, one for each put(): the objects it is about to place, a line each

struct Staged {
    std::string temporary;
    StoredObject object;
};

class FolderStore final : public ObjectStore {
public:
    FolderStore(std::shared_ptr<FileSystem> fs, std::string folder) : fs_(std::move(fs)), folder_(std::move(folder)) {}

    std::vector<Result<StoredObject>> put(FileSystem& from, const std::vector<std::string>& paths, int jobs) override {
        if (const auto ready = fs_->create_folders(incoming()); !ready) return failed(paths.size(), ready.error());
        std::vector<Result<Staged>> staged = stage_all(from, paths, jobs);
        if (const auto noted = note_down(staged); !noted) {
            for (const Result<Staged>& item : staged)
                if (item) (void)fs_->remove(item->temporary).has_value();
            return failed(paths.size(), noted.error());
        }
        std::vector<Result<StoredObject>> results;
        results.reserve(paths.size());
        std::set<std::string> changed; // folders to sync
        std::set<Sha256> placed;
        for (Result<Staged>& item : staged) {
            if (!item) {
                results.emplace_back(item.error());
                continue;
            }
            auto done = place(*item, placed, changed);
            if (!done) (void)fs_->remove(item->temporary).has_value();
            if (done)
                results.emplace_back(item->object);
            else
                results.emplace_back(done.error());
        }
        for (const std::string& changed_folder : changed)
            if (const auto synced = fs_->sync_folder(changed_folder); !synced) {
                take_back({placed.begin(), placed.end()});
                return failed(paths.size(), synced.error());
            }
        return results;
    }

    void take_back(const std::vector<Sha256>& objects) override {
        for (const Sha256& sha256 : objects) (void)fs_->remove(path_of(sha256)).has_value();
    }

    Result<std::unique_ptr<InputFile>> open(const Sha256& sha256) override {
        auto file = fs_->open(path_of(sha256));
        if (!file && file.error().kind == ErrorKind::not_found)
            return Error(ErrorKind::not_found, fill("the object {} is not in the repository", sha256.hex()), {},
                         "restore it from a backup: 'dossier tmf check' lists what is missing");
        return file;
    }

    Result<void> link(const Sha256& sha256, const std::string& target) override { return fs_->hard_link(path_of(sha256), target); }

    Result<ObjectListing> list() override {
        ObjectListing listing;
        DOSSIER_TRY(const auto folders, fs_->list(folder_));
        for (const FolderEntry& folder : folders) {
            const std::string path = path::join(folder_, folder.name);
            if (folder.kind != FileKind::folder) {
                listing.strays.push_back(folder.name);
                continue;
            }
            DOSSIER_TRY(const auto files, fs_->list(path));
            for (const FolderEntry& file : files) {
                const auto sha256 = folder.name.size() == 2 ? Sha256::from_hex(folder.name + file.name) : std::nullopt;
                if (!sha256 || file.kind != FileKind::file || sha256->hex() != folder.name + file.name) {
                    listing.strays.push_back(path::join(folder.name, file.name));
                    continue;
                }
                DOSSIER_TRY(const FileInfo info, fs_->info(path::join(path, file.name)));
                listing.objects.push_back({*sha256, info.size});
            }
        }
        return listing;
    }

    void settle() override {
        for (const std::string& note : notes_) (void)fs_->remove(note).has_value();
        notes_.clear();
    }

    Result<void> clean(const std::function<Result<bool>(const Sha256&)>& is_named) override {
        if (!exists(*fs_, incoming())) return {};
        DOSSIER_TRY(const auto files, fs_->list(incoming()));
        for (const FolderEntry& file : files)
            if (file.kind == FileKind::file && starts_with(file.name, note_prefix))
                DOSSIER_CHECK(remove_unnamed(path::join(incoming(), file.name), is_named));
        for (const FolderEntry& file : files)
            if (file.kind == FileKind::file) DOSSIER_CHECK(fs_->remove(path::join(incoming(), file.name)));
        return {};
    }

private:
    std::string incoming() const { return path::join(folder_, incoming_name); }
    std::string path_of(const Sha256& sha256) const {
        const std::string hex = sha256.hex();
        return path::join(path::join(folder_, hex.substr(0, 2)), hex.substr(2));
    }

    // Before anything is placed. Not synced: the death of the process does not touch it, and after a power cut an object too many does no
    // harm.
    Result<void> note_down(const std::vector<Result<Staged>>& staged) {
        std::string lines;
        for (const Result<Staged>& item : staged)
            if (item) lines += item->object.sha256.hex() + "\n";
        if (lines.empty()) return {};
        const std::string note = path::join(incoming(), fill("{}{}", note_prefix, counter_));
        notes_.push_back(note);
        DOSSIER_TRY(const auto output, fs_->create(note));
        DOSSIER_CHECK(output->write(lines));
        return output->close();
    }

    Result<void> remove_unnamed(const std::string& note, const std::function<Result<bool>(const Sha256&)>& is_named) {
        DOSSIER_TRY(const std::string lines, read_file(*fs_, note));
        for (const std::string& line : split(lines, '\n')) {
            const auto object = Sha256::from_hex(line); // the last line may have been cut off
            if (!object) continue;
            DOSSIER_TRY(const bool named, is_named(*object));
            if (!named) take_back({*object});
        }
        return {};
    }

    static std::vector<Result<StoredObject>> failed(std::size_t count, const Error& error) {
        return std::vector<Result<StoredObject>>(count, Result<StoredObject>(error));
    }

    std::vector<Result<Staged>> stage_all(FileSystem& from, const std::vector<std::string>& paths, int jobs) {
        std::vector<Result<Staged>> staged(paths.size(), Result<Staged>(Error(ErrorKind::internal, "not read")));
        std::atomic<std::size_t> next{0};
        const std::size_t first = counter_;
        counter_ += paths.size();
        const auto work = [&] {
            for (std::size_t i = next++; i < paths.size(); i = next++) staged[i] = stage(from, paths[i], fill("{}", first + i));
        };
        const std::size_t helpers = std::min<std::size_t>(paths.size(), jobs > 1 ? static_cast<std::size_t>(jobs) : 1);
        std::vector<std::thread> threads;
        for (std::size_t i = 1; i < helpers; ++i) threads.emplace_back(work);
        work();
        for (std::thread& thread : threads) thread.join();
        return staged;
    }

    Result<Staged> stage(FileSystem& from, const std::string& path, const std::string& name) {
        DOSSIER_TRY(const FileInfo info, from.info(path));
        if (info.kind != FileKind::file)
            return Error(ErrorKind::invalid,
                         std::string(info.kind == FileKind::link ? "this is a link, a file is wanted" : "this is no file"), {path});
        Staged staged;
        staged.temporary = path::join(incoming(), name);
        auto done = copy(from, path, staged);
        if (done) return staged;
        (void)fs_->remove(staged.temporary).has_value();
        return done.error();
    }

    Result<void> copy(FileSystem& from, const std::string& path, Staged& staged) {
        Hasher hasher(Hasher::What::sha256);
        DOSSIER_TRY(const auto output, fs_->create(staged.temporary));
        DOSSIER_CHECK(read_pieces(from, path, [&](std::string_view piece) {
            std::string& head = staged.object.head;
            if (head.size() < head_size) head += piece.substr(0, head_size - head.size());
            hasher.update(piece);
            return output->write(piece);
        }));
        DOSSIER_CHECK(fs_->make_read_only(staged.temporary));
        DOSSIER_CHECK(output->sync());
        DOSSIER_CHECK(output->close());
        const FileDigests digests = hasher.finish();
        staged.object.sha256 = digests.sha256;
        staged.object.size = digests.size;
        return {};
    }

    Result<void> place(Staged& staged, std::set<Sha256>& placed, std::set<std::string>& changed) {
        const Sha256& sha256 = staged.object.sha256;
        const std::string target = path_of(sha256), folder = path::parent(target);
        if (placed.count(sha256) > 0) return fs_->remove(staged.temporary); // twice in this call
        const bool there = exists(*fs_, target);
        // A run that was cut off may have put it there without the syncs, so an object that is there is synced like a new one.
        changed.insert(folder);
        changed.insert(folder_);
        if (there && verify_object(*this, sha256)) return fs_->remove(staged.temporary);
        if (!exists(*fs_, folder)) DOSSIER_CHECK(fs_->create_folders(folder));
        DOSSIER_CHECK(fs_->rename(staged.temporary, target));
        staged.object.is_new = !there;
        if (!there) placed.insert(sha256);
        return {};
    }

    std::shared_ptr<FileSystem> fs_;
    std::string folder_;
    std::size_t counter_ = 1;
    std::vector<std::string> notes_; // of this run, not settled
};

} // namespace

Result<void> ObjectStore::link(const Sha256&, const std::string& target) {
    return Error(ErrorKind::unsupported, "this store cannot give its objects other names", {target});
}

Result<std::uint64_t> verify_object(ObjectStore& store, const Sha256& sha256) {
    DOSSIER_TRY(const auto file, store.open(sha256));
    Hasher hasher(Hasher::What::sha256);
    std::vector<char> buffer(256u << 10);
    for (;;) {
        DOSSIER_TRY(const std::size_t got, file->read(buffer.data(), buffer.size()));
        if (got == 0) break;
        hasher.update(std::string_view(buffer.data(), got));
    }
    const FileDigests found = hasher.finish();
    if (found.sha256 != sha256)
        return Error(ErrorKind::invalid, fill("the object {} is damaged: its bytes have another SHA-256", sha256.hex()), {},
                     "restore it from a backup");
    return found.size;
}

std::unique_ptr<ObjectStore> make_folder_store(std::shared_ptr<FileSystem> fs, const std::string& folder) {
    return std::make_unique<FolderStore>(std::move(fs), folder);
}

} // namespace dossier::tmf
