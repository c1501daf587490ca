// Internal to core/table*.cpp: a table out of a workbook.
#pragma once

#include "core/table_head.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::table_xlsx {

// `sheet` empty: the first sheet whose header is complete, visible ones before hidden ones and those with rows before those without; else
// the one that names most columns.
Result<Table> parse(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns, const std::string& sheet,
                    const TableLimits& limits, TableHead& head);

} // namespace dossier::table_xlsx
