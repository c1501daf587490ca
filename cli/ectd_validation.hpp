// Running a validation, for the commands that need one: validate, package.
#pragma once

#include "cli/validation_rendering.hpp"

#include <string>

namespace dossier::cli {

struct ValidateOptions {
    std::string path, rules, as_of, baseline, waivers, application, fail_on = "rejecting";
    bool moves = false; // what is validated will be put into another folder
};

// The sequence, application or ZIP at `path`, by the rules named or those of each sequence's region.
Result<ValidationResult> run_validation(Context& context, const ValidateOptions& options);

std::string absolute_path(const std::string& given); // from the current folder, normalised

} // namespace dossier::cli
