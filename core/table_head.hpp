// Tables that were not made for this program: what stands above the column names is wanted, too, columns of no interest are passed over,
// and what is wrong with one row leaves the others good.
#pragma once

#include "core/table.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct TableHeadRow {
    std::int64_t number = 0;
    std::vector<std::string> texts; // of the cells that are not empty
};

// What a row lacks because it is a fault. By column: the text that stood there, "#N/A", or what is read as the same fault again where there
// was none, "#MERGED E2:E3"; and the texts that stand under no column name.
struct LostCells {
    std::map<std::string, std::string> by_column;
    std::vector<std::string> beyond;
};

struct TableHead {
    bool other_columns = false;    // asked for: columns that are not known, or there for the second time, are passed over with a note
    bool keep_faulty_rows = false; // asked for: a fault of a row is kept with it (TableRow::faults) and is no error of the table
    // Asked for: what names a sheet at this door, "--sheet". Where none is named, a workbook with several visible lists is an error then:
    // one sheet for each country, of which one alone would be read.
    std::string sheet_option;
    std::vector<TableHeadRow> above;        // found: the rows above the column names, blank ones left out
    std::map<std::int64_t, LostCells> lost; // found, by row: for who writes the faulty rows down to be mended
};

// parse_table (core/table.hpp), with a head.
Result<Table> parse_table(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns,
                          const std::string& sheet, TableHead& head);
Result<Table> read_table(FileSystem& fs, const std::string& path, const std::vector<TableColumn>& columns, const std::string& sheet,
                         TableHead& head);

} // namespace dossier
