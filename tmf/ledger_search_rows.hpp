// What the search index holds, for ledger_sqlite_search*.cpp: an FTS5 table with one row for each document that is not restricted.
#pragma once

#include "core/text.hpp"

#include <string>
#include <string_view>

namespace dossier::tmf::search_rows {

constexpr std::string_view columns = "artifact, title, file_name, external, person, event, comment";
constexpr int column_count = 7;

inline std::string create(std::string_view table) {
    return fill("CREATE VIRTUAL TABLE {} USING fts5 ({}, tokenize = 'unicode61 remove_diacritics 2');", table, columns);
}

// What the row of a document has to hold; the texts of all its versions, in the order of filing. `where` chooses documents.
inline std::string wanted(std::string_view where = "") {
    const auto of_versions = [](std::string_view column) { return fill("coalesce(group_concat(v.{0}, char(10)), '') AS {0}", column); };
    return fill(
        "SELECT d.number AS number, 'u' || printf('%03d', d.unique_id) AS artifact, {}, {}, d.external AS external, {}, {}, "
        "coalesce(group_concat(v.review_comment, char(10)), '') AS comment FROM document d LEFT JOIN version v ON v.document = d.number "
        "WHERE d.restricted = 0{} GROUP BY d.number",
        of_versions("title"), of_versions("file_name"), of_versions("person"), of_versions("event"), where);
}

} // namespace dossier::tmf::search_rows
