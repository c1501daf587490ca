#include "cli/tmf_filed.hpp"

#include "core/one_line.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::string id_of(const tmf::FiledRow& row) { return fill("{}@{}", tmf::document_id(row.document), row.version); }

Json row_json(const tmf::FiledRow& row) {
    return Json::object({{"row", row.row},
                         {"document", tmf::document_id(row.document)},
                         {"version", row.version},
                         {"artifact", row.artifact},
                         {"title", row.title},
                         {"file", row.file}});
}

Json to_json(const tmf::FilingOutcome& outcome) {
    Json filed = Json::array(), already = Json::array(), refused = Json::array();
    for (const tmf::FiledRow& row : outcome.filed) {
        Json json = row_json(row);
        if (!row.changed.empty()) json.set("changed", row.changed);
        (row.was_there ? already : filed).push(std::move(json));
    }
    for (const tmf::RefusedRow& row : outcome.refused) {
        Json errors = Json::array();
        for (const Error& error : row.errors)
            errors.push(Json::object({{"column", error.where.column}, {"message", error.message}, {"remedy", error.remedy}}));
        refused.push(Json::object({{"row", row.row.number}, {"errors", std::move(errors)}}));
    }
    Json json = Json::object();
    json.set("filed", std::move(filed)).set("already", std::move(already)).set("refused", std::move(refused));
    return json.set("notes", Json::texts(outcome.notes));
}

std::string to_text(const tmf::FilingOutcome& outcome, bool is_list) {
    std::vector<std::vector<std::string>> rows;
    std::size_t filed = 0, changed = 0;
    for (const tmf::FiledRow& row : outcome.filed) {
        filed += row.was_there ? 0 : 1;
        changed += row.changed.empty() ? 0 : 1;
        const std::string was_there = row.changed.empty() ? "was there already" : "was there already, " + row.changed;
        rows.push_back({is_list ? fill("{}", row.row) : "", id_of(row), row.artifact, row.title, row.was_there ? was_there : ""});
    }
    std::string text;
    if (!is_list) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::string& change = outcome.filed[i].changed;
            text += fill("{} {}  {} {}{}\n", std::string_view(outcome.filed[i].was_there ? "was filed already as" : "filed"), rows[i][1],
                         rows[i][2], one_line(rows[i][3]), change.empty() ? "" : ", now " + change);
        }
        return text;
    }
    constexpr std::size_t shown = 30;
    const std::size_t more = rows.size() > shown ? rows.size() - shown : 0;
    rows.resize(rows.size() - more);
    if (!rows.empty()) text += text_table({"row", "document", "artifact", "title", ""}, rows);
    if (more > 0) text += fill("and {} more: 'dossier tmf list', or --json here\n", more);
    text += fill("{} filed", filed);
    if (outcome.filed.size() > filed) text += fill(", {} were there already", outcome.filed.size() - filed);
    if (changed > 0) text += fill(", {} of them changed", changed);
    if (!outcome.refused.empty()) text += fill(", {} refused", outcome.refused.size());
    return text + "\n";
}

} // namespace

Result<int> show_filed(Context& context, const tmf::FilingOutcome& outcome, bool is_list) {
    for (const std::string& note : outcome.notes) print_note(context, "note: " + note);
    for (const tmf::RefusedRow& row : outcome.refused)
        for (const Error& error : row.errors) print_note(context, "refused: " + dossier::to_text(error));
    if (outcome.drafts > 0)
        print_note(context, fill("note: {} filed as draft (status is not final): drafts do not count as satisfied", outcome.drafts));
    Rendering rendering;
    rendering.text = [&] { return to_text(outcome, is_list); };
    rendering.json = [&] { return to_json(outcome); };
    DOSSIER_CHECK(emit(context, rendering));
    return outcome.refused.empty() ? exit_done : exit_findings;
}

} // namespace dossier::cli
