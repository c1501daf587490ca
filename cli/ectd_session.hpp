// What `ectd plan` and `ectd build` share: the application folder opened, history read, the plan made.
#pragma once

#include "cli/command.hpp"
#include "ectd/build.hpp"
#include "ectd/plan.hpp"

#include <memory>
#include <string>

namespace dossier::cli {

struct EctdOptions {
    std::string application; // folder
    std::string plan;        // --plan; default plan.csv or plan.xlsx in the application folder
    std::string sequence;    // --sequence; default the next one
    bool delta = false;
    std::int64_t allow_deletes = 5;
    bool rebuild = false;  // the sequence itself may be there already
    bool building = false; // an envelope that cannot be written is an error; for a plan it is a note
};

struct EctdSession {
    templates::EctdCatalogue catalogue;
    std::unique_ptr<ectd::Region> region;
    std::shared_ptr<ectd::ApplicationFile> application;
    std::unique_ptr<ectd::ContentSource> source;      // beside the plan, and tmf: from the repository
    std::unique_ptr<ectd::ContentSource> form_source; // beside application.yaml
    ectd::Plan plan;
};

void declare_ectd_options(Options& options, EctdOptions& values);

Result<std::shared_ptr<ectd::ApplicationFile>> read_application_file(Context& context, const std::string& folder);
// --plan, or the plan.csv or plan.xlsx of the application folder.
Result<std::string> plan_file(Context& context, const EctdOptions& options);

// Everything up to the plan; writes nothing.
Result<std::unique_ptr<EctdSession>> open_ectd_session(Context& context, const EctdOptions& options);

// Errors: not_found without an application.yaml.
Result<std::shared_ptr<ectd::ApplicationFile>> read_application_file(Context& context, const std::string& folder);

// --plan, else plan.csv or plan.xlsx in the application folder. Errors: not_found, or usage when both are there.
Result<std::string> plan_file(Context& context, const EctdOptions& options);

// The folders in which official files are looked for: DOSSIER_STANDARDS alone when set, else the user's store.
std::vector<std::string> standards_folders(const Context& context);
std::string standards_store(const Context& context);

// The column source of a plan.
template <class Rows> std::vector<std::string> sources_of(const Rows& rows) {
    std::vector<std::string> sources;
    for (const auto& row : rows) sources.push_back(row.source);
    return sources;
}

} // namespace dossier::cli
