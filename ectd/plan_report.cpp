// A plan in the forms people and scripts read.
#include "core/one_line.hpp"
#include "core/text.hpp"
#include "ectd/accompanying.hpp"
#include "ectd/plan.hpp"

namespace dossier::ectd {

namespace {

std::string target_text(const PlannedOperation& item) {
    return item.target ? item.target->at.sequence.text() + "#" + item.target->at.id : "";
}

} // namespace

Json to_json(const Plan& plan) {
    Json operations = Json::array();
    for (const PlannedOperation& item : plan.operations) {
        Json entry = Json::object({{"operation", item.operation}, {"section", item.section}, {"title", item.title}, {"path", item.path}});
        entry.set(
            "replaces",
            item.target
                ? Json::object({{"sequence", item.target->at.sequence.text()}, {"id", item.target->at.id}, {"title", item.target->title}})
                : Json());
        entry.set("source", item.source);
        entry.set("reason", item.reason);
        entry.set("id", item.id);
        entry.set("study", item.study);
        entry.set("likely", Json::texts(item.likely));
        operations.push(std::move(entry));
    }
    Json waiting = Json::array();
    for (const PlanRow* row : plan.without_source)
        waiting.push(Json::object({{"row", row->place.line}, {"section", row->section}, {"title", row->title}}));
    Json result = Json::object({{"report_version", 1}, {"sequence", plan.sequence.text()}, {"delta", plan.delta}});
    result.set("operations", std::move(operations));
    result.set("accompanying", accompanying_json(plan));
    result.set("unchanged", static_cast<std::int64_t>(plan.unchanged.size()));
    result.set("without_source", std::move(waiting));
    Json stays = Json::array();
    for (const Leaf* leaf : plan.unchanged)
        stays.push(
            Json::object({{"sequence", leaf->at.sequence.text()}, {"id", leaf->at.id}, {"title", leaf->title}, {"path", leaf->path}}));
    result.set("stays", std::move(stays));
    result.set("notes", Json::texts(plan.notes));
    return result;
}

std::string to_text(const Plan& plan) {
    std::map<std::string, int> counts;
    for (const PlannedOperation& item : plan.operations) ++counts[item.operation];
    std::string out = fill("Sequence {}: {} new, {} replace, {} append, {} delete; {} leaves unchanged\n", plan.sequence.text(),
                           counts["new"], counts["replace"], counts["append"], counts["delete"], plan.unchanged.size());
    for (const std::string& note : plan.notes) out += "note: " + one_line(note) + "\n";
    for (const PlannedOperation& item : plan.operations) {
        out += fill("\n{:<8}{:<12} {}\n", item.operation, item.section, one_line(item.title));
        if (!item.path.empty()) out += fill("        {}\n", item.reused.empty() ? item.path : item.reused + " (not sent again)");
        if (item.target) out += fill("        of {} \"{}\"\n", target_text(item), one_line(item.target->title));
        out += fill("        because: {}\n", one_line(item.reason));
        for (const std::string& likely : item.likely) out += fill("        or a new version of {}? Then write it in replaces.\n", likely);
    }
    out += accompanying_text(plan);
    if (!plan.without_source.empty()) {
        out += fill("\nWaiting for a document ({} rows without source):\n", plan.without_source.size());
        for (const PlanRow* row : plan.without_source)
            out += fill("  row {:<5}{:<12} {}\n", row->place.line, row->section, one_line(row->title));
    }
    return out;
}

Sheet to_sheet(const Plan& plan) {
    Sheet sheet{"plan " + plan.sequence.text(),
                {"operation", "section", "title", "path", "replaces", "source", "study", "id", "reason", "replaced_title", "likely"},
                {}};
    for (const PlannedOperation& item : plan.operations)
        sheet.rows.push_back({item.operation, item.section, item.title, item.path, target_text(item), item.source, item.study, item.id,
                              item.reason, item.target ? item.target->title : "", join(item.likely, "; ")});
    add_accompanying(sheet, plan);
    return sheet;
}

Sheet to_sheet_of_unchanged(const Plan& plan) {
    Sheet sheet{"unchanged", {"leaf", "title", "path"}, {}};
    for (const Leaf* leaf : plan.unchanged) sheet.rows.push_back({leaf->at.sequence.text() + "#" + leaf->at.id, leaf->title, leaf->path});
    return sheet;
}

} // namespace dossier::ectd
