// What a correction of the index means for the checks before it. The index step speaks of the index that was looked at: where something is
// corrected that decides what a document counts for, the check is open again, and with it an approval that the study makes wait for that
// check. An acceptance carried over from a former system stays: it never rested on a check made here. docs/quality.md.
#pragma once

#include "tmf/ahead.hpp"
#include "tmf/ledger.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct ReopenedCheck {
    std::string version;              // D-000012@1
    std::string passed_on, passed_by; // how the index check stood; empty: it had not been passed
    OptionalDate accepted;            // that ended with it
    std::vector<std::string> lines() const;
};

struct ReopeningRules {
    const Author& author;
    const std::string& reason;
    const Horizon& horizon;
    bool index_is_demanded = false; // by the study, before approval
};

// `corrected` is the correction of one version of `stored`, which is the document before it; `records` are its reviews. Adds the record and
// the end of the acceptance to `corrected` itself, and to `more` a change for each further version whose index it changes. `last_review`
// is the number given last, and counts on.
std::vector<ReopenedCheck> reopen_index_checks(const ReopeningRules& rules, const StoredDocument& stored,
                                               const std::vector<ReviewRecord>& records, std::int64_t& last_review, Change& corrected,
                                               std::vector<Change>& more);

} // namespace dossier::tmf
