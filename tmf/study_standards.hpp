// The model and the lists that a study names, as the repository keeps them: a study is read with what it adopted, never with what happens
// to lie in somebody's data folder.
#pragma once

#include "templates/own_standard.hpp"
#include "tmf/ledger.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// What the ledger has; a copy that does not give its recorded hash is an error.
templates::FindStandard standards_in(Ledger& ledger);

// The catalogue that the study's record asks for.
Result<templates::TmfCatalogue> catalogue_of(Ledger& ledger, const templates::Source& source, const StudyRecord& record);
Result<templates::TmfCatalogue> catalogue_of_study(Ledger& ledger, const templates::Source& source, const std::string& study);

// For a study that is being applied: the ledger first, then `own`. conflict when both have it with other bytes.
templates::FindStandard standards_for_apply(Ledger& ledger, const templates::OwnStandards& own);
// The records that the ledger lacks for this study, to be committed with it: its own lists and model, and what the program brings for the
// model, so that the repository holds everything that the study is judged by.
struct StandardsToAdopt {
    std::vector<StandardRecord> records;
    std::vector<std::string> notes; // where the repository adopted another wording under the same name: that one holds
};
Result<StandardsToAdopt> standards_to_adopt(Ledger& ledger, const templates::Source& source, const templates::OwnStandards& own,
                                            const templates::TmfCatalogue& catalogue);

} // namespace dossier::tmf
