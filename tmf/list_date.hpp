// Dates as people write them in lists: ISO first, and spellings that can mean one day only.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dossier::tmf {

// 2025-06-30, 20250630, 2025/06/30, 30-JUN-2025, 30 June 2025, June 30, 2025 (months in English, German and French), 30/06/2025 and
// 06/30/2025 (one number is above 12, or both are equal). 03/04/2025 may be March or April: an error that says so; so is a year of two
// digits. The error has a message and a remedy only.
Result<Date> parse_list_date(std::string_view text);

// The calendar day, as it is written and whatever its time zone, where a time of day may stand behind it: 2025-06-30 14:30,
// 30.06.2025, 2:30 PM, 2025-06-30T14:30:00.5Z, 2025-06-30T14:30+02:00. Who reads it says that the time counts for nothing.
struct ListDay {
    Date date;
    std::string time; // as written; empty: none, or midnight, which is what programs add to a day
};
Result<ListDay> parse_list_day(std::string_view text);

// What a spreadsheet that takes 1.2 or 1-2 for a day leaves of it: 2025-02-01, 01. Feb, 2-Jan (a day of 2024 where there is no year).
std::optional<Date> named_day(const std::string& text);

// What a spreadsheet leaves of a date when the cell lost its format: days since 1899-12-30, or since 1904-01-01 in workbooks that say so.
// Five digits, from 1954 to 2091, perhaps with a fraction (the time of day); else none.
std::optional<ListDay> date_of_day_number(std::string_view text, bool counts_from_1904 = false);

} // namespace dossier::tmf
