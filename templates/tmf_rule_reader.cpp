#include "templates/tmf_rule_reader.hpp"

#include <algorithm>
#include <optional>

#include "core/text.hpp"
#include "templates/tmf_rule_words.hpp"

namespace dossier::templates {

namespace {

bool holds(const std::vector<std::string>& list, const std::string& word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::optional<int> to_number(const std::string& text, int least, int most) {
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    const int value = std::stoi(text);
    return value >= least && value <= most ? std::optional(value) : std::nullopt;
}

std::vector<std::string> roles_and_groups() {
    std::vector<std::string> words = person_roles();
    words.insert(words.end(), role_groups().begin(), role_groups().end());
    return words;
}

} // namespace

const std::vector<std::string>& rule_columns() {
    static const std::vector<std::string> columns = {
        "rule",       "unique_id",       "artifact", "name",     "level",      "kind",  "per",        "role", "condition",
        "due_anchor", "due_offset_days", "count",    "validity", "restricted", "basis", "confidence", "note"};
    return columns;
}

void RuleReader::fail(const TableRow& row, const std::string& column, const std::string& message, const std::string& remedy,
                      std::vector<Error>& errors) const {
    errors.emplace_back(ErrorKind::invalid, message, table_.place(row, column), remedy);
}

void RuleReader::unknown(const TableRow& row, const std::string& column, const std::vector<std::string>& known,
                         std::vector<Error>& errors) const {
    const std::string word = row.cell(column);
    const std::string near = nearest(word, known);
    fail(row, column, word.empty() ? fill("{} is empty", column) : fill("\"{}\" is not known here", word),
         near.empty() ? fill("it may be {}", join(known, ", ")) : fill("did you mean {}?", near), errors);
}

const Artifact* RuleReader::read_artifact(const TableRow& row, std::vector<Error>& errors) const {
    const auto unique_id = to_number(row.cell("unique_id"), 1, 999);
    const Artifact* artifact = unique_id ? catalogue_.artifact(*unique_id) : nullptr;
    if (artifact) return artifact;
    const std::string text = row.cell("unique_id");
    fail(row, "unique_id", text.empty() ? "unique_id is empty" : fill("\"{}\" is not known here", text),
         fill("give the artifact's unique identifier in {}, 032 for example", catalogue_.title), errors);
    return nullptr;
}

Rule RuleReader::read(const TableRow& row, bool may_be_renamed, std::vector<Error>& errors) const {
    Rule rule;
    rule.id = row.cell("rule");
    if (const Artifact* artifact = read_artifact(row, errors)) {
        rule.unique_id = artifact->unique_id;
        rule.artifact = artifact->number;
        rule.name = artifact->name;
        if (!may_be_renamed && artifact->number != row.cell("artifact")) unknown(row, "artifact", {artifact->number}, errors);
        if (!may_be_renamed && artifact->name != row.cell("name")) unknown(row, "name", {artifact->name}, errors);
    }
    const Reading reading{row, false, errors};
    read_what(reading, rule);
    read_role(reading, rule);
    read_condition(reading, rule);
    read_when(reading, rule);
    read_restricted(reading, rule);
    rule.basis = row.cell("basis");
    rule.confidence = row.cell("confidence");
    rule.note = row.cell("note");
    return rule;
}

Rule RuleReader::change(const TableRow& row, Rule rule, std::vector<Error>& errors) const {
    if (!row.cell("unique_id").empty()) {
        const Artifact* artifact = read_artifact(row, errors);
        if (artifact && artifact->unique_id != rule.unique_id)
            fail(row, "unique_id", fill("rule {} is about artifact {:03}, not {}", rule.id, rule.unique_id, row.cell("unique_id")),
                 "a rule keeps its artifact: retire it and add one of your own", errors);
    }
    const Reading reading{row, true, errors};
    read_what(reading, rule);
    read_role(reading, rule);
    read_condition(reading, rule);
    read_when(reading, rule);
    read_restricted(reading, rule);
    if (!row.cell("note").empty()) rule.note = row.cell("note");
    return rule;
}

void RuleReader::read_what(const Reading& reading, Rule& rule) const {
    if (!reading.skips("level")) {
        const std::string word = reading.cell("level");
        const auto level = word == "study" ? std::nullopt : to_level(word);
        if (!level) unknown(reading.row, "level", {"trial", "country", "site"}, reading.errors);
        rule.level = level.value_or(Level::trial);
    }
    if (!reading.skips("kind")) {
        const std::string word = reading.cell("kind");
        if (!holds({"expected", "event", "optional"}, word))
            unknown(reading.row, "kind", {"expected", "event", "optional"}, reading.errors);
        rule.kind = word == "event" ? RuleKind::event : word == "optional" ? RuleKind::optional : RuleKind::expected;
    }
    if (reading.skips("per") && reading.skips("level")) return;
    const PerWord* per = reading.skips("per") ? find_per(rule.per) : find_per(reading.cell("per"));
    if (!per) return unknown(reading.row, "per", per_names(), reading.errors);
    rule.per = per->per;
    if (std::find(per->levels.begin(), per->levels.end(), rule.level) != per->levels.end()) return;
    std::vector<std::string> levels;
    for (const Level level : per->levels) levels.emplace_back(to_text(level));
    fail(reading.row, "level", fill("documents per {} are not filed at {} level", per->word, to_text(rule.level)),
         fill("write {}, or another word in per", join(levels, " or ")), reading.errors);
}

void RuleReader::read_role(const Reading& reading, Rule& rule) const {
    if (!reading.skips("role")) rule.role = reading.cell("role") == "-" ? "" : reading.cell("role");
    if (is_for_person(rule.per) && !holds(roles_and_groups(), rule.role)) unknown(reading.row, "role", roles_and_groups(), reading.errors);
    if (!is_for_person(rule.per) && !rule.role.empty())
        fail(reading.row, "role", fill("\"{}\" is not known here", rule.role),
             "a role goes with person, person_gcp, person_licence and person_training", reading.errors);
}

void RuleReader::read_condition(const Reading& reading, Rule& rule) const {
    if (!reading.skips("condition")) {
        rule.condition.clear();
        rule.occurrence_type.clear();
        const std::string text = reading.cell("condition") == "-" ? "" : reading.cell("condition");
        for (const std::string& word : split(text, ',')) {
            Term term;
            term.negated = starts_with(word, "!");
            term.name = term.negated ? word.substr(1) : word;
            term.is_switch = std::any_of(catalogue_.switches.begin(), catalogue_.switches.end(),
                                         [&term](const Switch& known) { return known.name == term.name; });
            const bool selects = starts_with(term.name, "occ_"); // the type selects the entries; as a condition it then always holds
            if ((!term.is_switch && !is_fact(term.name)) || (selects && (term.negated || !rule.occurrence_type.empty()))) {
                const std::string near = nearest(term.name, condition_names(catalogue_));
                fail(reading.row, "condition", fill("\"{}\" is not known here", term.name),
                     near.empty() || near == term.name ? "write switches and facts, joined by ',', '!' for not"
                                                       : fill("did you mean {}?", near),
                     reading.errors);
            } else if (selects) {
                rule.occurrence_type = term.name.substr(4);
            } else {
                rule.condition.push_back(std::move(term));
            }
        }
    }
    if ((rule.per == Per::occurrence) == rule.occurrence_type.empty())
        fail(reading.row, "condition",
             rule.per == Per::occurrence ? "per occurrence needs the type of occurrence"
                                         : "a type of occurrence goes with per occurrence only",
             "write occ_sae, occ_kick_off ... here and occurrence in per", reading.errors);
}

int RuleReader::read_number(const Reading& reading, const char* column, int least, int most, int fallback) const {
    if (reading.skips(column)) return fallback;
    const auto number = to_number(reading.cell(column), least, most);
    if (!number)
        fail(reading.row, column, fill("\"{}\" is not known here", reading.cell(column)), fill("write a number from {} to {}", least, most),
             reading.errors);
    return number.value_or(fallback);
}

// A date that the rule's slots never have would mean "never due", silently.
void RuleReader::read_anchor(const Reading& reading, Rule& rule) const {
    if (!reading.skips("due_anchor")) {
        const auto anchor = to_anchor(reading.cell("due_anchor"), catalogue_);
        if (!anchor) return unknown(reading.row, "due_anchor", anchor_names(catalogue_), reading.errors);
        rule.due = *anchor;
    }
    const bool by_born = rule.due.kind == Anchor::Kind::born;
    if (by_born && !is_born(rule.per))
        fail(reading.row, "due_anchor",
             fill("what is expected per {} has no date of its own, {} never comes", find_per(rule.per)->word, rule.due.text),
             "write a milestone: 03@site, or none", reading.errors);
    if (rule.due.kind == Anchor::Kind::milestone && rule.due.level > rule.level)
        fail(reading.row, "due_anchor", fill("{} has no meaning for documents at {} level", rule.due.text, to_text(rule.level)),
             "write a milestone of that level or of one above it: 03@study", reading.errors);
}

void RuleReader::read_when(const Reading& reading, Rule& rule) const {
    read_anchor(reading, rule);
    rule.offset_days = read_number(reading, "due_offset_days", 0, 3660, rule.offset_days);
    rule.count = read_number(reading, "count", 1, 99, rule.count);
    if (!reading.skips("validity")) {
        const auto validity = to_validity(reading.cell("validity"));
        if (!validity) unknown(reading.row, "validity", validity_names(), reading.errors);
        rule.validity = validity.value_or(Validity());
    }
}

void RuleReader::read_restricted(const Reading& reading, Rule& rule) const {
    if (reading.skips("restricted")) return;
    const std::string word = reading.cell("restricted");
    if (word != "yes" && word != "no") return unknown(reading.row, "restricted", {"yes", "no"}, reading.errors);
    if (reading.partly && rule.restricted && word == "no")
        return fail(reading.row, "restricted", fill("rule {} may unblind and stays restricted", rule.id),
                    "leave the cell empty; who may see what is not a list's business", reading.errors);
    rule.restricted = word == "yes";
}

} // namespace dossier::templates
