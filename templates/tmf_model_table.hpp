// The table of a reference model, as templates/tmf/reference-model-*.tsv has it; for the readers of models only.
#pragma once

#include "core/table.hpp"
#include "templates/tmf_catalogue.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

const std::vector<std::string>& model_table_columns();
Result<Tsv> read_model_table(const Source& source, const std::string& model); // of a model that the program brings
// Fills `catalogue.artifacts`. Errors: a malformed row, an identifier or a number that is there twice, with file, line and column.
Result<void> read_artifacts(const Tsv& table, TmfCatalogue& catalogue);

} // namespace dossier::templates
