// How the commands that file documents say what they did.
#pragma once

#include "cli/tmf_session.hpp"
#include "tmf/filing.hpp"

namespace dossier::cli {

// Notes on stderr, the result on stdout. Returns the exit code: findings when rows were refused.
Result<int> show_filed(Context& context, const tmf::FilingOutcome& outcome, bool is_list);

} // namespace dossier::cli
