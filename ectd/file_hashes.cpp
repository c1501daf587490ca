#include "ectd/file_hashes.hpp"

#include <algorithm>

#include "core/md5_lanes.hpp"
#include "core/path.hpp"
#include "ectd/content_reader.hpp"

namespace dossier::ectd {

namespace {

constexpr std::size_t start_length = 1024;

class FileHash final : public Md5Input {
public:
    FileHash(FileSystem& fs, const std::string& root, FileFact& file, const HashRequest& request)
        : file_(file), request_(request), opened_(fs.open(path::join(root, file.path))) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        if (!opened_) return opened_.error();
        DOSSIER_TRY(const std::size_t got, (*opened_)->read(buffer, size));
        if (file_.start.size() < start_length) file_.start.append(buffer, std::min(got, start_length - file_.start.size()));
        if (first_ && wants_sha256()) sha256_.emplace(Hasher::What::sha256);
        first_ = false;
        if (sha256_) sha256_->update({buffer, got});
        return got;
    }
    void finish(Result<Md5> md5) override {
        if (!md5) {
            file_.problem = md5.error().message;
            return;
        }
        file_.md5 = *md5;
        if (sha256_) file_.sha256 = sha256_->finish().sha256;
    }

private:
    bool wants_sha256() const {
        if (request_.sha256 != Sha256For::looked_into) return request_.sha256 == Sha256For::all;
        const ContentType type = content::type_of(file_.start, file_.size);
        return request_.leave_out.count(type) == 0 && content::is_read(type, file_.path);
    }

    FileFact& file_;
    const HashRequest& request_;
    bool first_ = true;
    std::optional<Hasher> sha256_;
    Result<std::unique_ptr<InputFile>> opened_;
};

} // namespace

// Long ones first: then the lanes and threads end together.
void hash_files(FileSystem& fs, const std::string& root, std::vector<FileFact*> wanted, const HashRequest& request) {
    std::stable_sort(wanted.begin(), wanted.end(), [](const FileFact* a, const FileFact* b) { return a->size > b->size; });
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            return next == wanted.size() ? nullptr : std::make_unique<FileHash>(fs, root, *wanted[next++], request);
        },
        request.jobs, request.lanes == 0 ? widest_md5_lanes() : request.lanes);
}

} // namespace dossier::ectd
