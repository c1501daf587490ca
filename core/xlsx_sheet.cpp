// The rows of one sheet (18.3.1), read as they pass.
#include <algorithm>

#include "core/text.hpp"
#include "core/xlsx_parts.hpp"

namespace dossier::xlsx {

namespace {

constexpr std::int64_t last_row = 1'048'576;
constexpr std::size_t most_columns = 16'384, most_merged = 100'000;

// "BC12" -> 54; no letters, or too many: most_columns.
std::size_t column_of(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (upper < 'A' || upper > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(upper - 'A') + 1;
        if (column > most_columns) return most_columns;
    }
    return column == 0 ? most_columns : column - 1;
}

bool read_number(std::string_view text, std::int64_t& number) {
    if (text.empty() || text.size() > 10) return false;
    number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return false;
        number = number * 10 + (c - '0');
    }
    return true;
}

class SheetHandler final : public XmlHandler {
public:
    SheetHandler(const SheetContext& context, const UseRow& use, std::vector<Merged>* merged)
        : context_(context), use_(use), merged_(merged) {}

    Result<void> start(const XmlStart& element) override {
        const std::string name = local_name(element.name);
        if (name == "row") return start_row(element);
        if (name == "c") return start_cell(element);
        if (name == "mergeCell" && merged_ && merged_->size() < most_merged) add_merged(attribute_of(element, "ref"));
        if (!in_cell_) return {};
        if (name == "f") has_formula_ = true;
        in_value_ = name == "v";
        has_value_ = has_value_ || in_value_;
        if (in_inline_) inline_.start(name);
        if (name == "is") in_inline_ = true;
        return {};
    }
    Result<void> end(const std::string& full_name, std::int64_t) override {
        const std::string name = local_name(full_name);
        if (name == "row") return end_row();
        if (name == "c") return end_cell();
        in_value_ = false;
        if (name == "is") in_inline_ = false;
        if (in_inline_) inline_.end(name);
        return {};
    }
    Result<void> text(std::string_view piece) override {
        if (in_value_) value_ += piece;
        if (in_inline_) inline_.add(piece);
        if (value_.size() <= context_.limits.cell_bytes && inline_.size() <= context_.limits.cell_bytes) return {};
        return Error(ErrorKind::invalid, fill("a cell of more than {} bytes", context_.limits.cell_bytes), place(column_), "shorten it");
    }
    bool is_done() const override { return done_; }

private:
    Place place(std::size_t column) const { return {context_.path, context_.sheet, row_, table_rows::column_letter(column), -1}; }
    Error damaged(const std::string& what) const {
        return Error(ErrorKind::invalid, "the workbook is damaged: " + what, {context_.path, context_.sheet, row_, "", -1},
                     "open it in a spreadsheet program and save it again");
    }

    void add_merged(const std::string& range) {
        const std::size_t colon = range.find(':');
        if (colon == std::string::npos || range.size() > 40) return;
        const auto row_of = [](std::string_view cell) {
            std::int64_t row = 0;
            const std::size_t digits = cell.find_first_of("0123456789");
            return digits != std::string_view::npos && read_number(cell.substr(digits), row) ? row : 0;
        };
        const std::string first = range.substr(0, colon), last = range.substr(colon + 1);
        const Merged cells{range, row_of(first), row_of(last), column_of(first), column_of(last)};
        if (cells.first_row > 0 && cells.last_row >= cells.first_row && cells.last_column < most_columns &&
            cells.last_column >= cells.first_column)
            merged_->push_back(cells);
    }

