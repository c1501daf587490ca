#include "cli/ectd_from_tmf_forms.hpp"

#include <algorithm>
#include <map>

#include "cli/tmf_session.hpp"
#include "core/text.hpp"
#include "tmf/quality_records.hpp"

namespace dossier::cli {

namespace {

using ectd::Proposal;
using templates::HandOver;

std::string artifact_text(const FromTmfResult& result, int unique_id) {
    const templates::Artifact* artifact = result.catalogue->artifact(unique_id);
    return artifact ? artifact->number + " " + artifact->name : std::to_string(unique_id);
}

std::string where(const Proposal& proposal) {
    switch (proposal.standing) {
    case Proposal::Standing::propose:
        return "";
    case Proposal::Standing::out_of_date:
        return "replaces " + proposal.leaf + (proposal.plan_row > 0 ? fill("; row {} of the plan", proposal.plan_row) : "");
    case Proposal::Standing::there:
        return proposal.leaf;
    case Proposal::Standing::planned:
    case Proposal::Standing::plan_older:
        break;
    }
    return fill("row {} of the plan", proposal.plan_row);
}

std::string group_text(const FromTmfResult& result, Proposal::Standing standing, const std::string& title) {
    std::vector<std::vector<std::string>> rows;
    std::string problems;
    for (const Proposal& p : result.proposals) {
        if (p.standing != standing) continue;
        rows.push_back(
            {p.row.section.empty() ? "?" : p.row.section, p.row.title, p.document.origin.name(), where(p), p.document.confidence});
        for (const Error& problem : p.problems) problems += fill("  {}: {}\n", p.document.origin.name(), to_text(problem));
    }
    if (rows.empty()) return "";
    return fill("\n{} ({})\n", title, rows.size()) + text_table({"section", "title", "document", "where", "confidence"}, rows) + problems;
}

std::string held_back_text(const FromTmfResult& result) {
    std::string text;
    std::size_t count = 0;
    for (const tmf::HandOverProposal& proposal : *result.hand_over)
        for (const tmf::HeldBack& held : proposal.held_back) {
            ++count;
            text += fill("  {} {} {}: {}\n", artifact_text(result, proposal.row->unique_id),
                         tmf::version_id(held.what.version->document, held.what.version->number), held.why.reason, held.why.remedy);
        }
    return count == 0 ? "" : fill("\nheld back ({})\n", count) + text;
}

std::string others_text(const FromTmfResult& result, HandOver choose, const std::string& title) {
    std::string text;
    for (const tmf::HandOverProposal& proposal : *result.hand_over) {
        if (proposal.row->choose != choose || proposal.there.empty()) continue;
        text += fill("  {}: {} documents{}; {}{}\n", artifact_text(result, proposal.row->unique_id), proposal.there.size(),
                     proposal.row->section.empty() ? "" : fill(", section {}", proposal.row->section), proposal.row->how,
                     proposal.row->use.empty() ? "" : " (" + proposal.row->use + ")");
    }
    return text.empty() ? "" : "\n" + title + "\n" + text;
}

std::string to_text(const FromTmfResult& result) {
    std::string text = fill("{} from the trial master file of {}, as of {}\n", result.application, result.study, result.as_of.text());
    text += group_text(result, Proposal::Standing::propose, "to add");
    text += group_text(result, Proposal::Standing::out_of_date, "out of date in the application");
    text += group_text(result, Proposal::Standing::plan_older, "an older version is in the plan");
    text += group_text(result, Proposal::Standing::planned, "in the plan");
    text += group_text(result, Proposal::Standing::there, "in the application");
    text += held_back_text(result);
    text += others_text(result, HandOver::list, "lists to make (their rows are in --format xlsx and json)");
    text += others_text(result, HandOver::ask, "for a person to decide");
    text += others_text(result, HandOver::one, "represented by the one that is proposed");
    text += others_text(result, HandOver::stays, "not submitted");
    text += others_text(result, HandOver::never, "must not be submitted");
    for (const std::string& note : result.notes) text += "\n" + note + "\n";
    return text;
}

// {"investigators": [{"country": …}], "ethics_committees": […]}
Json lists_json(const std::vector<Sheet>& lists) {
    Json json = Json::object();
    for (const Sheet& sheet : lists) {
        Json rows = Json::array();
        for (const auto& cells : sheet.rows) {
            Json row = Json::object();
            for (std::size_t i = 0; i < sheet.header.size(); ++i) row.set(sheet.header[i], cells[i].text);
            rows.push(std::move(row));
        }
        json.set(replace_all(sheet.name, " ", "_"), std::move(rows));
    }
    return json;
}

Json to_json(const FromTmfResult& result) {
    Json proposals = Json::array(), held_back = Json::array(), others = Json::array();
    for (const Proposal& p : result.proposals) {
        Json item = Json::object({{"standing", ectd::to_text(p.standing)},
                                  {"section", p.row.section},
                                  {"title", p.row.title},
                                  {"source", p.row.source},
                                  {"path", p.row.path},
                                  {"study", p.row.study},
                                  {"file_tag", join(p.row.file_tags, ";")},
                                  {"artifact", p.document.artifact},
                                  {"document", p.document.origin.document},
                                  {"version", p.document.origin.version},
                                  {"label", p.document.origin.label},
                                  {"use", p.document.use},
                                  {"how", p.document.how},
                                  {"confidence", p.document.confidence}});
        if (!p.leaf.empty()) item.set("leaf", p.leaf);
        if (p.plan_row > 0) item.set("plan_row", p.plan_row);
        Json problems = Json::array();
        for (const Error& problem : p.problems) problems.push(dossier::to_text(problem));
        proposals.push(item.set("problems", std::move(problems)));
    }
    for (const tmf::HandOverProposal& proposal : *result.hand_over) {
        const templates::Artifact* artifact = result.catalogue->artifact(proposal.row->unique_id);
        for (const tmf::HeldBack& held : proposal.held_back)
            held_back.push(Json::object({{"artifact", artifact ? artifact->number : ""},
                                         {"document", tmf::document_id(held.what.version->document)},
                                         {"version", std::to_string(held.what.version->number)},
                                         {"reason", held.why.reason},
                                         {"remedy", held.why.remedy}}));
        if (proposal.there.empty()) continue;
        others.push(Json::object({{"artifact", artifact ? artifact->number : ""},
                                  {"choose", templates::to_text(proposal.row->choose)},
                                  {"section", proposal.row->section},
                                  {"file_tag", proposal.row->file_tag},
                                  {"documents", static_cast<std::int64_t>(proposal.there.size())},
                                  {"use", proposal.row->use},
                                  {"how", proposal.row->how},
                                  {"confidence", proposal.row->confidence}}));
    }
    return Json::object({{"report_version", 1},
                         {"application", result.application},
                         {"study", result.study},
                         {"as_of", result.as_of.text()},
                         {"proposals", std::move(proposals)},
                         {"held_back", std::move(held_back)},
                         {"others", std::move(others)},
                         {"lists", lists_json(result.lists)},
                         {"notes", Json::texts(result.notes)}});
}

std::vector<Sheet> to_sheets(const FromTmfResult& result) {
    Sheet sheet{
        "proposals", {"standing", "section", "title", "source", "path", "study", "file_tag", "where", "confidence", "why", "problems"}, {}};
    for (const Proposal& p : result.proposals) {
        std::vector<std::string> problems;
        for (const Error& problem : p.problems) problems.push_back(dossier::to_text(problem));
        sheet.rows.push_back({std::string(ectd::to_text(p.standing)), p.row.section, p.row.title, p.row.source, p.row.path, p.row.study,
                              join(p.row.file_tags, ";"), where(p), p.document.confidence, p.row.note, join(problems, "; ")});
    }
    Sheet held{"held back", {"artifact", "document", "reason", "remedy"}, {}};
    for (const tmf::HandOverProposal& proposal : *result.hand_over)
        for (const tmf::HeldBack& item : proposal.held_back)
            held.rows.push_back({artifact_text(result, proposal.row->unique_id),
                                 tmf::version_id(item.what.version->document, item.what.version->number), item.why.reason,
                                 item.why.remedy});
    std::vector<Sheet> sheets{std::move(sheet), std::move(held)};
    sheets.insert(sheets.end(), result.lists.begin(), result.lists.end());
    return sheets;
}

// For a person to better: "List description investigator site".
std::string list_title(const templates::FromTmfRow& row) {
    std::string title = replace_all(row.file_tag, "-", " ");
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
}

} // namespace

Result<void> write_proposed_rows(Context& context, const std::string& application, const std::string& target, const Sheet& sheet) {
    DOSSIER_CHECK(check_target(context, target));
    if (exists(*context.fs, target))
        return Error(ErrorKind::conflict, "it is there already; nothing was changed", {target}, "name another file");
    if (ends_with(to_lower(target), ".xlsx"))
        DOSSIER_CHECK(write_xlsx(target, {sheet}));
    else
        DOSSIER_CHECK(write_file_durably(*context.fs, target, to_csv(sheet)));
    print_note(context, fill("{} rows written to {}; look through them, then: dossier ectd plan {} --plan {} --delta", sheet.rows.size(),
                             target, application, target));
    return {};
}

Rendering from_tmf_rendering(const FromTmfResult& result) {
    Rendering rendering;
    rendering.text = [&result] { return to_text(result); };
    rendering.json = [&result] { return to_json(result); };
    rendering.sheets = [&result] { return to_sheets(result); };
    return rendering;
}

Sheet from_tmf_plan(const FromTmfResult& result, const ectd::StudyPlace& place) {
    Sheet sheet = ectd::to_plan(result.proposals);
    for (const tmf::HandOverProposal& proposal : *result.hand_over) {
        if (proposal.row->choose != HandOver::list || proposal.there.empty()) continue;
        std::map<std::string, std::string> cells{
            {"section", proposal.row->section == "study" ? place.section : proposal.row->section},
            {"title", list_title(*proposal.row)},
            {"study", proposal.row->file_tag.empty() ? "" : result.study},
            {"file_tag", proposal.row->file_tag},
            {"note", fill("{}: {} documents in the trial master file; {} ({})", artifact_text(result, proposal.row->unique_id),
                          proposal.there.size(), proposal.row->how, proposal.row->use)}};
        if (cells["section"] == place.section) {
            cells["note"] += ectd::unknown_note(place);
            for (const auto& [name, value] : place.attributes) cells[ectd::column_of_attribute(name)] = value;
        }
        std::vector<SheetCell> row;
        for (const std::string& column : sheet.header) row.emplace_back(cells[column]);
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

} // namespace dossier::cli
