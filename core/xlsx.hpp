// Internal to core/: a small reader of XLSX workbooks (ISO 29500-1, SpreadsheetML) over the ZIP and XML doors. Cells come out as the text
// that people see: dates as YYYY-MM-DD, 1 and not 1.0, formulas as their last result. Nothing is calculated.
#pragma once

#include "core/result.hpp"
#include "core/table.hpp"
#include "core/table_rows.hpp"
#include "core/zip.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::xlsx {

// ---- numbers ----
struct NumberFormat {
    enum class Kind { general, date, time } kind = Kind::general;
    int digits = 0;   // at least so many before the point: "0000" shows 1 as 0001
    int decimals = 0; // at least so many after it: "0.00" shows 1.1 as 1.10
};
NumberFormat builtin_format(int id);                                                           // 18.8.30
NumberFormat parse_format(std::string_view code);                                              // of the first section
std::string number_text(std::string_view stored, const NumberFormat& format, bool epoch_1904); // `stored` itself when it is no number
std::string time_of_date(std::string_view stored, const NumberFormat& format); // that number_text leaves out: "14:30"; empty: none

std::string decode_text(std::string_view stored); // _xHHHH_ (22.9.2.19)

// ---- workbook ----
struct SheetInfo {
    std::string name, part;
    bool is_hidden = false;
};

struct SheetRow {
    std::int64_t number = 0;
    table_rows::Cells cells;
    bool is_hidden = false; // by hand, by a filter or folded away
};
// False stops the reading.
using UseRow = std::function<Result<bool>(SheetRow row)>;
// Cells that are shown as one: the value is the first one's, the others hold none (18.3.1.55). Columns from 0.
struct Merged {
    std::string range; // E2:E3
    std::int64_t first_row = 0, last_row = 0;
    std::size_t first_column = 0, last_column = 0;
};

class Workbook {
public:
    // Errors: invalid, unsupported for workbooks of other kinds (.xlsb, .ods).
    static Result<Workbook> open(std::string_view bytes, const std::string& path, const TableLimits& limits);

    const std::vector<SheetInfo>& sheets() const { return sheets_; }
    bool counts_from_1904() const { return epoch_1904_; }
    // `merged`: gets the merged cells, where the sheet is read to its end.
    Result<void> read_rows(const SheetInfo& sheet, const UseRow& use, std::vector<Merged>* merged = nullptr);

private:
    friend class WorkbookOpener;
    std::string path_;
    TableLimits limits_;
    std::shared_ptr<ZipReader> zip_;
    std::vector<SheetInfo> sheets_;
    std::string strings_part_;
    std::vector<std::string> strings_; // loaded with the first sheet
    bool has_strings_ = false;
    std::vector<NumberFormat> formats_; // by cell style
    bool epoch_1904_ = false;
};

} // namespace dossier::xlsx
