// From documents of a trial master file to rows of the plan of a dossier for the EU's portal. A pure function; which documents may go is
// the trial master file's to say (tmf/hand_over.hpp).
#pragma once

#include "core/table.hpp"
#include "ectd/ctis/row_check.hpp"
#include "ectd/tmf_proposal.hpp"

#include <vector>

namespace dossier::ectd::ctis {

struct TmfRows {
    std::vector<Proposal> proposals; // in the order given
    std::vector<Row> rows; // to add: one for each proposal that brings something, and behind it one that waits for a redacted twin
};

// `before`: the state after the newest dossier; null: there is none. The document of the trial master file is the confidential one: of a
// section that the authority publishes it is proposed as not for publication. Equal titles are told apart by the document's number.
TmfRows propose_rows(const RowContext& context, const std::vector<OfferedDocument>& documents, const Contents* before,
                     const std::vector<PlannedOrigin>& planned);

Sheet to_plan(const std::vector<Row>& rows);

} // namespace dossier::ectd::ctis
