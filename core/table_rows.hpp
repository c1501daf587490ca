// Internal to core/table*.cpp: from rows of cells, as a CSV or a sheet yields them, to a Table: finds the header, matches the names,
// collects what is wrong.
#pragma once

#include "core/table_head.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::table_rows {

constexpr int header_within = 10; // rows from the top

// Lower case, one '_' for each run of spaces, hyphens and underscores, without the '*' or ':' that people put at the end.
std::string normal_name(std::string_view heading);

// Without white space, no-break and zero-width spaces at the ends; a quote that only keeps a spreadsheet from running the text is taken
// away.
std::string clean_cell(std::string_view raw);

std::string column_letter(std::size_t index); // 0 -> A, 26 -> AA

// A cell that is not empty; the others are left out.
struct Cell {
    std::size_t column = 0; // from 0
    std::string text;
    bool is_plain_number = false; // TableRow::plain_numbers
    std::string time = {};        // TableRow::times
};
using Cells = std::vector<Cell>; // by column, each once
// The text of a cell whose formula was never calculated. Who writes it into a cell gets the fault of such a cell.
constexpr std::string_view formula_without_result = "#FORMULA WITHOUT RESULT";
// Cleans the texts and drops what is empty then.
Cells to_cells(const std::vector<std::string>& texts);

// How well a row names the columns: how many of them, and whether all required ones are there.
struct Match {
    std::size_t known = 0;
    bool complete = false;
    bool better_than(const Match& other) const { return complete != other.complete ? complete : known > other.known; }
};
Match match_header(const Cells& cells, const std::vector<TableColumn>& columns);

class TableBuilder {
public:
    TableBuilder(std::string path, std::string sheet, const std::vector<TableColumn>& columns, const TableLimits& limits, TableHead& head);

    // Rows in order, cells clean; blank rows may be given or left out. Errors: too many rows, a cell too large.
    Result<void> add(std::int64_t number, Cells cells);
    void report(Error problem); // of a row or of the header; finish() fails, unless rows keep their faults
    // Cells merged in a spreadsheet, columns from 0: a fault where they lie below the header and hold more than one cell of known columns.
    void report_merged(std::string range, std::int64_t first_row, std::int64_t last_row, std::size_t first_column, std::size_t last_column);
    void note(std::string text) { table_.notes.push_back(std::move(text)); }
    // Errors: no header, every fault of the header, cells outside its columns.
    Result<Table> finish();

private:
    struct Row {
        std::int64_t number;
        Cells cells;
    };
    static constexpr std::size_t no_column = static_cast<std::size_t>(-1), unknown_column = no_column - 1;

    Place place(std::int64_t number, std::string column) const { return {table_.path, table_.sheet, number, std::move(column), -1}; }
    Result<void> settle_header();
    void read_header(const Row& row);
    void add_heading(const Row& row, const Cell& cell, std::vector<std::string>& seen);
    void check_required(const Row& row);
    Result<void> add_data(const Row& row);
    Error no_header() const;
    void keep_faults_of_rows();

    const std::vector<TableColumn>& columns_;
    TableLimits limits_;
    TableHead& head_;
    Table table_;
    std::vector<Row> first_;          // until the header is settled
    std::vector<std::size_t> target_; // index in table_.header for each column of the sheet, or no_column, unknown_column
    struct Merged {
        std::string range;
        std::int64_t first_row, last_row;
        std::size_t first_column, last_column;
    };
    void judge_merged(const Merged& cells);
    bool is_merged_heading(const Merged& cells) const;
    std::optional<Error> merged_headings() const;
    void mark_merged(const Merged& cells, const TableRow& row);

    std::vector<Merged> merged_;
    std::int64_t header_row_ = 0;
    std::vector<Error> problems_;
    bool settled_ = false, has_header_ = false;
    int seen_ = 0;
};

} // namespace dossier::table_rows
