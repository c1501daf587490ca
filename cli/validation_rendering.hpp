// Validation reports as text, JSON, sheets, a page, JUnit and SARIF.
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
std::vector<Sheet> validation_sheets(const ValidationResult& result);
// All in one table, each row with the head of its report; the column kind says what it is: finding, waived, gone, not_run, note, verdict.
Sheet validation_table(const ValidationResult& result);
// Self-contained: tables that sort, the tree of the files with the findings on its nodes.
Result<std::string> validation_html(const Context& context, const ValidationResult& result);
// A suite for each report, a case for each rule and each waived finding; a failure where findings of that rank (severity_rank) or above
// are, an error where it was not run; what is waived is skipped.
std::string validation_junit(const ValidationResult& result, int failing_rank);
std::string validation_sarif(const ValidationResult& result); // SARIF 2.1.0

} // namespace dossier::cli
