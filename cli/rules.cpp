// rules list and rules explain: what is checked, in whose name, how sure that is.
#include "cli/command.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "ectd/rules.hpp"

namespace dossier::cli {

namespace {

std::string date_text(const std::optional<Date>& date) { return date ? date->text() : ""; }

struct Listed {
    ectd::Rule rule;
    std::optional<Date> from, until; // of the rule, else of its set
    std::string source;              // the document that the set was made from
    std::string window;              // in which two editions are in force; empty: none
};

std::string source_of(const ectd::RuleSet& set) {
    return set.document.empty() ? set.title : fill("{}, edition {}", set.document, set.version);
}

std::string window_of(const ectd::RuleSet& set) {
    return set.mandatory ? fill("{} may be used until the day before {}", set.before, set.mandatory->text()) : "";
}

Result<std::vector<ectd::RuleSet>> read_sets(const Context& context) {
    std::vector<ectd::RuleSet> sets;
    for (const std::string& name : ectd::rule_set_names(context.templates)) {
        DOSSIER_TRY(ectd::RuleSet set, ectd::read_rule_set(context.templates, name));
        sets.push_back(std::move(set));
    }
    return sets;
}

// `only` empty: every rule once, under the set that defines it. Else what a run with that set would check.
Result<std::vector<Listed>> list_rules(const std::vector<ectd::RuleSet>& sets, const std::string& only) {
    std::vector<Listed> list;
    std::vector<std::string> names;
    for (const ectd::RuleSet& set : sets) {
        names.push_back(set.id);
        if (!only.empty() && set.id != only) continue;
        for (const ectd::Rule& rule : set.rules) {
            if (only.empty() && rule.set != set.id) continue;
            list.push_back({rule, rule.from ? rule.from : set.from, rule.until ? rule.until : set.until, source_of(set), window_of(set)});
        }
    }
    if (list.empty())
        return Error(ErrorKind::usage, fill("there is no rule set {}", only), {}, fill("the rule sets are {}", join(names, ", ")));
    return list;
}

Json to_json(const Listed& listed, Date today) {
    const ectd::Rule& rule = listed.rule;
    return Json::object({{"set", rule.set},
                         {"number", rule.number},
                         {"id", rule.id},
                         {"severity", rule.severity(today)},
                         {"severity_confidence", rule.severity_confidence},
                         {"title", rule.title},
                         {"check", rule.check},
                         {"confidence", rule.confidence},
                         {"from", date_text(listed.from)},
                         {"until", date_text(listed.until)},
                         {"twin", rule.twin}});
}

Sheet to_sheet(const std::vector<Listed>& list, Date today) {
    Sheet sheet{
        "rules", {"set", "number", "id", "severity", "severity_confidence", "title", "check", "confidence", "from", "until", "twin"}, {}};
    for (const auto& [rule, from, until, source, window] : list)
        sheet.rows.push_back({rule.set, rule.number, rule.id, rule.severity(today), rule.severity_confidence, rule.title, rule.check,
                              rule.confidence, date_text(from), date_text(until), rule.twin});
    return sheet;
}

std::string to_text(const std::vector<Listed>& list, Date today) {
    std::string out;
    std::string set;
    for (const auto& [rule, from, until, source, window] : list) {
        if (rule.set != set) out += fill("{}{}\n", std::string_view(set.empty() ? "" : "\n"), rule.set);
        set = rule.set;
        out += fill("  {:<34} {:<8} {}\n", rule.id, rule.severity(today), rule.title);
    }
    return out;
}

} // namespace

Command make_rules_list() {
    auto only = std::make_shared<std::string>();
    Command command;
    command.name = "rules list";
    command.summary = "The rules of ectd validate";
    command.example = "dossier rules list --rules fda-3.2.2";
    command.declare = [only](Options& list) {
        list.text("--rules", *only, "What a run with this set checks (default: every rule, by its set)");
    };
    command.run = [only](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto sets, read_sets(context));
        DOSSIER_TRY(const auto list, list_rules(sets, *only));
        const Date today = context.clock->now().date();
        Rendering rendering;
        rendering.text = [&] { return to_text(list, today); };
        rendering.sheets = [&] { return std::vector<Sheet>{to_sheet(list, today)}; };
        rendering.json = [&] {
            Json rules = Json::array();
            for (const Listed& listed : list) rules.push(to_json(listed, today));
            return Json::object({{"report_version", 1}, {"rules", std::move(rules)}});
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

namespace {

Result<Listed> find_rule(const std::vector<ectd::RuleSet>& sets, const std::string& id) {
    std::vector<std::string> names;
    for (const ectd::RuleSet& set : sets) {
        for (const ectd::Rule& rule : set.rules) names.push_back(rule.id);
        for (const std::string& candidate : {id, "dossier:" + id})
            if (const ectd::Rule* rule = set.find(candidate); rule && rule->set == set.id)
                return Listed{*rule, rule->from ? rule->from : set.from, rule->until ? rule->until : set.until, source_of(set),
                              window_of(set)};
        for (const ectd::NotIncluded& item : set.not_included)
            if (item.id == id)
                return Error(ErrorKind::usage, fill("the criterion {} is known of and has no rule in {}: {}", id, set.id, item.reason));
    }
    const std::string near = nearest(id, names);
    return Error(ErrorKind::usage, fill("there is no rule {}", id), {},
                 near.empty() ? "dossier rules list names them" : fill("is {} meant?", near));
}

std::string severities_text(const ectd::Rule& rule) {
    std::string out;
    for (const ectd::SeverityStep& step : rule.severities)
        out += fill("Severity    {}{}{}\n", step.severity, step.from ? " from " + step.from->text() : "",
                    rule.number.empty() ? "" : " (" + rule.severity_confidence + ")");
    if (!rule.severity_unsure.empty()) out += fill("            {} where what it rests on is not certain\n", rule.severity_unsure);
    return out;
}

std::string parameters_text(const ectd::Rule& rule) {
    std::string out;
    for (const auto& [name, value] : rule.parameters.for_messages()) out += fill("            {}: {}\n", name, value);
    for (const auto& [name, table] : rule.parameters.tables())
        for (const auto& [key, values] : table) out += fill("            {} {}: {}\n", name, key, join(values, ", "));
    return out;
}

std::string explain(const Listed& listed, const std::vector<ectd::RuleExample>& examples) {
    const ectd::Rule& rule = listed.rule;
    std::string out = fill("{}: {}\n", rule.id, rule.title);
    out += fill("Source      {}\n", listed.source);
    out += fill("Set         {}{}{}\n", rule.set, listed.from ? ", from " + listed.from->text() : "",
                listed.until ? ", until " + listed.until->text() : "");
    if (!listed.window.empty()) out += fill("            {}\n", listed.window);
    out += rule.number.empty() ? std::string("Number      none: a house rule\n")
                               : fill("Number      {}, number and meaning {}\n", rule.number, rule.confidence);
    out += severities_text(rule);
    if (!rule.twin.empty()) out += fill("Twin        {} (FDA, eCTD v4.0)\n", rule.twin);
    if (!rule.note.empty()) out += fill("Note        {}\n", rule.note);
    out += fill("Confidence  {}\nCheck       {}\n", rule.confidence, rule.check) + parameters_text(rule);
    if (!rule.needs.empty()) out += fill("Needs       {}\n", join(rule.needs, ", "));
    out += fill("Message     {}\nMend        {}\n", rule.message, rule.remedy);
    for (const ectd::RuleExample& example : examples)
        if (example.rule == rule.id) out += fill("{} {}\n", std::string_view(example.passes ? "Passes     " : "Fails      "), example.text);
    return out;
}

} // namespace

Command make_rules_explain() {
    auto id = std::make_shared<std::string>();
    Command command;
    command.name = "rules explain";
    command.summary = "One rule: what it checks, how sure that is, how to mend";
    command.example = "dossier rules explain 1323";
    command.declare = [id](Options& list) { list.text("ID", *id, "The rule's id, or the agency's number", true); };
    command.run = [id](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto sets, read_sets(context));
        DOSSIER_TRY(const Listed listed, find_rule(sets, *id));
        DOSSIER_TRY(const auto examples, ectd::read_rule_examples(context.templates));
        Rendering rendering;
        rendering.text = [&] { return explain(listed, examples); };
        rendering.json = [&] {
            Json json = to_json(listed, context.clock->now().date());
            Json steps = Json::array();
            for (const ectd::SeverityStep& step : listed.rule.severities)
                steps.push(Json::object({{"from", date_text(step.from)}, {"severity", step.severity}}));
            json.set("severities", std::move(steps)).set("needs", Json::texts(listed.rule.needs));
            Json passes = Json::array(), fails = Json::array();
            for (const ectd::RuleExample& example : examples)
                if (example.rule == listed.rule.id) (example.passes ? passes : fails).push(example.text);
            json.set("source", listed.source).set("note", listed.rule.note);
            json.set("passes", std::move(passes)).set("fails", std::move(fails));
            json.set("message", listed.rule.message).set("remedy", listed.rule.remedy);
            return json;
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
