// What a change of model or of lists means: artifacts by unique identifier, rules by their identifier. Lines in words, sorted.
#pragma once

#include "templates/tmf_catalogue.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

// "032 renamed: Protocol -> Trial Protocol", "renumbered", "retired", "new", "split from".
std::vector<std::string> describe_artifact_changes(const TmfCatalogue& before, const TmfCatalogue& after);
// "EDL-001-01 retired", "ACME-01 added", "EDL-087-01 changed: level site -> country, due 03@site + 0 -> 01@country + 30".
std::vector<std::string> describe_rule_changes(const TmfCatalogue& before, const TmfCatalogue& after);

} // namespace dossier::templates
