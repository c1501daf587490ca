// libxlsxwriter's only door.
#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include <xlsxwriter.h>

#include "core/encoding.hpp"
#include "core/path.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "core/xlsx_cut.hpp"

namespace dossier {

namespace {

constexpr std::size_t most_rows = LXW_ROW_MAX, most_columns = LXW_COL_MAX, most_sheet_name = 31;
constexpr std::int64_t creation_time = 946684800; // 2000-01-01T00:00:00Z in every workbook: equal content, equal bytes

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string first_characters(const std::string& text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((text[at] & 0xC0) != 0x80 && count-- == 0) break;
    return text.substr(0, at);
}

// ISO 29500-1, 22.9.2.19 (ST_Xstring): _xHHHH_ means a character there, so a text that really holds it is escaped.
std::string escape_underscores(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool code = at + 6 < text.size() && text[at] == '_' && text[at + 1] == 'x' && text[at + 6] == '_' &&
                          text.find_first_not_of("0123456789abcdefABCDEF", at + 2) == at + 6;
        if (code) out += "_x005F";
        out += text[at];
    }
    return out;
}

std::string whole_cell(const std::string& raw) {
    std::string text = escape_underscores(is_valid_utf8(raw) ? raw : replace_invalid_utf8(raw));
    return replace_all(replace_all(std::move(text), "\xEF\xBF\xBE", "\xEF\xBF\xBD"), "\xEF\xBF\xBF", "\xEF\xBF\xBD"); // not XML characters
}

bool is_too_long(const std::string& text) { return text.size() > most_cell_characters && count_characters(text) > most_cell_characters; }

std::string cut_remark() { return fill(" [cut: a cell holds at most {} characters]", most_cell_characters); }

// Unique without regard to case, at most 31 characters, none of []:*?/\ and no apostrophe at an end.
std::string legal_sheet_name(const std::string& wanted, std::set<std::string>& taken) {
    std::string name = is_valid_utf8(wanted) ? wanted : replace_invalid_utf8(wanted);
    for (char& c : name)
        if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20) c = ' ';
    name = first_characters(std::string(trim(name)), most_sheet_name);
    if (name.empty() || to_lower(name) == "history") name = "Sheet";
    const std::string base = name;
    for (int number = 2; !taken.insert(to_lower(name)).second; ++number) {
        const std::string suffix = fill(" ({})", number);
        name = first_characters(base, most_sheet_name - suffix.size()) + suffix;
    }
    return name;
}

Result<void> check_size(const Sheet& sheet, const std::string& path) {
    std::size_t columns = sheet.header.size();
    for (const auto& row : sheet.rows) columns = std::max(columns, row.size());
    if (sheet.rows.size() < most_rows && columns <= most_columns) return {};
    return Error(ErrorKind::unsupported,
                 fill("sheet {} would have {} rows and {} columns; a sheet holds at most {} and {}", sheet.name, sheet.rows.size() + 1,
                      columns, most_rows, most_columns),
                 {path}, "write it as CSV");
}

class Workbook {
public:
    explicit Workbook(const std::string& path) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE; // rows are written in order and leave memory at once
        book_ = workbook_new_opt(path.c_str(), &options);
        if (!book_) return;
        lxw_doc_properties properties{};
        properties.created = creation_time;
        workbook_set_properties(book_, &properties);
        bold_ = workbook_add_format(book_);
        format_set_bold(bold_);
        date_ = workbook_add_format(book_);
        format_set_num_format(date_, "yyyy\\-mm\\-dd");
    }
    ~Workbook() {
        if (book_) (void)workbook_close(book_);
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    bool is_open() const { return book_ != nullptr; }

    lxw_error add(const Sheet& sheet) {
        lxw_worksheet* target = workbook_add_worksheet(book_, legal_sheet_name(sheet.name, names_).c_str());
        if (!target) return LXW_ERROR_MEMORY_MALLOC_FAILED;
        std::vector<std::size_t> widths;
        lxw_error error = LXW_NO_ERROR;
        auto keep = [&error](lxw_error result) {
            if (error == LXW_NO_ERROR) error = result;
        };
        for (std::size_t i = 0; i < sheet.header.size(); ++i) keep(write(target, 0, i, SheetCell(sheet.header[i]), bold_, widths));
        for (std::size_t r = 0; r < sheet.rows.size(); ++r)
            for (std::size_t i = 0; i < sheet.rows[r].size(); ++i) keep(write(target, r + 1, i, sheet.rows[r][i], nullptr, widths));
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            keep(worksheet_set_column(target, column, column, static_cast<double>(std::clamp<std::size_t>(widths[i] + 3, 8, 60)), nullptr));
        }
        if (!sheet.header.empty()) {
            worksheet_freeze_panes(target, 1, 0);
            keep(worksheet_autofilter(target, 0, 0, static_cast<lxw_row_t>(sheet.rows.size()),
                                      static_cast<lxw_col_t>(sheet.header.size() - 1)));
        }
        return error;
    }
    lxw_error close() {
        const lxw_error error = workbook_close(book_);
        book_ = nullptr;
        return error;
    }

