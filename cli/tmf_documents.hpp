// How documents are shown: one JSON form, one line, one sheet.
#pragma once

#include "cli/tmf_session.hpp"

namespace dossier::cli {

Json document_json(const tmf::StoredDocument& stored, const templates::TmfCatalogue& catalogue);
Sheet document_sheet(const std::vector<tmf::StoredDocument>& documents, const templates::TmfCatalogue& catalogue, bool all_versions);
std::string place_of(const tmf::DocumentRecord& document);                    // "trial", "USA", "USA 701"
std::string state_of(const tmf::StoredDocument& stored, std::size_t version); // draft, final, accepted, rejected, withdrawn, superseded
std::string with_mark(const tmf::OptionalDate& date, bool carried);           // 2025-01-16, "2025-01-16 (carried over)", ""

} // namespace dossier::cli
