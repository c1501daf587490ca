#include "core/stored_zip_records.hpp"

#include <algorithm>

namespace dossier::stored_zip {

namespace {

constexpr std::uint64_t date = 1 << 5 | 1; // 1980-01-01, the first day a ZIP knows; no time zone is involved
constexpr std::uint64_t utf8_names = 1 << 11;
constexpr std::uint64_t plain_version = 20, large_version = 45, unix_host = 3 << 8;
constexpr std::uint64_t plain_file = std::uint64_t(0100644) << 16; // rw-r--r--
constexpr std::uint64_t many = 0xFFFF, huge = 0xFFFFFFFF;

void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

std::string extra_of(const std::string& numbers) {
    if (numbers.empty()) return "";
    std::string out;
    put(out, 1, 2);
    put(out, numbers.size(), 2);
    return out + numbers;
}

// The part that local and central header share: flags to the length of the extra field.
void put_description(std::string& out, const Entry& entry, bool is_large, std::size_t extra) {
    put(out, utf8_names, 2);
    put(out, 0, 2); // stored
    put(out, 0, 2); // midnight
    put(out, date, 2);
    put(out, entry.crc, 4);
    put(out, is_large ? huge : entry.size, 4);
    put(out, is_large ? huge : entry.size, 4);
    put(out, entry.name.size(), 2);
    put(out, extra, 2);
}

} // namespace

std::string local_header(const Entry& entry, std::uint64_t large) {
    const bool is_large = entry.size >= large;
    std::string sizes;
    if (is_large) put(sizes, entry.size, 8), put(sizes, entry.size, 8);
    const std::string extra = extra_of(sizes);
    std::string out = "PK\x03\x04";
    put(out, is_large ? large_version : plain_version, 2);
    put_description(out, entry, is_large, extra.size());
    return out + entry.name + extra;
}

std::string central_header(const Entry& entry, std::uint64_t large) {
    const bool is_large = entry.size >= large, is_far = entry.offset >= large;
    std::string numbers;
    if (is_large) put(numbers, entry.size, 8), put(numbers, entry.size, 8);
    if (is_far) put(numbers, entry.offset, 8);
    const std::string extra = extra_of(numbers);
    const std::uint64_t version = is_large || is_far ? large_version : plain_version;
    std::string out = "PK\x01\x02";
    put(out, unix_host | version, 2);
    put(out, version, 2);
    put_description(out, entry, is_large, extra.size());
    put(out, 0, 2); // no comment
    put(out, 0, 2); // one disk
    put(out, 0, 2); // binary
    put(out, plain_file, 4);
    put(out, is_far ? huge : entry.offset, 4);
    return out + entry.name + extra;
}

std::string end_of_directory(std::uint64_t entries, std::uint64_t at, std::uint64_t size, std::uint64_t large) {
    std::string out;
    if (entries >= many || at >= large || size >= large) {
        out += "PK\x06\x06";
        put(out, 44, 8); // bytes of this record that follow
        put(out, unix_host | large_version, 2);
        put(out, large_version, 2);
        put(out, 0, 8); // one disk
        put(out, entries, 8);
        put(out, entries, 8);
        put(out, size, 8);
        put(out, at, 8);
        out += "PK\x06\x07";
        put(out, 0, 4);
        put(out, at + size, 8);
        put(out, 1, 4);
    }
    out += "PK\x05\x06";
    put(out, 0, 4);
    put(out, std::min(entries, many), 2);
    put(out, std::min(entries, many), 2);
    put(out, size >= large ? huge : size, 4);
    put(out, at >= large ? huge : at, 4);
    put(out, 0, 2);
    return out;
}

} // namespace dossier::stored_zip