private:
    lxw_error write(lxw_worksheet* sheet, std::size_t row, std::size_t column, const SheetCell& cell, lxw_format* format,
                    std::vector<std::size_t>& widths) {
        const auto r = static_cast<lxw_row_t>(row);
        const auto c = static_cast<lxw_col_t>(column);
        if (widths.size() <= column) widths.resize(column + 1, 0);
        if (cell.kind == SheetCell::Kind::number) {
            widths[column] = std::max<std::size_t>(widths[column], 8);
            return std::isfinite(cell.number) ? worksheet_write_number(sheet, r, c, cell.number, format) : LXW_NO_ERROR;
        }
        widths[column] = std::max(widths[column], count_characters(cell.text.substr(0, 200)));
        const auto date = cell.kind == SheetCell::Kind::date ? parse_date(cell.text) : std::nullopt;
        if (date && date->year() >= 1900) { // a sheet knows no earlier day
            lxw_datetime when{};
            when.year = date->year();
            when.month = date->month();
            when.day = date->day();
            return worksheet_write_datetime(sheet, r, c, &when, date_);
        }
        return cell.text.empty() ? LXW_NO_ERROR : worksheet_write_string(sheet, r, c, cut_to_cell(cell.text).c_str(), format);
    }

    lxw_workbook* book_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* date_ = nullptr;
    std::set<std::string> names_;
};

Result<void> write_workbook(const std::string& target, const std::string& path, const std::vector<Sheet>& sheets) {
    Workbook book(target);
    lxw_error error = book.is_open() ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED;
    for (const Sheet& sheet : sheets)
        if (error == LXW_NO_ERROR) error = book.add(sheet);
    if (error == LXW_NO_ERROR) error = book.close();
    if (error == LXW_NO_ERROR) return {};
    return Error(ErrorKind::io, fill("cannot write the workbook: {}", std::string_view(lxw_strerror(error))), {path},
                 "check that the folder is there, can be written and has room");
}

} // namespace

std::string cut_to_cell(const std::string& raw) {
    const std::string text = whole_cell(raw);
    return is_too_long(text) ? first_characters(text, most_cell_characters - cut_remark().size()) + cut_remark() : text;
}

bool is_cut_of(const std::string& whole, const std::string& said) {
    const std::string remark = cut_remark();
    return said.size() > remark.size() && ends_with(said, remark) && is_too_long(whole_cell(whole)) &&
           starts_with(whole, std::string_view(said).substr(0, said.size() - remark.size()));
}

std::vector<CutCell> cut_cells(const std::vector<Sheet>& sheets) {
    std::vector<CutCell> cut;
    for (const Sheet& sheet : sheets)
        for (std::size_t row = 0; row < sheet.rows.size(); ++row)
            for (std::size_t i = 0; i < sheet.rows[row].size(); ++i) {
                const SheetCell& cell = sheet.rows[row][i];
                if (cell.kind != SheetCell::Kind::text || cell.text.size() * 7 <= most_cell_characters) continue; // 7: _x005F_ for a sign
                if (is_too_long(whole_cell(cell.text)))
                    cut.push_back({sheet.name, static_cast<std::int64_t>(row) + 2, i < sheet.header.size() ? sheet.header[i] : "",
                                   count_characters(cell.text)});
            }
    return cut;
}

Result<void> write_xlsx(const std::string& path, const std::vector<Sheet>& sheets) {
    for (const Sheet& sheet : sheets) DOSSIER_CHECK(check_size(sheet, path));
    const auto disk = make_disk_file_system();
    const std::string temporary = path + ".xlsx.part"; // the library wants a name on the disk; the durable write below makes it whole
    (void)disk->remove(temporary).has_value();
    // A folder that cannot be written is told by us, not on stderr by the library.
    if (auto made = write_new_file(*disk, temporary, ""); !made) {
        if (made.error().kind == ErrorKind::not_found) // as of other files
            return Error(ErrorKind::not_found, fill("there is no folder {}", path::parent(path)), {path},
                         "make it first, or name another place");
        made.error().where.path = path;
        return made;
    }
    auto written = write_workbook(temporary, path, sheets);
    if (written) {
        const auto bytes = read_file(*disk, temporary, std::uint64_t(4) << 30);
        written = bytes ? write_file_durably(*disk, path, *bytes) : Result<void>(bytes.error());
    }
    (void)disk->remove(temporary).has_value();
    return written;
}

} // namespace dossier
