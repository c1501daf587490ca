// libarchive's only door.
#include "core/archive.hpp"

#include <cerrno>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

constexpr std::int64_t fixed_time = 315'532'800; // 1980-01-01T00:00:00Z, as in our ZIPs; tar warns of 1970
constexpr std::size_t block = 1u << 20;

struct FreeWriter {
    void operator()(archive* writer) const { archive_write_free(writer); }
};
struct FreeReader {
    void operator()(archive* reader) const { archive_read_free(reader); }
};
struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

Error library_error(archive* handle, ErrorKind kind, const std::string& what, const std::string& path) {
    const char* text = archive_error_string(handle);
    return {kind, text ? fill("{}: {}", what, std::string_view(text)) : what, {path}};
}

class Writer {
public:
    Writer(FileSystem& fs, const std::string& path) : fs_(fs), path_(path), writer_(archive_write_new()) {}

    Result<FileDigests> run(const std::vector<ArchivedFile>& files) {
        if (!writer_) return Error(ErrorKind::io, "no memory for an archive", {path_});
        DOSSIER_TRY(out_, fs_.create(path_));
        auto written = write_all(files);
        if (written) return hasher_.finish();
        writer_.reset();
        out_.reset();
        (void)fs_.remove(path_).has_value();
        return std::move(written).error();
    }

private:
    Result<void> write_all(const std::vector<ArchivedFile>& files) {
        archive* a = writer_.get();
        const bool ready = archive_write_add_filter_gzip(a) == ARCHIVE_OK &&
                           archive_write_set_filter_option(a, "gzip", "timestamp", nullptr) == ARCHIVE_OK &&
                           archive_write_set_format_pax_restricted(a) == ARCHIVE_OK &&
                           archive_write_set_bytes_in_last_block(a, 1) == ARCHIVE_OK &&
                           archive_write_open(a, this, nullptr, &Writer::take, nullptr) == ARCHIVE_OK;
        if (!ready) return failure("cannot begin the archive");
        for (const ArchivedFile& file : files) DOSSIER_CHECK(write_one(file));
        if (archive_write_close(a) != ARCHIVE_OK) return failure("cannot finish the archive");
        DOSSIER_CHECK(out_->sync());
        return out_->close();
    }

    Error failure(const std::string& what) {
        return failed_ ? std::move(*failed_) : library_error(writer_.get(), ErrorKind::io, what, path_);
    }

    Result<void> write_one(const ArchivedFile& file) {
        const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
        const std::string name = file.item.name + (file.item.is_folder ? "/" : "");
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), file.item.is_folder ? AE_IFDIR : AE_IFREG);
        archive_entry_set_perm(entry.get(), file.item.is_folder ? 0755 : 0644);
        archive_entry_set_mtime(entry.get(), fixed_time, 0);
        archive_entry_set_size(entry.get(), file.item.is_folder ? 0 : static_cast<la_int64_t>(file.item.size));
        if (archive_write_header(writer_.get(), entry.get()) != ARCHIVE_OK) return failure("cannot write " + name);
        return file.item.is_folder ? Result<void>() : write_bytes(file);
    }

    Result<void> write_bytes(const ArchivedFile& file) {
        std::uint64_t size = 0;
        DOSSIER_CHECK(read_pieces(fs_, file.path, [&](std::string_view piece) -> Result<void> {
            size += piece.size();
            if (size > file.item.size) return Result<void>(); // told below
            if (archive_write_data(writer_.get(), piece.data(), piece.size()) != static_cast<la_ssize_t>(piece.size()))
                return failure("cannot write " + file.item.name);
            return {};
        }));
        if (size == file.item.size) return {};
        return Error(ErrorKind::conflict, fill("the file has {} bytes and had {} when it was looked at", size, file.item.size), {file.path},
                     "let nothing write there, and run again");
    }

    static la_ssize_t take(archive* handle, void* self, const void* buffer, std::size_t size) {
        auto* writer = static_cast<Writer*>(self);
        const std::string_view bytes(static_cast<const char*>(buffer), size);
        auto written = writer->out_->write(bytes);
        if (written) {
            writer->hasher_.update(bytes);
            return static_cast<la_ssize_t>(size);
        }
        writer->failed_ = std::make_unique<Error>(std::move(written).error());
        archive_set_error(handle, EIO, "cannot write");
        return ARCHIVE_FATAL;
    }

    FileSystem& fs_;
    std::string path_;
    Hasher hasher_;
    std::unique_ptr<OutputFile> out_;
    std::unique_ptr<Error> failed_;               // of our own file, under libarchive
    std::unique_ptr<archive, FreeWriter> writer_; // last: when freed it may still write
};

