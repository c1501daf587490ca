#include <cmath>

#include "core/encoding.hpp"
#include "core/table.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

bool is_plain_number(std::string_view text) {
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    bool digit = false, point = false;
    for (const char c : text) {
        if (c == '.' && !point)
            point = true;
        else if (c >= '0' && c <= '9')
            digit = true;
        else
            return false;
    }
    return digit;
}

// Excel and LibreOffice run a CSV cell that starts with one of these. Quotes before it count too, so that reading (core/table_cells.cpp)
// can take exactly one away again.
bool looks_like_formula(std::string_view text) {
    const std::size_t at = text.find_first_not_of('\'');
    if (at == std::string_view::npos || std::string_view("=+-@\t\r").find(text[at]) == std::string_view::npos) return false;
    return at > 0 || !is_plain_number(text);
}

std::string text_of(const SheetCell& cell) {
    if (cell.kind == SheetCell::Kind::number) {
        if (!std::isfinite(cell.number)) return "";
        const bool whole = std::nearbyint(cell.number) == cell.number && std::fabs(cell.number) < 9e15;
        return whole ? fill("{}", static_cast<std::int64_t>(cell.number)) : fill("{}", cell.number);
    }
    const std::string text = is_valid_utf8(cell.text) ? cell.text : replace_invalid_utf8(cell.text);
    return looks_like_formula(text) ? "'" + text : text;
}

void append_cell(std::string& out, const std::string& text) {
    const bool quote = text.find_first_of(",;\t\"\r\n") != std::string::npos || text.size() != trim(text).size();
    if (!quote) {
        out += text;
        return;
    }
    out += '"';
    out += replace_all(text, "\"", "\"\"");
    out += '"';
}

} // namespace

SheetCell SheetCell::date(std::string iso) {
    SheetCell cell(std::move(iso));
    cell.kind = Kind::date;
    return cell;
}

std::string to_csv(const Sheet& sheet) {
    std::string out = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < sheet.header.size(); ++i) {
        if (i > 0) out += ',';
        append_cell(out, text_of(sheet.header[i]));
    }
    out += "\r\n";
    for (const auto& row : sheet.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += ',';
            append_cell(out, text_of(row[i]));
        }
        out += "\r\n";
    }
    return out;
}

} // namespace dossier
