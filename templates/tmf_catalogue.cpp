#include "templates/tmf_catalogue.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "core/text.hpp"
#include "templates/tmf_model_table.hpp"

namespace dossier::templates {

namespace {

Error wrong(const Tsv& table, const TsvRow& row, std::size_t column, const std::string& message = {}) {
    return Error(ErrorKind::invalid, message.empty() ? fill("\"{}\" is not known here", row.cells[column]) : message,
                 {table.path, "", row.line, table.header[column], -1});
}

// "yes" and "no" of one row; the first cell that is neither is remembered.
class Flags {
public:
    Flags(const Tsv& table, const TsvRow& row) : table_(table), row_(row) {}
    bool get(std::string_view name) {
        const std::size_t column = table_.column(name);
        const std::string& cell = row_.cells[column];
        if (cell != "yes" && cell != "no" && !wrong_) wrong_ = column;
        return cell == "yes";
    }
    const std::optional<std::size_t>& wrong_column() const { return wrong_; }

private:
    const Tsv& table_;
    const TsvRow& row_;
    std::optional<std::size_t> wrong_;
};

Result<Artifact> read_artifact(const Tsv& table, const TsvRow& row) {
    const auto cell = [&](std::string_view name) { return row.cells[table.column(name)]; };
    Artifact artifact;
    const std::string id = cell("unique_id");
    if (id.size() != 3 || id.find_first_not_of("0123456789") != std::string::npos || id == "000") return wrong(table, row, 0);
    artifact.unique_id = (id[0] - '0') * 100 + (id[1] - '0') * 10 + (id[2] - '0');
    artifact.number = cell("artifact");
    artifact.zone = cell("zone");
    artifact.zone_name = cell("zone_name");
    artifact.section = cell("section");
    artifact.section_name = cell("section_name");
    artifact.name = cell("name");
    if (artifact.number.size() != 8 || !starts_with(artifact.number, artifact.section + ".")) return wrong(table, row, 1);
    if (!starts_with(artifact.section, artifact.zone + ".")) return wrong(table, row, table.column("section"));
    artifact.definition = cell("definition");
    artifact.alternate_names = cell("alternate_names");
    artifact.sub_artifacts = cell("sub_artifacts");
    artifact.dating = cell("dating");
    artifact.ich = cell("ich_e6r2");
    Flags flags(table, row);
    artifact.core = flags.get("core");
    artifact.sponsor = flags.get("sponsor");
    artifact.investigator = flags.get("investigator");
    artifact.at_trial = flags.get("trial");
    artifact.at_country = flags.get("country");
    artifact.at_site = flags.get("site");
    artifact.restricted = flags.get("restricted");
    artifact.expiring = flags.get("expiring");
    artifact.isf_only = flags.get("isf_only");
    if (flags.wrong_column()) return wrong(table, row, *flags.wrong_column());
    return artifact;
}

Result<void> read_milestones(const Source& source, TmfCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv table,
                source.read_tsv(milestones_file, {"code", "name", "levels", "phase", "trigger", "documents", "confidence"}));
    for (const TsvRow& row : table.rows) {
        Milestone milestone{row.cells[0], row.cells[1], {}, row.cells[3]};
        if (milestone.code.size() < 2 || milestone.code.size() > 3 || catalogue.milestone(milestone.code)) return wrong(table, row, 0);
        for (const std::string& word : split(row.cells[2], ';')) {
            if (word != "trial" && word != "country" && word != "site") return wrong(table, row, 2);
            milestone.levels.push_back(word == "trial" ? Level::trial : word == "country" ? Level::country : Level::site);
        }
        catalogue.milestones.push_back(std::move(milestone));
    }
    return {};
}

Result<void> read_switches_and_countries(const Source& source, TmfCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv switches, source.read_tsv(switches_file, {"name", "default", "meaning"}));
    for (const TsvRow& row : switches.rows) {
        if (row.cells[1] != "yes" && row.cells[1] != "no") return wrong(switches, row, 1);
        catalogue.switches.push_back({row.cells[0], row.cells[1] == "yes", row.cells[2]});
    }
    DOSSIER_TRY(const Tsv countries, source.read_tsv("tmf/countries.tsv", {"alpha2", "alpha3", "name"}));
    for (const TsvRow& row : countries.rows) {
        if (row.cells[0].size() != 2) return wrong(countries, row, 0);
        if (row.cells[1].size() != 3 || catalogue.country(row.cells[1])) return wrong(countries, row, 1);
        catalogue.countries.push_back({row.cells[0], row.cells[1], row.cells[2]});
    }
    return {};
}

const std::vector<std::string> model_columns = {"model", "title", "reference_model", "expected_documents", "edl"};

} // namespace

Result<ModelFiles> files_of_model(const Source& source, const std::string& model) {
    DOSSIER_TRY(const Tsv models, source.read_tsv("tmf/models.tsv", model_columns));
    for (const TsvRow& row : models.rows)
        if (row.cells[0] == model) return ModelFiles{row.cells[0], row.cells[1], row.cells[2], row.cells[3], row.cells[4]};
    return Error(ErrorKind::not_found, fill("there is no reference model {}", model), {},
                 fill("the program knows {}", join(tmf_models(source), ", ")));
}

