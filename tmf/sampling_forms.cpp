// The sampling plan for programs and spreadsheets. Every figure is a count of rows in the same output.
#include <map>

#include "core/text.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/sampling.hpp"

namespace dossier::tmf {

namespace {

using Why = SampledVersion::Why;

std::string artifact_of(const templates::TmfCatalogue& model, int unique_id) {
    const auto* artifact = model.artifact(unique_id);
    return artifact ? artifact->number : fill("{:03}", unique_id);
}

std::string name_of(const templates::TmfCatalogue& model, int unique_id) {
    const auto* artifact = model.artifact(unique_id);
    return artifact ? artifact->name : "";
}

Json version_json(const SampledVersion& member, const templates::TmfCatalogue& model) {
    const DocumentRecord& document = member.stored->document;
    Json json = Json::object({{"document", version_id(document.number, member.version().number)}});
    json.set("artifact", artifact_of(model, document.unique_id)).set("name", name_of(model, document.unique_id));
    json.set("country", document.country).set("site", document.site).set("title", member.version().title);
    json.set("why", to_text(member.why)).set("reason", member.reason).set("draw", draw_text(member.draw));
    json.set("outcome", to_text(member.outcome.kind));
    return json.set("decided", member.outcome.decided ? Json(member.outcome.decided->text()) : Json());
}

Json artifact_json(const SampledArtifact& artifact, const templates::TmfCatalogue& model) {
    return Json::object({{"artifact", artifact_of(model, artifact.unique_id)},
                         {"name", name_of(model, artifact.unique_id)},
                         {"critical", artifact.critical ? "yes" : "no"},
                         {"percent", artifact.percent},
                         {"versions", artifact.versions},
                         {"chosen", artifact.chosen},
                         {"first_pass", artifact.first_pass},
                         {"passed", artifact.passed}});
}

// A sheet of what the JSON rows say.
Sheet to_sheet(const std::string& name, const Json& rows, const std::vector<std::string>& header) {
    Sheet sheet{name, header, {}};
    for (const Json& row : rows.items()) {
        auto& cells = sheet.rows.emplace_back();
        for (const std::string& key : header) {
            const Json* value = row.find(key);
            if (!value || value->is_null())
                cells.emplace_back("");
            else if (key == "decided")
                cells.push_back(SheetCell::date(value->text()));
            else if (value->dump(-1).front() == '"')
                cells.emplace_back(value->text());
            else
                cells.emplace_back(value->integer());
        }
    }
    return sheet;
}

} // namespace

SampleFigures figures_of(const Sample& sample) {
    SampleFigures figures;
    for (const SampledVersion& member : sample.versions) {
        ++figures.population;
        figures.critical += member.why == Why::critical ? 1 : 0;
        figures.drawn += member.why == Why::drawn ? 1 : 0;
        figures.tightened += member.why == Why::tightened ? 1 : 0;
        if (!member.is_chosen()) continue;
        ++figures.chosen;
        figures.waiting += member.outcome.kind == ReviewOutcome::Kind::waiting ? 1 : 0;
    }
    return figures;
}

Json to_json(const Sample& sample, const templates::TmfCatalogue& model, const std::string& study) {
    const SampleFigures figures = figures_of(sample);
    Json versions = Json::array(), artifacts = Json::array();
    for (const SampledVersion& member : sample.versions)
        if (member.is_chosen()) versions.push(version_json(member, model));
    for (const SampledArtifact& artifact : sample.artifacts) artifacts.push(artifact_json(artifact, model));
    Json json = Json::object({{"report_version", 1}, {"report", "sample"}, {"study", study}, {"as_of", sample.plan.as_of.text()}});
    json.set("settings", Json::object({{"percent", sample.plan.percent}, {"target", sample.plan.target}, {"seed", sample.plan.seed}}));
    json.set("figures", Json::object({{"population", figures.population},
                                      {"chosen", figures.chosen},
                                      {"critical", figures.critical},
                                      {"drawn", figures.drawn},
                                      {"tightened", figures.tightened},
                                      {"waiting", figures.waiting}}));
    return json.set("tables", Json::object({{"versions", std::move(versions)}, {"artifacts", std::move(artifacts)}}));
}

std::vector<Sheet> to_sheets(const Sample& sample, const templates::TmfCatalogue& model) {
    const Json json = to_json(sample, model, "");
    const Json& tables = *json.find("tables");
    return {to_sheet("To be checked", *tables.find("versions"),
                     {"document", "artifact", "name", "country", "site", "title", "why", "reason", "draw", "outcome", "decided"}),
            to_sheet("By artifact", *tables.find("artifacts"),
                     {"artifact", "name", "critical", "percent", "versions", "chosen", "first_pass", "passed"})};
}

} // namespace dossier::tmf
