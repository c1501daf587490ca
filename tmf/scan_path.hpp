// A file's path as words: what each word is and what it was used for; for scan*.cpp only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dossier::tmf::scan {

enum class Use { none, study, number, event, version, date, place, person, language, status, artifact };

struct Word {
    std::string text; // folded: lower case, no accents; letters or digits, never both
    std::string raw;  // as written
    std::string gap;  // what stands before it: "", "_", " ", ...
    std::size_t part = 0;
    Use use = Use::none;
    bool digits = false;
    bool is_upper() const { return !raw.empty() && raw[0] >= 'A' && raw[0] <= 'Z' && raw.back() >= 'A' && raw.back() <= 'Z'; }
};

struct Path {
    std::vector<std::string> parts; // folders and, last, the file's name without its extension
    std::vector<Word> words;        // of all parts
    std::string extension;          // of the file's name, folded: "pdf"
    std::size_t name() const { return parts.size() - 1; }
    bool in_name(const Word& word) const { return word.part == name(); }
};

Path read_path(const std::string& path);
// How many words from `first` on that read `wanted` (letters and digits, folded) when put together, all in one part and not
// cut off within a written word; 0 when they do not. `within`: but the first may go on with a capital ("AnnO'Brien").
std::size_t spelt_by(const Path& path, std::size_t first, std::string_view wanted, bool within = false);
// The same of an id as the study writes it, whose numbers stay whole: "v3.0 12" is not V301-2.
std::size_t spelt_by_id(const Path& path, std::size_t first, std::string_view id);
// "1.1", "A1.1": how many words of digits follow the word, each behind a dot, before anything else; three of a date count for none.
std::size_t digits_behind_dots(const Path& path, std::size_t at);
// Letters and digits of a text, folded: "MDL-201" -> "mdl201".
std::string letters_and_digits(std::string_view text);

} // namespace dossier::tmf::scan
