// Validation reports as text, JSON and sheets.
#pragma once

#include "cli/command.hpp"
#include "ectd/validation.hpp"

#include <string>
#include <vector>

namespace dossier::cli {

struct ValidationResult {
    std::string name;                   // of what was validated: "0001", "ind123456"
    std::string noun = "Sequence";      // what the reports are about
    bool one_sequence = true;           // else an application: `reports` is its sequences
    std::vector<std::string> strangers; // folders with an index.xml that are no sequence folders
    std::vector<ectd::ValidationReport> reports;
    std::map<std::string, std::string> titles; // of rules, by id
};

std::string tool_name(); // "dossier 0.1.0"
std::string validation_text(const ValidationResult& result);
Json validation_json(const ValidationResult& result);
std::vector<Sheet> validation_sheets(const ValidationResult& result, bool findings_first);

} // namespace dossier::cli
