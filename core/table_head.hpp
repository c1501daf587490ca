// Tables that were not made for this program: what stands above the column names is wanted, too, and columns of no interest are passed
// over.
#pragma once

#include "core/table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct TableHeadRow {
    std::int64_t number = 0;
    std::vector<std::string> texts; // of the cells that are not empty
};

struct TableHead {
    bool other_columns = false;      // asked for: columns that are not known, or there for the second time, are passed over with a note
    std::vector<TableHeadRow> above; // found: the rows above the column names, blank ones left out
};

// parse_table (core/table.hpp), with a head.
Result<Table> parse_table(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns,
                          const std::string& sheet, TableHead& head);

} // namespace dossier
