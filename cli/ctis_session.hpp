// Dossiers for the EU clinical trials portal behind `ectd plan` and `ectd build`.
#pragma once

#include "cli/ectd_session.hpp"
#include "ectd/ctis/plan.hpp"

#include <memory>
#include <string>

namespace dossier::cli {

// A clinical trial application in the EU is no eCTD.
bool is_ctis(const ectd::ApplicationFile& application);

struct CtisSession {
    templates::CtisCatalogue catalogue;
    std::shared_ptr<ectd::ApplicationFile> application;
    ectd::ctis::RowTable table;
    std::optional<ectd::ctis::Contents> before;
    std::unique_ptr<ectd::ContentSource> source;
    ectd::SequenceNumber number;
    ectd::ctis::Plan plan; // points into `table`
};

// Everything up to the plan; writes nothing.
Result<std::unique_ptr<CtisSession>> open_ctis_session(Context& context, const EctdOptions& options,
                                                       std::shared_ptr<ectd::ApplicationFile> application);

Result<int> show_ctis_plan(Context& context, const EctdOptions& options, std::shared_ptr<ectd::ApplicationFile> application);
struct BuildWishes {
    std::string to; // --to
    bool zip = false, link = false;
};
Result<int> build_ctis_dossier(Context& context, const EctdOptions& options, const BuildWishes& wishes,
                               std::shared_ptr<ectd::ApplicationFile> application);

// Writes the state after the highest dossier as a plan. Empty: the folder holds no dossiers.
Result<std::optional<Sheet>> export_ctis_rows(Context& context, const std::string& folder, const std::string& seen_from);

} // namespace dossier::cli
