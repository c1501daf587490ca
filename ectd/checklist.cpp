#include "ectd/checklist.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

bool is_in(const std::string& section, const std::string& asked) { return section == asked || starts_with(section, asked + "."); }

std::string form_word(const std::string& form) { return to_lower(starts_with(form, "FDA ") ? form.substr(4) : form); }

class Measure {
public:
    Measure(const Plan& plan, const std::vector<templates::ChecklistRow>& checklist, const Region& region)
        : plan_(plan), checklist_(checklist), region_(region) {}

    std::vector<ChecklistItem> run() const {
        std::vector<ChecklistItem> items;
        for (const auto& row : checklist_) {
            if (!row.original || row.section.empty()) continue;
            ChecklistItem item{row, ChecklistState::absent, 0};
            if (row.section == "1.1")
                measure_form(item);
            else
                measure_section(item);
            items.push_back(std::move(item));
        }
        return items;
    }

private:
    void measure_form(ChecklistItem& item) const {
        const std::string code = region_.form_code(form_word(item.row.form));
        const auto entry = plan_.application->sequences.find(plan_.sequence);
        const bool main =
            entry != plan_.application->sequences.end() && entry->second.form && region_.form_code(entry->second.form->type) == code;
        item.documents = main + std::count_if(plan_.operations.begin(), plan_.operations.end(), [&code](const PlannedOperation& operation) {
                             return operation.planned && operation.planned->form_code == code;
                         });
        const bool waits = std::any_of(plan_.without_source.begin(), plan_.without_source.end(), [&](const PlanRow* row) {
            return row->section == "1.1" && region_.form_code(row->form_type) == code;
        });
        item.state = item.documents > 0 ? ChecklistState::there : waits ? ChecklistState::waiting : ChecklistState::absent;
    }

    void measure_section(ChecklistItem& item) const {
        const std::string& asked = item.row.section;
        item.documents = std::count_if(plan_.operations.begin(), plan_.operations.end(), [&asked](const PlannedOperation& operation) {
            return operation.operation != "delete" && is_in(operation.section, asked);
        });
        const auto waiting = std::count_if(plan_.without_source.begin(), plan_.without_source.end(),
                                           [&asked](const PlanRow* row) { return is_in(row->section, asked); });
        // Which document is for which of them, only a person can tell.
        const auto rivals = std::count_if(checklist_.begin(), checklist_.end(), [&asked](const templates::ChecklistRow& row) {
            return row.original && is_in(row.section, asked);
        });
        if (item.documents >= rivals && waiting == 0)
            item.state = ChecklistState::there;
        else if (item.documents > 0)
            item.state = ChecklistState::unclear;
        else
            item.state = waiting > 0 ? ChecklistState::waiting : ChecklistState::absent;
    }

    const Plan& plan_;
    const std::vector<templates::ChecklistRow>& checklist_;
    const Region& region_;
};

std::int64_t count(const std::vector<ChecklistItem>& items, ChecklistState state) {
    return std::count_if(items.begin(), items.end(), [state](const ChecklistItem& item) { return item.state == state; });
}

} // namespace

std::vector<ChecklistItem> measure_checklist(const Plan& plan, const std::vector<templates::ChecklistRow>& checklist,
                                             const Region& region) {
    return Measure(plan, checklist, region).run();
}

const char* to_text(ChecklistState state) {
    switch (state) {
    case ChecklistState::there:
        return "there";
    case ChecklistState::unclear:
        return "unclear";
    case ChecklistState::waiting:
        return "waiting";
    case ChecklistState::absent:
        return "absent";
    }
    return "";
}

std::string to_text(const std::vector<ChecklistItem>& items) {
    if (items.empty()) return "";
    std::string out =
        fill("\nCheck list of the first submission ({} items): {} there, {} unclear, {} waiting for a document, {} without a row\n",
             items.size(), count(items, ChecklistState::there), count(items, ChecklistState::unclear),
             count(items, ChecklistState::waiting), count(items, ChecklistState::absent));
    for (const ChecklistItem& item : items) {
        if (item.state == ChecklistState::there) continue;
        const auto& row = item.row;
        out += fill("  {:<8} {:<10} {}{} ({}{})\n", std::string_view(to_text(item.state)), row.section, row.item,
                    row.form.empty() ? "" : fill(", form {}", row.form), row.cfr.empty() ? "" : row.cfr + "; ", row.confidence);
    }
    return out + "  unclear: fewer documents than items in that section. absent: no row; that is right only where it does not apply.\n";
}

Json to_json(const std::vector<ChecklistItem>& items) {
    Json list = Json::array();
    for (const ChecklistItem& item : items)
        list.push(Json::object({{"cfr", item.row.cfr},
                                {"item", item.row.item},
                                {"section", item.row.section},
                                {"form", item.row.form},
                                {"state", to_text(item.state)},
                                {"documents", item.documents},
                                {"confidence", item.row.confidence}}));
    return list;
}

} // namespace dossier::ectd
