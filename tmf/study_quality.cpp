#include "tmf/study_quality.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/row_check.hpp"

namespace dossier::tmf {

namespace {

void read_steps(YamlFields& fields, Study& study) {
    for (const std::string& word : fields.texts("review_steps")) {
        const auto step = templates::to_review_step(to_lower(word));
        if (!step)
            fields.fail("review_steps", fill("review_steps: there is no step \"{}\"", word), "the steps are intake, index, content");
        else if (*step == ReviewStep::approval)
            fields.fail("review_steps", "review_steps: approval is what the steps come before",
                        "leave it out; 'review: yes' asks for approval");
        else if (std::find(study.review_steps.begin(), study.review_steps.end(), *step) == study.review_steps.end())
            study.review_steps.push_back(*step);
    }
    std::sort(study.review_steps.begin(), study.review_steps.end());
}

} // namespace

void read_quality_keys(YamlFields& fields, const templates::TmfCatalogue& catalogue, Study& study) {
    read_steps(fields, study);
    if (!fields.raw("critical")) return;
    std::vector<int> ids;
    for (const std::string& text : fields.texts("critical")) {
        if (text.empty()) continue;
        const auto artifact = find_artifact(catalogue, text);
        if (!artifact)
            fields.fail("critical", "critical: " + artifact.error().message, artifact.error().remedy);
        else
            ids.push_back((*artifact)->unique_id);
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    study.critical = std::move(ids);
}

} // namespace dossier::tmf
