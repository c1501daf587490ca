// The current view as a plan.
#include <algorithm>

#include "core/text.hpp"
#include "ectd/leaf_matcher.hpp"
#include "ectd/leaf_place.hpp"
#include "ectd/section_name.hpp"

namespace dossier::ectd {

namespace {

void drop_unused_columns(Sheet& sheet) {
    for (std::size_t i = sheet.header.size(); i-- > 0;) {
        const bool used = std::any_of(sheet.rows.begin(), sheet.rows.end(), [i](const auto& row) { return !row[i].text.empty(); });
        if (!is_rare_column(sheet.header[i]) || used) continue;
        sheet.header.erase(sheet.header.begin() + static_cast<std::ptrdiff_t>(i));
        for (auto& row : sheet.rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

class Exporter {
public:
    Exporter(const Application& history, const templates::EctdCatalogue& catalogue)
        : catalogue_(catalogue), lifecycle_(compute_lifecycle(history)), members_(study_memberships(history)),
          newest_(history.sequences.empty() ? SequenceNumber() : history.sequences.back().number) {}

    PlanExport run() {
        const auto current = lifecycle_.current();
        for (const LeafHistory* item : current) ++ids_[item->leaf->at.file + "#" + item->leaf->at.id];
        for (const LeafHistory* item : current) add(*item->leaf);
        drop_unused_columns(result_.sheet);
        return std::move(result_);
    }

private:
    const templates::Heading* section_of(const Leaf& leaf) const {
        if (leaf.place->element == "form" && starts_with(leaf.place->section, "m1-regional")) return catalogue_.us_module1.by_number("1.1");
        return heading_of(leaf, catalogue_.ctd, headings_of(leaf, catalogue_));
    }

    void add(const Leaf& leaf) {
        const templates::Heading* heading = section_of(leaf);
        if (!heading && leaf.place->element == "form") return; // the submission form lives in application.yaml
        if (!heading) return result_.left_out.push_back(&leaf);
        // What every sequence brings anew (cover letter, forms) is in the plan once: as the newest sequence has it.
        if (heading->per_sequence && leaf.at.sequence != newest_) return;
        std::map<std::string, std::string> cells;
        for (const auto& [name, value] : leaf.place->attributes) cells[column_of_attribute(name)] = value;
        if (const auto member = members_.find(leaf.at); member != members_.end()) {
            cells["study"] = member->second.study_id;
            cells["file_tag"] = join(member->second.file_tags, ";");
            cells["site"] = member->second.site;
        }
        cells["section"] = heading->number;
        cells["title"] = leaf.title;
        cells["language"] = leaf.language();
        cells["source"] = leaf.path;
        cells["path"] = std::string(path_in_sequence(leaf));
        cells["form_type"] = leaf.place->form_type;
        cells["extension"] = join_titles(leaf.place->extensions);
        name_leaf(leaf, *heading, cells);
        std::vector<SheetCell> row;
        for (const std::string& column : plan_columns()) row.emplace_back(cells[column]);
        result_.sheet.rows.push_back(std::move(row));
    }

    // By its ID, and by its sequence too where several current leaves have that ID.
    void name_leaf(const Leaf& leaf, const templates::Heading& heading, std::map<std::string, std::string>& cells) const {
        if (ids_.at(leaf.at.file + "#" + leaf.at.id) == 1)
            cells["id"] = leaf.at.id;
        else if (!heading.per_sequence)
            cells["replaces"] = leaf.at.sequence.text() + "#" + leaf.at.id;
    }

    const templates::EctdCatalogue& catalogue_;
    Lifecycle lifecycle_;
    std::map<LeafId, StudyMembership> members_;
    SequenceNumber newest_;
    std::map<std::string, int> ids_; // how many current leaves have it
    PlanExport result_{{"plan", plan_columns(), {}}, {}};
};

} // namespace

PlanExport export_plan(const Application& history, const templates::EctdCatalogue& catalogue) { return Exporter(history, catalogue).run(); }

} // namespace dossier::ectd
