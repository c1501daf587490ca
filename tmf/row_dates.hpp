// The dates of a row of a list: as people and spreadsheets write them, with a note of what was made of them.
#pragma once

#include "core/table.hpp"
#include "tmf/study.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

struct RowDate {
    OptionalDate date;
    std::optional<Error> fault;     // message and remedy
    std::vector<std::string> notes; // accepted, but worth a look: a number of days, a time of day that was left out
};

// `text` is the cell of that column. Errors: no date, a day after `today` where it may not be ahead.
RowDate read_row_date(const TableRow& row, const std::string& column, const std::string& text, Date today, bool may_be_ahead);

} // namespace dossier::tmf
