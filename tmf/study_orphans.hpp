// What changed facts do to documents that are filed and decisions in force: nothing is expected any more that they could fill, or take out.
#pragma once

#include "tmf/repository.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// Documents that fill an expected document on that day, pending and lapsed ones included, and with the study as it will be fill none; one
// note, empty where there are none. Only those that the ledger shows. A document of a site goes where the site goes.
Result<std::vector<std::string>> note_orphans(Ledger& ledger, const templates::TmfCatalogue& catalogue_before, const Study& before,
                                              const templates::TmfCatalogue& catalogue_after, const Study& after, Date day);

// The same of decisions: those in force on that day that take an expected document out, and with the study as it will be take out none. Not
// those about rules that the study loses with a list (tmf/study_removal.hpp names them), nor those that are hidden from the reader.
Result<std::vector<std::string>> note_idle_decisions(Ledger& ledger, const templates::TmfCatalogue& catalogue_before, const Study& before,
                                                     const templates::TmfCatalogue& catalogue_after, const Study& after, Date day);

} // namespace dossier::tmf
