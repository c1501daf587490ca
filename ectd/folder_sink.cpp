#include <set>

#include "core/clone.hpp"
#include "core/copy_files.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/sequence_sink.hpp"

namespace dossier::ectd {

namespace {

class FolderSink final : public SequenceSink {
public:
    explicit FolderSink(const SinkRequest& request)
        : request_(request), fs_(*request.fs), number_(request.number.text()), final_(path::join(request.folder, number_)),
          part_(path::join(request.folder, "." + number_ + ".part")), old_(path::join(request.folder, "." + number_ + ".old")) {}
    ~FolderSink() override {
        if (lock_ && !in_place_) (void)fs_.remove_tree(part_).has_value();
    }

    Result<void> open() {
        DOSSIER_TRY(lock_, fs_.lock(request_.folder, 0)); // two builds at once would clear each other's work
        if (!exists(fs_, final_) && exists(fs_, old_)) DOSSIER_CHECK(fs_.rename(old_, final_)); // an interrupted rebuild
        DOSSIER_CHECK(fs_.remove_tree(old_));
        DOSSIER_CHECK(clear_leftovers(fs_, request_.folder));
        if (exists(fs_, final_) && !request_.rebuild)
            return Error(ErrorKind::conflict, fill("sequence {} is already there", number_), {final_},
                         "add --rebuild to build this draft again, or --sequence for another number");
        if (exists(fs_, final_ + ".zip"))
            return Error(ErrorKind::conflict, fill("sequence {} is already there as a ZIP", number_), {final_ + ".zip"},
                         "remove the draft, or build it again with --zip --rebuild");
        return fs_.create_folders(part_);
    }

    Result<std::vector<FileDigests>> copy(const std::vector<SinkFile>& files) override {
        std::vector<FileToCopy> copies;
        for (const SinkFile& file : files) {
            DOSSIER_CHECK(make_folder_of(file.target));
            copies.push_back({file.source.fs.get(), file.source.path, &fs_, path::join(part_, file.target)});
        }
        const std::function<void(std::size_t)> done = [this](std::size_t count) {
            if (request_.progress && count % 50 == 0) request_.progress(fill("{} files written", count));
        };
        return request_.clone ? clone_files(copies, request_.jobs, done) : copy_files(copies, request_.jobs, done);
    }

    Result<void> write(const std::string& target, const std::string& bytes) override {
        DOSSIER_CHECK(make_folder_of(target));
        return write_new_file(fs_, path::join(part_, target), bytes);
    }

    Result<std::string> put_in_place() override {
        DOSSIER_CHECK(fs_.sync_tree(part_)); // one call: thousands of files, one wait
        DOSSIER_CHECK(swap());
        in_place_ = true;
        return final_;
    }

private:
    Result<void> make_folder_of(const std::string& target) {
        const std::string folder = path::parent(target);
        if (!folders_.insert(folder).second) return {};
        return fs_.create_folders(path::join(part_, folder));
    }

    Result<void> swap() {
        const bool replaces = exists(fs_, final_);
        if (replaces) {
            const auto swapped = fs_.exchange(part_, final_); // old or new at any instant
            if (swapped) {
                DOSSIER_CHECK(fs_.sync_folder(request_.folder));
                return fs_.remove_tree(part_);
            }
            if (swapped.error().kind != ErrorKind::unsupported) return swapped;
        }
        if (replaces) DOSSIER_CHECK(fs_.rename(final_, old_));
        auto done = fs_.rename(part_, final_);
        if (!done) {
            if (replaces) (void)fs_.rename(old_, final_).has_value();
            return done;
        }
        DOSSIER_CHECK(fs_.sync_folder(request_.folder));
        return fs_.remove_tree(old_);
    }

    SinkRequest request_;
    FileSystem& fs_;
    std::string number_, final_, part_, old_;
    std::set<std::string> folders_; // that were made
    std::unique_ptr<FileLock> lock_;
    bool in_place_ = false;
};

bool is_leftover(const std::string& name) { // .0002.part, .0002.zip.part
    if (name.size() < 10 || name[0] != '.' || !SequenceNumber::parse(name.substr(1, 4))) return false;
    return name.substr(5) == ".part" || name.substr(5) == ".zip.part";
}

} // namespace

Result<void> clear_leftovers(FileSystem& fs, const std::string& folder) {
    DOSSIER_TRY(const auto entries, fs.list(folder));
    for (const FolderEntry& entry : entries)
        if (is_leftover(entry.name)) DOSSIER_CHECK(fs.remove_tree(path::join(folder, entry.name)));
    return {};
}

Result<std::unique_ptr<SequenceSink>> make_folder_sink(const SinkRequest& request) {
    auto sink = std::make_unique<FolderSink>(request);
    DOSSIER_CHECK(sink->open());
    return std::unique_ptr<SequenceSink>(std::move(sink));
}

} // namespace dossier::ectd
