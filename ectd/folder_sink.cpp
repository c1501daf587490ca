#include <optional>
#include <set>

#include "core/clone.hpp"
#include "core/copy_files.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_digests.hpp"
#include "ectd/sequence_sink.hpp"
#include "ectd/staged_folder.hpp"

namespace dossier::ectd {

namespace {

class FolderSink final : public SequenceSink {
public:
    explicit FolderSink(const SinkRequest& request)
        : request_(request), fs_(*request.fs), staged_(fs_, place_of(request)), part_(staged_.part()) {}
    ~FolderSink() override {
        if (begun_) staged_.give_up();
    }

    Result<void> open() {
        DOSSIER_CHECK(staged_.begin(request_.rebuild));
        begun_ = true;
        if (exists(fs_, staged_.folder() + ".zip"))
            return Error(ErrorKind::conflict, fill("sequence {} is already there as a ZIP", request_.number.text()),
                         {staged_.folder() + ".zip"}, "remove the draft, or build it again with --zip --rebuild");
        return {};
    }

    Result<std::vector<FileDigests>> copy(const std::vector<SinkFile>& files) override {
        std::vector<FileToCopy> copies;
        std::vector<std::size_t> copied, linked;
        for (std::size_t i = 0; i < files.size(); ++i) {
            DOSSIER_CHECK(make_folder_of(files[i].target));
            const std::string target = path::join(part_, files[i].target);
            const bool has_link = request_.clone && files[i].source.link && files[i].source.link(target);
            (has_link ? linked : copied).push_back(i);
            if (!has_link) copies.push_back({files[i].source.fs.get(), files[i].source.path, &fs_, target});
        }
        const std::function<void(std::size_t)> done = [this](std::size_t count) {
            if (request_.progress && count % 50 == 0) request_.progress(fill("{} files written", count));
        };
        DOSSIER_TRY(const std::vector<FileDigests> written,
                    request_.clone ? clone_files(copies, request_.jobs, done) : copy_files(copies, request_.jobs, done));
        std::vector<FileDigests> all(files.size());
        for (std::size_t i = 0; i < copied.size(); ++i) all[copied[i]] = written[i];
        DOSSIER_CHECK(hash_linked(files, linked, all));
        return all;
    }

    Result<void> write(const std::string& target, const std::string& bytes) override {
        if (is_key_of_draft(target)) key_ = sha256_of(bytes);
        DOSSIER_CHECK(make_folder_of(target));
        return write_new_file(fs_, path::join(part_, target), bytes);
    }

    Result<std::string> put_in_place() override {
        if (key_) DOSSIER_CHECK(record_draft(fs_, place_of(request_), *key_));
        DOSSIER_CHECK(staged_.put_in_place());
        begun_ = false;
        return staged_.folder();
    }

private:
    // Read through their source, which refuses bytes that are not those that were filed.
    static Result<void> hash_linked(const std::vector<SinkFile>& files, const std::vector<std::size_t>& linked,
                                    std::vector<FileDigests>& all) {
        ContentDigests digests;
        std::vector<const Content*> contents;
        for (const std::size_t i : linked) contents.push_back(&files[i].source);
        digests.read(contents);
        for (const std::size_t i : linked) {
            const Content& content = files[i].source;
            DOSSIER_TRY(const Md5 md5, digests.of(content));
            DOSSIER_TRY(const FileInfo info, content.fs->info(content.path));
            all[i] = {md5, {}, info.size};
        }
        return {};
    }

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
    std::optional<Sha256> key_;     // by which the draft is known
    bool begun_ = false;            // and not in place yet
};

} // namespace

Result<std::unique_ptr<SequenceSink>> make_folder_sink(const SinkRequest& request) {
    auto sink = std::make_unique<FolderSink>(request);
    DOSSIER_CHECK(sink->open());
    return std::unique_ptr<SequenceSink>(std::move(sink));
}

} // namespace dossier::ectd
