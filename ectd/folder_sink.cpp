#include <set>

#include "core/clone.hpp"
#include "core/copy_files.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/sequence_sink.hpp"
#include "ectd/staged_folder.hpp"

namespace dossier::ectd {

namespace {

class FolderSink final : public SequenceSink {
public:
    explicit FolderSink(const SinkRequest& request)
        : request_(request), fs_(*request.fs), staged_(fs_, request.folder, request.number.text()), part_(staged_.part()) {}
    ~FolderSink() override {
        if (begun_) staged_.give_up();
    }

    Result<void> open() {
        DOSSIER_CHECK(staged_.begin({"sequence", false, request_.rebuild}));
        begun_ = true;
        if (exists(fs_, staged_.folder() + ".zip"))
            return Error(ErrorKind::conflict, fill("sequence {} is already there as a ZIP", request_.number.text()),
                         {staged_.folder() + ".zip"}, "remove the draft, or build it again with --zip --rebuild");
        return {};
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
        DOSSIER_CHECK(staged_.put_in_place());
        begun_ = false;
        return staged_.folder();
    }

private:
    Result<void> make_folder_of(const std::string& target) {
        const std::string folder = path::parent(target);
        if (!folders_.insert(folder).second) return {};
        return fs_.create_folders(path::join(part_, folder));
    }

    SinkRequest request_;
    FileSystem& fs_;
    StagedFolder staged_;
    std::string part_;
    std::set<std::string> folders_; // that were made
    bool begun_ = false;            // and not in place yet
};

} // namespace

Result<std::unique_ptr<SequenceSink>> make_folder_sink(const SinkRequest& request) {
    auto sink = std::make_unique<FolderSink>(request);
    DOSSIER_CHECK(sink->open());
    return std::unique_ptr<SequenceSink>(std::move(sink));
}

} // namespace dossier::ectd
