// The plan of a dossier for the EU clinical trials portal as people write it: rows of a CSV or XLSX (docs/cta.md).
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct Row {
    Place place; // path, sheet, row
    std::string section, title, source, path, country, site, language, publication, version, date, protocol_version, answers, reason, note;
    Place at(const std::string& column) const;
    bool waits() const { return source.empty() && reason.empty(); } // says what belongs there; its document is to come
};

struct RowTable {
    std::string path;
    std::vector<Row> rows;
    std::vector<std::string> notes; // how it was read: encoding, separator
};

// The columns in their usual order.
const std::vector<std::string>& row_columns();

Result<RowTable> read_rows(FileSystem& fs, const std::string& path);

} // namespace dossier::ectd::ctis
