// Queries as they stand on a day, each with the version it is about; what lists and reports of queries are made of. Pure functions.
#pragma once

#include "core/table.hpp"
#include "tmf/query.hpp"

namespace dossier::tmf {

struct QueryRow {
    StoredQuery query; // with the acts up to the day
    DocumentRecord document;
    VersionRecord version;
    QueryStanding standing;
    const QueryAct& last() const { return query.acts.back(); }
};

// By number. Left out: what was opened later, and queries about documents that are not among `documents` (not to be seen, another place).
std::vector<QueryRow> query_rows(const std::vector<StoredQuery>& queries, const std::vector<StoredDocument>& documents, Date as_of);

Json to_json(const StoredQuery& query, Date as_of); // with state, age and the whole thread

} // namespace dossier::tmf
