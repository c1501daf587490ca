// ectd plan --from-tmf: what the trial master file of a study has for an application, as rows of a plan.
#pragma once

#include "cli/ectd_session.hpp"

#include <string>

namespace dossier::cli {

struct FromTmfOptions {
    std::string study;   // --from-tmf
    std::string section; // --study-section: of the study's report
    std::string target;  // --export; empty: only shown
};

// The same for a dossier for the EU's portal.
Result<int> propose_dossier_from_tmf(Context& context, const EctdOptions& options, const FromTmfOptions& wanted,
                                     std::shared_ptr<ectd::ApplicationFile> application);

// Writes nothing but the plan at `target`.
Result<int> propose_from_tmf(Context& context, const EctdOptions& options, const FromTmfOptions& wanted);

} // namespace dossier::cli
