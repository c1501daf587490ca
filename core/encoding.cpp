#include "core/encoding.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier {

namespace {

constexpr char32_t replacement = 0xFFFD;

// Bytes 0x80 to 0x9F of Windows-1252; the other bytes are their own code points. Five are not assigned.
constexpr char32_t windows_1252[32] = {0x20AC,      replacement, 0x201A, 0x0192, 0x201E, 0x2026,      0x2020, 0x2021,
                                       0x02C6,      0x2030,      0x0160, 0x2039, 0x0152, replacement, 0x017D, replacement,
                                       replacement, 0x2018,      0x2019, 0x201C, 0x201D, 0x2022,      0x2013, 0x2014,
                                       0x02DC,      0x2122,      0x0161, 0x203A, 0x0153, replacement, 0x017E, 0x0178};

std::size_t sequence_length(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
}

// The bytes of the well-formed UTF-8 character that starts here; 0 where there is none.
std::size_t character_at(std::string_view bytes, std::size_t at) {
    const std::size_t length = sequence_length(static_cast<unsigned char>(bytes[at]));
    return length > 0 && at + length <= bytes.size() && is_valid_utf8(bytes.substr(at, length)) ? length : 0;
}

// U+00C0 to U+017F: Latin-1 Supplement's letters, Latin Extended-A.
bool is_european_letter(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    return character.size() == 2 && lead >= 0xC3 && lead <= 0xC5;
}

} // namespace

std::optional<MixedEncoding> mixed_encoding(std::string_view bytes) {
    std::optional<std::size_t> utf8, other;
    std::size_t in_a_row = 0, begin = 0;
    for (std::size_t at = 0; at < bytes.size() && !(utf8 && other);) {
        const std::size_t length = character_at(bytes, at);
        if (length == 0 && !other) other = at;
        if (length < 2) {
            in_a_row = 0;
        } else {
            if (in_a_row++ == 0) begin = at;
            if (!utf8 && (in_a_row > 1 || is_european_letter(bytes.substr(at, length)))) utf8 = begin;
        }
        at += length == 0 ? 1 : length;
    }
    return utf8 && other ? std::optional(MixedEncoding{*utf8, *other}) : std::nullopt;
}

std::optional<std::size_t> not_windows_1252(std::string_view bytes) {
    const std::size_t at = bytes.find_first_of("\x81\x8D\x8F\x90\x9D");
    return at == std::string_view::npos ? std::nullopt : std::optional(at);
}

std::optional<std::size_t> hardly_windows_1252(std::string_view bytes) {
    constexpr std::string_view capitals = "\x8A\x8C\x8E\x9F"; // S and Z with caron, OE, Y with diaeresis
    // Low and curved quotes, florin, daggers, accents alone, per mille, section; not what people put between words without a blank
    constexpr std::string_view signs = "\x82\x83\x84\x86\x87\x88\x89\x93\x94\x98\xA7";
    const auto is_lower = [&](std::size_t at) { return at < bytes.size() && bytes[at] >= 'a' && bytes[at] <= 'z'; };
    const auto is_letter = [&](std::size_t at) { return is_lower(at) || (at < bytes.size() && bytes[at] >= 'A' && bytes[at] <= 'Z'); };
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) continue;
        const bool within = at > 0 && is_letter(at - 1) && is_lower(at + 1);
        const bool odd_capital = capitals.find(bytes[at]) != std::string_view::npos &&
                                 (within || (at > 0 && is_lower(at - 1)) || (bytes[at] == '\x9F' && is_lower(at + 1)));
        const bool odd_sign = signs.find(bytes[at]) != std::string_view::npos && within;
        if (odd_capital || odd_sign) return at;
    }
    return std::nullopt;
}

std::optional<bool> unmarked_utf16(std::string_view bytes) {
    constexpr std::size_t looked_at = 64;
    if (bytes.size() < 4 || bytes.size() % 2 != 0) return std::nullopt;
    std::size_t even = 0, odd = 0, units = 0;
    for (std::size_t at = 0; at + 1 < std::min(bytes.size(), looked_at); at += 2) {
        ++units;
        even += bytes[at] == 0 ? 1 : 0;
        odd += bytes[at + 1] == 0 ? 1 : 0;
    }
    const std::size_t most = units - units / 4; // letters of other scripts may be among them
    if (odd >= most && even == 0) return false;
    if (even >= most && odd == 0) return true;
    return std::nullopt;
}

void append_utf8(std::string& text, char32_t code) {
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = replacement;
    auto add = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0 | (code >> 6));
        add(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        add(0xE0 | (code >> 12));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    } else {
        add(0xF0 | (code >> 18));
        add(0x80 | ((code >> 12) & 0x3F));
        add(0x80 | ((code >> 6) & 0x3F));
        add(0x80 | (code & 0x3F));
    }
}

std::string utf8_from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(text, byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80] : byte);
    }
    return text;
}

std::string utf8_from_utf16(std::string_view bytes, bool big_endian) {
    std::string text;
    text.reserve(bytes.size());
    auto unit = [&](std::size_t at) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[at]), second = static_cast<unsigned char>(bytes[at + 1]);
        return big_endian ? char32_t(first) << 8 | second : char32_t(second) << 8 | first;
    };
    std::size_t at = 0;
    for (; at + 1 < bytes.size(); at += 2) {
        char32_t code = unit(at);
        if (code >= 0xD800 && code < 0xDC00 && at + 3 < bytes.size()) {
            const char32_t low = unit(at + 2);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        append_utf8(text, code);
    }
    if (at < bytes.size()) append_utf8(text, replacement);
    return text;
}

std::string replace_invalid_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(static_cast<unsigned char>(bytes.front()));
        if (length > 0 && length <= bytes.size() && is_valid_utf8(bytes.substr(0, length))) {
            text += bytes.substr(0, length);
            bytes.remove_prefix(length);
        } else {
            append_utf8(text, replacement);
            bytes.remove_prefix(1);
        }
    }
    return text;
}

namespace {

// Of one character in UTF-8: C0 and C1 controls, U+200B to U+200F, U+202A to U+202E, U+2060 to U+206F, U+FEFF.
bool is_unseen(std::string_view character) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
    if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
    if (character.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
    if (character == "\xEF\xBB\xBF") return true;
    if (character.size() != 3 || byte(0) != 0xe2) return false;
    if (byte(1) == 0x81) return byte(2) >= 0xa0 && byte(2) <= 0xaf;
    return byte(1) == 0x80 && ((byte(2) >= 0x8b && byte(2) <= 0x8f) || (byte(2) >= 0xaa && byte(2) <= 0xae));
}

} // namespace

std::string escape_unseen(std::string_view bytes) {
    constexpr const char* digits = "0123456789ABCDEF";
    std::string text;
    while (!bytes.empty()) {
        std::size_t length = sequence_length(static_cast<unsigned char>(bytes.front()));
        const bool fits = length > 0 && length <= bytes.size() && is_valid_utf8(bytes.substr(0, length));
        length = fits ? length : 1;
        if (!fits || is_unseen(bytes.substr(0, length)) || starts_with(bytes, "\\x")) {
            for (const char c : bytes.substr(0, length)) {
                const auto byte = static_cast<unsigned char>(c);
                text += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
            }
        } else {
            text += bytes.substr(0, length);
        }
        bytes.remove_prefix(length);
    }
    return text;
}

} // namespace dossier
