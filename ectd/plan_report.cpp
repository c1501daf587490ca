// A plan in the forms people and scripts read, and the current view as a plan.
#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/plan.hpp"

namespace dossier::ectd {

namespace {

std::string target_text(const PlannedOperation& item) {
    return item.target ? item.target->at.sequence.text() + "#" + item.target->at.id : "";
}

// Promotional material has five columns of its own that nearly no plan needs.
void drop_unused_columns(Sheet& sheet) {
    for (std::size_t i = sheet.header.size(); i-- > 0;) {
        const bool special =
            starts_with(sheet.header[i], "promotional_") || sheet.header[i] == "material_id" || sheet.header[i] == "issue_date";
        const bool used = std::any_of(sheet.rows.begin(), sheet.rows.end(), [i](const auto& row) { return !row[i].text.empty(); });
        if (!special || used) continue;
        sheet.header.erase(sheet.header.begin() + static_cast<std::ptrdiff_t>(i));
        for (auto& row : sheet.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

} // namespace

Json to_json(const Plan& plan) {
    Json operations = Json::array();
    for (const PlannedOperation& item : plan.operations) {
        Json entry = Json::object({{"operation", item.operation}, {"section", item.section}, {"title", item.title}, {"path", item.path}});
        entry.set("replaces",
                  item.target ? Json::object({{"sequence", item.target->at.sequence.text()}, {"id", item.target->at.id}}) : Json());
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
    result.set("unchanged", static_cast<std::int64_t>(plan.unchanged.size()));
    result.set("without_source", std::move(waiting));
    result.set("notes", Json::texts(plan.notes));
    return result;
}

std::string to_text(const Plan& plan) {
    std::map<std::string, int> counts;
    for (const PlannedOperation& item : plan.operations) ++counts[item.operation];
    std::string out = fill("Sequence {}: {} new, {} replace, {} append, {} delete; {} leaves unchanged\n", plan.sequence.text(),
                           counts["new"], counts["replace"], counts["append"], counts["delete"], plan.unchanged.size());
    for (const std::string& note : plan.notes) out += "note: " + note + "\n";
    for (const PlannedOperation& item : plan.operations) {
        out += fill("\n{:<8}{:<12} {}\n", item.operation, item.section, item.title);
        if (!item.path.empty()) out += fill("        {}\n", item.reused.empty() ? item.path : item.reused + " (not sent again)");
        if (item.target) out += fill("        of {}\n", target_text(item));
        out += fill("        because: {}\n", item.reason);
        for (const std::string& likely : item.likely) out += fill("        or a new version of {}? Then write it in replaces.\n", likely);
    }
    if (!plan.without_source.empty()) {
        out += fill("\nWaiting for a document ({} rows without source):\n", plan.without_source.size());
        for (const PlanRow* row : plan.without_source) out += fill("  row {:<5}{:<12} {}\n", row->place.line, row->section, row->title);
    }
    return out;
}

Sheet to_sheet(const Plan& plan) {
    Sheet sheet{
        "plan " + plan.sequence.text(), {"operation", "section", "title", "path", "replaces", "source", "study", "id", "reason"}, {}};
    for (const PlannedOperation& item : plan.operations)
        sheet.rows.push_back(
            {item.operation, item.section, item.title, item.path, target_text(item), item.source, item.study, item.id, item.reason});
    return sheet;
}

Sheet export_plan(const Application& history, const templates::EctdCatalogue& catalogue) {
    Sheet sheet{"plan", plan_columns(), {}};
    const Lifecycle lifecycle = compute_lifecycle(history);
    const auto members = study_memberships(history);
    const SequenceNumber newest = history.sequences.empty() ? SequenceNumber() : history.sequences.back().number;
    for (const LeafHistory* item : lifecycle.current()) {
        const Leaf& leaf = *item->leaf;
        const bool module1 = leaf.at.file != "index.xml";
        const templates::Heading* heading = (module1 ? catalogue.us_module1 : catalogue.ctd).by_element(leaf.element);
        if (leaf.element == "form" && starts_with(leaf.section, "m1-regional")) heading = catalogue.us_module1.by_number("1.1");
        if (!heading) continue; // the submission form lives in application.yaml
        // What every sequence brings anew (cover letter, forms) is in the plan once: as the newest sequence has it.
        if (heading->per_sequence && leaf.at.sequence != newest) continue;
        std::map<std::string, std::string> cells;
        for (const auto& [name, value] : leaf.attributes) cells[column_of_attribute(name)] = value;
        if (const auto member = members.find(leaf.at); member != members.end()) {
            cells["study"] = member->second.study_id;
            cells["file_tag"] = join(member->second.file_tags, ";");
            cells["site"] = member->second.site;
        }
        cells["section"] = heading->number;
        cells["title"] = leaf.title;
        cells["source"] = leaf.path;
        cells["path"] = leaf.path.empty() ? "" : leaf.path.substr(leaf.path.find('/') + 1);
        cells["form_type"] = leaf.form_type;
        cells["id"] = leaf.at.id;
        std::vector<SheetCell> row;
        for (const std::string& column : plan_columns()) row.emplace_back(cells[column]);
        sheet.rows.push_back(std::move(row));
    }
    drop_unused_columns(sheet);
    return sheet;
}

} // namespace dossier::ectd
