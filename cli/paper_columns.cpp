#include "cli/paper_columns.hpp"

#include <algorithm>
#include <set>

namespace dossier::cli {

namespace {

// In hundredths of the type's size; templates/pages/page.css prints rows in 9 pixels, tight ones in 8, with 6 pixels between columns, on
// 1031 pixels (A4 landscape within its margins), less what rounding takes.
constexpr std::int64_t paper = 101'000 / 9, tight_paper = 101'000 / 8, gap = 600 / 9;
constexpr std::int64_t longest_word = 1600; // longer ones are broken: with_long_word()
constexpr std::int64_t easy_text = 1500;    // a text that has this much is read with ease

// Of DejaVu Sans, the widest of the fonts that a page may be shown in.
std::int64_t width_of(char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return byte >= 0xE0 ? 100 : byte >= 0xC0 ? 68 : 0; // once a character, by its first byte
    if (c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '@' || c == '%') return 98;
    if (c >= 'A' && c <= 'Z') return 70;
    if (c == 'i' || c == 'j' || c == 'l' || c == 't' || c == 'f' || c == 'r' || c == ' ' || c == '.' || c == ',') return 40;
    return 64;
}

struct Widths {
    std::int64_t word = 0, text = 0; // of the longest word, of the whole
};

Widths widths_of(const std::string& text) {
    Widths widths;
    std::int64_t word = 0;
    for (const char c : text) {
        widths.text += width_of(c);
        word = c == ' ' ? 0 : word + width_of(c);
        widths.word = std::max(widths.word, word);
        if (c == '-') word = 0; // a browser ends a line behind it
    }
    return widths;
}

// The fewest first columns, at most three, whose values tell the rows apart; one where they do not.
std::size_t telling_columns(const tmf::ReportTable& table) {
    for (std::size_t count = 1; count <= 3 && count < table.columns.size(); ++count) {
        std::set<std::string> seen;
        for (const auto& row : table.rows) {
            std::string key;
            for (std::size_t i = 0; i < count; ++i) key += tmf::cell_text(row[i]) + '\n';
            if (!seen.insert(std::move(key)).second) break;
        }
        if (seen.size() == table.rows.size()) return count;
    }
    return 1;
}

} // namespace

bool with_long_word(const std::string& text) { return widths_of(text).word > longest_word; }

PaperColumns paper_columns(const tmf::ReportTable& table) {
    std::int64_t least = 0;             // with every text broken at every word
    std::vector<std::int64_t> readable; // with heads on one line
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const tmf::ReportColumn& column = table.columns[i];
        const bool breaks = column.kind == tmf::ColumnKind::text || column.kind == tmf::ColumnKind::list;
        Widths cells;
        for (const auto& row : table.rows) {
            const Widths cell = widths_of(tmf::cell_text(row[i]));
            cells.word = std::max(cells.word, std::min(breaks ? cell.word : cell.text, longest_word));
            cells.text = std::max(cells.text, cell.text);
        }
        const Widths head = widths_of(column.title);
        // Heads are bold, by an eighth wider; their numbers do not break.
        const std::int64_t on_one_line = head.text * 9 / 8;
        least += std::max(breaks ? head.word * 9 / 8 : on_one_line, cells.word) + gap;
        readable.push_back(std::max({on_one_line, cells.word, breaks ? std::min(cells.text, easy_text) : cells.text}) + gap);
    }
    PaperColumns columns;
    if (least <= paper) return columns;
    columns.tight = least <= tight_paper;
    if (columns.tight) return columns;
    const std::size_t telling = telling_columns(table);
    std::int64_t used = paper; // as if a part were full
    for (std::size_t i = telling; i < table.columns.size(); ++i) {
        if (used + readable[i] > paper) {
            auto& part = columns.parts.emplace_back();
            used = 300; // the number of the row
            for (std::size_t first = 0; first < telling; ++first) {
                part.push_back(first);
                used += readable[first];
            }
        }
        columns.parts.back().push_back(i);
        used += readable[i];
    }
    return columns;
}

} // namespace dossier::cli
