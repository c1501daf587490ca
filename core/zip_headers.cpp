#include "core/zip_headers.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "core/zip_library.hpp"

namespace dossier::zip_library {

namespace {

constexpr std::uint64_t most_directory_bytes = 256u << 20;
constexpr std::uint16_t has_descriptor = 1u << 3; // sizes and checksum follow the data

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

// One record of the central directory, or the local header of an entry.
struct Record {
    std::string_view name, extra;
    std::uint64_t flags = 0, method = 0, crc = 0, stored_size = 0, size = 0, offset = 0;
};

// 4.5.3: where a 32-bit field is full, the ZIP64 extra field holds the value; the values there stand in this order.
bool read_zip64(Record& record, bool with_offset) {
    std::string_view values;
    for (std::string_view rest = record.extra; rest.size() >= 4;) {
        const std::size_t length = std::min<std::size_t>(number(rest, 2, 2), rest.size() - 4);
        if (number(rest, 0, 2) == 1) values = rest.substr(4, length);
        rest.remove_prefix(4 + length);
    }
    bool complete = true;
    auto take = [&](std::uint64_t& field) {
        if (field != 0xFFFFFFFF) return;
        complete = complete && values.size() >= 8;
        if (!complete) return;
        field = number(values, 0, 8);
        values.remove_prefix(8);
    };
    take(record.size);
    take(record.stored_size);
    if (with_offset) take(record.offset);
    return complete;
}

class HeaderReader {
public:
    HeaderReader(InputFile& file, const std::string& path) : file_(file), path_(path) {}

    Result<std::vector<Header>> read(std::uint64_t most_entries) {
        DOSSIER_CHECK(find_directory());
        if (entries_ > most_entries)
            return Error(ErrorKind::invalid, fill("{} entries, at most {} are read", entries_, most_entries), {path_});
        if (directory_size_ > most_directory_bytes || entries_ > directory_size_ / 46)
            return damaged("its directory has an impossible size");
        DOSSIER_TRY(const std::string directory, bytes_at(directory_at_, directory_size_));
        std::vector<Header> headers;
        headers.reserve(entries_);
        std::string_view rest = directory;
        for (std::uint64_t i = 0; i < entries_; ++i) DOSSIER_CHECK(read_entry(rest, headers));
        if (!rest.empty()) return damaged("its directory holds more than it says");
        mark_overlaps(headers);
        return headers;
    }

private:
    Error damaged(const std::string& what) const {
        return Error(ErrorKind::invalid, "the ZIP archive is damaged or forged: " + what, {path_}, "copy the file again, or pack it again");
    }
    Result<std::string> bytes_at(std::uint64_t offset, std::uint64_t size) {
        if (offset > file_.size() || size > file_.size() - offset) return damaged("a record lies outside the file");
        std::string bytes(size, '\0');
        DOSSIER_CHECK(file_.seek(offset));
        for (std::size_t at = 0; at < size;) {
            DOSSIER_TRY(const std::size_t got, file_.read(bytes.data() + at, size - at));
            if (got == 0) return damaged("the file ended while it was read");
            at += got;
        }
        return bytes;
    }

    // 4.3.16: the last record of the file, 22 bytes and a comment that reaches the end of the file.
    Result<void> find_directory() {
        const std::uint64_t tail_size = std::min<std::uint64_t>(file_.size(), 22 + 0xFFFF);
        DOSSIER_TRY(const std::string tail, bytes_at(file_.size() - tail_size, tail_size));
        std::size_t at = tail.size() < 22 ? std::string::npos : tail.rfind("PK\5\6", tail.size() - 22);
        while (at != std::string::npos && at + 22 + number(tail, at + 20, 2) != tail.size())
            at = at == 0 ? std::string::npos : tail.rfind("PK\5\6", at - 1);
        if (at == std::string::npos)
            return Error(ErrorKind::invalid, "this is no ZIP archive, or its end is missing", {path_}, "copy the file again");
        entries_ = number(tail, at + 10, 2);
        directory_size_ = number(tail, at + 12, 4);
        directory_at_ = number(tail, at + 16, 4);
        const std::uint64_t end_at = file_.size() - tail_size + at;
        if (number(tail, at + 4, 4) != 0) return damaged("it is one part of several");
        if (entries_ == 0xFFFF || directory_size_ == 0xFFFFFFFF || directory_at_ == 0xFFFFFFFF) DOSSIER_CHECK(find_directory64(end_at));
        if (directory_at_ > end_at || directory_size_ > end_at - directory_at_) return damaged("its directory lies outside the file");
        return {};
    }
    // 4.3.15 and 4.3.14. Without the locator the plain values hold.
    Result<void> find_directory64(std::uint64_t end_at) {
        if (end_at < 20) return {};
        DOSSIER_TRY(const std::string locator, bytes_at(end_at - 20, 20));
        if (!starts_with(locator, "PK\6\7")) return {};
        DOSSIER_TRY(const std::string record, bytes_at(number(locator, 8, 8), 56));
        if (!starts_with(record, "PK\6\6")) return damaged("its ZIP64 directory is not where it should be");
        entries_ = number(record, 32, 8);
        directory_size_ = number(record, 40, 8);
        directory_at_ = number(record, 48, 8);
        return {};
    }

