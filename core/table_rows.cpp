#include "core/table_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/text.hpp"

namespace dossier::table_rows {

namespace {

constexpr std::size_t most_problems = 100;
constexpr std::size_t most_faults_of_rows = 100'000; // where rows keep theirs; with more it is no list

const TableColumn* find_column(const std::string& name, const std::vector<TableColumn>& columns) {
    for (const TableColumn& column : columns) {
        if (normal_name(column.name) == name) return &column;
        for (const std::string& synonym : column.synonyms)
            if (normal_name(synonym) == name) return &column;
    }
    return nullptr;
}

std::vector<std::string> all_names(const std::vector<TableColumn>& columns, bool with_synonyms) {
    std::vector<std::string> names;
    for (const TableColumn& column : columns) {
        names.push_back(column.name);
        if (with_synonyms) names.insert(names.end(), column.synonyms.begin(), column.synonyms.end());
    }
    return names;
}

std::string shortened(const std::string& text) {
    if (text.size() <= 60) return text;
    std::size_t at = 57;
    while (at > 0 && (text[at] & 0xC0) == 0x80) --at; // not within a character
    return text.substr(0, at) + "...";
}

} // namespace

std::string normal_name(std::string_view heading) {
    std::string name;
    for (const char c : replace_all(to_lower(heading), "\xC2\xA0", " ")) {
        const bool gap = c == ' ' || c == '-' || c == '_' || c == '\t' || c == '\r' || c == '\n';
        if (!gap)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    while (!name.empty() && std::string_view("_*:").find(name.back()) != std::string_view::npos) name.pop_back();
    return name;
}

std::string clean_cell(std::string_view raw) {
    constexpr std::string_view invisible[] = {"\xE2\x80\x8B", "\xEF\xBB\xBF"}; // zero-width space, byte order mark
    for (std::size_t before = raw.size() + 1; before != raw.size();) {
        before = raw.size();
        raw = trim(raw);
        for (const std::string_view mark : invisible) {
            if (starts_with(raw, mark)) raw.remove_prefix(mark.size());
            if (ends_with(raw, mark)) raw.remove_suffix(mark.size());
        }
    }
    const std::size_t quotes = raw.find_first_not_of('\'');
    if (quotes != std::string_view::npos && quotes > 0 && std::string_view("=+-@").find(raw[quotes]) != std::string_view::npos)
        raw.remove_prefix(1); // the quote that to_csv puts there
    return std::string(raw);
}

std::string column_letter(std::size_t index) {
    std::string letters;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters;
}

Cells to_cells(const std::vector<std::string>& texts) {
    Cells cells;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].empty()) continue;
        if (std::string text = clean_cell(texts[i]); !text.empty()) cells.push_back({i, std::move(text), false});
    }
    return cells;
}

namespace {

// As spreadsheet programs write it, in English (also in every XLSX), German, French, Spanish and Italian.
bool is_failed_formula(std::string_view text) {
    static const std::set<std::string_view> words = {"#N/A",     "#REF!",  "#NAME?",   "#VALUE!", "#DIV/0!",  "#NUM!",  "#NULL!",
                                                     "#SPILL!",  "#CALC!", "#NV",      "#BEZUG!", "#WERT!",   "#ZAHL!", "#N/D",
                                                     "#VALEUR!", "#NOM?",  "#NOMBRE!", "#NUL!",   "#VALORE!", "#NOME?"};
    return words.count(text) > 0;
}

// Stands in a refused row for what a merged cell does not hold, so that the row is not good for its being empty.
constexpr std::string_view merged_mark = "#MERGED ";
bool is_merged_mark(std::string_view text) {
    if (!starts_with(text, merged_mark) || text.size() == merged_mark.size()) return false;
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:", merged_mark.size()) == std::string_view::npos;
}

// Of a cell that says nothing but that its value is lost. Message and remedy only.
std::optional<Error> fault_of(const std::string& text) {
    if (is_failed_formula(text))
        return Error(ErrorKind::invalid, fill("the cell holds {}, which is what a spreadsheet shows of a formula that failed", text), {},
                     "mend the formula, or empty the cell");
    if (text == formula_without_result)
        return Error(ErrorKind::invalid, "this cell holds a formula without its result", {},
                     "open the file in a spreadsheet program, so that it calculates, and save it; or write the value that is meant");
    if (is_merged_mark(text))
        return Error(ErrorKind::invalid, fill("the cell holds {}: it was one of merged cells, of which only the first holds a value", text),
                     {}, "write the value that is meant, or empty the cell");
    return std::nullopt;
}

} // namespace

Match match_header(const Cells& cells, const std::vector<TableColumn>& columns) {
    std::vector<const TableColumn*> found;
    for (const Cell& cell : cells) {
        const TableColumn* column = find_column(normal_name(cell.text), columns);
        if (column && std::find(found.begin(), found.end(), column) == found.end()) found.push_back(column);
    }
    Match match;
    match.known = found.size();
    match.complete = found.size() >= std::min<std::size_t>(2, columns.size());
    for (const TableColumn& column : columns)
        if (column.required && std::find(found.begin(), found.end(), &column) == found.end()) match.complete = false;
    return match;
}

