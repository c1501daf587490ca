#include "ectd/accompanying.hpp"

#include <map>

#include "core/text.hpp"
#include "ectd/stf_writer.hpp"

namespace dossier::ectd {

namespace {

std::string target_text(const AccompanyingLeaf& leaf) {
    return leaf.target ? leaf.target->at.sequence.text() + "#" + leaf.target->at.id : "";
}

AccompanyingLeaf of_form(const SubmissionForm& form) {
    return {"submission form", "new",        nullptr,     "1.1",
            form.title,        form.path,    form.source, "application.yaml names it; sent new in every sequence",
            form.id,           std::string()};
}

AccompanyingLeaf of_stf(const StfPlan& stf) {
    const std::string reason = stf.operation == "new" ? "the first one of this study under this section"
                                                      : "names what this sequence adds or replaces of the study";
    return {"study tagging file", stf.operation, stf.target, stf.steps.back().heading->number, stf_title(stf), stf.path, "", reason,
            stf.leaf_id,          stf.study_id};
}

} // namespace

std::vector<AccompanyingLeaf> accompanying_leaves(const Plan& plan) {
    std::vector<AccompanyingLeaf> leaves;
    if (plan.form) leaves.push_back(of_form(*plan.form));
    for (const StfPlan& stf : plan_stfs(plan)) leaves.push_back(of_stf(stf));
    return leaves;
}

Json accompanying_json(const Plan& plan) {
    Json list = Json::array();
    for (const AccompanyingLeaf& leaf : accompanying_leaves(plan)) {
        Json entry = Json::object({{"kind", leaf.kind}, {"operation", leaf.operation}, {"section", leaf.section}, {"title", leaf.title}});
        entry.set("path", leaf.path);
        entry.set("replaces",
                  leaf.target ? Json::object({{"sequence", leaf.target->at.sequence.text()}, {"id", leaf.target->at.id}}) : Json());
        entry.set("source", leaf.source);
        entry.set("reason", leaf.reason);
        entry.set("id", leaf.id);
        entry.set("study", leaf.study);
        list.push(std::move(entry));
    }
    return list;
}

std::string accompanying_text(const Plan& plan) {
    const std::vector<AccompanyingLeaf> leaves = accompanying_leaves(plan);
    if (leaves.empty()) return "";
    std::map<std::string, int> counts;
    for (const AccompanyingLeaf& leaf : leaves) ++counts[leaf.kind];
    std::vector<std::string> words;
    for (const auto& [kind, count] : counts) words.push_back(fill("{} {}{}", count, kind, std::string_view(count == 1 ? "" : "s")));
    std::string out = fill("\nWritten besides them: {}\n", join(words, ", "));
    for (const AccompanyingLeaf& leaf : leaves) {
        out += fill("\n{:<8}{:<12} {} ({})\n        {}\n", leaf.operation, leaf.section, leaf.title, leaf.kind, leaf.path);
        if (leaf.target) out += fill("        to {}\n", target_text(leaf));
        out += fill("        because: {}\n", leaf.reason);
    }
    return out;
}

void add_accompanying(Sheet& sheet, const Plan& plan) {
    const std::size_t width = sheet.header.size();
    sheet.header.emplace_back("kind");
    for (auto& row : sheet.rows) row.emplace_back("document");
    for (const AccompanyingLeaf& leaf : accompanying_leaves(plan)) {
        const std::map<std::string, std::string> cells{
            {"operation", leaf.operation}, {"section", leaf.section}, {"title", leaf.title},
            {"path", leaf.path},           {"source", leaf.source},   {"replaces", target_text(leaf)},
            {"study", leaf.study},         {"id", leaf.id},           {"reason", leaf.reason}};
        std::vector<SheetCell> row;
        for (std::size_t i = 0; i < width; ++i) {
            const auto cell = cells.find(sheet.header[i]);
            row.emplace_back(cell == cells.end() ? std::string() : cell->second);
        }
        row.emplace_back(leaf.kind);
        sheet.rows.push_back(std::move(row));
    }
}

} // namespace dossier::ectd
