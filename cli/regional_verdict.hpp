// What the agency's own schema says of the regional file, where it was added, and what of this region we are not certain of.
#pragma once

#include "cli/command.hpp"
#include "ectd/facts.hpp"
#include "ectd/validation.hpp"
#include "templates/ectd_catalogue.hpp"

#include <string>

namespace dossier::cli {

// Into the report of a sequence, which lies in `package`.
Result<void> add_regional_verdict(Context& context, const templates::EctdCatalogue& catalogue, const ectd::SequenceFacts& sequence,
                                  FileSystem& package, const std::string& application_folder, ectd::ValidationReport& report);

} // namespace dossier::cli
