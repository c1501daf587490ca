// Tables of the study's own facts, by the names that "table_of" uses.
#pragma once

#include "core/pdf_author.hpp"
#include "samples/writer/facts.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dossier::samples {

// Trial, site, person, version ...: what applies to the document.
std::vector<std::pair<std::string, std::string>> facts_of(const Document& document, const StudyFacts& study);

// facts, team, committee, sites, site_people, site_visits, persons, persons_or_site; empty for another name.
std::optional<PdfTable> make_study_table(const std::string& name, const Document& document, const StudyFacts& study);

} // namespace dossier::samples
