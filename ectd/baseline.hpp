// A report compared with an earlier one: what is new, what is gone, what was not looked for again.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "ectd/validation.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct EarlierReport { // as the JSON of ectd validate holds it
    std::string target, rules, rules_version, as_of;
    std::vector<Finding> findings; // the waived ones too: they were known
};

// The report of a sequence, or those of an application. Errors: it is no such JSON.
Result<std::vector<EarlierReport>> read_baseline(FileSystem& fs, const std::string& path);

// Fills in `comparison` of each report that the baseline knows a report of the same target for; of the others, and where nothing is the
// same, says so in the notes.
void compare_with(const std::vector<EarlierReport>& baseline, std::vector<ValidationReport>& reports);

// "index.xml line 12, leaf a" -> "index.xml leaf a"
std::string without_line(const std::string& location);

} // namespace dossier::ectd
