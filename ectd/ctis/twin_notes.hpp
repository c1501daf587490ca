// Redacted twins that are none, told before the dossier is built: validation finds the same afterwards.
#pragma once

#include "ectd/ctis/questions.hpp"

#include <string>
#include <vector>

namespace dossier::ectd::ctis {

// One for each twin for publication with the bytes, or of another version, of the document it stands for.
std::vector<std::string> twin_notes(const templates::CtisCatalogue& catalogue, const Contents& contents);

} // namespace dossier::ectd::ctis
