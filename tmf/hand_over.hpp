// What of a trial master file may go into a submission, and what a submission of a kind would take from it. Pure functions over records;
// templates/ectd/from-tmf.tsv says what goes where.
#pragma once

#include "templates/ectd_from_tmf.hpp"
#include "tmf/records.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dossier::tmf {

struct Obstacle {
    std::string reason, remedy; // "is a draft"; "make it final first, or name another version"
};

// Why the bytes of this version must not be sent, whoever names it: restricted, withdrawn, rejected, draft, no file.
std::optional<Obstacle> obstacle_to_submission(const DocumentRecord& document, const VersionRecord& version);
// The same for what is proposed without being asked for: it has to be accepted in review, and not expired on `day`.
std::optional<Obstacle> obstacle_to_proposal(const DocumentRecord& document, const VersionRecord& version, Date day);

struct HandOverDocument {
    const StoredDocument* document = nullptr;
    const VersionRecord* version = nullptr;
};
struct HeldBack {
    HandOverDocument what;
    Obstacle why;
};

// One row of the table with what the file holds for it, in the order of document numbers.
struct HandOverProposal {
    const templates::FromTmfRow* row = nullptr;
    std::vector<HandOverDocument> proposed; // empty for list, ask, stays, never
    std::vector<HeldBack> held_back;        // newest versions that may not go; older ones of the same document may be proposed
    std::vector<HandOverDocument> there;    // of list, ask, stays, never and one: the documents that stay
};

// Rows for which the file holds nothing are left out. Documents of a country or site outside `countries` (alpha-3; empty = all) concern
// another authority: they are proposed only where the whole study is reported. `documents` and `rows` must outlive the result.
std::vector<HandOverProposal> propose_hand_over(const std::vector<StoredDocument>& documents,
                                                const std::vector<templates::FromTmfRow>& rows, const std::set<std::string>& countries,
                                                Date day);

// Whether a submitted version is still the one to show: not when it was taken back (withdrawn, rejected, restricted since), nor when a
// newer one supersedes it. `why` is empty when it is.
struct Currency {
    enum class State { up_to_date, out_of_date, taken_back } state = State::up_to_date;
    std::string why; // "superseded by version 2.0", "withdrawn on 2026-01-02"
};
Currency currency_of(const StoredDocument& document, int version, Date day);

// The version that a submitted one was superseded by: newer in the order of versions and itself fit to be proposed. Null when there is
// none.
const VersionRecord* successor_of(const StoredDocument& document, int version, Date day);

} // namespace dossier::tmf
