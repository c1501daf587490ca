#include "ectd/ctis/plan_rows.hpp"

#include "core/table.hpp"
#include "core/text.hpp"

namespace dossier::ectd::ctis {

Place Row::at(const std::string& column) const {
    Place result = place;
    result.column = column;
    return result;
}

const std::vector<std::string>& row_columns() {
    static const std::vector<std::string> names{"section",          "title",   "country", "site",   "language",
                                                "publication",      "version", "date",    "source", "reason",
                                                "protocol_version", "answers", "path",    "note"};
    return names;
}

Result<RowTable> read_rows(FileSystem& fs, const std::string& path) {
    std::vector<TableColumn> columns;
    for (const std::string& name : row_columns()) columns.push_back({name, {}, name == "section"});
    columns[0].synonyms = {"code", "annex_i"};
    columns[2].synonyms = {"member_state"};
    DOSSIER_TRY(const Table table, read_table(fs, path, columns));
    RowTable result;
    result.path = path;
    result.notes = table.notes;
    for (const TableRow& row : table.rows) {
        Row item;
        item.place = table.place(row);
        item.section = row.cell("section");
        item.title = row.cell("title");
        item.source = row.cell("source");
        item.path = row.cell("path");
        item.country = row.cell("country");
        item.site = row.cell("site");
        item.language = to_lower(row.cell("language"));
        item.publication = to_lower(row.cell("publication"));
        item.version = row.cell("version");
        item.date = row.cell("date");
        item.protocol_version = row.cell("protocol_version");
        item.answers = row.cell("answers");
        item.reason = row.cell("reason");
        item.note = row.cell("note");
        result.rows.push_back(std::move(item));
    }
    return result;
}

} // namespace dossier::ectd::ctis
