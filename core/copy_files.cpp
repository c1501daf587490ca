#include "core/copy_files.hpp"

#include "core/batch_progress.hpp"
#include "core/md5_lanes.hpp"

namespace dossier {

namespace {

class Copying final : public Md5Input {
public:
    Copying(const FileToCopy& file, BatchProgress& progress, std::size_t index)
        : progress_(progress), index_(index), input_(file.from->open(file.source)),
          output_(input_ ? file.to->create(file.target) : Result<std::unique_ptr<OutputFile>>(input_.error())) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override {
        if (!output_) return output_.error();
        DOSSIER_TRY(const std::size_t got, (*input_)->read(buffer, size));
        if (got > 0) DOSSIER_CHECK((*output_)->write(std::string_view(buffer, got)));
        size_ += got;
        return got;
    }

    void finish(Result<Md5> md5) override {
        if (!md5) return progress_.give(index_, md5.error());
        if (auto closed = (*output_)->close(); !closed) return progress_.give(index_, std::move(closed).error());
        progress_.give(index_, FileDigests{*md5, {}, size_});
    }

private:
    BatchProgress& progress_;
    std::size_t index_;
    Result<std::unique_ptr<InputFile>> input_;
    Result<std::unique_ptr<OutputFile>> output_;
    std::uint64_t size_ = 0;
};

} // namespace

Result<std::vector<FileDigests>> copy_files(const std::vector<FileToCopy>& files, int jobs, const std::function<void(std::size_t)>& done) {
    BatchProgress progress(files.size(), done);
    std::size_t next = 0;
    md5_in_lanes(
        [&]() -> std::unique_ptr<Md5Input> {
            if (next == files.size() || progress.failed()) return nullptr;
            const std::size_t i = next++;
            return std::make_unique<Copying>(files[i], progress, i);
        },
        jobs, widest_md5_lanes());
    return progress.result();
}

} // namespace dossier
