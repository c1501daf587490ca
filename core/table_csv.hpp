// Internal to core/table*.cpp: CSV as people make it.
#pragma once

#include "core/table_head.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::table_csv {

// Called with the number of the row (from 1, blank ones counted) and its cells as written, without the quotes. False stops the reading.
using UseRow = std::function<Result<bool>(std::int64_t number, std::vector<std::string> cells)>;

// RFC 4180 with any separator and line end (LF, CRLF, CR); blanks around quotes are forgiven. Errors: a quote that never closes, text
// after a closing quote.
Result<void> read_rows(std::string_view text, char separator, const std::string& path, const UseRow& use);

Result<Table> parse(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns, const TableLimits& limits,
                    TableHead& head);

} // namespace dossier::table_csv
