#include "ectd/rules.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

const Parameter& Parameters::of(const std::string& name) const {
    static const Parameter absent;
    const auto found = map_.find(name);
    return found == map_.end() ? absent : found->second;
}

bool Parameters::lists(const std::string& name, std::string_view word) const {
    const auto& list = texts(name);
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::map<std::string, std::string> Parameters::for_messages() const {
    std::map<std::string, std::string> texts;
    for (const auto& [name, parameter] : map_) {
        if (parameter.kind == ParameterKind::table) continue;
        texts[name] = parameter.kind == ParameterKind::texts ? join(parameter.texts, ", ") : parameter.text;
    }
    return texts;
}

std::map<std::string, std::map<std::string, std::vector<std::string>>> Parameters::tables() const {
    std::map<std::string, std::map<std::string, std::vector<std::string>>> tables;
    for (const auto& [name, parameter] : map_)
        if (parameter.kind == ParameterKind::table) tables[name] = parameter.table;
    return tables;
}

const std::string& Rule::severity(Date as_of) const {
    const SeverityStep* step = &severities.front();
    for (const SeverityStep& later : severities)
        if (!later.from || *later.from <= as_of) step = &later;
    return step->severity;
}

const Rule* RuleSet::find(std::string_view id_or_number) const {
    for (const Rule& rule : rules)
        if (rule.id == id_or_number || (!rule.number.empty() && rule.number == id_or_number)) return &rule;
    return nullptr;
}

std::vector<std::string> rule_set_names(const templates::Source& source) {
    std::vector<std::string> names;
    for (const std::string& file : source.list("rules/"))
        if (path::extension(file) == "yaml") names.push_back(file.substr(6, file.size() - 6 - 5));
    return names;
}

Result<std::vector<RuleExample>> read_rule_examples(const templates::Source& source) {
    DOSSIER_TRY(const Tsv table, source.read_tsv("rules/examples.tsv", {"rule", "verdict", "example"}));
    std::vector<RuleExample> examples;
    for (const TsvRow& row : table.rows) examples.push_back({row.cells[0], row.cells[1] == "pass", row.cells[2]});
    return examples;
}

std::string rule_set_for(const std::string& region) {
    if (region == "us") return "fda-3.2.2";
    if (region == "ca") return "hc-5.2";
    return region == "eu" ? "eu-8.2" : "dossier";
}

} // namespace dossier::ectd
