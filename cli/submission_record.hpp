// Introduces the submission builder to the trial master file in the other direction: which documents a sequence was built from is
// remembered beside the sequences, and told to the repository they came from.
#pragma once

#include "cli/command.hpp"
#include "ectd/application_file.hpp"
#include "ectd/plan.hpp"
#include "templates/ectd_catalogue.hpp"

#include <string>

namespace dossier::cli {

// After a build: `folder` holds the sequence, as a folder or as an archive. The sequence is there whatever happens here, so what cannot be
// done is a note.
void record_built(Context& context, const std::string& folder, const ectd::Plan& plan, const templates::EctdCatalogue& catalogue);

// After a sequence or a dossier for the EU's portal was sent, or built: tells the repository what became of its documents. What cannot be
// done is a note.
void tell_repository(Context& context, const std::string& folder, const ectd::ApplicationFile& application, ectd::SequenceNumber sequence);

} // namespace dossier::cli
