// expected-documents.tsv -> rules: every word of it belongs to a closed list, so that no rule can be read and not understood.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "templates/tmf_rule_reader.hpp"

namespace dossier::templates {

namespace {

TableRow to_row(const Tsv& table, const TsvRow& line) {
    TableRow row;
    row.number = line.line;
    for (std::size_t i = 0; i < line.cells.size(); ++i)
        if (!line.cells[i].empty()) row.cells[table.header[i]] = line.cells[i];
    return row;
}

bool is_shipped_id(const std::string& id) { return id.size() == 10 && starts_with(id, "EDL-"); }

} // namespace

Result<std::vector<Rule>> read_rules(const Source& source, const std::string& file, const TmfCatalogue& catalogue) {
    DOSSIER_TRY(const Tsv tsv, source.read_tsv(file, rule_columns()));
    Table table;
    table.path = tsv.path;
    const RuleReader reader(catalogue, table);
    std::vector<Rule> rules;
    std::vector<Error> errors;
    std::map<std::string, std::int64_t> lines;
    for (const TsvRow& line : tsv.rows) {
        const TableRow row = to_row(tsv, line);
        Rule rule = reader.read(row, false, errors);
        if (!is_shipped_id(rule.id)) reader.unknown(row, "rule", {"EDL-001-01"}, errors);
        const auto [first, is_new] = lines.emplace(rule.id, row.number);
        if (!is_new) reader.fail(row, "rule", fill("rule {} stands already in line {}", rule.id, first->second), "", errors);
        if (!errors.empty()) return errors.front();
        rules.push_back(std::move(rule));
    }
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return rules;
}

} // namespace dossier::templates
