// Leaves that show an older version of a document than the trial master file has by now.
#pragma once

#include "cli/command.hpp"
#include "ectd/plan.hpp"

#include <string>
#include <vector>

namespace dossier::cli {

// Notes for whoever plans the next sequence: a leaf of the current view that stays as it is, while its document was superseded, withdrawn
// or rejected. Asks the context's repository; without one, or without leaf-origins.csv, there are none.
std::vector<std::string> outdated_leaves(Context& context, const std::string& application, const ectd::Plan& plan);

} // namespace dossier::cli
