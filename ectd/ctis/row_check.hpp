// One row of a dossier's plan understood. Everything that can be wrong with a row by itself is found here.
#pragma once

#include "ectd/content_source.hpp"
#include "ectd/ctis/contents.hpp"
#include "ectd/ctis/plan_rows.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd::ctis {

struct RowContext {
    const templates::CtisCatalogue& catalogue;
    const Contents& head; // trial and number of the application
    ContentSource& source;
};

struct PlannedDocument {
    const Row* row = nullptr;
    Document document; // without bytes, checksum and operation; the path is the one it would get
    std::optional<Content> content;
};

// Empty when the row has errors; they are added to `errors`, each with file, row and column.
std::optional<PlannedDocument> resolve_row(const RowContext& context, const Row& row, std::vector<Error>& errors);

} // namespace dossier::ectd::ctis
