#include "tmf/scan_path.hpp"

#include <set>

#include "core/fold.hpp"
#include "core/path.hpp"

namespace dossier::tmf::scan {

namespace {

enum class Kind { gap, digit, upper, lower };

Kind kind_of(char c) {
    if (c >= '0' && c <= '9') return Kind::digit;
    if (c >= 'A' && c <= 'Z') return Kind::upper;
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) return Kind::lower; // other alphabets count as letters
    return Kind::gap;
}

// Capitals with accents are capitals; an accent that stands alone is of the letter before it.
Kind kind_at(const std::string& text, std::size_t at, Kind before) {
    const auto byte = [&text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
    const bool goes_on = byte(at) >= 0x80 && byte(at) <= 0xBF, accent = byte(at) == 0xCC || (byte(at) == 0xCD && byte(at + 1) <= 0xAF);
    if (goes_on || accent) return before;
    const bool latin_capital = byte(at) == 0xC3 && byte(at + 1) >= 0x80 && byte(at + 1) <= 0x9E && byte(at + 1) != 0x97;
    return latin_capital ? Kind::upper : kind_of(text[at]);
}

// Words end where the kind changes; "TrainingLog" is two, "MVRs" and "IRBmembers" stay one.
void split_words(const std::string& part, std::size_t index, std::vector<Word>& words) {
    std::string gap;
    for (std::size_t i = 0; i < part.size();) {
        Kind kind = kind_at(part, i, Kind::lower);
        if (kind == Kind::gap) {
            gap += part[i++];
            continue;
        }
        const std::size_t start = i;
        const bool digits = kind == Kind::digit;
        for (++i; i < part.size(); ++i) {
            const Kind next = kind_at(part, i, kind);
            if (next == Kind::gap || (next == Kind::digit) != digits || (kind == Kind::lower && next == Kind::upper)) break;
            kind = next;
        }
        Word word;
        word.raw = part.substr(start, i - start);
        word.text = fold_letters(word.raw);
        word.gap = gap;
        word.part = index;
        word.digits = digits;
        gap.clear();
        words.push_back(std::move(word));
    }
}

} // namespace

std::string letters_and_digits(std::string_view text) {
    std::string result;
    for (const char c : fold_letters(text))
        if (kind_of(c) != Kind::gap) result += c;
    return result;
}

Path read_path(const std::string& path) {
    Path read;
    read.parts = path::parts(path);
    if (read.parts.empty()) read.parts.emplace_back();
    std::string& name = read.parts.back();
    const std::size_t dot = name.rfind('.');
    const bool is_number = dot != std::string::npos && name.find_first_not_of("0123456789", dot + 1) == std::string::npos; // "plan v2.0"
    if (dot != std::string::npos && dot > 0 && name.size() - dot <= 6 && !is_number) {
        read.extension = fold_letters(name.substr(dot + 1));
        name.resize(dot);
    }
    for (std::size_t i = 0; i < read.parts.size(); ++i) split_words(read.parts[i], i, read.words);
    return read;
}

std::size_t spelt_by(const Path& path, std::size_t first, std::string_view wanted, bool within) {
    const Word& start = path.words[first];
    if (!within && start.gap.empty() && first > 0 && path.words[first - 1].part == start.part) return 0; // within a written word
    std::size_t at = first;
    while (!wanted.empty()) {
        if (at == path.words.size() || path.words[at].part != start.part || path.words[at].use != Use::none) return 0;
        const std::string& text = path.words[at].text;
        if (wanted.substr(0, text.size()) != text) return 0;
        wanted.remove_prefix(text.size());
        ++at;
    }
    const bool cut = at < path.words.size() && path.words[at].part == start.part && path.words[at].gap.empty();
    return cut ? 0 : at - first;
}

std::size_t digits_behind_dots(const Path& path, std::size_t at) {
    std::size_t count = 0;
    for (std::size_t i = at + 1; i < path.words.size() && path.words[i].part == path.words[at].part; ++i, ++count)
        if (!path.words[i].digits || path.words[i].gap != "." || path.words[i].use != Use::none) break;
    return count < 3 ? count : 0;
}

std::size_t spelt_by_id(const Path& path, std::size_t first, std::string_view id) {
    const std::size_t count = spelt_by(path, first, letters_and_digits(id));
    std::set<std::size_t> parted; // behind how many letters and digits the id has something else
    std::size_t read = 0;
    for (const char c : fold_letters(id)) {
        if (kind_of(c) == Kind::gap)
            parted.insert(read);
        else
            ++read;
    }
    read = 0;
    for (std::size_t at = first; at < first + count; ++at) {
        const bool within_digits = at > first && path.words[at].digits && path.words[at - 1].digits;
        if (within_digits && parted.count(read) == 0) return 0;
        read += path.words[at].text.size();
    }
    return count;
}

} // namespace dossier::tmf::scan
