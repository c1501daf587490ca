// What the administrative head of a US sequence may say (FDA eCTD backbone files specification for module 1, v2.6). Internal to
// ectd/region/us*.cpp.
#pragma once

#include "ectd/application.hpp"
#include "ectd/application_file.hpp"

namespace dossier::ectd {

// The code that FDA's list `list` has for a word or a code. Of lists that are not in the tables the codes are not known: there a code is
// taken that has the form of one and is none of another list.
Result<std::string> fda_code(const templates::EctdCatalogue& catalogue, const std::string& list, const std::string& word);

// Every problem of one application.yaml is an error with the place in the file.
std::vector<Error> check_us_envelope(const templates::EctdCatalogue& catalogue, const ApplicationFile& file, SequenceNumber sequence,
                                     const Application& history);

} // namespace dossier::ectd
