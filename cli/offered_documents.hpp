// The documents of a study as the submission builder is offered them: what `ectd plan --from-tmf` is made of, for sequences and dossiers.
#pragma once

#include "cli/command.hpp"
#include "cli/tmf_session.hpp"
#include "ectd/tmf_proposal.hpp"
#include "tmf/hand_over.hpp"

#include <memory>
#include <string>
#include <vector>

namespace dossier::cli {

struct OfferedStudy {
    std::unique_ptr<StudySession> study;
    std::vector<tmf::StoredDocument> documents; // those that the user may see
};
Result<OfferedStudy> open_offered_study(Context& context, const std::string& study);

ectd::OfferedDocument offer(const OfferedStudy& opened, const tmf::StoredDocument& stored, const tmf::VersionRecord& version);
// What the rows of the table propose; `study_section`: where the table says "study".
std::vector<ectd::OfferedDocument> offered(const OfferedStudy& opened, const std::vector<tmf::HandOverProposal>& proposals,
                                           const std::string& study_section);

// The document, where it is in this study's repository and a version newer than the one that was submitted may go; null else.
struct Successor {
    const tmf::StoredDocument* document = nullptr;
    const tmf::VersionRecord* version = nullptr;
};
Successor successor_of(const OfferedStudy& opened, const ectd::Origin& origin, Date day);

// Rows of a plan that name a document of a trial master file. `Row`: with `source` and `place`.
template <class Row> std::vector<ectd::PlannedOrigin> planned_origins(ectd::ContentSource& source, const std::vector<Row>& rows) {
    std::vector<ectd::PlannedOrigin> planned;
    for (const Row& row : rows) {
        if (row.source.rfind("tmf:", 0) != 0) continue;
        const auto content = source.find(row.source);
        if (content && content->origin) planned.push_back({row.place.line, *content->origin});
    }
    return planned;
}

} // namespace dossier::cli
