// SAS transport files, version 5 (TS-140): what the data sets of a file are, and the text of one. Numbers stay unread, nothing here needs
// them.
#pragma once

#include "core/filesystem.hpp"
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

struct XptVariable {
    std::string name, label;
    bool is_text = false;
    std::size_t length = 0; // bytes
};

struct XptMember {
    std::string name, label, type; // DM, "Demographics"
    std::uint64_t rows = 0;
    std::vector<XptVariable> variables; // of all members together at most 20,000
};

struct XptContent {
    std::vector<XptMember> members; // at most 1,000
    std::string problem;            // where it stopped making sense, with the byte; empty: whole
};

struct XptLimits {
    std::uint64_t bytes = 64u << 20;
    std::size_t rows = 1'000'000;
};

// From the file's beginning to its end, holding little of it. What is wrong with the content is its `problem`; errors: io.
Result<XptContent> read_xpt_content(InputFile& file);

// Errors: invalid, with the byte where it stopped making sense.
Result<XptDataSet> parse_xpt(std::string_view bytes, const std::string& path, const XptLimits& limits = {});

} // namespace dossier
