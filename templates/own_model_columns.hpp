// The columns of a reference-model workbook: what its headings mean, and the words that mark a cell.
#pragma once

#include "core/table.hpp"
#include "templates/own_model.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

// Our names with the headings of the published workbooks (versions 2 to 3.3, and the words of the TMF Standard Model).
std::vector<TableColumn> workbook_columns();

// The headings that a mapping file adds, and what it says of model, title, base and sheet, where the command does not. Errors: each key and
// name that is not known.
Result<void> add_mapping(const Yaml& mapping, WorkbookWish& wish, std::vector<TableColumn>& columns);

bool is_flag(const std::string& column); // its cells say yes or no
// "X", "yes", "Core" -> yes; "", "no", "-", "Recommended" -> no; anything else: empty.
std::string to_yes_no(const std::string& text);

} // namespace dossier::templates
