// --study, --country, --site of the commands about users.
#pragma once

#include "cli/command.hpp"
#include "tmf/repository.hpp"

#include <string>

namespace dossier::cli {

struct ScopeOptions {
    std::string study, country, site;
};
void declare_scope(Options& list, ScopeOptions& options);
// The country of a site is filled in. Errors: what the repository or the study does not have.
Result<tmf::Scope> read_scope(const Context& context, tmf::Repository& repository, const ScopeOptions& options);

} // namespace dossier::cli
