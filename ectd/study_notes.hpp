// What is said of studies and does not get into the sequence as it is written: rows in a region without study tagging files, titles and
// categories in application.yaml.
#pragma once

#include "ectd/plan.hpp"

namespace dossier::ectd {

void note_studies(Plan& plan, const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
