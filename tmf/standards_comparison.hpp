// What another model, or other lists, mean for a study in the repository; for study_apply.cpp only.
#pragma once

#include "templates/tmf_catalogue.hpp"
#include "tmf/ledger.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct StandardsComparison {
    bool is_other_model = false;
    std::vector<std::string> changes; // of artifacts, with how many documents are filed under them, and of rules
    std::vector<std::string> notes;   // documents of parts that nobody asks for any more
};

// conflict names the documents whose artifact the new model does not have: they keep their unique identifier and would count nowhere. Those
// that whoever applies the file may not see are asked as well; of them it is only said that the record needs the artifact. What is told
// besides is of documents that he may see; decisions about rules that are lost: tmf/study_removal.hpp.
Result<StandardsComparison> compare_standards(Ledger& ledger, const std::string& study, const templates::TmfCatalogue& before,
                                              const templates::TmfCatalogue& after);

} // namespace dossier::tmf
