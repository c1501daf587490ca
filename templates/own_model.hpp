// A reference model from a workbook: an organisation's own, or a newer official one. It becomes a table in the arrangement of
// templates/tmf/reference-model-*.tsv, with what the workbook does not say (which artifacts may unblind, belong to the investigator only
// ...) taken over from the model it is based on, row by row by unique identifier. docs/models.md explains it to those who bring one.
#pragma once

#include "core/yaml.hpp"
#include "templates/tmf_catalogue.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::templates {

struct WorkbookWish {
    std::string model, title;          // 4.0-acme; what reports call it
    std::string base = "3.3.1";        // a model of the program
    std::string sheet;                 // empty: found by its columns
    bool workbook_definitions = false; // take the workbook's definitions where the base has words of our own
    const Yaml* mapping = nullptr;     // {model, title, columns: {heading: our name}}
};

struct WorkbookOutcome {
    std::string table; // the model as a table, with a head that says where it came from: what is stored
    std::string model, base;
    std::size_t artifacts = 0;
    std::size_t other_definitions = 0; // of artifacts whose definition in the workbook differs from our own words
    std::vector<std::string> notes;    // columns passed over and the like
};

// Every fault at once, each with its row and column.
Result<WorkbookOutcome> read_model_workbook(const Source& source, std::string_view bytes, const std::string& path,
                                            const WorkbookWish& wish);

std::string base_of_own_model(std::string_view table); // 3.3.1; empty when the table says none

// The stored table -> catalogue, with the rules of the model it is based on; rules whose artifact is gone are left out and named.
Result<TmfCatalogue> read_own_model(const Source& source, std::string_view table, const std::string& path);

} // namespace dossier::templates
