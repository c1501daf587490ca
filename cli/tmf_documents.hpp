// How documents are shown: one JSON form, one line, one sheet.
#pragma once

#include "cli/study_models.hpp"
#include "cli/tmf_session.hpp"

#include <functional>
#include <set>

namespace dossier::cli {

struct VersionChoice {
    std::set<std::string> reviewed; // studies whose versions are in force only when they are accepted (tmf::studies_with_review)
    bool newest = false;            // only the newest
    int only = 0;                   // only this one; 0 = all
    tmf::OptionalDate day;          // what is dated later has not happened yet; none: it counts
};
std::vector<std::size_t> chosen_versions(const tmf::StoredDocument& stored, const VersionChoice& choice); // indexes, the oldest first

Json document_json(const tmf::StoredDocument& stored, const ArtifactOf& artifact_of, const VersionChoice& choice);
Sheet document_sheet(const std::vector<tmf::StoredDocument>& documents, const ArtifactOf& artifact_of, const VersionChoice& choice);
// In the form that was asked for.
Result<int> show_documents(Context& context, const std::vector<tmf::StoredDocument>& documents, const ArtifactOf& artifact_of,
                           const VersionChoice& choice);
// Where the user's own key stays closed, and documents that the filter (and `is_asked`) lets through are left out for that: says so, once.
Result<void> note_left_out(Context& context, tmf::Repository& repository, const tmf::DocumentFilter& filter,
                           const std::function<bool(const tmf::DocumentRecord&)>& is_asked);
std::string place_of(const tmf::DocumentRecord& document); // "trial", "USA", "USA 701"
// draft, final, accepted, rejected, withdrawn, superseded
std::string state_of(const tmf::StoredDocument& stored, std::size_t version, const VersionChoice& choice);
std::string with_mark(const tmf::OptionalDate& date, bool carried); // 2025-01-16, "2025-01-16 (carried over)", ""

} // namespace dossier::cli