    Result<void> read_entry(std::string_view& rest, std::vector<Header>& headers) {
        if (rest.size() < 46 || !starts_with(rest, "PK\1\2")) return damaged("its directory is cut short");
        const std::size_t name = number(rest, 28, 2), extra = number(rest, 30, 2), comment = number(rest, 32, 2);
        if (rest.size() < 46 + name + extra + comment) return damaged("its directory is cut short");
        Record record{rest.substr(46, name), rest.substr(46 + name, extra), number(rest, 8, 2),  number(rest, 10, 2),
                      number(rest, 16, 4),   number(rest, 20, 4),           number(rest, 24, 4), number(rest, 42, 4)};
        if (!read_zip64(record, true)) return damaged("a size is missing");
        if (record.name.find('\0') != std::string_view::npos) return damaged("the name of an entry holds a zero byte");
        headers.push_back({std::string(record.name), record.size, record.stored_size, {}});
        if (const auto sound = check_local(record, headers.size() - 1); !sound) headers.back().fault = sound.error().message;
        rest.remove_prefix(46 + name + extra + comment);
        return {};
    }
    Result<void> check_local(const Record& central, std::size_t at) {
        DOSSIER_TRY(const std::string fixed, bytes_at(central.offset, 30));
        if (!starts_with(fixed, "PK\3\4")) return damaged("an entry is not where its directory says");
        const std::size_t name = number(fixed, 26, 2), extra = number(fixed, 28, 2);
        DOSSIER_TRY(const std::string names, bytes_at(central.offset + 30, name + extra));
        Record local{std::string_view(names).substr(0, name),
                     std::string_view(names).substr(name),
                     number(fixed, 6, 2),
                     number(fixed, 8, 2),
                     number(fixed, 14, 4),
                     number(fixed, 18, 4),
                     number(fixed, 22, 4),
                     0};
        if (!read_zip64(local, false)) return damaged("a size is missing");
        const bool told_later = (local.flags & has_descriptor) != 0;
        auto agree = [told_later](std::uint64_t here, std::uint64_t there) { return here == there || (told_later && here == 0); };
        const bool same = local.name == central.name && local.method == central.method && (local.flags & 1) == (central.flags & 1) &&
                          agree(local.crc, central.crc) && agree(local.size, central.size) && agree(local.stored_size, central.stored_size);
        if (!same) return damaged(fill("the entry {} and the directory contradict each other", printable_name(central.name)));
        const std::uint64_t begin = central.offset, head = 30 + name + extra;
        if (central.stored_size > directory_at_ || begin + head > directory_at_ - central.stored_size)
            return damaged("an entry reaches into the directory");
        extents_.push_back({begin, begin + head + central.stored_size, at});
        return {};
    }
    // Entries that share their bytes are how a small file becomes a large one many times over.
    void mark_overlaps(std::vector<Header>& headers) {
        std::sort(extents_.begin(), extents_.end(), [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
        const Extent* farthest = nullptr;
        for (const Extent& extent : extents_) {
            if (farthest && extent.begin < farthest->end)
                for (const std::size_t entry : {farthest->entry, extent.entry})
                    headers[entry].fault = damaged("two entries share their bytes").message;
            if (!farthest || farthest->end < extent.end) farthest = &extent;
        }
    }

    struct Extent {
        std::uint64_t begin = 0, end = 0;
        std::size_t entry = 0;
    };

    InputFile& file_;
    const std::string& path_;
    std::uint64_t entries_ = 0, directory_size_ = 0, directory_at_ = 0;
    std::vector<Extent> extents_;
};

} // namespace

Result<std::vector<Header>> read_headers(InputFile& file, const std::string& path, std::uint64_t most_entries) {
    return HeaderReader(file, path).read(most_entries);
}

} // namespace dossier::zip_library