const std::vector<std::string>& model_table_columns() {
    static const std::vector<std::string> columns = {"unique_id",
                                                     "artifact",
                                                     "zone",
                                                     "zone_name",
                                                     "section",
                                                     "section_name",
                                                     "name",
                                                     "core",
                                                     "definition",
                                                     "alternate_names",
                                                     "sub_artifacts",
                                                     "sponsor",
                                                     "investigator",
                                                     "device_sponsor",
                                                     "device_investigator",
                                                     "iis",
                                                     "process",
                                                     "dating",
                                                     "trial",
                                                     "country",
                                                     "site",
                                                     "site_milestone",
                                                     "trial_milestone",
                                                     "country_milestone",
                                                     "ich_e6r2",
                                                     "restricted",
                                                     "expiring",
                                                     "person_scoped",
                                                     "facility_scoped",
                                                     "vendor_scoped",
                                                     "isf_only"};
    return columns;
}

Result<Tsv> read_model_table(const Source& source, const std::string& model) {
    DOSSIER_TRY(const ModelFiles files, files_of_model(source, model));
    return source.read_tsv(files.reference_model, model_table_columns());
}

Result<void> read_artifacts(const Tsv& table, TmfCatalogue& catalogue) {
    std::set<int> ids;
    std::set<std::string> numbers;
    for (const TsvRow& row : table.rows) {
        DOSSIER_TRY(Artifact artifact, read_artifact(table, row));
        if (!ids.insert(artifact.unique_id).second) return wrong(table, row, 0, "this unique identifier is used twice");
        if (!numbers.insert(artifact.number).second) return wrong(table, row, 1, "this number is used twice");
        catalogue.artifacts.push_back(std::move(artifact));
    }
    std::sort(catalogue.artifacts.begin(), catalogue.artifacts.end(),
              [](const Artifact& a, const Artifact& b) { return a.unique_id < b.unique_id; });
    return {};
}

std::vector<SubArtifact> TmfCatalogue::sub_artifacts(int unique_id) const {
    std::vector<SubArtifact> all;
    if (const Artifact* found = artifact(unique_id))
        for (const std::string& name : split(found->sub_artifacts, ';'))
            if (!name.empty()) all.push_back({unique_id, name, ""});
    for (const SubArtifact& own : own_sub_artifacts)
        if (own.unique_id == unique_id) all.push_back(own);
    return all;
}

const Artifact* TmfCatalogue::artifact(int unique_id) const {
    const auto found = std::lower_bound(artifacts.begin(), artifacts.end(), unique_id,
                                        [](const Artifact& artifact, int id) { return artifact.unique_id < id; });
    return found != artifacts.end() && found->unique_id == unique_id ? &*found : nullptr;
}

const Artifact* TmfCatalogue::artifact_by_number(std::string_view number) const {
    for (const Artifact& artifact : artifacts)
        if (artifact.number == number) return &artifact;
    return nullptr;
}

std::vector<const Artifact*> TmfCatalogue::artifacts_by_name(std::string_view name) const {
    std::vector<const Artifact*> found;
    const std::string wanted = to_lower(name);
    for (const Artifact& artifact : artifacts)
        if (to_lower(artifact.name) == wanted) found.push_back(&artifact);
    return found;
}

const Rule* TmfCatalogue::rule(std::string_view id) const {
    const auto found =
        std::lower_bound(rules.begin(), rules.end(), id, [](const Rule& rule, std::string_view wanted) { return rule.id < wanted; });
    return found != rules.end() && found->id == id ? &*found : nullptr;
}

const Milestone* TmfCatalogue::milestone(std::string_view code) const {
    for (const Milestone& milestone : milestones)
        if (milestone.code == code) return &milestone;
    return nullptr;
}

const Country* TmfCatalogue::country(std::string_view word) const {
    const std::string wanted = to_lower(trim(word));
    for (const Country& country : countries)
        if (to_lower(country.alpha2) == wanted || to_lower(country.alpha3) == wanted || to_lower(country.name) == wanted) return &country;
    return nullptr;
}

std::vector<std::string> tmf_models(const Source& source) {
    std::vector<std::string> models;
    if (const auto table = source.read_tsv("tmf/models.tsv", model_columns))
        for (const TsvRow& row : table->rows) models.push_back(row.cells[0]);
    return models;
}

Result<TmfCatalogue> read_tmf_catalogue(const Source& source, const std::string& model) {
    DOSSIER_TRY(const ModelFiles files, files_of_model(source, model));
    TmfCatalogue catalogue;
    catalogue.model = files.model;
    catalogue.title = files.title;
    catalogue.edl = files.edl;
    DOSSIER_TRY(const Tsv table, source.read_tsv(files.reference_model, model_table_columns()));
    DOSSIER_CHECK(read_artifacts(table, catalogue));
    DOSSIER_CHECK(read_milestones(source, catalogue));
    DOSSIER_CHECK(read_switches_and_countries(source, catalogue));
    DOSSIER_TRY(catalogue.rules, read_rules(source, files.expected_documents, catalogue));
    return catalogue;
}

} // namespace dossier::templates
