#include "templates/own_list.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/table_head.hpp"
#include "core/text.hpp"
#include "templates/tmf_rule_reader.hpp"

namespace dossier::templates {

namespace {

const std::vector<std::string> head_keys = {"list", "version", "owner", "model", "title"};

std::vector<TableColumn> list_columns() {
    std::vector<TableColumn> columns;
    for (const std::string& name : rule_columns()) columns.push_back({name, {}, false});
    columns.push_back({"sub_artifact", {"subartifact", "record_type"}, false});
    columns.push_back({"action", {}, false});
    return columns;
}

// "# list: ACME", "list: ACME", or "list" and "ACME" in two cells -> key and value.
std::pair<std::string, std::string> head_entry(const TableHeadRow& row) {
    std::string text = join(row.texts, " ");
    if (starts_with(text, "#")) text = std::string(trim(std::string_view(text).substr(1)));
    const std::size_t end = text.find_first_of(": ");
    if (end == std::string::npos) return {to_lower(text), ""};
    std::string_view value = trim(std::string_view(text).substr(end));
    if (starts_with(value, ":")) value = trim(value.substr(1));
    return {to_lower(text.substr(0, end)), std::string(value)};
}

bool is_name(const std::string& text) {
    return !text.empty() && text.size() <= 40 &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
}

Result<OwnListHead> head_of(const Table& table, const TableHead& above) {
    std::map<std::string, std::string> values;
    for (const TableHeadRow& row : above.above) {
        auto [key, value] = head_entry(row);
        if (std::find(head_keys.begin(), head_keys.end(), key) != head_keys.end()) values.emplace(key, value);
    }
    OwnListHead head{values["list"], values["version"], values["owner"], values["model"], values["title"]};
    std::vector<std::string> missing;
    for (const char* key : {"list", "version", "owner", "model"})
        if (values[key].empty()) missing.emplace_back(key);
    if (!missing.empty())
        return Error(
            ErrorKind::invalid, fill("the head of the list does not say: {}", join(missing, ", ")), {table.path, table.sheet},
            "write it above the column names, one a row: list, version, owner, model; 'list' in one cell, its identifier in the next");
    for (const auto* word : {&head.list, &head.version})
        if (!is_name(*word))
            return Error(ErrorKind::invalid, fill("\"{}\" names no list or version", *word), {table.path, table.sheet},
                         "use letters A-Z a-z, digits, '.', '_' and '-', at most 40");
    if (head.list == "EDL")
        return Error(ErrorKind::invalid, "EDL is the list that the program brings", {table.path, table.sheet},
                     "give yours another identifier");
    return head;
}

Result<Table> read_list_table(std::string_view bytes, const std::string& path, TableHead& head) {
    static const std::vector<TableColumn> columns = list_columns();
    return parse_table(bytes, path, columns, "", head);
}

class OwnListReader {
public:
    OwnListReader(const Table& table, const TmfCatalogue& catalogue, OwnListHead head)
        : table_(table), catalogue_(catalogue), rules_(catalogue, table) {
        list_.head = std::move(head);
    }

    Result<OwnList> read() {
        for (const TableRow& row : table_.rows) read_row(row);
        if (table_.rows.empty()) errors_.emplace_back(ErrorKind::invalid, "the list has no rows", Place{table_.path, table_.sheet});
        if (errors_.empty()) return std::move(list_);
        if (errors_.size() == 1) return errors_.front();
        Error all(ErrorKind::invalid, fill("the list has {} errors; nothing was taken", errors_.size()), {table_.path, table_.sheet});
        all.details = std::move(errors_);
        return all;
    }

private:
    void fail(const TableRow& row, const std::string& column, const std::string& message, const std::string& remedy = {}) {
        rules_.fail(row, column, message, remedy, errors_);
    }

