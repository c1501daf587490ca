#include "core/table_csv.hpp"

#include <algorithm>
#include <optional>

#include "core/encoding.hpp"
#include "core/table_rows.hpp"
#include "core/text.hpp"

namespace dossier::table_csv {

namespace {

constexpr std::size_t most_cells = 16'384; // as many as an XLSX row can have

// One row at a time off the front of the text.
class RowReader {
public:
    RowReader(std::string_view text, char separator, const std::string& path) : text_(text), separator_(separator), path_(path) {}

    bool at_end() const { return at_ >= text_.size(); }
    std::int64_t number() const { return number_; } // of the row that was read last

    Result<std::vector<std::string>> next() {
        std::vector<std::string> cells;
        ++number_;
        for (bool more = true; more;) {
            if (cells.size() >= most_cells)
                return Error(ErrorKind::invalid, fill("more than {} cells in one row{}", most_cells, in_row(line_)),
                             {path_, "", line_, "", -1}, "look for a line end that is missing");
            cells.emplace_back();
            DOSSIER_CHECK(read_cell(cells.back()));
            more = at_ < text_.size() && text_[at_] == separator_;
            if (more) ++at_;
        }
        skip_line_end();
        return cells;
    }

private:
    // A text editor finds the line, a spreadsheet the row.
    std::string in_row(std::int64_t line) const { return number_ == line ? std::string() : fill(" (row {})", number_); }
    bool is_line_end() const { return text_[at_] == '\n' || text_[at_] == '\r'; }
    void skip_line_end() {
        if (at_end()) return;
        at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1;
        ++line_;
    }
    Result<void> read_cell(std::string& cell) {
        const std::size_t begin = at_;
        while (!at_end() && text_[at_] == ' ' && separator_ != ' ') ++at_;
        if (!at_end() && text_[at_] == '"') return read_quoted(cell);
        at_ = begin;
        while (!at_end() && text_[at_] != separator_ && !is_line_end()) ++at_;
        cell = text_.substr(begin, at_ - begin);
        return {};
    }
    Result<void> read_quoted(std::string& cell) {
        const std::int64_t opened = line_;
        for (++at_;;) {
            const std::size_t stop = text_.find_first_of("\"\r\n", at_);
            if (stop == std::string_view::npos)
                return Error(ErrorKind::invalid, fill("a quoted cell starts here{} and is never closed", in_row(opened)),
                             {path_, "", opened, "", -1}, "put a quote (\") at its end, and write a quote within it twice (\"\")");
            cell += text_.substr(at_, stop - at_);
            at_ = stop;
            if (text_[at_] != '"') {
                cell += '\n';
                skip_line_end();
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += '"';
                at_ += 2;
            } else {
                ++at_;
                break;
            }
        }
        while (!at_end() && text_[at_] == ' ' && separator_ != ' ') ++at_;
        if (at_end() || text_[at_] == separator_ || is_line_end()) return {};
        return Error(ErrorKind::invalid, fill("text follows the closing quote of a cell{}", in_row(line_)), {path_, "", line_, "", -1},
                     "write a quote within a quoted cell twice (\"\")");
    }

    std::string_view text_;
    char separator_;
    const std::string& path_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1, number_ = 0;
};

struct Text {
    std::string_view given;
    std::optional<std::string> converted;
    std::string note;
    std::string_view view() const { return converted ? std::string_view(*converted) : given; }
};

std::int64_t line_at(std::string_view bytes, std::size_t offset) {
    std::int64_t line = 1;
    for (std::size_t at = 0; at < offset; ++at)
        if (bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] != '\n')) ++line;
    return line;
}

// The letters and digits around a byte beyond ASCII, and the others like it.
std::string_view word_at(std::string_view bytes, std::size_t at) {
    const auto is_of_word = [&](std::size_t i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
    };
    constexpr std::size_t most = 30;
    std::size_t begin = at, end = at;
    while (begin > 0 && at - begin < most && is_of_word(begin - 1)) --begin;
    while (end < bytes.size() && end - at < most && is_of_word(end)) ++end;
    return bytes.substr(begin, end - begin);
}

// Whoever reads the note sees at once whether the letters are right: an o umlaut of an old Mac is an s with caron here.
std::string note_of_code_page(std::string_view bytes) {
    std::size_t at = bytes.find_first_of("\x8A\x8C\x8E\x9A\x9C\x9E\x9F"); // letters there, and other ones elsewhere
    if (at == std::string_view::npos)
        at = static_cast<std::size_t>(
            std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) - bytes.begin());
    return fill("read as Windows-1252, because it is not UTF-8; line {} says \"{}\": if that is wrong, save it as CSV UTF-8 or XLSX",
                line_at(bytes, at), utf8_from_windows_1252(word_at(bytes, at)));
}

