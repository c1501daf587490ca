#include "tmf/row_dates.hpp"

#include "core/text.hpp"
#include "tmf/list_date.hpp"

namespace dossier::tmf {

namespace {

// Documents are filed by the day. A time says when somebody typed or stored something, and which day it is elsewhere is not for us to
// guess: the day stands as it is written.
std::string time_note(const std::string& column, const std::string& written, const ListDay& day) {
    return fill("{} {}: a document is filed by its day, {}; the time of day was left out", column, written, day.date.text());
}

} // namespace

RowDate read_row_date(const TableRow& row, const std::string& column, const std::string& text, Date today, bool may_be_ahead) {
    RowDate read;
    if (text.empty()) return read;
    std::optional<ListDay> day = date_of_day_number(text, row.counts_from_1904);
    if (day)
        read.notes.push_back(fill("{} {} was read as a spreadsheet's number of the day {}", column, text, day->date.text()));
    else if (auto written = parse_list_day(text))
        day = std::move(*written);
    else
        read.fault = written.error();
    if (!day) return read;
    if (const auto held = row.times.find(column); held != row.times.end()) // a cell of a workbook with a date's format
        read.notes.push_back(time_note(column, text + " " + held->second, *day));
    else if (!day->time.empty())
        read.notes.push_back(time_note(column, text, *day));
    if (!may_be_ahead && day->date > today)
        read.fault = Error(ErrorKind::invalid, fill("{} {} is in the future (today is {})", column, day->date.text(), today.text()), {},
                           "correct the date");
    read.date = day->date;
    return read;
}

} // namespace dossier::tmf
