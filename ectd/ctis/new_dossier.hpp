// The beginning of a clinical trial application in the EU: application.yaml to fill in, and a plan with the documents of the Annex.
#pragma once

#include "core/table.hpp"
#include "templates/ctis.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct NewDossier {
    std::string yaml;
    Sheet plan;
};

// `countries`: the member states concerned; none: one row stands for all of them. usage for what is no member state.
Result<NewDossier> draft_dossier(const templates::CtisCatalogue& catalogue, const std::string& number,
                                 const std::vector<std::string>& countries);

} // namespace dossier::ectd::ctis
