// What every form of a validation report says in the same words. Internal to cli/validation_*.cpp.
#pragma once

#include "cli/validation_rendering.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dossier::cli {

extern const char* const stranger_reason;

const char* in_words(ectd::Verdict verdict);
std::string counts_text(const std::map<std::string, std::size_t>& counts); // "2 high, 1 low": the gravest first
std::string place_text(const Finding& finding);
// "EU 8.2: 111 of 111 criteria; 3 not run: sequence 0004 is not here"
std::string coverage_text(const ectd::ValidationReport& report);
std::string waived_text(const ectd::ValidationReport& report); // "3 findings are waived, 1 of them rejects"; empty: none
std::string comparison_text(
    const ectd::ValidationReport& report); // "against the report of 2026-01-01: 2 new, 1 gone, 3 not run this time"; empty: none
std::string title_of(const ValidationResult& result, const std::string& rule);

struct Cause { // findings of one rule and severity
    std::string rule, severity;
    std::vector<std::size_t> findings; // of the report
};
std::vector<Cause> causes_of(const ectd::ValidationReport& report); // in the order of the first finding of each

} // namespace dossier::cli
