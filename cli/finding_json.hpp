// Findings in JSON, alike in every command that gives some.
#pragma once

#include "core/finding.hpp"
#include "core/json.hpp"

#include <vector>

namespace dossier::cli {

Json findings_json(const std::vector<Finding>& findings); // an array, in the order given

} // namespace dossier::cli
