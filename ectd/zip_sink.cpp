#include <optional>

#include "core/path.hpp"
#include "core/stored_zip.hpp"
#include "core/text.hpp"
#include "ectd/sequence_sink.hpp"
#include "ectd/staged_folder.hpp"

namespace dossier::ectd {

namespace {

class ZipSink final : public SequenceSink {
public:
    explicit ZipSink(const SinkRequest& request)
        : request_(request), number_(request.number.text()), final_(path::join(request.folder, number_ + ".zip")) {}

    Result<void> open() {
        FileSystem& fs = *request_.fs;
        DOSSIER_TRY(lock_, fs.lock(request_.folder, 0));
        DOSSIER_TRY(drafts_lock_, lock_drafts(fs, place_of(request_)));
        DOSSIER_CHECK(clear_leftovers(fs, request_.folder));
        DOSSIER_CHECK(refuse_unless_draft(fs, place_of(request_)));
        if (exists(fs, path::join(request_.folder, number_)))
            return Error(ErrorKind::conflict, fill("sequence {} is already there as a folder", number_),
                         {path::join(request_.folder, number_)},
                         "build it again there with --rebuild, without --zip; or name another folder with --to");
        if (exists(fs, final_) && !request_.rebuild)
            return Error(ErrorKind::conflict, fill("sequence {} is already there", number_), {final_},
                         "add --rebuild to build this draft again; to go on, unpack it beside the earlier sequences");
        DOSSIER_TRY(archive_, make_stored_zip(final_));
        return {};
    }

    Result<std::vector<FileDigests>> copy(const std::vector<SinkFile>& files) override {
        std::vector<FileToStore> stored;
        for (const SinkFile& file : files) stored.push_back({file.source.fs.get(), file.source.path, path::join(number_, file.target)});
        return archive_->add_files(stored, request_.jobs, [this](std::size_t count) {
            if (request_.progress && count % 50 == 0) request_.progress(fill("{} files written", count));
        });
    }

    Result<void> write(const std::string& target, const std::string& bytes) override {
        if (is_key_of_draft(target)) key_ = sha256_of(bytes);
        return archive_->add_bytes(path::join(number_, target), bytes);
    }

    Result<std::string> put_in_place() override {
        if (key_) DOSSIER_CHECK(record_draft(*request_.fs, place_of(request_), *key_));
        DOSSIER_CHECK(archive_->finish(request_.rebuild));
        return final_;
    }

private:
    SinkRequest request_;
    std::string number_, final_;
    std::unique_ptr<FileLock> lock_, drafts_lock_; // before the archive: held until what is left of it is gone
    std::unique_ptr<StoredZip> archive_;
    std::optional<Sha256> key_; // by which the draft is known
};

} // namespace

Result<std::unique_ptr<SequenceSink>> make_zip_sink(const SinkRequest& request) {
    auto sink = std::make_unique<ZipSink>(request);
    DOSSIER_CHECK(sink->open());
    return std::unique_ptr<SequenceSink>(std::move(sink));
}

} // namespace dossier::ectd
