// What the agency's own schema says of the regional file, where it was added, and what of this region we are not certain of.
#pragma once

#include "cli/command.hpp"
#include "ectd/facts.hpp"
#include "ectd/validation.hpp"
#include "templates/ectd_catalogue.hpp"

#include <functional>
#include <optional>
#include <string>

namespace dossier::cli {

// For FactsRequest::schema_of: looks among the official files that were added, once for each region. What it is given must outlive it.
std::function<Result<std::optional<ectd::SchemaText>>(const std::string& region)> schema_finder(const Context& context,
                                                                                                const templates::EctdCatalogue& catalogue);

// Into the report of a sequence.
void add_regional_verdict(const templates::EctdCatalogue& catalogue, const ectd::SequenceFacts& sequence, ectd::ValidationReport& report);

} // namespace dossier::cli
