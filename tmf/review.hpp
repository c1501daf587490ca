// What happens to a filed version afterwards: it passes the steps of its review or is rejected in one, or its index is corrected. Each is
// one audited change.
#pragma once

#include "tmf/ahead.hpp"
#include "tmf/reopening.hpp"
#include "tmf/repository.hpp"
#include "tmf/row_check.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::tmf {

struct Review {
    VersionReference version;
    ReviewStep step = ReviewStep::approval;
    bool accept = false;
    std::string code, comment; // of a rejection; the comment is optional when accepting
};
struct ReviewRules {
    const templates::QualityCatalogue& quality;
    const std::vector<ReviewStep>& demanded; // by the study, before approval
    Horizon horizon;
};
struct Reviewed {
    VersionRecord version; // as it is now
    ReviewRecord record;
    std::vector<std::string> replaced; // what was dated ahead, in words
};
// One step: a record of its own, and at approval or a rejection the version's state, in one audited change. A rejection at any step rejects
// the version. Errors: a draft at approval; one that was rejected or withdrawn; a step passed already; steps that the study demands before
// this one and that were not passed, each named; an unknown code, or one that does not belong to the step; a time before the filing, or
// before a check of the same that has happened. What is dated ahead (tmf/ahead.hpp) is in nobody's way and is replaced: its record stays.
Result<Reviewed> review(Repository& repository, const ReviewRules& rules, const Review& wanted, const Author& author);

// A stored document and one of its versions; not_found names what is wrong with the reference.
struct FoundVersion {
    StoredDocument stored;
    VersionRecord version;
};
// D-000012 and D-000012@2, which are never labels; D-12 is the same number where nothing is called so.
bool is_written_in_full(const std::string& text);
// A number, or a label that lists gave a document that this user may see; behind @ a version, by its number, behind a label by its own
// label, too (PROT@2.0, tmf/version_label.hpp). Errors: not_found; invalid where several may be meant.
Result<VersionReference> find_reference(Ledger& ledger, const std::string& text);
Result<FoundVersion> find_version(Ledger& ledger, const VersionReference& reference);

// Corrections by column of the list (artifact, country, site, person, event, language, date, expires, title, version, restricted, status);
// "-" empties a value. `reason` is needed.
struct Correction {
    VersionReference version;
    std::map<std::string, std::string> cells;
    Place where; // of the list's row
};
struct Corrected {
    std::string version;                 // D-000012@1
    std::vector<std::string> changes;    // none: there are notes only
    std::vector<ReopenedCheck> reopened; // of the document's versions
    std::vector<std::string> notes;      // what of a list was left, and what filing would note now and did not before
};
// All or nothing. Corrections that change nothing, and of which nothing is to be said, are left out of the result. `dry_run`: says what
// would change, and changes nothing.
// Checks of the index that was corrected are open again (tmf/reopening.hpp).
Result<std::vector<Corrected>> reindex(Repository& repository, const RowContext& context, const std::vector<Correction>& corrections,
                                       const std::string& reason, const Horizon& horizon, bool dry_run = false);
const std::vector<TableColumn>& correction_columns();
bool may_be_emptied(const std::string& column); // by "-"; not what every document has: its artifact, its status, restricted or not

} // namespace dossier::tmf
