#include "core/clone.hpp"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/batch_progress.hpp"
#include "core/md5_lanes.hpp"

namespace dossier {

namespace {

bool clone(const FileToCopy& file) {
    const FileSystem* disk = make_disk_file_system().get(); // others (archives, memory, encrypted documents) only look like it
    if (file.from != disk || file.to != disk) return false;
    const int in = ::open(file.source.c_str(), O_RDONLY | O_CLOEXEC);
    if (in < 0) return false;
    const int out = ::open(file.target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    const bool done = out >= 0 && ::ioctl(out, FICLONE, in) == 0;
    ::close(in);
    if (out >= 0) ::close(out);
    if (out >= 0 && !done) ::unlink(file.target.c_str());
    return done;
}

class Reading final : public Md5Input {
public:
    Reading(const FileToCopy& file, BatchProgress& progress, std::size_t index)
        : progress_(progress), index_(index), input_(file.to->open(file.target)) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        if (!input_) return input_.error();
        DOSSIER_TRY(const std::size_t got, (*input_)->read(buffer, size));
        size_ += got;
        return got;
    }
    void finish(Result<Md5> md5) override {
        if (md5)
            progress_.give(index_, FileDigests{*md5, {}, size_});
        else
            progress_.give(index_, md5.error());
    }

private:
    BatchProgress& progress_;
    std::size_t index_;
    Result<std::unique_ptr<InputFile>> input_;
    std::uint64_t size_ = 0;
};

} // namespace

Result<std::vector<FileDigests>> clone_files(const std::vector<FileToCopy>& files, int jobs, const std::function<void(std::size_t)>& done) {
    std::vector<std::size_t> cloned, left;
    for (std::size_t i = 0; i < files.size(); ++i) (clone(files[i]) ? cloned : left).push_back(i);
    std::vector<FileToCopy> copies;
    for (const std::size_t i : left) copies.push_back(files[i]);
    DOSSIER_TRY(const std::vector<FileDigests> copied, copy_files(copies, jobs, done));
    BatchProgress progress(cloned.size(), done);
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            if (next == cloned.size() || progress.failed()) return nullptr;
            const std::size_t i = next++;
            return std::make_unique<Reading>(files[cloned[i]], progress, i);
        },
        jobs, widest_md5_lanes());
    DOSSIER_TRY(const std::vector<FileDigests> hashed, progress.result());
    std::vector<FileDigests> all(files.size());
    for (std::size_t i = 0; i < left.size(); ++i) all[left[i]] = copied[i];
    for (std::size_t i = 0; i < cloned.size(); ++i) all[cloned[i]] = hashed[i];
    return all;
}

} // namespace dossier
