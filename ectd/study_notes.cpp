#include "ectd/study_notes.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "ectd/stf_writer.hpp"

namespace dossier::ectd {

namespace {

using Categories = std::vector<std::pair<std::string, std::string>>;

std::string words_of(const Categories& categories) {
    std::vector<std::string> words;
    for (const auto& [name, value] : categories) words.push_back(name + ": " + value);
    return words.empty() ? "none" : join(words, ", ");
}

class StudyNotes {
public:
    StudyNotes(Plan& plan, const templates::EctdCatalogue& catalogue) : plan_(plan), catalogue_(catalogue) {}

    void run() {
        if (!plan_.study_files) return note_rows();
        stfs_ = plan_stfs(plan_);
        for (const auto& [id, study] : plan_.application->studies) {
            check_categories(id, study);
            compare(id, study);
        }
    }

private:
    void note(const std::string& message, const Place& place, const std::string& remedy) {
        plan_.notes.push_back(to_text(Error(ErrorKind::invalid, message, place, remedy)));
    }

    // Where no study tagging file says it, the backbone has no place for it.
    void note_rows() {
        std::vector<std::string> rows;
        for (const PlannedOperation& item : plan_.operations) {
            if (item.operation == "delete" || !item.planned) continue;
            const PlanRow& row = *item.planned->row;
            if (!row.study.empty() || !row.file_tags.empty() || !row.site.empty()) rows.push_back(std::to_string(row.place.line));
        }
        if (!rows.empty())
            note(fill("study, file_tag and site of rows {} do not get into the sequence: no study tagging files are written for this "
                      "region, the "
                      "study only names the folder",
                      join(rows, ", ")),
                 {plan_.table->path}, "say in the title what the document is of which study");
    }

    std::vector<std::string> values_of(const std::string& category) const {
        std::vector<std::string> values;
        for (const templates::StudyValue& known : catalogue_.study_values)
            if (known.kind == "category" && known.name == category) values.push_back(known.value);
        return values;
    }

    void check_categories(const std::string& id, const StudyEntry& study) {
        for (const auto& [name, value] : study.categories) {
            const std::vector<std::string> values = values_of(name);
            if (std::count(values.begin(), values.end(), value) > 0) continue;
            if (!values.empty()) {
                note(fill("study {}: {} is no {} of ICH valid-values 6.0", id, value.empty() ? "an empty value" : value, name), study.place,
                     "one of " + join(values, ", "));
                continue;
            }
            std::vector<std::string> names;
            for (const templates::StudyValue& known : catalogue_.study_values)
                if (known.kind == "category" && std::count(names.begin(), names.end(), known.name) == 0) names.push_back(known.name);
            note(fill("study {}: {} is no category of ICH valid-values 6.0", id, name), study.place, "one of " + join(names, ", "));
        }
    }

    // application.yaml against what was sent: the title of the first study tagging file, the categories of the newest.
    void compare(const std::string& id, const StudyEntry& study) {
        const Stf *first = nullptr, *newest = nullptr;
        for (const Sequence& sequence : plan_.history->sequences)
            for (const Stf& stf : sequence.stfs)
                if (stf.study_id == id) {
                    if (!first) first = &stf;
                    newest = &stf;
                }
        if (!first) return;
        if (study.title != first->title)
            note(fill("study {}: the title \"{}\" is not sent; it stays \"{}\", as in {}: under another title FDA would see another study",
                      id, study.title, first->title, first->leaf.sequence.text()),
                 study.place, fill("write the title that was sent, or use another identifier for another study"));
        const Categories before = newest->category_values();
        if (study.categories.empty() ||
            std::set(study.categories.begin(), study.categories.end()) == std::set(before.begin(), before.end()))
            return;
        const bool sent = std::any_of(stfs_.begin(), stfs_.end(), [&id](const StfPlan& stf) { return stf.study_id == id; });
        note(fill("study {}: the categories ({}) are others than those sent in {} ({}); {}", id, words_of(study.categories),
                  newest->leaf.sequence.text(), words_of(before),
                  std::string_view(sent ? "the study tagging file of this sequence carries them, the earlier ones stay as they are"
                                        : "nothing of the study is sent now, and they go with its next document")),
             study.place, "look whether that is meant");
    }

    Plan& plan_;
    const templates::EctdCatalogue& catalogue_;
    std::vector<StfPlan> stfs_;
};

} // namespace

void note_studies(Plan& plan, const templates::EctdCatalogue& catalogue) { StudyNotes(plan, catalogue).run(); }

} // namespace dossier::ectd
