// A report of a study as one value: who and when it speaks of, figures, tables of rows, findings, notes. It is made by a pure function
// (tmf/report_kinds.hpp) and rendered to JSON and sheets here, to text and a page by the command. Every figure is a count or a measure over
// rows that the same report holds; `from` says which. docs/reports.md is the contract of keys.
#pragma once

#include "core/finding.hpp"
#include "tmf/completeness.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace dossier::tmf {

// Nothing, a text, a number, a day, a share or percentage in tenths, or several texts ("; " between them where a list has no form).
struct Tenths {
    std::int64_t value = 0;  // 775 is 77.5
    bool of_nothing = false; // to read: n/a
    bool operator==(const Tenths&) const = default;
};
using ReportCell = std::variant<std::monostate, std::string, std::int64_t, Date, Tenths, std::vector<std::string>>;

enum class ColumnKind { text, number, date, percent, list };

struct ReportColumn {
    std::string key;   // of JSON; permanent
    std::string title; // for people
    ColumnKind kind = ColumnKind::text;
};

struct ReportTable {
    std::string key; // of JSON; permanent
    std::string title;
    std::vector<ReportColumn> columns;
    std::vector<std::vector<ReportCell>> rows; // as many cells as columns
    std::string note;                          // what the rows are, where the title does not say it
};

struct ReportFigure {
    std::string key; // of JSON; permanent
    std::string label;
    std::variant<ReportCell, Total> value; // a Total is a share: satisfied of expected
    std::string unit;                      // "days"; empty where the label says it
    std::string from;                      // the rows it is made of: "rows of documents with in_target yes"
};

struct Report {
    std::string kind, title;
    std::string study, study_title; // empty where the report is about all studies
    std::string model, edl;
    std::vector<std::string> lists;                           // own lists that the study adopted: ACME-2026@3
    CompletenessQuestion question;                            // as of, audience, filter
    std::vector<std::pair<std::string, ReportCell>> settings; // target_days -> 30: what else the figures depend on
    std::string tool;                                         // the command fills it in
    std::vector<ReportFigure> figures;
    std::vector<ReportTable> tables; // the first holds the rows that everything else is counted from
    std::vector<Finding> findings;
    std::vector<std::string> notes;
};

// Adds the row to what is due on the day and to the whole; a waived row counts nowhere.
void count_row(const CompletenessRow& row, Date as_of, Total& due, Total& whole);

inline ReportCell day_cell(const OptionalDate& date) { return date ? ReportCell(*date) : ReportCell(); }
inline ReportCell number_cell(std::int64_t number) { return number; }
ReportCell percent_cell(const Total& total); // of completeness: 100.0 where nothing is expected, to read n/a
ReportCell share_cell(const Total& total);   // of what was looked at: nothing where nothing was
std::string cell_text(const ReportCell& cell);
std::string figure_text(const ReportFigure& figure);           // "12 days", "7 of 9 = 77.8 %", "n/a"
std::string filter_text(const CompletenessQuestion& question); // "country USA, site 701"; empty when there is none

std::string expected_text(const Report& report); // the lists it was judged by: "EDL@1, ACME-2026@3"
Json to_json(const Report& report);
// The tables in their order, then the findings where there are any, then a summary: header facts and figures.
std::vector<Sheet> to_sheets(const Report& report);
Sheet to_csv_sheet(const Report& report); // the first table; each row says what the report is about (tmf/head_columns.hpp)

} // namespace dossier::tmf
