// A row of a list whose version is filed already, with more or other things in it than were filed: what is taken from it, and what is left
// and said. A withdrawal is taken: a list is how people keep their file, and no command of its own records it. Reviews, titles, dates and
// what decides where a document counts have their commands.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/row_check.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

struct FiledBefore {
    std::optional<Change> change;   // of the version
    std::string said;               // of the change: "withdrawn on 2026-01-31"
    std::vector<std::string> notes; // of what was left
};

// `filed` is the version as the ledger has it; `reason` goes to the audit trail.
FiledBefore compare_with_filed(const TableRow& row, const CheckedRow& wanted, const VersionRecord& filed, const std::string& study,
                               const std::string& reason);

} // namespace dossier::tmf