TableBuilder::TableBuilder(std::string path, std::string sheet, const std::vector<TableColumn>& columns, const TableLimits& limits,
                           TableHead& head)
    : columns_(columns), limits_(limits), head_(head) {
    table_.path = std::move(path);
    table_.sheet = std::move(sheet);
}

void TableBuilder::report(Error problem) {
    if (problems_.size() < (head_.keep_faulty_rows ? most_faults_of_rows : most_problems)) problems_.push_back(std::move(problem));
}

void TableBuilder::report_merged(std::string range, std::int64_t first_row, std::int64_t last_row, std::size_t first_column,
                                 std::size_t last_column) {
    merged_.push_back({std::move(range), first_row, last_row, first_column, last_column});
}

void TableBuilder::judge_merged(const Merged& cells) {
    if (cells.first_row <= header_row_) return; // of headings and what stands above them
    std::size_t known = 0, first = cells.first_column;
    for (std::size_t i = std::min(cells.last_column + 1, target_.size()); i-- > cells.first_column;)
        if (target_[i] < table_.header.size()) {
            ++known;
            first = i;
        }
    if (known == 0 || (cells.first_row == cells.last_row && known == 1)) return;
    const Error merged(ErrorKind::invalid,
                       fill("the cells {} are merged: only the first one holds the value, the others are empty", cells.range),
                       place(cells.first_row, column_letter(first)), "unmerge them, and write the value into every row that it is for");
    if (!head_.keep_faulty_rows) return report(merged);
    const auto first_row = std::lower_bound(table_.rows.begin(), table_.rows.end(), cells.first_row,
                                            [](const TableRow& row, std::int64_t number) { return row.number < number; });
    for (auto row = first_row; row != table_.rows.end() && row->number <= cells.last_row; ++row) {
        if (problems_.size() == most_faults_of_rows) return;
        report(merged);
        problems_.back().where.line = row->number;
        mark_merged(cells, *row);
    }
}

// The first cell's value is good for its own row; whatever is behind the others was not seen.
void TableBuilder::mark_merged(const Merged& cells, const TableRow& row) {
    for (std::size_t i = cells.first_column; i <= cells.last_column && i < target_.size(); ++i) {
        if (target_[i] >= table_.header.size()) continue;
        const std::string& column = table_.header[target_[i]];
        if (row.number == cells.first_row && i == cells.first_column && !row.cell(column).empty()) continue;
        head_.lost[row.number].by_column.emplace(column, fill("{}{}{}:{}{}", merged_mark, column_letter(cells.first_column),
                                                              cells.first_row, column_letter(cells.last_column), cells.last_row));
    }
}

Result<void> TableBuilder::add(std::int64_t number, Cells cells) {
    for (const Cell& cell : cells)
        if (cell.text.size() > limits_.cell_bytes)
            return Error(ErrorKind::invalid, fill("a cell of {} bytes, at most {} are read", cell.text.size(), limits_.cell_bytes),
                         place(number, column_letter(cell.column)), "shorten it, or look for a quote (\") that is never closed");
    ++seen_;
    Row row{number, std::move(cells)};
    if (settled_) return add_data(row);
    const bool among_first = number <= header_within || seen_ <= header_within;
    if (among_first) {
        if (!row.cells.empty()) first_.push_back(std::move(row));
        return {};
    }
    DOSSIER_CHECK(settle_header());
    return add_data(row);
}

Result<void> TableBuilder::settle_header() {
    settled_ = true;
    const std::vector<Row> rows = std::move(first_);
    first_.clear();
    std::size_t best = 0;
    Match best_match;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Match match = match_header(rows[i].cells, columns_);
        if (match.known <= best_match.known) continue;
        best = i;
        best_match = match;
    }
    if (best_match.known == 0) return {};
    has_header_ = true;
    for (std::size_t i = 0; i < best; ++i) {
        TableHeadRow& above = head_.above.emplace_back();
        above.number = rows[i].number;
        for (const Cell& cell : rows[i].cells) above.texts.push_back(cell.text);
    }
    read_header(rows[best]);
    if (best > 0) note(fill("the column names are in row {}; what stands above them is not read", rows[best].number));
    for (std::size_t i = best + 1; i < rows.size(); ++i) DOSSIER_CHECK(add_data(rows[i]));
    return {};
}

void TableBuilder::read_header(const Row& row) {
    header_row_ = row.number;
    target_.assign(row.cells.back().column + 1, no_column);
    std::vector<std::string> seen(columns_.size());
    for (const Cell& cell : row.cells) add_heading(row, cell, seen);
    check_required(row);
}

