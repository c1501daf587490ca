// application.yaml of a clinical trial application in the EU: what its head must say.
#pragma once

#include "ectd/application_file.hpp"
#include "ectd/ctis/contents.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

// The head of the contents, from the file. Errors that keep a dossier from being built are added, each with its line.
Contents read_head(const templates::CtisCatalogue& catalogue, const ApplicationFile& file, SequenceNumber number, const Contents* before,
                   std::vector<Error>& errors);

} // namespace dossier::ectd::ctis
