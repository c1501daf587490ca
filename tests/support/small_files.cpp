#include "tests/support/small_files.hpp"

#include <cstddef>
#include <cstdint>

namespace test {

namespace {

template <std::size_t n> std::string raw(const char (&text)[n]) { return std::string(text, n - 1); }

std::string number(std::uint32_t value, int bytes = 4) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * i & 0xFF);
    return text;
}

} // namespace

std::string png() {
    return raw("\x89PNG\r\n\x1A\n") + raw("\0\0\0\rIHDR\0\0\0\3\0\0\0\2\x08\0\0\0\0\xB8\x1F\x39\xC6") +
           raw("\0\0\0\x0BIDAT\x78\x9C\x63\x60\x80\0\0\0\x08\0\1\xB7\x58\x73\x95") + raw("\0\0\0\0IEND\xAE\x42\x60\x82");
}

std::string jpeg() {
    return raw("\xFF\xD8") + raw("\xFF\xE0\0\x06\xFF\xD8\xFF\xD9") + raw("\xFF\xC0\0\x0B\x08\0\4\0\5\1\1\x11\0") +
           raw("\xFF\xDA\0\x08\1\1\0\0\x3F\0") + raw("\x12\xFF\0\x34\xFF\xD0\x56") + raw("\xFF\xD9");
}

std::string gif() { return raw("GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF") + raw("!\xFE\2hi\0") + raw(",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"); }

std::string tiff(bool low_first) { // the strip is at 8, the directory at 16
    const auto number = [&](unsigned value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> 8 * (low_first ? i : bytes - 1 - i) & 0xFF);
        return text;
    };
    const auto field = [&](unsigned tag, unsigned value) { return number(tag, 2) + number(4, 2) + number(1, 4) + number(value, 4); };
    return (low_first ? raw("II") : raw("MM")) + number(42, 2) + number(16, 4) + "1234567\n" + number(4, 2) + field(256, 7) +
           field(257, 1) + field(273, 8) + field(279, 7) + number(0, 4);
}

// Sector 0 is the table, 1 the directory, the streams follow, 8 sectors each.
std::string compound(const std::vector<std::pair<std::string, std::string>>& streams) {
    constexpr std::uint32_t end = 0xFFFFFFFE, table = 0xFFFFFFFD, none = 0xFFFFFFFF;
    std::string header = std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") + std::string(16, '\0') + number(0x3E, 2) + number(3, 2) +
                         number(0xFFFE, 2) + number(9, 2) + number(6, 2) + std::string(6, '\0') + number(0) + number(1) + number(1) +
                         number(0) + number(4096) + number(end) + number(0) + number(end) + number(0) + number(0);
    while (header.size() < 512) header += number(none);
    std::string sectors = number(table) + number(end), directory, data;
    const auto entry = [](const std::string& name, char kind, std::uint32_t first, std::uint32_t size) {
        std::string text;
        for (const char c : name) text += {c, '\0'};
        text.resize(64, '\0');
        text += number(static_cast<std::uint32_t>(2 * name.size() + 2), 2) + kind + '\1' + number(none) + number(none) + number(none);
        text.resize(116, '\0');
        return text + number(first) + number(size) + number(0);
    };
    directory = entry("Root Entry", 5, end, 0);
    std::uint32_t next = 2;
    for (const auto& [name, start] : streams) {
        directory += entry(name, 2, next, 4096);
        for (int i = 0; i < 7; ++i) sectors += number(++next);
        sectors += number(end);
        ++next;
        data += start + std::string(4096 - start.size(), '\0');
    }
    while (sectors.size() < 512) sectors += number(none);
    directory.resize(512, '\0');
    return header + sectors + directory + data;
}

std::string word(bool encrypted) { // the flags of its FIB are the two bytes at 10
    return std::string("\xEC\xA5\xC1\0\0\0\0\0\0\0\0", 11) + (encrypted ? '\x01' : '\0');
}
std::string excel(bool encrypted) { // BOF of 16 bytes, then FILEPASS or something else
    return std::string("\x09\x08\x10\0", 4) + std::string(16, '\0') + (encrypted ? '\x2F' : '\x42') + std::string(3, '\0');
}

} // namespace test
