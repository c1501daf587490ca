#include "templates/own_model.hpp"

#include <set>

#include "core/text.hpp"
#include "templates/tmf_model_table.hpp"

namespace dossier::templates {

namespace {

// "# base: 3.3.1" of the table's head.
std::string head_value(std::string_view table, const std::string& key) {
    const std::string wanted = "# " + key + ": ";
    while (starts_with(table, "#")) {
        const std::size_t end = table.find('\n');
        const std::string_view line = table.substr(0, end);
        if (starts_with(line, wanted)) return std::string(trim(line.substr(wanted.size())));
        if (end == std::string_view::npos) break;
        table.remove_prefix(end + 1);
    }
    return {};
}

} // namespace

std::string base_of_own_model(std::string_view table) { return head_value(table, "base"); }

Result<TmfCatalogue> read_own_model(const Source& source, std::string_view table, const std::string& path) {
    const std::string base = base_of_own_model(table), model = head_value(table, "model");
    if (base.empty() || model.empty())
        return Error(ErrorKind::invalid, "this is no stored reference model: its head names neither model nor base", {path},
                     "read the workbook again with 'dossier standards add'");
    DOSSIER_TRY(TmfCatalogue catalogue, read_tmf_catalogue(source, base));
    DOSSIER_TRY(const Tsv rows, parse_tsv(table, path, model_table_columns()));
    std::vector<Rule> rules = std::move(catalogue.rules);
    catalogue.model = model;
    catalogue.title = head_value(table, "title");
    if (catalogue.title.empty()) catalogue.title = "reference model " + model;
    catalogue.artifacts.clear();
    catalogue.rules.clear();
    DOSSIER_CHECK(read_artifacts(rows, catalogue));
    for (Rule& rule : rules) {
        const Artifact* artifact = catalogue.artifact(rule.unique_id);
        if (!artifact) {
            catalogue.rules_left_out.push_back(rule.id);
            continue;
        }
        rule.artifact = artifact->number;
        rule.name = artifact->name;
        catalogue.rules.push_back(std::move(rule));
    }
    return catalogue;
}

} // namespace dossier::templates
