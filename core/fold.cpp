#include "core/fold.hpp"

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

} // namespace dossier
