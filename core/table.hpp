// Tables as people make them: CSV (BOM, ';' or tab or ',', Windows-1252, quotes) and XLSX (our reader over ZIP and XML), header row
// anywhere in the first 10 rows; and writing CSV and XLSX (libxlsxwriter).
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct TableColumn {
    std::string name;                  // lower case, '_' between words
    std::vector<std::string> synonyms; // accepted spellings, same form
    bool required = false;             // the column, not each cell
};

struct TableRow {
    std::int64_t number = 0;                  // the row that a spreadsheet shows, of a CSV too: a cell may hold several lines of the file
    std::map<std::string, std::string> cells; // by column name; trimmed; empty cells are absent. Dates are YYYY-MM-DD
    // Columns whose cell is a number shown as the spreadsheet likes: 1.20, typed into it, is stored and read as 1.2. XLSX only.
    std::set<std::string> plain_numbers;
    std::map<std::string, std::string> times; // by column, of a date cell: the time of day that it held too, "14:30". XLSX only
    std::vector<Error> faults;                // only where they were asked for (core/table_head.hpp); the row may lack what they are about
    bool counts_from_1904 = false;            // XLSX of a workbook whose numbers of days begin in 1904, not 1900
    std::string cell(const std::string& column) const {
        const auto found = cells.find(column);
        return found == cells.end() ? "" : found->second;
    }
};

struct Table {
    std::string path;
    std::string sheet;               // XLSX only
    std::vector<std::string> header; // column names found, in their order
    std::vector<TableRow> rows;      // rows whose cells are all empty are left out
    std::vector<std::string> notes;  // what was assumed: "read as Windows-1252", "separator ;"
    Place place(const TableRow& row, const std::string& column = {}) const { return {path, sheet, row.number, column, -1}; }
};

struct TableLimits {
    std::uint64_t bytes = 512u << 20;
    std::uint64_t rows = 2'000'000;
    std::uint64_t cell_bytes = 64u << 10;
};

// Reads by content (a ZIP is XLSX), not by name. Unknown column: an error that names the nearest known one; a required column that is not
// there, a column twice, no header: errors with file and row. `sheet` empty = the first sheet that has a header.
Result<Table> read_table(FileSystem& fs, const std::string& path, const std::vector<TableColumn>& columns, const std::string& sheet = {},
                         const TableLimits& limits = {});
Result<Table> parse_table(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns,
                          const std::string& sheet = {}, const TableLimits& limits = {});

// Tab separated values of our own templates: first line names the columns, exact number of cells, no quoting, '#' comment lines skipped.
struct TsvRow {
    std::int64_t line = 0;
    std::vector<std::string> cells;
};
struct Tsv {
    std::string path;
    std::vector<std::string> header;
    std::vector<TsvRow> rows;
    std::size_t column(std::string_view name) const; // index, or header.size()
};
// `expected` are the column names in order; another header, a row with other than that many cells: errors with file and line.
Result<Tsv> parse_tsv(std::string_view bytes, const std::string& path, const std::vector<std::string>& expected);

// ---- writing ----
struct SheetCell {
    enum class Kind { text, number, date } kind = Kind::text;
    std::string text; // of text and date (YYYY-MM-DD)
    double number = 0;
    SheetCell() = default;
    SheetCell(std::string value) : text(std::move(value)) {}
    SheetCell(const char* value) : text(value) {}
    SheetCell(std::int64_t value) : kind(Kind::number), number(static_cast<double>(value)) {}
    SheetCell(double value) : kind(Kind::number), number(value) {}
    static SheetCell date(std::string iso);
};
struct Sheet {
    std::string name; // at most 31 characters; made legal when written
    std::vector<std::string> header;
    std::vector<std::vector<SheetCell>> rows;
};
std::string
to_csv(const Sheet& sheet); // RFC 4180, CRLF, UTF-8 with BOM; a text cell that a spreadsheet would run as a formula gets a leading '
Result<void> write_xlsx(const std::string& path,
                        const std::vector<Sheet>& sheets); // header frozen, bold, filter; same input gives same bytes

} // namespace dossier
