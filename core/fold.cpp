#include "core/fold.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier {

namespace {

constexpr unsigned first_latin = 0xC0, end_latin = 0x180; // Latin-1 letters and Latin Extended-A
constexpr const char* latin[end_latin - first_latin] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e", "e", "e", "e", "i", "i", "i",  "i", "d", "n", "o",  "o",  "o", "o", "o", "",
    "o", "u", "u",  "u",  "u", "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e",  "e",  "i", "i", "i", "i",
    "d", "n", "o",  "o",  "o", "o", "o",  "",   "o", "u", "u", "u", "u", "y", "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d", "d", "e", "e", "e", "e", "e",  "e", "e", "e", "e",  "e",  "g", "g", "g", "g",
    "g", "g", "g",  "g",  "h", "h", "h",  "h",  "i", "i", "i", "i", "i", "i", "i",  "i", "i", "i", "ij", "ij", "j", "j", "k", "k",
    "k", "l", "l",  "l",  "l", "l", "l",  "l",  "l", "l", "l", "n", "n", "n", "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r", "r", "s", "s", "s", "s", "s",  "s", "s", "s", "t",  "t",  "t", "t", "t", "t",
    "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u", "u", "w", "w", "y",  "y", "y", "z", "z",  "z",  "z", "z", "z", "s",
};

} // namespace

std::string fold_letters(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
        if ((byte & 0xE0) != 0xC0 || (next & 0xC0) != 0x80) { // not two bytes
            folded += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : text[i];
            continue;
        }
        const unsigned code = (byte & 0x1Fu) << 6 | (next & 0x3Fu);
        if (code >= first_latin && code < end_latin)
            folded += latin[code - first_latin];
        else if (code < 0x300 || code > 0x36F) // a combining accent is dropped
            folded.append(text.substr(i, 2));
        ++i;
    }
    return folded;
}

std::string fold_umlauts(std::string_view text) {
    std::string spelt(text);
    for (const auto& [letter, written] : {std::pair{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}})
        spelt = replace_all(std::move(spelt), letter, written);
    return fold_letters(spelt);
}

namespace {

// The length of a blank or unseen mark that a text begins with; 0: it begins with neither.
std::size_t blank_at(std::string_view text) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
    if (byte(0) <= 0x20 || byte(0) == 0x7f) return 1;
    if (byte(0) == 0xc2) return (byte(1) >= 0x80 && byte(1) <= 0xa0) || byte(1) == 0xad ? 2 : 0; // control, no-break, soft hyphen
    if (byte(0) < 0xcd) return 0;
    for (const std::string_view mark :
         {"\u034f", "\u061c", "\u115f", "\u1160", "\u1680", "\u180e", "\u2800", "\u3000", "\u3164", "\ufeff", "\uffa0"})
        if (starts_with(text, mark)) return mark.size();
    const bool spaces = byte(1) == 0x80 && ((byte(2) >= 0x80 && byte(2) <= 0x8f) || (byte(2) >= 0xa8 && byte(2) <= 0xaf));
    const bool marks = byte(1) == 0x81 && byte(2) >= 0x9f && byte(2) <= 0xaf;
    return byte(0) == 0xe2 && (spaces || marks) ? 3 : 0; // U+2000 to U+200F, U+2028 to U+202F, U+205F to U+206F
}

std::size_t hyphen_at(std::string_view text) {
    if (starts_with(text, "-") || starts_with(text, "_")) return 1;
    for (const std::string_view dash : {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"})
        if (starts_with(text, dash)) return dash.size();
    return 0;
}

std::string without(std::string_view text, std::size_t (*left_out)(std::string_view)) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t length = left_out(text);
        if (length == 0) kept += text.front();
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return kept;
}

} // namespace

std::string without_blanks(std::string_view text) { return without(text, blank_at); }

std::string_view seen_text(std::string_view text) { return without_blanks(text).empty() ? std::string_view() : trim(text); }

std::string likeness(std::string_view value) { return fold_letters(without(without_blanks(value), hyphen_at)); }

} // namespace dossier