void TableBuilder::add_heading(const Row& row, const Cell& cell, std::vector<std::string>& seen) {
    const std::size_t index = cell.column;
    const std::string name = normal_name(cell.text);
    const TableColumn* column = find_column(name, columns_);
    if (!column) {
        target_[index] = unknown_column;
        if (head_.other_columns) return note(fill("the column {} is passed over", shortened(cell.text)));
        const std::string near = nearest(name, all_names(columns_, true));
        report(
            Error(ErrorKind::invalid, fill("unknown column {}", shortened(cell.text)), place(row.number, column_letter(index)),
                  near.empty() ? "the columns known here are " + join(all_names(columns_, false), ", ") : fill("did you mean {}?", near)));
        return;
    }
    std::string& first = seen[static_cast<std::size_t>(column - columns_.data())];
    if (!first.empty() && head_.other_columns) {
        target_[index] = unknown_column;
        return note(fill("the column {} is there twice; {} is read, {} is passed over", column->name, first, column_letter(index)));
    }
    if (!first.empty()) {
        report(Error(ErrorKind::invalid, fill("the column {} is there twice, it is column {} already", column->name, first),
                     place(row.number, column_letter(index)), "keep one of the two"));
        target_[index] = unknown_column;
        return;
    }
    first = column_letter(index);
    target_[index] = table_.header.size();
    table_.header.push_back(column->name);
}

void TableBuilder::check_required(const Row& row) {
    for (const TableColumn& column : columns_)
        if (column.required && std::find(table_.header.begin(), table_.header.end(), column.name) == table_.header.end())
            report(Error(ErrorKind::invalid, "this column is needed and is not there", place(row.number, column.name),
                         fill("add a column with the name {}", column.name)));
}

Result<void> TableBuilder::add_data(const Row& row) {
    if (!has_header_ || row.cells.empty()) return {};
    if (table_.rows.size() >= limits_.rows)
        return Error(ErrorKind::invalid, fill("more than {} rows", limits_.rows), place(row.number, ""), "split the file");
    TableRow result;
    result.number = row.number;
    for (const Cell& cell : row.cells) {
        const std::size_t target = cell.column < target_.size() ? target_[cell.column] : no_column;
        if (auto fault = target < table_.header.size() ? fault_of(cell.text) : std::nullopt) {
            fault->where = place(row.number, column_letter(cell.column));
            report(std::move(*fault));
            head_.lost[row.number].by_column[table_.header[target]] = cell.text;
        } else if (target < table_.header.size()) {
            result.cells[table_.header[target]] = cell.text;
            if (cell.is_plain_number) result.plain_numbers.insert(table_.header[target]);
            if (!cell.time.empty()) result.times[table_.header[target]] = cell.time;
        } else if (target == no_column && !head_.other_columns) { // under an unknown name: the heading is reported
            head_.lost[row.number].beyond.push_back(cell.text);
            report(Error(ErrorKind::invalid, fill("the cell \"{}\" stands under no column name", shortened(cell.text)),
                         place(row.number, column_letter(cell.column)),
                         "name its column in the header row, or empty it; in a CSV, put text that holds the separator in quotes"));
        }
    }
    const bool is_faulty = !problems_.empty() && problems_.back().where.line == row.number;
    if (!result.cells.empty() || (head_.keep_faulty_rows && is_faulty)) table_.rows.push_back(std::move(result));
    return {};
}

// Faults of the header stay the table's.
void TableBuilder::keep_faults_of_rows() {
    std::map<std::int64_t, TableRow*> rows;
    for (TableRow& row : table_.rows) rows[row.number] = &row;
    std::vector<Error> others;
    for (Error& problem : problems_) {
        const auto row = rows.find(problem.where.line);
        (row == rows.end() ? others : row->second->faults).push_back(std::move(problem));
    }
    problems_ = std::move(others);
}

Error TableBuilder::no_header() const {
    return Error(ErrorKind::invalid, fill("none of the first {} rows names a known column", header_within),
                 {table_.path, table_.sheet, 0, "", -1}, "name the columns in the first row: " + join(all_names(columns_, false), ", "));
}

Result<Table> TableBuilder::finish() {
    if (!settled_) DOSSIER_CHECK(settle_header());
    if (!has_header_) return no_header();
    if (auto error = merged_headings()) return std::move(*error);
    for (const Merged& cells : merged_) judge_merged(cells);
    if (head_.keep_faulty_rows && problems_.size() < most_faults_of_rows) keep_faults_of_rows();
    if (problems_.empty()) return std::move(table_);
    if (problems_.size() == 1) return problems_.front();
    Error error(ErrorKind::invalid, fill("{} faults in the table", problems_.size()), {table_.path, table_.sheet, 0, "", -1});
    if (problems_.size() >= most_problems) error.message = fill("at least {} faults in the table", problems_.size());
    if (problems_.size() > most_problems) problems_.erase(problems_.begin() + most_problems, problems_.end());
    error.details = std::move(problems_);
    return error;
}

} // namespace dossier::table_rows
