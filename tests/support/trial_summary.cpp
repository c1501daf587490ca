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

} // namespace

std::string trial_summary(const std::string& study, const std::string& code, const std::string& value) {
    return trial_summary({{study, code, value}});
}

std::string trial_summary(const std::vector<SummaryRow>& rows) {
    const bool with_flavor = std::any_of(rows.begin(), rows.end(), [](const SummaryRow& row) { return !row.null_flavor.empty(); });
    auto header = [](const std::string& kind, const std::string& numbers) {
        return blank_filled("HEADER RECORD*******" + blank_filled(kind, 8) + "HEADER RECORD!!!!!!!" + numbers, 80);
    };
    const std::string zeros(30, '0');
    std::string bytes = header("LIBRARY", zeros) + std::string(160, ' ');
    bytes += header("MEMBER", "000000000000000001600000000140") + header("DSCRPTR", zeros);
    bytes += blank_filled("SAS     TS      SASDATA 9.4", 80) + std::string(80, ' ');
    bytes += header("NAMESTR", with_flavor ? "000000000400000000000000000000" : "000000000300000000000000000000");
    std::vector<std::pair<std::string, std::size_t>> columns = {{"STUDYID", 12}, {"TSPARMCD", 8}, {"TSVAL", 80}};
    if (with_flavor) columns.emplace_back("TSVALNF", 8);
    std::size_t offset = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto& [name, length] = columns[i];
        std::string description = big_endian(2, 2) + big_endian(0, 2) + big_endian(length, 2) + big_endian(i + 1, 2);
        description += blank_filled(name, 8) + blank_filled("", 40) + blank_filled("", 8) + std::string(8, '\0') + blank_filled("", 8);
        description += std::string(4, '\0') + big_endian(offset, 4);
        description.resize(140, '\0');
        bytes += description;
        offset += length;
    }
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    bytes += header("OBS", zeros);
    for (const SummaryRow& row : rows) {
        bytes += blank_filled(row.study, 12) + blank_filled(row.code, 8) + blank_filled(row.value, 80);
        if (with_flavor) bytes += blank_filled(row.null_flavor, 8);
    }
    bytes.resize((bytes.size() + 79) / 80 * 80, ' ');
    return bytes;
}

} // namespace test
