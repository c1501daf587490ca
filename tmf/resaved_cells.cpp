#include "tmf/resaved_cells.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/text.hpp"
#include "core/xlsx_cut.hpp"
#include "tmf/list_date.hpp"
#include "tmf/records.hpp"

namespace dossier::tmf {

namespace {

std::optional<double> number_of(std::string_view text) {
    if (text.empty() || text.find_first_not_of("0123456789.+-eE") != std::string_view::npos) return std::nullopt;
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    return fault == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// Long numbers come back as 1.23457E+15, others with 15 digits.
bool is_same_number(std::string_view filed, std::string_view said) {
    const auto a = number_of(filed), b = number_of(said);
    if (!a || !b) return false;
    const double shown = said.find_first_of("eE") != std::string_view::npos ? 1e-2 : 1e-14;
    return std::fabs(*a - *b) <= shown * std::fabs(*a);
}

// The numbers of 1.2, 1-2, 2025-02-01, 01.02.2025, sorted: days are written in any order. Empty where there is anything else.
std::vector<int> numbers_of(std::string_view text) {
    std::vector<int> numbers;
    if (text.find_first_not_of("0123456789.-/") != std::string_view::npos) return {};
    std::string parts(text);
    std::replace_if(
        parts.begin(), parts.end(), [](char c) { return c != '.' && (c < '0' || c > '9'); }, '.');
    for (const std::string& part : split(parts, '.')) {
        if (part.empty() || part.size() > 4) return {};
        numbers.push_back(std::stoi(part));
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

// 1.2 is 2025-02-01 or 01. Feb, in which year ever.
bool is_day_of(std::string_view filed, const std::string& said) {
    const std::vector<int> wanted = numbers_of(filed);
    if (wanted.size() < 2 || wanted.size() > 3) return false;
    std::vector<int> numbers = numbers_of(said);
    if (numbers.empty())
        if (const auto day = named_day(said)) {
            numbers = {day->day(), day->month(), day->year()};
            std::sort(numbers.begin(), numbers.end());
        }
    if (numbers.size() != 3 || numbers.back() < 1900) return false;
    if (wanted.size() == 2)
        numbers.pop_back();
    else if (wanted.back() < 100)
        numbers.back() %= 100, std::sort(numbers.begin(), numbers.end());
    return numbers == wanted;
}

// Of the study's own ids another one than the one that is filed.
bool is_other_id(const Study& study, const std::string& column, const std::string& said) {
    if (column == "site") return study.site(said) != nullptr;
    if (column == "person") return study.person(said) != nullptr;
    const auto ids = event_ids(study);
    return is_known_event(study, said) || std::find(ids.begin(), ids.end(), said) != ids.end();
}

} // namespace

bool is_resaved(const std::string& filed, const std::string& said) {
    return filed != said && !filed.empty() && (is_same_number(filed, said) || is_day_of(filed, said));
}

std::vector<std::string> leave_resaved(std::map<std::string, std::string>& cells, const TableRow& filed, const Study& study,
                                       const std::string& id) {
    std::vector<std::string> notes;
    const auto leave = [&](const char* column, bool may_be_meant) {
        const auto said = cells.find(column);
        if (said == cells.end()) return;
        const std::string before = filed.cell(column), text = said->second;
        if (is_cut_of(before, text)) {
            cells.erase(said);
            notes.push_back(fill("{} was left: the list holds the beginning of the text that is filed, which is longer than a cell of an "
                                 "XLSX; a CSV holds all of it",
                                 std::string_view(column)));
            return;
        }
        const bool is_version = column == std::string_view("version");
        const bool is_filed = text == before || (is_version && !before.empty() && label_key(text) == label_key(before));
        if (!is_filed && !is_resaved(before, text)) return;
        cells.erase(said);
        if (is_filed || !may_be_meant) return;
        notes.push_back(fill("{} {} was left: {} is filed, and a spreadsheet may show it so; if {} is meant: dossier tmf reindex {} --{} "
                             "TEXT --reason ...",
                             std::string_view(column), text, before, text, id, replace_all(column, "_", "-")));
    };
    for (const char* column : {"title", "version", "copy_certified_by", "copy_statement", "copy_source"}) leave(column, true);
    for (const char* column : {"site", "person", "event"})
        leave(column, is_other_id(study, column, cells.count(column) > 0 ? cells.at(column) : ""));
    return notes;
}

} // namespace dossier::tmf
