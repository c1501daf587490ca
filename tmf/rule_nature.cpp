#include "tmf/rule_nature.hpp"

#include <set>

#include "templates/own_list.hpp"
#include "tmf/study_standards.hpp"

namespace dossier::tmf {

namespace {

// Of the program's own model, which never changes while it runs: most decisions are about these.
bool is_harmless_in_program(const std::string& rule) {
    static const std::set<std::string> harmless = [] {
        std::set<std::string> ids;
        if (const auto shipped = templates::read_tmf_catalogue(templates::Source()))
            for (const templates::Rule& known : shipped->rules)
                if (!known.restricted) ids.insert(known.id);
        return ids;
    }();
    return harmless.count(rule) > 0;
}

} // namespace

void RuleNature::add(const templates::TmfCatalogue& catalogue) {
    for (const templates::Rule& rule : catalogue.rules)
        if (!rule.restricted) harmless_.insert(rule.id);
}

// Models as studies have them, and each list alone on top of its own. What cannot be read so tells nothing: its rules stay unknown.
void RuleNature::read_kept() {
    is_read_ = true;
    const templates::Source program;
    std::set<std::string> models;
    if (const auto studies = ledger_.studies())
        for (const StudyRecord& study : *studies) models.insert(study.model);
    for (const std::string& model : models)
        if (const auto of_studies = templates::read_study_catalogue(program, model, {}, standards_in(ledger_))) add(*of_studies);
    const auto standards = ledger_.standards();
    if (!standards) return;
    for (const StandardRecord& standard : *standards) {
        if (standard.kind != "list" || !templates::looks_like_own_list(standard.content, standard.file_name)) continue;
        const auto head = templates::read_own_list_head(standard.content, standard.file_name);
        if (!head) continue;
        const auto with = templates::read_study_catalogue(program, head->model, {standard.name}, standards_in(ledger_));
        if (with) add(*with);
    }
}

bool RuleNature::may_unblind(const std::string& rule) {
    if (rule.empty() || is_harmless_in_program(rule)) return false; // empty: of every rule
    if (!is_read_) read_kept();
    return harmless_.count(rule) == 0;
}

} // namespace dossier::tmf
