#include "core/stored_zip.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <unistd.h>

#include "core/batch_progress.hpp"
#include "core/crc32.hpp"
#include "core/md5_lanes.hpp"
#include "core/path.hpp"
#include "core/stored_zip_records.hpp"
#include "core/text.hpp"
#include "core/zip_library.hpp"

namespace dossier {

namespace {

using stored_zip::Entry;

class Writer final : public StoredZip {
public:
    Writer(std::string path, std::uint64_t large)
        : path_(std::move(path)), part_(path::join(path::parent(path_), "." + path::file_name(path_) + ".part")), large_(large) {}
    ~Writer() override {
        if (fd_ >= 0) ::close(fd_);
        if (opened_ && !finished_) (void)disk_->remove(part_).has_value();
    }

    Result<void> open() {
        (void)disk_->remove(part_).has_value(); // left by an interrupted run
        fd_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd_ < 0) return failed("create");
        opened_ = true;
        return {};
    }

    Result<std::vector<FileDigests>> add_files(const std::vector<FileToStore>& files, int jobs,
                                               const std::function<void(std::size_t)>& done) override {
        const std::size_t first = entries_.size();
        for (const FileToStore& file : files) {
            DOSSIER_CHECK(check_name(file.name));
            DOSSIER_TRY(const auto opened, file.fs->open(file.path));
            place(file.name, opened->size());
        }
        BatchProgress progress(files.size(), done);
        std::size_t next = 0;
        md5_in_lanes(
            [&]() -> std::unique_ptr<Md5Input> {
                if (next == files.size() || progress.failed()) return nullptr;
                const std::size_t i = next++;
                return std::make_unique<Input>(*this, files[i], entries_[first + i], progress, i);
            },
            jobs, widest_md5_lanes());
        return progress.result();
    }

    Result<void> add_bytes(const std::string& name, std::string_view bytes) override {
        DOSSIER_CHECK(check_name(name));
        Entry& entry = place(name, bytes.size());
        entry.crc = crc32_of(bytes);
        DOSSIER_CHECK(write_at(entry.offset, stored_zip::local_header(entry, large_)));
        return write_at(data_of(entry), bytes);
    }

    Result<void> finish(bool replace) override {
        std::string directory;
        for (const Entry& entry : entries_) directory += stored_zip::central_header(entry, large_);
        const std::uint64_t size = directory.size();
        directory += stored_zip::end_of_directory(entries_.size(), end_, size, large_);
        DOSSIER_CHECK(write_at(end_, directory));
        if (::fsync(fd_) != 0) return failed("sync");
        if (::close(std::exchange(fd_, -1)) != 0) return failed("close");
        if (!replace && exists(*disk_, path_))
            return Error(ErrorKind::conflict, "this file is there already", {path_}, "remove it or choose another name");
        DOSSIER_CHECK(disk_->rename(part_, path_));
        finished_ = true;
        return disk_->sync_folder(path::parent(path_));
    }

private:
    // A file on its way into the archive.
    class Input final : public Md5Input {
    public:
        Input(Writer& writer, const FileToStore& file, Entry& entry, BatchProgress& progress, std::size_t index)
            : writer_(writer), file_(file), entry_(entry), progress_(progress), index_(index), data_(writer.data_of(entry)),
              opened_(file.fs->open(file.path)) {}

        Result<std::size_t> read(char* buffer, std::size_t size) override {
            if (!opened_) return opened_.error();
            DOSSIER_TRY(const std::size_t got, (*opened_)->read(buffer, size));
            if (read_ + got > entry_.size || (got == 0 && read_ != entry_.size))
                return Error(ErrorKind::conflict, "the file changed while it was read", {file_.path},
                             "let nothing write there, and run again");
            const std::string_view bytes(buffer, got);
            entry_.crc = crc32_of(bytes, entry_.crc);
            DOSSIER_CHECK(writer_.write_at(data_ + read_, bytes));
            read_ += got;
            return got;
        }
        void finish(Result<Md5> md5) override {
            if (!md5) return progress_.give(index_, md5.error());
            if (auto header = writer_.write_at(entry_.offset, stored_zip::local_header(entry_, writer_.large_)); !header)
                return progress_.give(index_, std::move(header).error());
            progress_.give(index_, FileDigests{*md5, {}, read_});
        }

    private:
        Writer& writer_;
        const FileToStore& file_;
        Entry& entry_;
        BatchProgress& progress_;
        std::size_t index_;
        std::uint64_t data_; // offset of the file's bytes in the archive
        Result<std::unique_ptr<InputFile>> opened_;
        std::uint64_t read_ = 0;
    };

    Result<void> check_name(const std::string& name) {
        const std::string fault = ends_with(name, "/") ? "names a folder" : zip_library::fault_of_name(name);
        if (!fault.empty()) return Error(ErrorKind::usage, fill("the entry {} {}", name, fault), {path_});
        if (!names_.insert(to_lower(name)).second) return Error(ErrorKind::conflict, fill("the entry {} is there already", name), {path_});
        return {};
    }

    Entry& place(const std::string& name, std::uint64_t size) {
        entries_.push_back({name, size, end_, 0});
        end_ = data_of(entries_.back()) + size;
        return entries_.back();
    }

    std::uint64_t data_of(const Entry& entry) const { return entry.offset + stored_zip::local_header(entry, large_).size(); }

    // From several threads at once; each writes its own part of the file.
    Result<void> write_at(std::uint64_t offset, std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return failed("write");
            offset += static_cast<std::uint64_t>(written);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return {};
    }

    Error failed(const std::string& what) const {
        const int code = errno;
        return Error(ErrorKind::io, fill("cannot {}: {}", what, std::string_view(std::strerror(code))), {path_},
                     code == ENOSPC || code == EDQUOT ? "make room on the disk and run again"
                     : code == EFBIG                  ? "raise the file-size limit of this session (ulimit -f) and run again"
                                                      : "");
    }

    std::string path_, part_;
    std::uint64_t large_;
    std::shared_ptr<FileSystem> disk_ = make_disk_file_system();
    int fd_ = -1;
    bool opened_ = false, finished_ = false;
    std::vector<Entry> entries_;
    std::set<std::string> names_;
    std::uint64_t end_ = 0; // of what has its place
};

} // namespace

Result<std::unique_ptr<StoredZip>> make_stored_zip(const std::string& path, std::uint64_t large) {
    auto writer = std::make_unique<Writer>(path, large);
    DOSSIER_CHECK(writer->open());
    return std::unique_ptr<StoredZip>(std::move(writer));
}

} // namespace dossier
