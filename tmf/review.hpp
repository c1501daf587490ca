// What happens to a filed version afterwards: accepted or rejected in review, or its index corrected. Each is one audited change.
#pragma once

#include "tmf/repository.hpp"
#include "tmf/row_check.hpp"

#include <map>
#include <string>
#include <vector>

namespace dossier::tmf {

const std::vector<std::string>& rejection_codes();

struct Review {
    VersionReference version;
    bool accept = false;
    std::string code, comment; // of a rejection; the comment is optional when accepting
};
// Returns the version as it now is. Errors: a draft, one that was accepted, rejected or withdrawn already.
Result<VersionRecord> review(Repository& repository, const Review& wanted, const Author& author);

// A stored document and one of its versions; not_found names what is wrong with the reference.
struct FoundVersion {
    StoredDocument stored;
    VersionRecord version;
};
Result<VersionReference> to_reference(const std::string& text);
Result<FoundVersion> find_version(Ledger& ledger, const VersionReference& reference);

// Corrections by column of the list (artifact, country, site, person, event, language, date, expires, title, version, restricted, status);
// "-" empties a value. `reason` is needed.
struct Correction {
    VersionReference version;
    std::map<std::string, std::string> cells;
    Place where; // of the list's row
};
struct Corrected {
    std::string version; // D-000012@1
    std::vector<std::string> changes;
};
// All or nothing. Corrections that change nothing are left out of the result. `dry_run`: says what would change, and changes nothing.
Result<std::vector<Corrected>> reindex(Repository& repository, const RowContext& context, const std::vector<Correction>& corrections,
                                       const std::string& reason, bool dry_run = false);
const std::vector<TableColumn>& correction_columns();

} // namespace dossier::tmf
