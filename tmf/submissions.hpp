// Recording where versions of documents stand in submissions.
#pragma once

#include "tmf/ledger.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// What is known of an application now, after `sequence` of it was built or sent. Rows that differ from the ledger's are written, with an
// audit entry each; a draft's row of that sequence that is no longer among them is marked as dropped; what was sent stays. Gives how many
// rows were written: none when the ledger knew it all. Errors: not_found when a document or version is not in the repository.
Result<std::size_t> record_submissions(Ledger& ledger, const Author& author, const std::string& application, const std::string& sequence,
                                       const std::vector<SubmissionRecord>& now);

} // namespace dossier::tmf
