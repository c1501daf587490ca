// A study as the ledger knew it at the end of a day: facts, documents, decisions and whatever else the audit trail has records of. A pure
// fold over the trail (every entry holds the whole records it put in place), read entry by entry; it needs as much memory as the state that
// comes out. An entry belongs to the day that its `time` says, but not to one before the day of an earlier entry of the study: whoever
// dates back with --now does not change what was known on a past day. Nor, where --now gave its time, to one after the next entry of the
// study that the machine's clock dated: that one proves that it was there, and a date far ahead hides nothing that comes later.
#pragma once

#include "tmf/repository.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace dossier::tmf {

struct StudyState {
    StudyRecord record;
    std::vector<StoredDocument> documents;     // by number, versions by number
    std::vector<DecisionRecord> decisions;     // by number
    std::vector<ReviewRecord> reviews;         // by number
    std::vector<StoredQuery> queries;          // by number
    std::vector<SubmissionRecord> submissions; // by application, sequence, document
    // Records of any other kind, by the name they have in the trail ("query") and their `id`.
    std::map<std::string, std::map<std::string, Json>> others;
    std::set<std::string> given_times; // what entries whose time the user had set speak of: "D-000012@1"
};

// not_found when the study was not applied by then; invalid when an entry holds a record that is none.
Result<StudyState> state_known_at(Ledger& ledger, const std::string& study, Date day);

// Whether the error is that of a study that was not applied by then.
bool is_not_known_then(const Error& error);

// The same, as the ledger's rows have it now; without `others`.
Result<StudyState> state_now(Ledger& ledger, const std::string& study);

StudyDocuments documents_of(const StudyState& state, const Study& study);

} // namespace dossier::tmf
