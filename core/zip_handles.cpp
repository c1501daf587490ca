#include "core/zip_handles.hpp"

#include <algorithm>

#include <sys/stat.h>

#include <zip.h>

#include "core/text.hpp"

namespace dossier::zip_library {

Result<Archive> Handles::open() {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source =
        bytes_ ? zip_source_buffer_create(bytes_->data(), bytes_->size(), 0, &error) : zip_source_file_create(path_.c_str(), 0, -1, &error);
    Archive archive(source ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr);
    if (!archive && source) zip_source_free(source);
    const Error failure = archive ? Error() : to_error(&error, "open the archive", path_);
    zip_error_fini(&error);
    if (!archive) return failure;
    return archive;
}

namespace {

class BytesInput final : public InputFile {
public:
    explicit BytesInput(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        const std::size_t count = bytes_->copy(buffer, size, at_);
        at_ += count;
        return count;
    }
    Result<void> seek(std::uint64_t offset) override {
        at_ = std::min<std::size_t>(offset, bytes_->size());
        return {};
    }
    std::uint64_t size() const override { return bytes_->size(); }

private:
    std::shared_ptr<const std::string> bytes_;
    std::size_t at_ = 0;
};

} // namespace

Result<std::unique_ptr<InputFile>> Handles::open_bytes() {
    if (bytes_) return std::unique_ptr<InputFile>(std::make_unique<BytesInput>(bytes_));
    (void)read_state(state_); // a file that is not there is the next line's error
    return make_disk_file_system()->open(path_);
}

Result<Archive> Handles::borrow() {
    {
        const std::lock_guard<std::mutex> hold(mutex_);
        if (!idle_.empty()) {
            Archive archive = std::move(idle_.back());
            idle_.pop_back();
            return archive;
        }
    }
    State now;
    if (!bytes_ && (!read_state(now) || now != state_))
        return Error(ErrorKind::conflict, "the archive was changed while it was read", {path_}, "run again when it is complete");
    return open();
}

void Handles::give_back(Archive archive) {
    const std::lock_guard<std::mutex> hold(mutex_);
    idle_.push_back(std::move(archive));
}

bool Handles::read_state(State& state) const {
    struct stat status {};
    if (bytes_ || ::stat(path_.c_str(), &status) != 0) return false;
    state = {static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec * 1'000'000'000LL + status.st_mtim.tv_nsec};
    return true;
}

namespace {

class ZipInput final : public InputFile {
public:
    ZipInput(std::shared_ptr<Handles> handles, std::string name, Known known)
        : handles_(std::move(handles)), name_(std::move(name)), known_(known) {}
    ~ZipInput() override {
        entry_.reset();
        if (archive_) handles_->give_back(std::move(archive_));
    }
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        DOSSIER_CHECK(start());
        const zip_int64_t got = zip_fread(entry_.get(), buffer, size);
        if (got < 0) return failed("read");
        at_ += static_cast<std::uint64_t>(got);
        if (at_ > known_.size || (got == 0 && size > 0 && at_ != known_.size))
            return Error(ErrorKind::invalid, fill("the entry {} has another size than the archive says", name_), {handles_->path()},
                         "pack the archive again");
        return static_cast<std::size_t>(got);
    }
    Result<void> seek(std::uint64_t offset) override {
        offset = std::min(offset, known_.size);
        DOSSIER_CHECK(start());
        if (known_.is_stored) {
            if (zip_fseek(entry_.get(), static_cast<zip_int64_t>(offset), SEEK_SET) != 0) return failed("read");
            at_ = offset;
            return {};
        }
        if (offset < at_) {
            entry_.reset();
            at_ = 0;
        }
        std::vector<char> skipped(64u << 10);
        while (at_ < offset) {
            DOSSIER_TRY(const std::size_t got, read(skipped.data(), std::min<std::uint64_t>(skipped.size(), offset - at_)));
            if (got == 0) break;
        }
        return {};
    }
    std::uint64_t size() const override { return known_.size; }

private:
    Result<void> start() {
        if (entry_) return {};
        if (!archive_) {
            DOSSIER_TRY(archive_, handles_->borrow());
        }
        entry_.reset(zip_fopen_index(archive_.get(), known_.index, 0));
        if (!entry_) return about_entry(to_error(zip_get_error(archive_.get()), "read the entry " + name_, handles_->path()));
        return {};
    }
    Error failed(const std::string& what) {
        return about_entry(to_error(zip_file_get_error(entry_.get()), what + " the entry " + name_, handles_->path()));
    }
    Error about_entry(Error error) const {
        if (error.kind == ErrorKind::invalid) error.message += fill(" (entry {})", name_);
        return error;
    }

    std::shared_ptr<Handles> handles_;
    std::string name_;
    Known known_;
    Archive archive_;
    Entry entry_;
    std::uint64_t at_ = 0;
};

} // namespace

std::unique_ptr<InputFile> open_entry(std::shared_ptr<Handles> handles, const std::string& name, const Known& known) {
    return std::make_unique<ZipInput>(std::move(handles), name, known);
}

} // namespace dossier::zip_library
