#include "core/result.hpp"

namespace dossier {

namespace {

std::string one_line(const Error& error) {
    std::string text;
    const Place& at = error.where;
    auto add = [&text](const std::string& part) { text += text.empty() ? part : ", " + part; };
    if (!at.path.empty()) add(at.path);
    if (!at.sheet.empty()) add("sheet " + at.sheet);
    if (at.line > 0) add((at.column.empty() && at.sheet.empty() ? "line " : "row ") + std::to_string(at.line));
    if (!at.column.empty()) add("column " + at.column);
    if (at.offset >= 0) add("byte " + std::to_string(at.offset));
    if (!text.empty()) text += ": ";
    text += error.message;
    if (!error.remedy.empty()) {
        if (text.back() != '.' && text.back() != '?') text += '.';
        text += " Mend: " + error.remedy;
    }
    return text;
}

} // namespace

std::string to_text(const Error& error) {
    std::string text = one_line(error);
    for (const Error& detail : error.details) text += "\n  " + to_text(detail);
    return text;
}

} // namespace dossier
