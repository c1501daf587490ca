#include <algorithm>

#include "core/table_rows.hpp"
#include "core/text.hpp"

namespace dossier::table_rows {

// Merged cells of the header row that leave columns without a name, or a row of headings among the data. Others look nice and harm nothing.
bool TableBuilder::is_merged_heading(const Merged& cells) const {
    if (cells.first_row > header_row_ || cells.last_row < header_row_) return false;
    const auto below = [&](std::int64_t number) { return number > header_row_ && number <= cells.last_row; };
    if (std::any_of(table_.rows.begin(), table_.rows.end(), [&](const TableRow& row) { return below(row.number); })) return true;
    return std::any_of(problems_.begin(), problems_.end(), [&](const Error& problem) {
        if (problem.where.line == header_row_ && cells.first_row < cells.last_row) return true;
        for (std::size_t i = cells.first_column + 1; i <= cells.last_column; ++i)
            if ((i >= target_.size() || target_[i] == no_column) && problem.where.column == column_letter(i)) return true;
        return below(problem.where.line);
    });
}

// Said alone: what else is told of such a table (a value "date" that is no date, an artifact that is missing) follows from it.
std::optional<Error> TableBuilder::merged_headings() const {
    std::vector<std::string> ranges;
    for (const Merged& cells : merged_)
        if (is_merged_heading(cells)) ranges.push_back(cells.range);
    if (ranges.empty()) return std::nullopt;
    return Error(ErrorKind::invalid, fill("headings are merged ({}): not every column is named in one row", join(ranges, ", ")),
                 place(header_row_, ""), "unmerge them, name each column in one row, and take further rows of headings out");
}

} // namespace dossier::table_rows
