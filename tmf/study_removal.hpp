// What a study file may no longer leave out.
#pragma once

#include "tmf/ledger.hpp"

namespace dossier::tmf {

// What documents or decisions in force name must not vanish from the study: documents would silently count for nothing, decisions could
// not be ended and would hold again unnoticed. conflict names them. Those that whoever applies the file may not see are asked as well; of
// them it is only said that the record needs it.
Result<void> check_removed(Ledger& ledger, const Study& before, const Study& after, Date today);

// Decisions in force about rules that the study loses with a list or a model: in words, how to end them.
Result<std::vector<std::string>> note_lost_rules(Ledger& ledger, const std::string& study, const templates::TmfCatalogue& before,
                                                 const templates::TmfCatalogue& after, Date today);

} // namespace dossier::tmf
