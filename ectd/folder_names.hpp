// Folder and file names that are made of what the plan says (substance, indication, study, name of the source) and do not tell it apart.
#pragma once

#include "ectd/plan.hpp"

#include <vector>

namespace dossier::ectd {

// Errors: rows without a path of their own, for which a name would have to be made of words without a letter of a-z.
std::vector<Error> check_folder_names(const Plan& plan, const templates::HeadingTree& ctd);

// Notes: documents of different substances, manufacturers, products, indications ... of one heading in one folder.
void note_shared_folders(Plan& plan, const templates::HeadingTree& ctd);

} // namespace dossier::ectd
