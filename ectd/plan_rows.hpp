// The plan as people write it: rows of a CSV or XLSX (docs/design.md, section 4).
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::ectd {

struct PlanRow {
    Place place; // path, sheet, row
    std::string section, title, source, path, study, language, country, form_type, document_type, site, id, operation, replaces, note;
    bool section_is_number = false;                // typed as a number: 1.20 arrives as 1.2
    std::vector<std::string> file_tags;            // written with ; between them
    std::vector<std::string> extensions;           // titles of the node extensions the leaf sits in, outermost first
    std::map<std::string, std::string> attributes; // by XML name: substance, product-name, dosageform …; only those with a value
    Place at(const std::string& column) const;
};

// The plan column of a heading's XML attribute: "product-name" -> "product".
std::string column_of_attribute(const std::string& attribute);

// Titles of node extensions in one cell: > between them; a > or \ that belongs to a title has a \ before it.
std::vector<std::string> split_titles(const std::string& cell);
std::string join_titles(const std::vector<std::string>& titles);

struct PlanTable {
    std::string path;
    std::vector<PlanRow> rows;
    std::vector<std::string> notes; // how it was read: encoding, separator
};

Result<PlanTable> read_plan(FileSystem& fs, const std::string& path);

// The columns of a plan in their usual order.
const std::vector<std::string>& plan_columns();

// Promotional material and node extensions: columns that nearly no plan needs, left out where they would be empty.
bool is_rare_column(const std::string& column);

} // namespace dossier::ectd