    Result<void> start_row(const XmlStart& element) {
        std::int64_t number = row_ + 1;
        if (const std::string written = attribute_of(element, "r"); !written.empty() && !read_number(written, number))
            return damaged(fill("{} is no row number", written.substr(0, 40)));
        if (number <= row_ || number > last_row) return damaged(fill("row {} follows row {}", number, row_));
        row_ = number;
        const std::string hidden = attribute_of(element, "hidden");
        is_hidden_ = hidden == "1" || hidden == "true";
        next_column_ = 0;
        cells_.clear();
        return {};
    }
    Result<void> start_cell(const XmlStart& element) {
        const std::string reference = attribute_of(element, "r");
        column_ = reference.empty() ? next_column_ : column_of(reference);
        if (column_ >= most_columns) return damaged(fill("{} is no cell", reference.empty() ? "one after XFD" : reference.substr(0, 40)));
        next_column_ = column_ + 1;
        type_ = attribute_of(element, "t");
        style_ = attribute_of(element, "s");
        value_.clear();
        (void)inline_.take();
        in_cell_ = true;
        is_plain_number_ = false;
        time_.clear();
        has_formula_ = has_value_ = in_value_ = in_inline_ = false;
        return {};
    }
    Result<void> end_cell() {
        in_cell_ = false;
        DOSSIER_TRY(std::string raw, cell_text());
        std::string text = table_rows::clean_cell(raw);
        if (has_formula_ && value_.empty() && (type_.empty() || !has_value_)) // an empty text as result has its (empty) value
            text = table_rows::formula_without_result;
        if (text.empty()) return {};
        if (!cells_.empty() && cells_.back().column >= column_)
            return damaged(fill("cell {} is out of order", table_rows::column_letter(column_)));
        cells_.push_back({column_, std::move(text), is_plain_number_, time_});
        return {};
    }
    Result<void> end_row() {
        DOSSIER_TRY(const bool more, use_({row_, std::move(cells_), is_hidden_}));
        cells_.clear();
        done_ = !more;
        return {};
    }

    Result<std::string> cell_text() {
        if (type_ == "inlineStr") return inline_.take();
        if (value_.empty()) return std::string();
        if (type_ == "s") {
            std::int64_t index = 0;
            if (!read_number(trim(value_), index) || index >= static_cast<std::int64_t>(context_.strings.size()))
                return damaged(fill("cell {} names a text that is not there", table_rows::column_letter(column_)));
            return context_.strings[static_cast<std::size_t>(index)];
        }
        if (type_ == "b") return std::string(trim(value_) == "1" || trim(value_) == "true" ? "TRUE" : "FALSE");
        if (type_ == "str") return decode_text(value_);
        if (type_ == "e") return value_;
        if (type_ == "d") return iso_text();
        std::int64_t style = 0;
        const bool has_style = read_number(style_, style) && style < static_cast<std::int64_t>(context_.formats.size());
        const NumberFormat format = has_style ? context_.formats[static_cast<std::size_t>(style)] : NumberFormat();
        is_plain_number_ = format.kind == NumberFormat::Kind::general && format.decimals == 0;
        time_ = time_of_date(value_, format);
        return number_text(value_, format, context_.epoch_1904);
    }

    // 2025-03-07T14:30:00: the day, as of a number with a date's format.
    std::string iso_text() {
        if (value_.size() < 11 || value_[10] != 'T') return value_;
        if (value_.find_first_of("123456789", 11) != std::string::npos) time_ = value_.substr(11);
        return value_.substr(0, 10);
    }

    const SheetContext& context_;
    const UseRow& use_;
    std::vector<Merged>* merged_;
    std::int64_t row_ = 0;
    bool is_hidden_ = false; // the row
    std::size_t column_ = 0, next_column_ = 0;
    table_rows::Cells cells_;
    std::string type_, style_, value_, time_;
    StringText inline_;
    bool is_plain_number_ = false;
    bool in_cell_ = false, in_value_ = false, in_inline_ = false, has_formula_ = false, has_value_ = false, done_ = false;
};

} // namespace

Result<void> read_sheet(ZipReader& zip, const std::string& part, const SheetContext& context, const UseRow& use,
                        std::vector<Merged>* merged) {
    SheetHandler handler(context, use, merged);
    return read_part(zip, part, context.path, handler, context.limits.bytes);
}

} // namespace dossier::xlsx