class Reader {
public:
    Reader(FileSystem& fs, const std::string& path) : fs_(fs), path_(path), reader_(archive_read_new()), buffer_(block, '\0') {}

    Result<void> run(const std::function<Result<void>(const ArchiveItem&)>& item,
                     const std::function<Result<void>(std::string_view)>& bytes) {
        if (!reader_) return Error(ErrorKind::io, "no memory for an archive", {path_});
        DOSSIER_TRY(in_, fs_.open(path_));
        archive* a = reader_.get();
        const bool ready = archive_read_support_filter_gzip(a) == ARCHIVE_OK && archive_read_support_format_tar(a) == ARCHIVE_OK &&
                           archive_read_open(a, this, nullptr, &Reader::give, nullptr) == ARCHIVE_OK;
        if (!ready) return failure("it is no tar.gz archive");
        for (;;) {
            archive_entry* entry = nullptr;
            const int code = archive_read_next_header(a, &entry);
            if (code == ARCHIVE_EOF) return {};
            if (code != ARCHIVE_OK) return failure("the archive is damaged");
            DOSSIER_TRY(const ArchiveItem next, to_item(entry));
            DOSSIER_CHECK(item(next));
            if (!next.is_folder) DOSSIER_CHECK(pass_on(bytes));
        }
    }

private:
    Error failure(const std::string& what) {
        return failed_ ? std::move(*failed_) : library_error(reader_.get(), ErrorKind::invalid, what, path_);
    }

    Result<ArchiveItem> to_item(archive_entry* entry) const {
        const char* raw = archive_entry_pathname(entry);
        std::string name = raw ? raw : "";
        while (!name.empty() && name.back() == '/') name.pop_back();
        const auto kind = archive_entry_filetype(entry);
        if (name.empty() || !is_valid_utf8(name) || !path::is_inside(name) || path::is_absolute(name))
            return Error(ErrorKind::invalid, "an entry has a name that leaves the archive", {path_});
        if ((kind != AE_IFREG && kind != AE_IFDIR) || archive_entry_hardlink(entry))
            return Error(ErrorKind::invalid, fill("{} is a link or a device, files and folders are taken", name), {path_});
        return ArchiveItem{name, kind == AE_IFDIR, static_cast<std::uint64_t>(archive_entry_size(entry))};
    }

    Result<void> pass_on(const std::function<Result<void>(std::string_view)>& bytes) {
        std::string piece(block, '\0');
        for (;;) {
            const la_ssize_t read = archive_read_data(reader_.get(), piece.data(), piece.size());
            if (read < 0) return failure("the archive is damaged");
            if (read == 0) return {};
            DOSSIER_CHECK(bytes(std::string_view(piece).substr(0, static_cast<std::size_t>(read))));
        }
    }

    static la_ssize_t give(archive* handle, void* self, const void** buffer) {
        auto* reader = static_cast<Reader*>(self);
        auto read = reader->in_->read(reader->buffer_.data(), reader->buffer_.size());
        *buffer = reader->buffer_.data();
        if (read) return static_cast<la_ssize_t>(*read);
        reader->failed_ = std::make_unique<Error>(std::move(read).error());
        archive_set_error(handle, EIO, "cannot read");
        return ARCHIVE_FATAL;
    }

    FileSystem& fs_;
    std::string path_;
    std::unique_ptr<InputFile> in_;
    std::unique_ptr<Error> failed_; // of our own file, under libarchive
    std::unique_ptr<archive, FreeReader> reader_;
    std::string buffer_;
};

} // namespace

Result<FileDigests> write_tar_gz(FileSystem& fs, const std::string& path, const std::vector<ArchivedFile>& files) {
    return Writer(fs, path).run(files);
}

Result<void> read_tar_gz(FileSystem& fs, const std::string& path, const std::function<Result<void>(const ArchiveItem&)>& item,
                         const std::function<Result<void>(std::string_view)>& bytes) {
    return Reader(fs, path).run(item, bytes);
}

} // namespace dossier
