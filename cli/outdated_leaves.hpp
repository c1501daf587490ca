// What the trial master file has to say about documents that an application contains: notes for whoever plans the next sequence.
#pragma once

#include "cli/command.hpp"
#include "ectd/ctis/plan.hpp"
#include "ectd/plan.hpp"

#include <string>
#include <vector>

namespace dossier::cli {

// Current leaves whose document is out of date there (superseded, withdrawn …) and that the plan leaves as they are. Empty where no
// repository is named.
std::vector<std::string> outdated_leaves(Context& context, const std::string& application, const ectd::Plan& plan);
// The same for a dossier for the EU's portal.
std::vector<std::string> outdated_documents(Context& context, const ectd::ctis::Plan& plan);

} // namespace dossier::cli
