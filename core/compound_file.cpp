#include "core/compound_file.hpp"

#include "core/text.hpp"

namespace dossier {

namespace {

constexpr std::uint32_t last_sector = 0xFFFFFFFA; // numbers above are marks: end of a chain, free, part of the table
constexpr std::uint32_t end_of_chain = 0xFFFFFFFE;
constexpr std::size_t header_size = 512, entry_size = 128, most_entries = 100'000;
constexpr std::uint64_t least_of_sectors = 4096; // smaller streams lie in a stream of their own kind

std::uint32_t number(std::string_view bytes, std::size_t at, int size = 4) {
    std::uint32_t value = 0;
    for (int i = 0; i < size; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)])) << 8 * i;
    return value;
}

Error damaged(std::string_view what) { return Error(ErrorKind::invalid, std::string(what), {}, "save the document again"); }

} // namespace

Result<CompoundFile> CompoundFile::open(std::string_view bytes) {
    if (bytes.size() < header_size) return damaged("it is cut off in its first 512 bytes");
    CompoundFile file;
    file.bytes_ = bytes;
    const std::uint32_t shift = number(bytes, 30, 2);
    if (shift != 9 && shift != 12) return damaged("its header makes no sense");
    file.sector_size_ = std::size_t{1} << shift;
    DOSSIER_CHECK(file.read_table());
    DOSSIER_CHECK(file.read_directory(number(bytes, 48)));
    DOSSIER_CHECK(file.check_streams());
    return file;
}

std::string_view CompoundFile::sector(std::uint32_t number) const {
    const std::uint64_t at = (std::uint64_t{number} + 1) * sector_size_;
    return number > last_sector || at >= bytes_.size() ? std::string_view() : bytes_.substr(static_cast<std::size_t>(at), sector_size_);
}

// The table lies in sectors that the header lists: 109 in itself, the others in a chain of sectors.
Result<void> CompoundFile::read_table() {
    std::vector<std::uint32_t> parts;
    const std::uint32_t count = number(bytes_, 44);
    for (std::size_t i = 0; i < 109 && parts.size() < count; ++i) parts.push_back(number(bytes_, 76 + 4 * i));
    const std::size_t listed = sector_size_ / 4 - 1;
    std::uint32_t at = number(bytes_, 68);
    for (std::uint32_t left = number(bytes_, 72); left > 0 && parts.size() < count; --left) {
        const std::string_view list = sector(at);
        if (list.size() < sector_size_) return damaged("it is cut off: the list of its table is not there");
        for (std::size_t i = 0; i < listed && parts.size() < count; ++i) parts.push_back(number(list, 4 * i));
        at = number(list, 4 * listed);
    }
    if (parts.size() < count || std::uint64_t{count} * sector_size_ > bytes_.size())
        return damaged("it is cut off: its table is not there");
    for (const std::uint32_t part : parts) {
        const std::string_view table = sector(part);
        if (table.size() < sector_size_) return damaged("it is cut off: a part of its table is not there");
        for (std::size_t i = 0; i < sector_size_; i += 4) next_.push_back(number(table, i));
    }
    return {};
}

Result<std::vector<std::uint32_t>> CompoundFile::chain(std::uint32_t first) const {
    std::vector<std::uint32_t> sectors;
    for (std::uint32_t at = first; at != end_of_chain; at = next_[at]) {
        if (at >= next_.size()) return damaged("its table makes no sense");
        if (sectors.size() == next_.size()) return damaged("its table goes in a circle");
        sectors.push_back(at);
    }
    return sectors;
}

Result<void> CompoundFile::read_directory(std::uint32_t first) {
    DOSSIER_TRY(const auto sectors, chain(first));
    for (const std::uint32_t part : sectors) {
        const std::string_view bytes = sector(part);
        if (bytes.size() < sector_size_) return damaged("it is cut off: a part of its directory is not there");
        for (std::size_t at = 0; at < bytes.size() && entries_.size() < most_entries; at += entry_size) {
            const unsigned kind = number(bytes, at + 66, 1); // 0 free, 1 folder, 2 stream, 5 root
            if (kind == 0) continue;
            CompoundEntry entry;
            for (std::size_t i = 0; i + 2 <= 64 && i + 2 < number(bytes, at + 64, 2); i += 2) {
                const std::uint32_t c = number(bytes, at + i, 2);
                entry.name += c >= 0x20 && c < 0x7F ? static_cast<char>(c) : '?';
            }
            entry.is_stream = kind == 2;
            entry.first_sector = number(bytes, at + 116);
            entry.size = number(bytes, at + 120);
            entries_.push_back(std::move(entry));
        }
    }
    if (entries_.empty()) return damaged("its directory is empty");
    return {};
}

// Each stream that has sectors of its own has as many as it needs, and the last of them is in the file.
Result<void> CompoundFile::check_streams() const {
    for (const CompoundEntry& entry : entries_) {
        if (!entry.is_stream || entry.size < least_of_sectors) continue;
        DOSSIER_TRY(const auto sectors, chain(entry.first_sector));
        if (sectors.size() * sector_size_ < entry.size) return damaged(fill("its part {} is not whole", entry.name));
        const std::uint64_t in_last = entry.size - (entry.size - 1) / sector_size_ * sector_size_;
        if (sector(sectors[static_cast<std::size_t>((entry.size - 1) / sector_size_)]).size() < in_last)
            return damaged(fill("it is cut off: its part {} is not whole", entry.name));
    }
    return {};
}

const CompoundEntry* CompoundFile::find(std::string_view name) const {
    for (const CompoundEntry& entry : entries_)
        if (entry.name == name) return &entry;
    return nullptr;
}

std::string CompoundFile::start_of(const CompoundEntry& entry) const {
    return entry.is_stream && entry.size >= least_of_sectors ? std::string(sector(entry.first_sector)) : "";
}

} // namespace dossier
