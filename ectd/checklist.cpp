#include "ectd/checklist.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

bool is_in(const std::string& section, const std::string& asked) { return section == asked || starts_with(section, asked + "."); }

std::string form_word(const std::string& form) { return to_lower(starts_with(form, "FDA ") ? form.substr(4) : form); }

// "forms 1572", "fda-1572.pdf"; not "d015720.pdf".
bool names_form(const std::string& text, const std::string& form) {
    const auto is_letter = [&text](std::size_t at) {
        return at < text.size() && ((text[at] >= '0' && text[at] <= '9') || (text[at] >= 'a' && text[at] <= 'z'));
    };
    for (std::size_t at = text.find(form); at != std::string::npos; at = text.find(form, at + 1))
        if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + form.size())) return true;
    return false;
}

class Measure {
public:
    Measure(const Plan& plan, const std::vector<templates::ChecklistRow>& checklist, const Region& region)
        : plan_(plan), checklist_(checklist), region_(region) {}

    std::vector<ChecklistItem> run() const {
        std::vector<ChecklistItem> items;
        for (const auto& row : checklist_) {
            if (!row.original || row.section.empty()) continue;
            ChecklistItem item{row, ChecklistState::absent, 0, {}};
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
        item.in_application_file = code == region_.form_code(region_.submission_form(plan_.application->type));
        if (item.in_application_file) { // a row under 1.1 is no form of the envelope
            const auto entry = plan_.application->sequences.find(plan_.sequence);
            item.documents =
                entry != plan_.application->sequences.end() && entry->second.form && region_.form_code(entry->second.form->type) == code;
            item.state = item.documents > 0 ? ChecklistState::there : ChecklistState::absent;
            return;
        }
        item.documents = std::count_if(plan_.operations.begin(), plan_.operations.end(), [&code](const PlannedOperation& operation) {
            return operation.planned && operation.planned->form_code == code;
        });
        const bool waits = std::any_of(plan_.without_source.begin(), plan_.without_source.end(), [&](const PlanRow* row) {
            return row->section == "1.1" && region_.form_code(row->form_type) == code;
        });
        item.state = item.documents > 0 ? ChecklistState::there : waits ? ChecklistState::waiting : ChecklistState::absent;
    }

    void measure_section(ChecklistItem& item) const {
        const templates::ChecklistRow& row = item.row;
        std::int64_t own = 0, waiting_own = 0, unclaimed = 0, waiting = 0;
        std::set<std::string> studies, studies_with;
        for (const PlannedOperation& operation : plan_.operations) {
            if (operation.operation == "delete" || !is_in(operation.section, row.section)) continue;
            const Paper paper = paper_of(operation);
            if (!operation.study.empty()) studies.insert(operation.study);
            if (is_for(paper, row)) {
                ++own;
                studies_with.insert(operation.study);
            } else if (!is_claimed(paper)) {
                ++unclaimed;
            }
        }
        for (const PlanRow* planned : plan_.without_source) {
            if (!is_in(planned->section, row.section)) continue;
            const Paper paper{planned->section, planned->title, planned->path, planned->file_tags};
            if (!planned->study.empty()) studies.insert(planned->study);
            if (is_for(paper, row))
                ++waiting_own;
            else if (!is_claimed(paper))
                ++waiting;
        }
        if (row.each_study)
            std::set_difference(studies.begin(), studies.end(), studies_with.begin(), studies_with.end(),
                                std::back_inserter(item.studies_without));
        if (has_mark(row))
            judge_marked(item, own, unclaimed, waiting_own + waiting);
        else
            judge_by_count(item, unclaimed, waiting);
    }

    // Something tells its documents from the others of the section.
    static void judge_marked(ChecklistItem& item, std::int64_t own, std::int64_t unclaimed, std::int64_t waiting) {
        item.documents = own > 0 ? own : unclaimed;
        if (own > 0)
            item.state = item.studies_without.empty() ? ChecklistState::there : ChecklistState::unclear;
        else
            item.state = waiting > 0 ? ChecklistState::waiting : unclaimed > 0 ? ChecklistState::unclear : ChecklistState::absent;
    }

    // Which document is for which of the items that nothing tells apart, only a person can say.
    void judge_by_count(ChecklistItem& item, std::int64_t documents, std::int64_t waiting) const {
        item.documents = documents;
        const auto rivals = std::count_if(checklist_.begin(), checklist_.end(), [&item](const templates::ChecklistRow& row) {
            return row.original && !has_mark(row) && is_in(row.section, item.row.section);
        });
        if (documents >= rivals && waiting == 0)
            item.state = ChecklistState::there;
        else if (documents > 0)
            item.state = ChecklistState::unclear;
        else
            item.state = waiting > 0 ? ChecklistState::waiting : ChecklistState::absent;
    }

    struct Paper { // a document of the plan, there or to come
        std::string section, title, path;
        std::vector<std::string> tags;
    };

    static Paper paper_of(const PlannedOperation& operation) {
        return {operation.section, operation.title, operation.path + " " + operation.source,
                operation.planned ? operation.planned->row->file_tags : std::vector<std::string>()};
    }

    static bool has_mark(const templates::ChecklistRow& row) { return !row.file_tags.empty() || !row.form.empty(); }

    // By a file tag, or by the number of the form in its title or name.
    static bool is_for(const Paper& paper, const templates::ChecklistRow& row) {
        if (!has_mark(row) || !is_in(paper.section, row.section)) return false;
        const std::string form = form_word(row.form);
        if (!form.empty() && names_form(to_lower(paper.title + " " + paper.path), form)) return true;
        return std::any_of(row.file_tags.begin(), row.file_tags.end(),
                           [&paper](const std::string& tag) { return std::count(paper.tags.begin(), paper.tags.end(), tag) > 0; });
    }

    bool is_claimed(const Paper& paper) const {
        return std::any_of(checklist_.begin(), checklist_.end(), [&paper](const templates::ChecklistRow& row) {
            return row.original && row.section != "1.1" && is_for(paper, row);
        });
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
        out += fill("  {:<8} {:<10} {}{}{}{} ({}{})\n", std::string_view(to_text(item.state)), row.section, row.item,
                    row.form.empty() ? "" : fill(", form {}", row.form),
                    std::string_view(item.in_application_file ? ", named in application.yaml (form of the sequence), not in the plan" : ""),
                    item.studies_without.empty() ? "" : fill(", none for {}", join(item.studies_without, ", ")),
                    row.cfr.empty() ? "" : row.cfr + "; ", row.confidence);
    }
    return out + "  unclear: fewer documents than items in that section, or none for a study. absent: no row; that is right only where it "
                 "does not apply.\n";
}

Json to_json(const std::vector<ChecklistItem>& items) {
    Json list = Json::array();
    for (const ChecklistItem& item : items)
        list.push(Json::object({{"cfr", item.row.cfr},
                                {"item", item.row.item},
                                {"section", item.row.section},
                                {"form", item.row.form},
                                {"state", to_text(item.state)},
                                {"file_tags", Json::texts(item.row.file_tags)},
                                {"documents", item.documents},
                                {"named_in", item.in_application_file ? "application.yaml" : "plan"},
                                {"studies_without", Json::texts(item.studies_without)},
                                {"confidence", item.row.confidence}}));
    return list;
}

} // namespace dossier::ectd