    void read_row(const TableRow& row) {
        const std::string id = row.cell("rule");
        const std::string action = to_lower(row.cell("action"));
        if (!action.empty() && action != "add" && action != "change" && action != "retire")
            return rules_.unknown(row, "action", {"add", "change", "retire"}, errors_);
        if (id.empty()) return read_sub_artifact_row(row);
        if (const auto [first, is_new] = rows_.emplace(id, row.number); !is_new)
            return fail(row, "rule", fill("rule {} stands already in row {}", id, first->second), "one row for each rule");
        const Rule* known = catalogue_.rule(id);
        if (action == "add" || (action.empty() && !known && !starts_with(id, "EDL-"))) return add_rule(row, id, known);
        if (!known) {
            std::vector<std::string> ids;
            for (const Rule& rule : catalogue_.rules) ids.push_back(rule.id);
            const std::string near = nearest(id, ids);
            return fail(row, "rule", fill("there is no rule {} to {}", id, action.empty() ? "change" : action),
                        near.empty() ? "own rules have identifiers of their own, which do not start with EDL-"
                                     : fill("did you mean {}?", near));
        }
        if (!known->list.empty() && !known->is_changed)
            return fail(row, "rule", fill("rule {} is one of list {}", id, known->list), "a list changes shipped rules only");
        if (action == "retire")
            list_.retired.push_back(id);
        else
            change_rule(row, *known);
    }

    void add_rule(const TableRow& row, const std::string& id, const Rule* known) {
        if (starts_with(id, "EDL-"))
            return fail(row, "rule", fill("{}: EDL- is for the rules that the program brings", id),
                        "give your rule an identifier of your own");
        if (known)
            return fail(row, "rule", fill("rule {} stands already in list {}", id, known->list), "give your rule another identifier");
        if (!is_name(id))
            return fail(row, "rule", fill("\"{}\" is not an identifier", id), "use letters A-Z a-z, digits, '.', '_' and '-', at most 40");
        const std::size_t before = errors_.size();
        TableRow filled = row;
        const auto fallback = [&filled](const char* column, const char* word) { // where everybody would say the same
            if (filled.cell(column).empty()) filled.cells[column] = word;
        };
        fallback("kind", "expected");
        fallback("due_offset_days", "0");
        fallback("count", "1");
        fallback("validity", "none");
        fallback("restricted", "no");
        Rule rule = rules_.read(filled, true, errors_);
        rule.list = rule.basis = list_.head.name();
        if (rule.confidence.empty()) rule.confidence = "own";
        if (const Artifact* artifact = catalogue_.artifact(rule.unique_id)) {
            if (artifact->isf_only)
                fail(row, "unique_id", fill("{} {} must never enter the sponsor's trial master file", artifact->number, artifact->name),
                     "take the row out");
            check_names(row, *artifact);
            if (artifact->restricted) rule.restricted = true;
            rule.sub_artifact = sub_artifact(row, *artifact);
        }
        if (errors_.size() == before) list_.rules.push_back(std::move(rule));
    }

    void change_rule(const TableRow& row, const Rule& known) {
        const std::size_t before = errors_.size();
        if (!row.cell("sub_artifact").empty())
            fail(row, "sub_artifact", fill("rule {} is about the artifact as a whole", known.id),
                 "add a rule of your own for the sub-artifact");
        Rule rule = rules_.change(row, known, errors_);
        rule.list = rule.basis = list_.head.name();
        rule.is_changed = true;
        if (const Artifact* artifact = catalogue_.artifact(rule.unique_id);
            artifact && artifact->isf_only && rule.kind != RuleKind::optional)
            fail(row, "kind",
                 fill("{} {} must never enter the sponsor's trial master file, so nothing could fill this rule", artifact->number,
                      artifact->name),
                 "leave it optional");
        if (errors_.size() == before) list_.rules.push_back(std::move(rule));
    }

    // Number and name are for the reader's eye; where they are given they have to be right.
    void check_names(const TableRow& row, const Artifact& artifact) {
        if (const std::string number = row.cell("artifact"); !number.empty() && number != artifact.number)
            fail(row, "artifact", fill("artifact {:03} is {} in {}, not {}", artifact.unique_id, artifact.number, catalogue_.title, number),
                 "correct one of the two, or leave artifact empty");
        if (const std::string name = row.cell("name"); !name.empty() && to_lower(name) != to_lower(artifact.name))
            fail(row, "name", fill("artifact {:03} is \"{}\" in {}, not \"{}\"", artifact.unique_id, artifact.name, catalogue_.title, name),
                 "correct one of the two, or leave name empty; a name of your own goes to sub_artifact");
    }

