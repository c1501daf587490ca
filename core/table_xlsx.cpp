#include "core/table_xlsx.hpp"

#include <algorithm>

#include "core/table_rows.hpp"
#include "core/text.hpp"
#include "core/xlsx.hpp"

namespace dossier::table_xlsx {

namespace {

using table_rows::Match;

struct Looked {
    Match header;          // the best one
    bool has_rows = false; // below it; looked for where the header is complete
};

Result<Looked> look_at(xlsx::Workbook& book, const xlsx::SheetInfo& sheet, const std::vector<TableColumn>& columns) {
    Looked found;
    int seen = 0;
    const xlsx::UseRow look = [&](const xlsx::SheetRow& row) -> Result<bool> {
        const bool may_be_header = seen++ < table_rows::header_within || row.number <= table_rows::header_within;
        const Match match = may_be_header ? table_rows::match_header(row.cells, columns) : Match();
        if (match.better_than(found.header))
            found = {match, false};
        else if (!row.cells.empty())
            found.has_rows = true;
        const bool more_may_come = seen < table_rows::header_within || row.number < table_rows::header_within;
        return more_may_come || (found.header.complete && !found.has_rows);
    };
    DOSSIER_CHECK(book.read_rows(sheet, look));
    return found;
}

// As a shell takes it as one word; cmd.exe wants double quotes instead.
std::string in_shell(const std::string& name) {
    const bool plain = name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_") == std::string::npos;
    return plain ? name : "'" + replace_all(name, "'", "'\\''") + "'";
}

Error several_lists(const std::vector<std::string>& names, const std::string& path, const std::string& option) {
    std::vector<std::string> said;
    for (const std::string& name : names) said.push_back(fill("{} {}", option, in_shell(name)));
    return Error(ErrorKind::usage, fill("{} sheets of the workbook are lists: {}; none was read", names.size(), join(names, ", ")), {path},
                 fill("say which one is meant, and run it again for each of the others: {}", join(said, ", ")));
}

Result<xlsx::SheetInfo> choose_sheet(xlsx::Workbook& book, const std::vector<TableColumn>& columns, const std::string& path,
                                     const TableHead& head) {
    std::vector<xlsx::SheetInfo> sheets = book.sheets();
    std::stable_sort(sheets.begin(), sheets.end(), [](const auto& a, const auto& b) { return a.is_hidden < b.is_hidden; });
    std::size_t best = 0;
    Looked best_look;
    std::vector<std::string> lists; // visible, with rows
    for (std::size_t i = 0; i < sheets.size() && (lists.empty() || !sheets[i].is_hidden); ++i) {
        DOSSIER_TRY(const Looked look, look_at(book, sheets[i], columns));
        const bool is_list = look.header.complete && look.has_rows;
        if (is_list && (sheets[i].is_hidden || head.sheet_option.empty())) return sheets[i];
        if (lists.empty() && (is_list || look.header.better_than(best_look.header))) {
            best = i;
            best_look = look;
        }
        if (is_list) lists.push_back(sheets[i].name);
    }
    if (lists.size() > 1) return several_lists(lists, path, head.sheet_option);
    return sheets[best];
}

Result<xlsx::SheetInfo> find_sheet(const xlsx::Workbook& book, const std::string& wanted, const std::string& path) {
    std::vector<std::string> names;
    for (const xlsx::SheetInfo& sheet : book.sheets()) {
        if (to_lower(trim(sheet.name)) == to_lower(trim(wanted))) return sheet;
        names.push_back(sheet.name);
    }
    return Error(ErrorKind::not_found, fill("the workbook has no sheet {}", wanted), {path}, "its sheets are " + join(names, ", "));
}

std::string note_of_others(const xlsx::Workbook& book, const xlsx::SheetInfo& read) {
    std::vector<std::string> others;
    for (const xlsx::SheetInfo& sheet : book.sheets())
        if (sheet.part != read.part) others.push_back(sheet.name);
    if (others.empty()) return "";
    return fill("the sheet {} is read; not read: {}", read.name, join(others, ", "));
}

// A filter hides rows from the person, not from the table.
std::string note_of_hidden(const std::vector<std::int64_t>& rows) {
    std::vector<std::string> numbers;
    for (const std::int64_t row : rows)
        if (numbers.size() < 10) numbers.push_back(fill("{}", row));
    if (rows.size() > numbers.size()) numbers.push_back(fill("and {} more", rows.size() - numbers.size()));
    return fill("hidden or filtered rows are read too: {}", join(numbers, ", "));
}

} // namespace

Result<Table> parse(std::string_view bytes, const std::string& path, const std::vector<TableColumn>& columns, const std::string& wanted,
                    const TableLimits& limits, TableHead& head) {
    DOSSIER_TRY(xlsx::Workbook book, xlsx::Workbook::open(bytes, path, limits));
    DOSSIER_TRY(const xlsx::SheetInfo sheet, wanted.empty() ? choose_sheet(book, columns, path, head) : find_sheet(book, wanted, path));
    table_rows::TableBuilder builder(path, sheet.name, columns, limits, head);
    if (const std::string note = note_of_others(book, sheet); !note.empty()) builder.note(note);
    std::vector<std::int64_t> hidden;
    const xlsx::UseRow add = [&](xlsx::SheetRow row) -> Result<bool> {
        if (row.is_hidden && !row.cells.empty()) hidden.push_back(row.number);
        DOSSIER_CHECK(builder.add(row.number, std::move(row.cells)));
        return true;
    };
    std::vector<xlsx::Merged> merged;
    DOSSIER_CHECK(book.read_rows(sheet, add, &merged));
    for (xlsx::Merged& cells : merged)
        builder.report_merged(std::move(cells.range), cells.first_row, cells.last_row, cells.first_column, cells.last_column);
    if (!hidden.empty()) builder.note(note_of_hidden(hidden));
    DOSSIER_TRY(Table table, builder.finish());
    for (TableRow& row : table.rows) row.counts_from_1904 = book.counts_from_1904();
    return table;
}

} // namespace dossier::table_xlsx