// A table that somebody put together from two others: whatever it is read as, names in it would come out wrong, and nobody would see it.
std::optional<Error> unknown_encoding(std::string_view bytes, const std::string& path) {
    const char* const remedy = "open the table, correct the letters with accents, and save it as CSV UTF-8 or XLSX";
    if (const auto mixed = mixed_encoding(bytes)) {
        const std::int64_t utf8 = line_at(bytes, mixed->utf8), other = line_at(bytes, mixed->other);
        return Error(ErrorKind::invalid,
                     fill("line {} is written in UTF-8 and line {} is not: which letters are meant cannot be known", utf8, other),
                     {path, "", other, "", -1}, remedy);
    }
    if (const auto at = not_windows_1252(bytes))
        return Error(
            ErrorKind::invalid,
            fill("byte {:02X} is a letter neither in UTF-8 nor in Windows-1252", std::int64_t{static_cast<unsigned char>(bytes[*at])}),
            {path, "", line_at(bytes, *at), "", -1}, remedy);
    if (const auto at = hardly_windows_1252(bytes)) {
        const std::int64_t line = line_at(bytes, *at);
        return Error(ErrorKind::invalid,
                     fill("line {} would say \"{}\" in Windows-1252: the table is in another code page, as old Macs or DOS write it, and "
                          "which letters are meant cannot be known",
                          line, utf8_from_windows_1252(word_at(bytes, *at))),
                     {path, "", line, "", -1}, "save it from the program that made it as CSV UTF-8 or XLSX, and look at its names");
    }
    return std::nullopt;
}

Result<Text> decode(std::string_view bytes, const std::string& path) {
    Text text;
    if (starts_with(bytes, "\xFF\xFE") || starts_with(bytes, "\xFE\xFF")) {
        text.converted = utf8_from_utf16(bytes.substr(2), bytes.front() == '\xFE');
        text.note = "read as UTF-16";
    } else if (starts_with(bytes, "\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
    } else if (const auto big_endian = unmarked_utf16(bytes)) {
        text.converted = utf8_from_utf16(bytes, *big_endian);
        text.note = "read as UTF-16, though it lacks the mark at its beginning";
    }
    text.given = bytes;
    if (!text.converted && !is_valid_utf8(bytes)) {
        if (auto unknown = unknown_encoding(bytes, path)) return *unknown;
        text.converted = utf8_from_windows_1252(bytes);
        text.note = note_of_code_page(bytes);
    }
    const std::size_t nul = text.view().find('\0');
    if (nul == std::string_view::npos) return text;
    return Error(ErrorKind::invalid, "this is no text: it holds a zero byte", {path, "", 0, "", static_cast<std::int64_t>(nul)},
                 "save the table as XLSX or as CSV UTF-8");
}

// "sep=;" in the first line, as Excel writes and reads it.
char declared_separator(std::string_view& text) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string first = to_lower(trim(text.substr(0, end)));
    if (first.size() != 5 || !starts_with(first, "sep=")) return 0;
    text.remove_prefix(end == std::string_view::npos ? text.size() : end); // its line end stays, so that lines are counted right
    return first[4];
}

struct Guess {
    table_rows::Match match;
    std::size_t cells = 0; // of the widest row
};

Guess try_separator(std::string_view text, char separator, const std::string& path, const std::vector<TableColumn>& columns) {
    Guess guess;
    int rows = 0;
    const auto result = read_rows(text, separator, path, [&](std::int64_t, std::vector<std::string> cells) -> Result<bool> {
        guess.cells = std::max(guess.cells, cells.size());
        const table_rows::Match match = table_rows::match_header(table_rows::to_cells(cells), columns);
        if (match.known > guess.match.known) guess.match = match;
        return ++rows < table_rows::header_within;
    });
    (void)result.has_value(); // a fault is reported when the file is read with the separator chosen
    return guess;
}

// The one with which a row near the top names most columns.
char guess_separator(std::string_view text, const std::string& path, const std::vector<TableColumn>& columns) {
    char best = ',';
    Guess best_guess = try_separator(text, best, path, columns);
    for (const char candidate : {';', '\t', '|'}) {
        const Guess guess = try_separator(text, candidate, path, columns);
        const bool better = guess.match.known != best_guess.match.known ? guess.match.known > best_guess.match.known
                                                                        : guess.match.known == 0 && guess.cells > best_guess.cells;
        if (!better) continue;
        best = candidate;
        best_guess = guess;
    }
    return best;
}

std::string separator_name(char separator) { return separator == '\t' ? "tab" : std::string(1, separator); }

} // namespace

Result<void> read_rows(std::string_view text, char separator, const std::string& path, const UseRow& use) {
    RowReader reader(text, separator, path);
    while (!reader.at_end()) {
        DOSSIER_TRY(std::vector<std::string> cells, reader.next());
        DOSSIER_TRY(const bool more, use(reader.number(), std::move(cells)));
        if (!more) return {};
    }
    return {};
}

Result<Table> parse(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns, const TableLimits& limits,
                    TableHead& head) {
    DOSSIER_TRY(const Text text, decode(bytes, path));
    std::string_view rest = text.view();
    char separator = declared_separator(rest);
    const std::int64_t above = separator == 0 ? 0 : 1; // spreadsheets do not show the line that declares it
    if (separator == 0) separator = guess_separator(rest, path, columns);
    table_rows::TableBuilder builder(path, "", columns, limits, head);
    if (!text.note.empty()) builder.note(text.note);
    if (separator != ',') builder.note("separator " + separator_name(separator));
    const UseRow use = [&builder, above](std::int64_t number, std::vector<std::string> cells) -> Result<bool> {
        DOSSIER_CHECK(builder.add(number - above, table_rows::to_cells(cells)));
        return true;
    };
    DOSSIER_CHECK(read_rows(rest, separator, path, use));
    return builder.finish();
}

} // namespace dossier::table_csv
