// Where a document lies in a dossier and what it is called (templates/ectd/ctis-names.tsv).
#pragma once

#include "ectd/ctis/contents.hpp"

#include <string>
#include <string_view>

namespace dossier::ectd::ctis {

// Below the dossier's folder: "part-2/DEU/L1_information-sheet_DEU_de_2026-512345-12-00_2-0.pdf". `source_name` gives the extension.
std::string standard_path(const templates::CtisCatalogue& catalogue, const Document& document, const std::string& application,
                          const std::string& source_name);

// Letters, digits, hyphen, underscore and dot: what is written by us everywhere.
bool is_plain_path(std::string_view path);

} // namespace dossier::ectd::ctis
