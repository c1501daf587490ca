#include "ectd/row_study.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

class StudyOfRow {
public:
    StudyOfRow(const RowContext& context, const PlanRow& row, PlannedLeaf& leaf, std::vector<Error>& errors)
        : context_(context), row_(row), leaf_(leaf), errors_(errors) {}

    void run() {
        find_tags();
        check_study_is_known();
        if (row_.operation == "delete" || !context_.region.wants_stf()) return; // without study tagging files it is said for all rows
        if (leaf_.heading->study)
            check_completeness();
        else if (leaf_.heading->children.empty()) // of others: choose a section below
            refuse_what_is_not_carried();
    }

private:
    void complain_when_sent(const std::string& column, std::string message, std::string remedy) {
        leaf_.when_sent.emplace_back(ErrorKind::invalid, std::move(message), row_.at(column), std::move(remedy));
    }

    void find_tags() {
        for (const std::string& word : row_.file_tags) {
            if (const templates::StudyValue* tag = context_.catalogue.file_tag(word))
                leaf_.tags.push_back(tag);
            else
                complain_when_sent("file_tag", fill("{} is not a file tag of ICH valid-values 6.0", word), remedy_for_tag(word));
        }
    }

    // The tags that begin with the word, else those that hold it, else the one that is spelt much alike.
    std::string remedy_for_tag(const std::string& word) const {
        const std::string wanted = replace_all(replace_all(to_lower(word), " ", "-"), "_", "-");
        std::vector<std::string> tags, beginning, holding;
        for (const auto& value : context_.catalogue.study_values) {
            if (value.kind != "file-tag") continue;
            tags.push_back(value.value);
            if (starts_with(value.value, wanted)) beginning.push_back(value.value);
            if (to_lower(value.value).find(wanted) != std::string::npos) holding.push_back(value.value);
        }
        if (const std::string one = nearest(wanted, tags); beginning.empty() && !one.empty()) return fill("is {} meant?", one);
        const std::vector<std::string>& near = beginning.empty() ? holding : beginning;
        if (near.empty()) return "e.g. study-report-body, synopsis, protocol-or-amendment, case-report-forms";
        return fill("is {} meant?", join(near, " or "));
    }

    void check_study_is_known() {
        if (row_.study.empty() || context_.application.studies.count(row_.study) > 0 || context_.studies_sent.count(row_.study) > 0) return;
        std::vector<std::string> known(context_.studies_sent.begin(), context_.studies_sent.end());
        for (const auto& study : context_.application.studies)
            if (context_.studies_sent.count(study.first) == 0) known.push_back(study.first);
        errors_.emplace_back(
            ErrorKind::invalid, fill("study {} is not in {}", row_.study, path::file_name(context_.application.path)), row_.at("study"),
            known.empty() ? fill("add it under studies: {}: {{title: …}}", row_.study) : fill("known are {}", join(known, ", ")));
    }

    void check_completeness() {
        if (row_.study.empty())
            complain_when_sent("study", fill("section {} holds study files, and the row names no study", leaf_.heading->number),
                               "fill in study; FDA wants a study tagging file there (1789)");
        if (row_.file_tags.empty())
            complain_when_sent("file_tag", fill("section {} holds study files, and the row has no file_tag", leaf_.heading->number),
                               "fill in what the file is, e.g. study-report-body, protocol-or-amendment");
    }

    void refuse_what_is_not_carried() {
        if (leaf_.heading->one_study_folder && !row_.study.empty())
            leaf_.notes.push_back(
                to_text(Error(ErrorKind::invalid,
                              fill("section {} has no study tagging file: the study only names the folder there", leaf_.heading->number),
                              row_.at("study"))));
        else if (!row_.study.empty())
            refuse("study");
        if (!row_.file_tags.empty()) refuse("file_tag");
        if (!row_.site.empty()) refuse("site");
    }

    void refuse(const std::string& column) {
        std::string remedy = "empty the cell";
        if (column == "file_tag" && row_.file_tags.front() == "case-report-forms")
            remedy += "; the case report forms of a study go under the section of its report, e.g. 5.3.5.1, with this file tag";
        complain_when_sent(column, fill("section {} takes no {}: no study tagging file is written there", leaf_.heading->number, column),
                           std::move(remedy));
    }

    const RowContext& context_;
    const PlanRow& row_;
    PlannedLeaf& leaf_;
    std::vector<Error>& errors_;
};

} // namespace

void resolve_study(const RowContext& context, const PlanRow& row, PlannedLeaf& leaf, std::vector<Error>& errors) {
    StudyOfRow(context, row, leaf, errors).run();
}

} // namespace dossier::ectd
