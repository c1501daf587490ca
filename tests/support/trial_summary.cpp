#include "tests/support/trial_summary.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace test {

namespace {

std::string blank_filled(std::string text, std::size_t length) {
    text.resize(length, ' ');
    return text;
}

std::string big_endian(std::size_t value, int bytes) {
    std::string text;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) text += static_cast<char>(value >> shift & 0xFF);
    return text;
}

using Column = std::pair<std::string, std::size_t>; // name, length of its text

std::string transport_file(const std::string& name, const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
    auto header = [](const std::string& kind, const std::string& numbers) {
        return blank_filled("HEADER RECORD*******" + blank_filled(kind, 8) + "HEADER RECORD!!!!!!!" + numbers, 80);
    };
    const std::string zeros(30, '0');
    std::string bytes = header("LIBRARY", zeros) + std::string(160, ' ');
    bytes += header("MEMBER", "000000000000000001600000000140") + header("DSCRPTR", zeros);
    bytes += blank_filled("SAS     " + blank_filled(name, 8) + "SASDATA 9.4", 80) + std::string(80, ' ');
    bytes += header("NAMESTR", "000000000" + std::to_string(columns.size()) + std::string(20, '0')); // fewer than ten
    std::size_t offset = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& [column, length] = columns[i];
        std::string description = big_endian(2, 2) + big_endian(0, 2) + big_endian(length, 2) + big_endian(i + 1, 2);
        description += blank_filled(column, 8) + blank_filled("", 40) + blank_filled("", 8) + std::string(8, '\0') + blank_filled("", 8);
        description += std::string(4, '\0') + big_endian(offset, 4);
        description.resize(140, '\0');
        bytes += description;
        offset += length;
    }
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    bytes += header("OBS", zeros);
    for (const std::vector<std::string>& row : rows)
        for (std::size_t i = 0; i < columns.size(); ++i) bytes += blank_filled(row[i], columns[i].second);
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    return bytes;
}

} // namespace

std::string data_set(const std::string& name, const std::string& value) { return transport_file(name, {{"USUBJID", 20}}, {{value}}); }

std::string trial_summary(const std::string& study, const std::string& code, const std::string& value) {
    return trial_summary({{study, code, value}});
}

std::string trial_summary(const std::vector<SummaryRow>& rows) {
    const bool with_flavor = std::any_of(rows.begin(), rows.end(), [](const SummaryRow& row) { return !row.null_flavor.empty(); });
    std::vector<Column> columns = {{"STUDYID", 12}, {"TSPARMCD", 8}, {"TSVAL", 80}};
    if (with_flavor) columns.emplace_back("TSVALNF", 8);
    std::vector<std::vector<std::string>> cells;
    for (const SummaryRow& row : rows) cells.push_back({row.study, row.code, row.value, row.null_flavor});
    return transport_file("TS", columns, cells);
}

} // namespace test
