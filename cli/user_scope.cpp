#include "cli/user_scope.hpp"

#include "core/text.hpp"
#include "tmf/row_check.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::cli {

void declare_scope(Options& list, ScopeOptions& options) {
    list.text("--study", options.study, "Only in this study");
    list.text("--country", options.country, "Only in this country and its sites");
    list.text("--site", options.site, "Only at this site (with --study)");
}

Result<tmf::Scope> read_scope(const Context& context, tmf::Repository& repository, const ScopeOptions& options) {
    if (options.study.empty()) {
        if (!options.site.empty()) return Error(ErrorKind::usage, "a site belongs to a study", {}, "add --study");
        if (options.country.empty()) return tmf::Scope{};
        return Error(ErrorKind::usage, "a country is one of a study", {}, "add --study");
    }
    DOSSIER_TRY(const auto catalogue, tmf::catalogue_of_study(repository.ledger(), context.templates, options.study));
    DOSSIER_TRY(const tmf::Study study, tmf::load_study(repository.ledger(), catalogue, options.study));
    tmf::Scope scope{study.id, "", ""};
    if (!options.country.empty()) {
        DOSSIER_TRY(scope.country, tmf::find_country(catalogue, study, options.country));
    }
    if (options.site.empty()) return scope;
    DOSSIER_TRY(const tmf::Site* const site, tmf::find_site(study, options.site));
    DOSSIER_CHECK(tmf::check_country_of(*site, scope.country));
    scope.country = site->country;
    scope.site = site->id;
    return scope;
}

} // namespace dossier::cli