    void read_sub_artifact_row(const TableRow& row) {
        if (row.cell("sub_artifact").empty())
            return fail(row, "rule", "neither rule nor sub_artifact is given", "name the rule that the row is about");
        for (const auto& [column, text] : row.cells)
            if (column != "unique_id" && column != "artifact" && column != "name" && column != "sub_artifact" && column != "note" &&
                column != "action")
                return fail(row, "rule", fill("{} is given, but no rule", column),
                            "give the rule an identifier of your own, or leave only unique_id and sub_artifact");
        if (const Artifact* artifact = rules_.read_artifact(row, errors_)) {
            check_names(row, *artifact);
            sub_artifact(row, *artifact);
        }
    }

    // The name as the model or the list has it first; a new one becomes the list's.
    std::string sub_artifact(const TableRow& row, const Artifact& artifact) {
        const std::string name = row.cell("sub_artifact");
        if (name.empty()) return {};
        if (name.size() > 120 || name.find(';') != std::string::npos) {
            fail(row, "sub_artifact", "a name has at most 120 characters and no ';'", "shorten it");
            return {};
        }
        std::vector<SubArtifact> known = catalogue_.sub_artifacts(artifact.unique_id);
        known.insert(known.end(), list_.sub_artifacts.begin(), list_.sub_artifacts.end());
        for (const SubArtifact& one : known)
            if (one.unique_id == artifact.unique_id && to_lower(one.name) == to_lower(name)) return one.name;
        list_.sub_artifacts.push_back({artifact.unique_id, name, list_.head.name()});
        return name;
    }

    const Table& table_;
    const TmfCatalogue& catalogue_;
    RuleReader rules_;
    OwnList list_;
    std::vector<Error> errors_;
    std::map<std::string, std::int64_t> rows_; // of rules
};

} // namespace

bool parse_list_name(std::string_view name, std::string& list, std::string& version) {
    const std::size_t at = name.find('@');
    if (at == std::string_view::npos) return false;
    list = name.substr(0, at);
    version = name.substr(at + 1);
    return is_name(list) && is_name(version);
}

bool looks_like_own_list(std::string_view bytes, const std::string& path) {
    TableHead head; // found also where something below it is wrong
    (void)read_list_table(bytes, path, head).has_value();
    return std::any_of(head.above.begin(), head.above.end(), [](const TableHeadRow& row) { return head_entry(row).first == "list"; });
}

Result<OwnListHead> read_own_list_head(std::string_view bytes, const std::string& path) {
    TableHead above;
    DOSSIER_TRY(const Table table, read_list_table(bytes, path, above));
    return head_of(table, above);
}

Result<OwnList> read_own_list(std::string_view bytes, const std::string& path, const TmfCatalogue& catalogue) {
    TableHead above;
    DOSSIER_TRY(const Table table, read_list_table(bytes, path, above));
    DOSSIER_TRY(OwnListHead head, head_of(table, above));
    if (head.model != catalogue.model)
        return Error(ErrorKind::invalid, fill("list {} is for model {}, not for {}", head.name(), head.model, catalogue.model), {path},
                     "check the list against this model, correct its head and give it a new version");
    return OwnListReader(table, catalogue, std::move(head)).read();
}

void adopt(const OwnList& list, TmfCatalogue& catalogue) {
    const std::set<std::string> retired(list.retired.begin(), list.retired.end());
    auto& rules = catalogue.rules;
    rules.erase(std::remove_if(rules.begin(), rules.end(), [&](const Rule& rule) { return retired.count(rule.id) > 0; }), rules.end());
    for (const Rule& rule : list.rules) {
        const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& known) { return known.id == rule.id; });
        if (found == rules.end())
            rules.push_back(rule);
        else
            *found = rule;
    }
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    catalogue.own_sub_artifacts.insert(catalogue.own_sub_artifacts.end(), list.sub_artifacts.begin(), list.sub_artifacts.end());
}

} // namespace dossier::templates
