// A plan in the forms people and scripts read.
#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/ctis/coverage.hpp"
#include "ectd/ctis/plan.hpp"

namespace dossier::ectd::ctis {

namespace {

std::size_t count_of(const Contents& contents, const char* operation) {
    return static_cast<std::size_t>(std::count_if(contents.documents.begin(), contents.documents.end(),
                                                  [&](const Document& item) { return item.operation == operation; }));
}

std::string changes_text(const Contents& contents) {
    std::string out;
    for (const Document& item : contents.documents) {
        if (item.operation == "unchanged") continue;
        out += fill("  {:<9}{}\n", item.operation, item.shown());
        if (item.has_file()) out += fill("           {}\n", item.path);
        if (!item.has_file() || item.operation == "replace")
            out += fill("           because: {}\n", item.has_file() ? item.why : item.reason);
    }
    for (const Document& item : contents.withdrawn) out += fill("  withdraw {}\n           because: {}\n", item.shown(), item.why);
    return out.empty() ? "" : "\nWhat this dossier brings\n" + out;
}

std::string coverage_text(const std::vector<CoverageGroup>& groups) {
    std::string out;
    for (const CoverageGroup& group : groups) {
        out += fill("\n{}: {} of {} documents are there\n", group.title, group.there, group.slots.size());
        for (const Slot* slot : group.slots) {
            out += fill("  {:<15}{}\n", std::string_view(to_text(slot->state)), slot->shown());
            if (slot->state == SlotState::stated)
                out += fill("  {:<15}  because: {}\n", std::string_view(), slot->documents.front()->reason);
        }
    }
    return out;
}

std::vector<std::string> twin_lines(const templates::CtisCatalogue& catalogue, const Contents& contents) {
    std::vector<std::string> lines;
    for (const Twins& twins : find_twins(catalogue, contents))
        if (!twins.redacted && twins.confidential->reason.empty()) lines.push_back(twins.confidential->shown());
    return lines;
}

std::vector<std::string> version_lines(const templates::CtisCatalogue& catalogue, const Contents& contents) {
    std::vector<std::string> lines;
    for (const NamedVersion& item : named_protocol_versions(catalogue, contents))
        if (item.version != contents.trial.protocol_version) lines.push_back(fill("{}: {}", item.document->shown(), item.version));
    return lines;
}

std::vector<std::string> open_questions(const templates::CtisCatalogue& catalogue, const std::vector<Slot>& slots) {
    std::vector<std::string> lines;
    for (const templates::CtisCondition& item : catalogue.conditions)
        if (std::any_of(slots.begin(), slots.end(),
                        [&](const Slot& slot) { return slot.document->when == item.name && slot.state == SlotState::open; }))
            lines.push_back(fill("{}: {}", item.name, item.question));
    return lines;
}

std::string list_text(const std::string& head, const std::vector<std::string>& lines) {
    return lines.empty() ? "" : fill("\n{}\n  {}\n", head, join(lines, "\n  "));
}

Json slot_json(const Slot& slot) {
    Json documents = Json::array();
    for (const Document* document : slot.documents) documents.push(document->has_file() ? document->path : document->reason);
    return Json::object({{"code", slot.document->code},
                         {"document", slot.document->title},
                         {"country", slot.country},
                         {"site", slot.site},
                         {"languages", Json::texts(slot.languages)},
                         {"state", to_text(slot.state)},
                         {"confidence", slot.document->confidence},
                         {"documents", std::move(documents)}});
}

} // namespace

std::string to_text(const Plan& plan, const templates::CtisCatalogue& catalogue) {
    const Contents& contents = plan.contents;
    const std::vector<Slot> slots = find_slots(catalogue, contents);
    std::string out =
        fill("Dossier {} of {}, {}: {} new, {} replaced, {} withdrawn; {} unchanged\n", contents.dossier, contents.application,
             contents.submission_type.empty() ? "no submission type" : contents.submission_type, count_of(contents, "new"),
             count_of(contents, "replace"), contents.withdrawn.size(), count_of(contents, "unchanged"));
    for (const std::string& note : plan.notes) out += "note: " + note + "\n";
    out += changes_text(contents) + coverage_text(group_slots(catalogue, slots));
    out += list_text("Not for publication, without a redacted twin or a reason", twin_lines(catalogue, contents));
    out += list_text(fill("Another protocol version than {}", contents.trial.protocol_version), version_lines(catalogue, contents));
    out += list_text("Questions that are open (trial: conditions in application.yaml)", open_questions(catalogue, slots));
    std::vector<std::string> waiting;
    for (const Row* row : plan.waiting)
        waiting.push_back(fill("row {:<4}{:<5}{} {}", row->place.line, row->section, row->title, row->country));
    out += list_text(fill("Waiting for a document ({} rows without source and reason)", waiting.size()), waiting);
    return out + list_text("Not certain", uncertain_facts(catalogue));
}

Json to_json(const Plan& plan, const templates::CtisCatalogue& catalogue) {
    const Contents& contents = plan.contents;
    const std::vector<Slot> slots = find_slots(catalogue, contents);
    Json operations = Json::array(), groups = Json::array(), waiting = Json::array();
    for (const std::vector<Document>* list : {&contents.documents, &contents.withdrawn})
        for (const Document& item : *list)
            if (item.operation != "unchanged")
                operations.push(Json::object({{"operation", item.operation},
                                              {"section", item.code},
                                              {"title", item.title},
                                              {"country", item.country},
                                              {"site", item.site},
                                              {"language", item.language},
                                              {"publication", item.publication},
                                              {"path", item.path},
                                              {"reason", item.has_file() ? item.why : item.reason}}));
    for (const CoverageGroup& group : group_slots(catalogue, slots)) {
        Json rows = Json::array();
        for (const Slot* slot : group.slots) rows.push(slot_json(*slot));
        groups.push(Json::object({{"title", group.title},
                                  {"country", group.country},
                                  {"expected", group.slots.size()},
                                  {"there", group.there},
                                  {"complete", group.complete()},
                                  {"documents", std::move(rows)}}));
    }
    for (const Row* row : plan.waiting)
        waiting.push(Json::object({{"row", row->place.line}, {"section", row->section}, {"title", row->title}, {"country", row->country}}));
    Json result = Json::object({{"report_version", 1}, {"sequence", contents.dossier}, {"application", contents.application}});
    result.set("submission_type", contents.submission_type);
    result.set("operations", std::move(operations));
    result.set("unchanged", count_of(contents, "unchanged"));
    result.set("completeness", std::move(groups));
    result.set("without_twin", Json::texts(twin_lines(catalogue, contents)));
    result.set("other_protocol_version", Json::texts(version_lines(catalogue, contents)));
    result.set("open_questions", Json::texts(open_questions(catalogue, slots)));
    result.set("without_source", std::move(waiting));
    result.set("not_certain", Json::texts(uncertain_facts(catalogue)));
    result.set("notes", Json::texts(plan.notes));
    return result;
}

Sheet to_sheet(const Plan& plan, const templates::CtisCatalogue& catalogue) {
    Sheet sheet{"plan " + plan.contents.dossier,
                {"part", "section", "document", "country", "site", "languages", "state", "files", "confidence"},
                {}};
    const std::vector<Slot> slots = find_slots(catalogue, plan.contents);
    for (const CoverageGroup& group : group_slots(catalogue, slots))
        for (const Slot* slot : group.slots) {
            std::vector<std::string> files;
            for (const Document* document : slot->documents) files.push_back(document->has_file() ? document->path : document->reason);
            sheet.rows.push_back({group.title, slot->document->code, slot->document->title, slot->country, slot->site,
                                  join(slot->languages, " or "), to_text(slot->state), join(files, "; "), slot->document->confidence});
        }
    return sheet;
}

Sheet to_rows(const Contents& contents, const std::string& folder) {
    Sheet sheet{"plan", row_columns(), {}};
    for (const Document& item : contents.documents) {
        const std::string source = item.has_file() ? path::join(folder, path::join(item.dossier, item.path)) : "";
        sheet.rows.push_back({item.code, item.title, item.country, item.site, item.language, item.publication, item.version, item.date,
                              source, item.reason, item.protocol_version, item.answers, item.path, ""});
    }
    return sheet;
}

} // namespace dossier::ectd::ctis
