// Texts that are longer than a cell of an XLSX may be: what is cut off, and how to know a cut one again.
#pragma once

#include "core/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

constexpr std::size_t most_cell_characters = 32767; // a limit of Excel's; a CSV has none

struct CutCell {
    std::string sheet;
    std::int64_t row = 0; // as the spreadsheet shows it
    std::string column;   // its heading
    std::size_t characters = 0;
};
// The cells that write_xlsx cuts, in the order of the sheets.
std::vector<CutCell> cut_cells(const std::vector<Sheet>& sheets);

// What write_xlsx puts in a cell for `text` as it stands in the file: its beginning with a mark at the end where it is too long.
std::string cut_to_cell(const std::string& text);
// Whether `said` is what a cell held of the longer `whole`.
bool is_cut_of(const std::string& whole, const std::string& said);

} // namespace dossier
