#include "templates/row_reader.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::templates {

namespace {
const std::string none;
}

Error RowReader::error_at(std::string_view column, const std::string& message) const {
    return Error(ErrorKind::invalid, message, {table_.path, "", row_.line, std::string(column), -1});
}

void RowReader::fail(std::string_view column, const std::string& message) {
    if (!error_) error_ = error_at(column, message);
}

const std::string& RowReader::cell(std::string_view column) {
    const std::size_t index = table_.column(column);
    if (index >= row_.cells.size()) {
        fail(column, "the table has no such column");
        return none;
    }
    const std::string& value = row_.cells[index];
    if (value.empty()) {
        fail(column, "the cell is empty; '-' says that there is none");
        return none;
    }
    if (trim(value).size() != value.size()) fail(column, fill("a space at the beginning or end of \"{}\"", value));
    return value;
}

std::string RowReader::text(std::string_view column) {
    const std::string& value = cell(column);
    if (value == "-") fail(column, "'-' is not possible here: a value is needed");
    return value;
}

std::string RowReader::optional_text(std::string_view column) {
    const std::string& value = cell(column);
    return value == "-" ? "" : value;
}

bool RowReader::yes_no(std::string_view column) { return one_of(column, {"yes", "no"}) == "yes"; }

std::uint64_t RowReader::number(std::string_view column) {
    const std::string& value = cell(column);
    if (value == "-" || value.empty()) return 0;
    if (value.size() > 15 || value.find_first_not_of("0123456789") != std::string::npos) {
        fail(column, fill("\"{}\" is not a whole number", value));
        return 0;
    }
    return std::stoull(value);
}

std::string RowReader::one_of(std::string_view column, std::initializer_list<const char*> words) {
    const std::string& value = cell(column);
    if (value.empty() || std::find(words.begin(), words.end(), value) != words.end()) return value;
    fail(column, fill("unknown word \"{}\"; possible are {}", value, join({words.begin(), words.end()}, ", ")));
    return "";
}

std::vector<std::string> RowReader::list(std::string_view column) {
    const std::string& value = cell(column);
    if (value == "-" || value.empty()) return {};
    std::vector<std::string> parts = split(value, ' ');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].empty()) fail(column, "two spaces between the entries");
        if (std::find(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(i), parts[i]) !=
            parts.begin() + static_cast<std::ptrdiff_t>(i))
            fail(column, fill("\"{}\" stands there twice", parts[i]));
    }
    return parts;
}

bool is_plain_name(std::string_view text) {
    if (text.empty() || text.front() == '-' || text.back() == '-') return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

} // namespace dossier::templates
