// Writing archives with libzip, which reads the sources when the archive is closed.
#include "core/zip.hpp"

#include <cerrno>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <unistd.h>

#include <zip.h>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip_library.hpp"

namespace dossier {

namespace {

constexpr zip_uint16_t dos_date = 1 << 5 | 1, dos_time = 0;           // 1980-01-01, the first day a ZIP knows; no time zone is involved
constexpr zip_uint32_t unix_attributes = zip_uint32_t(0100644) << 16; // a plain file, rw-r--r--

class ArchiveWriter final : public ZipWriter {
public:
    ArchiveWriter(std::string path, bool deflate) : path_(std::move(path)), part_(path_ + ".part"), deflate_(deflate) {}
    ~ArchiveWriter() override {
        archive_.reset();
        remove_parts();
    }

    Result<void> open() {
        if (exists(*disk_, path_)) return taken();
        remove_parts();
        int code = 0;
        archive_.reset(zip_open(part_.c_str(), ZIP_CREATE | ZIP_EXCL, &code));
        if (archive_) return {};
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        Error failure = zip_library::to_error(&error, "create the archive", path_);
        zip_error_fini(&error);
        return failure;
    }
    Result<void> add_bytes(const std::string& name, std::string bytes) override {
        DOSSIER_CHECK(check_name(name));
        kept_.push_back(std::make_unique<std::string>(std::move(bytes)));
        return add(name, zip_source_buffer(archive_.get(), kept_.back()->data(), kept_.back()->size(), 0));
    }
    Result<void> add_file(const std::string& name, const std::string& path) override {
        DOSSIER_CHECK(check_name(name));
        DOSSIER_TRY(const FileInfo info, disk_->info(path));
        if (info.kind == FileKind::folder) return Error(ErrorKind::usage, "this is a folder, a file is wanted", {path});
        return add(name, zip_source_file(archive_.get(), path.c_str(), 0, -1));
    }
    Result<void> finish() override {
        if (!archive_) return Error(ErrorKind::usage, "the archive is finished already", {path_});
        if (names_.empty()) return Error(ErrorKind::usage, "an archive needs at least one file", {path_});
        if (zip_close(archive_.get()) != 0) return failed("write the archive");
        (void)archive_.release(); // closed, and freed by that
        DOSSIER_CHECK(sync_part());
        if (exists(*disk_, path_)) return taken();
        DOSSIER_CHECK(disk_->rename(part_, path_));
        return disk_->sync_folder(path::parent(path_));
    }

private:
    Error taken() const { return Error(ErrorKind::conflict, "this file is there already", {path_}, "remove it or choose another name"); }
    Error failed(const std::string& what) const { return zip_library::to_error(zip_get_error(archive_.get()), what, path_); }

    Result<void> check_name(const std::string& name) {
        if (!archive_) return Error(ErrorKind::usage, "the archive is finished already", {path_});
        const std::string fault = ends_with(name, "/") ? "names a folder" : zip_library::fault_of_name(name);
        if (!fault.empty()) return Error(ErrorKind::usage, fill("the entry {} {}", name, fault), {path_});
        if (!names_.insert(to_lower(name)).second) return Error(ErrorKind::conflict, fill("the entry {} is there already", name), {path_});
        return {};
    }
    Result<void> add(const std::string& name, zip_source_t* source) {
        if (!source) return failed("add " + name);
        const zip_int64_t index = zip_file_add(archive_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return failed("add " + name);
        }
        const auto at = static_cast<zip_uint64_t>(index);
        const bool done = zip_set_file_compression(archive_.get(), at, deflate_ ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0) == 0 &&
                          zip_file_set_dostime(archive_.get(), at, dos_time, dos_date, 0) == 0 &&
                          zip_file_set_external_attributes(archive_.get(), at, 0, ZIP_OPSYS_UNIX, unix_attributes) == 0;
        if (!done) return failed("add " + name);
        return {};
    }
    // libzip itself syncs nothing.
    Result<void> sync_part() const {
        const int fd = ::open(part_.c_str(), O_RDONLY | O_CLOEXEC);
        const bool synced = fd >= 0 && ::fsync(fd) == 0;
        const int code = errno;
        if (fd >= 0) ::close(fd);
        if (synced) return {};
        return Error(ErrorKind::io, fill("cannot sync: {}", std::string_view(std::strerror(code))), {path_});
    }
    // Ours and libzip's own temporary files (NAME.part.XXXXXX), also those of an interrupted run.
    void remove_parts() const {
        const std::string folder = path::parent(path_), prefix = path::file_name(part_);
        const auto entries = disk_->list(folder);
        if (!entries) return;
        for (const FolderEntry& entry : *entries) {
            const bool ours = entry.name == prefix || (starts_with(entry.name, prefix + ".") && entry.name.size() == prefix.size() + 7);
            if (ours && entry.kind == FileKind::file) (void)disk_->remove(path::join(folder, entry.name)).has_value();
        }
    }

    std::string path_, part_;
    bool deflate_;
    std::shared_ptr<FileSystem> disk_ = make_disk_file_system();
    std::vector<std::unique_ptr<std::string>> kept_; // libzip reads them at the end
    std::set<std::string> names_;
    zip_library::Archive archive_;
};

} // namespace

Result<std::unique_ptr<ZipWriter>> make_zip(const std::string& path, bool deflate) {
    auto writer = std::make_unique<ArchiveWriter>(path, deflate);
    DOSSIER_CHECK(writer->open());
    return std::unique_ptr<ZipWriter>(std::move(writer));
}

} // namespace dossier
