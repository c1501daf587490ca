// SAS transport files, version 5 (TS-140): the first data set of a file. Text columns only; numbers stay unread, nothing here needs them.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct XptColumn {
    std::string name; // as written: upper case in practice
    bool is_text = false;
    std::size_t length = 0, offset = 0; // bytes, inside a row
};

struct XptDataSet {
    std::string name; // TS
    std::vector<XptColumn> columns;
    std::vector<std::vector<std::string>> rows;      // one text for each column, without trailing blanks; "" for numbers
    std::size_t column(std::string_view name) const; // index, or columns.size()
};

struct XptLimits {
    std::uint64_t bytes = 64u << 20;
    std::size_t rows = 1'000'000;
};

// Errors: invalid, with the byte where it stopped making sense.
Result<XptDataSet> parse_xpt(std::string_view bytes, const std::string& path, const XptLimits& limits = {});

} // namespace dossier
