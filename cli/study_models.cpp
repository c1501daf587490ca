#include "cli/study_models.hpp"

#include "core/text.hpp"
#include "templates/own_standard.hpp"
#include "tmf/row_check.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::cli {

ArtifactOf artifacts_of(const templates::TmfCatalogue& catalogue) {
    return [&catalogue](const tmf::DocumentRecord& document) { return catalogue.artifact(document.unique_id); };
}

Result<StudyModels> StudyModels::read(const Context& context, tmf::Ledger& ledger, const std::string& study) {
    std::vector<tmf::StudyRecord> records;
    if (study.empty()) {
        DOSSIER_TRY(records, ledger.studies());
    } else {
        DOSSIER_TRY(tmf::StudyRecord record, tmf::study_record(ledger, study));
        records.push_back(std::move(record));
    }
    StudyModels all;
    const auto standards = tmf::standards_in(ledger);
    for (const tmf::StudyRecord& record : records) {
        all.model_of_[record.id] = record.model;
        if (all.models_.count(record.model) > 0) continue;
        DOSSIER_TRY(auto catalogue,
                    templates::read_study_catalogue(context.templates, record.model, {}, standards)); // lists name no artifacts
        all.models_.emplace(record.model, std::move(catalogue));
    }
    return all;
}

ArtifactOf StudyModels::artifacts() const {
    return [this](const tmf::DocumentRecord& document) -> const templates::Artifact* {
        const auto model = model_of_.find(document.study);
        return model == model_of_.end() ? nullptr : models_.at(model->second).artifact(document.unique_id);
    };
}

Result<std::map<std::string, int>> StudyModels::find_artifact(const std::string& text) const {
    const bool is_digit_pair = text.size() == 2 && text.find_first_not_of("0123456789") == std::string::npos;
    if (is_digit_pair)
        return Error(
            ErrorKind::invalid, fill("{} may be a zone of the model or an artifact's unique identifier", text), {},
            fill("give an artifact: its number (02.01.02), its unique identifier with three digits (0{}) or its exact name", text));
    std::map<std::string, int> found;
    std::optional<Error> missed;
    for (const auto& [study, model] : model_of_) {
        const auto artifact = tmf::find_artifact(models_.at(model), text);
        if (artifact)
            found.emplace(study, (*artifact)->unique_id);
        else if (!missed)
            missed = artifact.error();
    }
    if (found.empty() && missed) return *missed;
    return found;
}

} // namespace dossier::cli
