// templates/rules/*.yaml, schema dossier-rules/1. docs/rules.md explains the keys.
#include "ectd/rules.hpp"

#include <algorithm>
#include <set>

#include "core/finding.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "ectd/check.hpp"

namespace dossier::ectd {

namespace {

const std::vector<std::string> set_keys = {"schema", "set",       "title",    "region",   "document",     "version",
                                           "from",   "until",     "includes", "note",     "not_included", "rules",
                                           "about",  "mandatory", "before",   "criteria", "gateway_order"};
const std::vector<std::string> rule_keys = {"id",         "number", "title", "severity", "severity_unsure", "severity_confidence",
                                            "confidence", "twin",   "needs", "check",    "parameters",      "message",
                                            "remedy",     "from",   "until", "note"};
const std::vector<std::string> confidences = {"official", "secondary", "unverified"};

class RuleSetReader {
public:
    RuleSetReader(const templates::Source& source, std::string name) : source_(source), name_(std::move(name)) {}

    Result<RuleSet> read() {
        const std::string file = "rules/" + name_ + ".yaml";
        const std::vector<std::string> names = rule_set_names(source_);
        if (std::find(names.begin(), names.end(), name_) == names.end())
            return Error(ErrorKind::not_found, fill("there is no rule set {}", name_), {}, fill("the rule sets are {}", join(names, ", ")));
        DOSSIER_TRY(const std::string bytes, source_.read(file));
        DOSSIER_TRY(const Yaml root, parse_yaml(bytes, source_.place_of(file)));
        set_.digest = sha256_of(bytes);
        if (root.text("schema") != "dossier-rules/1")
            return Error(ErrorKind::invalid, "not a rule set of schema dossier-rules/1", root.place("schema"),
                         "begin it with schema: dossier-rules/1");
        read_head(root);
        DOSSIER_CHECK(include(root, bytes));
        if (const Yaml* rules = root.find("rules"))
            for (const Yaml& item : rules->list) read_rule(item);
        check_unique(root);
        read_gateway_order(root);
        if (errors_.empty()) return std::move(set_);
        if (errors_.size() == 1) return errors_.front();
        Error error(ErrorKind::invalid, fill("the rule set {} has {} errors", name_, errors_.size()), {source_.place_of(file)});
        error.details = std::move(errors_);
        return error;
    }

private:
    void fail(const Yaml& at, const std::string& message, const std::string& remedy = {}) {
        errors_.emplace_back(ErrorKind::invalid, message, at.place(), remedy);
    }

    void check_keys(const Yaml& map, const std::vector<std::string>& known) {
        for (Error& error : map.unknown_keys(known)) errors_.push_back(std::move(error));
    }

    std::optional<Date> date(const Yaml& map, const std::string& key) {
        const Yaml* value = map.find(key);
        if (!value) return std::nullopt;
        const auto parsed = parse_date(value->scalar);
        if (!parsed) fail(*value, fill("{} is not a date", value->scalar), "write YYYY-MM-DD");
        return parsed;
    }

    std::string needed(const Yaml& map, const std::string& key) {
        const std::string text = map.text(key);
        if (text.empty()) fail(map, fill("{} is missing", key));
        return text;
    }

    void read_head(const Yaml& root) {
        check_keys(root, set_keys);
        set_.id = needed(root, "set");
        if (set_.id != name_) fail(root, fill("the file is called {} and the set {}", name_, set_.id));
        set_.title = needed(root, "title");
        set_.region = root.text("region");
        const std::string about = root.text("about");
        set_.of_dossiers = about == "ctis-dossiers";
        if (!about.empty() && about != "sequences" && !set_.of_dossiers)
            fail(root, fill("a set cannot be about {}", about), "sequences or ctis-dossiers");
        set_.document = root.text("document");
        set_.version = needed(root, "version");
        set_.note = root.text("note");
        set_.from = date(root, "from");
        set_.until = date(root, "until");
        set_.mandatory = date(root, "mandatory");
        set_.before = root.text("before");
        if (const std::string criteria = root.text("criteria"); !criteria.empty()) {
            if (criteria.size() > 6 || criteria.find_first_not_of("0123456789") != std::string::npos)
                fail(root, "criteria has to be a number");
            else
                set_.criteria = std::stoul(criteria);
        }
        if (set_.mandatory.has_value() == set_.before.empty())
            fail(root, "mandatory and before go together", "name the day and the edition that may be used until then");
        find_edition_before();
        if (const Yaml* list = root.find("not_included"))
            for (const Yaml& item : list->list) {
                check_keys(item, {"ids", "reason"});
                const Yaml* ids = item.find("ids");
                if (!ids || ids->list.empty() || item.text("reason").empty()) fail(item, "an entry of not_included needs ids and a reason");
                if (ids)
                    for (const Yaml& id : ids->list) set_.not_included.push_back({id.scalar, item.text("reason")});
            }
    }

    // Editions of one list differ in the name of their set by the edition only: eu-8.1, eu-8.2.
    void find_edition_before() {
        if (set_.before.empty() || !ends_with(set_.id, "-" + set_.version)) return;
        const std::string other = set_.id.substr(0, set_.id.size() - set_.version.size()) + set_.before;
        const std::vector<std::string> names = rule_set_names(source_);
        if (std::find(names.begin(), names.end(), other) != names.end()) set_.before_set = other;
    }

    void read_gateway_order(const Yaml& root) {
        const Yaml* order = root.find("gateway_order");
        if (!order) return;
        for (const Yaml& number : order->list) {
            if (!set_.find(number.scalar)) fail(number, fill("the set has no rule {}", number.scalar), "name numbers of its rules");
            set_.gateway_order.push_back(number.scalar);
        }
    }

    Result<void> include(const Yaml& root, const std::string& bytes) {
        const Yaml* includes = root.find("includes");
        if (!includes) return {};
        check_keys(*includes, {"set", "without"});
        DOSSIER_TRY(const RuleSet base, RuleSetReader(source_, includes->text("set")).read());
        std::set<std::string> without;
        if (const Yaml* list = includes->find("without"))
            for (const Yaml& item : list->list) {
                if (!base.find(item.scalar)) fail(item, fill("{} has no rule {}", base.id, item.scalar));
                without.insert(item.scalar);
            }
        for (const Rule& rule : base.rules)
            if (without.count(rule.id) == 0) set_.rules.push_back(rule);
        for (const NotIncluded& item : base.not_included) set_.not_included.push_back(item);
        set_.digest = sha256_of(bytes + base.digest.hex());
        return {};
    }

    void read_rule(const Yaml& item) {
        check_keys(item, rule_keys);
        Rule rule;
        rule.set = set_.id;
        rule.id = needed(item, "id");
        rule.number = item.text("number");
        rule.title = needed(item, "title");
        rule.severity_unsure = item.text("severity_unsure");
        rule.severity_confidence = rule.number.empty() ? "house" : needed(item, "severity_confidence");
        rule.confidence = needed(item, "confidence");
        rule.twin = item.text("twin");
        rule.message = needed(item, "message");
        rule.remedy = needed(item, "remedy");
        rule.note = item.text("note");
        rule.from = date(item, "from");
        rule.until = date(item, "until");
        if (const Yaml* needs = item.find("needs"))
            for (const Yaml& need : needs->list) {
                if (need.scalar != "index" && need.scalar != "regional" && need.scalar != "stf" && need.scalar != "history" &&
                    need.scalar != "manifest")
                    fail(need, fill("a rule cannot need {}", need.scalar),
                         "index, regional, stf or history; manifest in a set about ctis-dossiers");
                rule.needs.push_back(need.scalar);
            }
        read_severity(item, rule);
        read_check(item, rule);
        check_claims(item, rule);
        set_.rules.push_back(std::move(rule));
    }

    void read_severity(const Yaml& item, Rule& rule) {
        const Yaml* severity = item.find("severity");
        if (severity && severity->kind == Yaml::Kind::scalar) rule.severities.push_back({std::nullopt, severity->scalar});
        if (severity)
            for (const Yaml& step : severity->list) {
                check_keys(step, {"from", "severity"});
                const auto from = date(step, "from");
                if (!rule.severities.empty() && (!from || (rule.severities.back().from && *rule.severities.back().from >= *from)))
                    fail(step, "the steps of a severity have to ascend by date");
                rule.severities.push_back({from, step.text("severity")});
            }
        if (!rule.severities.empty()) return;
        fail(item, "severity is missing");
        rule.severities.push_back({std::nullopt, "info"});
    }

    void read_check(const Yaml& item, Rule& rule) {
        rule.check = needed(item, "check");
        const Check* check = find_check(rule.check);
        if (!check) return fail(item, fill("there is no check {}", rule.check), fill("nearest: {}", nearest(rule.check, check_names())));
        if ((check->run_on_dossier != nullptr) != set_.of_dossiers)
            return fail(item, fill("the check {} is not for sets about {}", rule.check,
                                   std::string_view(set_.of_dossiers ? "ctis-dossiers" : "sequences")));
        std::vector<std::string> names;
        for (const ParameterSpec& spec : check->accepts) names.emplace_back(spec.name);
        const Yaml* parameters = item.find("parameters");
        if (parameters) check_keys(*parameters, names);
        for (const ParameterSpec& spec : check->accepts) {
            const Yaml* value = parameters ? parameters->find(spec.name) : nullptr;
            if (value)
                rule.parameters.set(spec.name, to_parameter(*value, spec));
            else if (spec.required)
                fail(item, fill("the check {} needs the parameter {}", rule.check, std::string_view(spec.name)));
        }
        check_placeholders(item, rule, *check);
    }

    Parameter to_parameter(const Yaml& value, const ParameterSpec& spec) {
        Parameter parameter;
        parameter.kind = spec.kind;
        parameter.text = value.scalar;
        const bool is_list = spec.kind == ParameterKind::texts, is_table = spec.kind == ParameterKind::table;
        const Yaml::Kind wanted = is_list ? Yaml::Kind::list : is_table ? Yaml::Kind::map : Yaml::Kind::scalar;
        if (value.kind != wanted)
            fail(value, fill("{} has to be a {}", std::string_view(spec.name),
                             std::string_view(is_list    ? "list"
                                              : is_table ? "table of lists"
                                                         : "single value")));
        if (spec.kind == ParameterKind::number) {
            const bool digits =
                !value.scalar.empty() && value.scalar.size() < 10 && value.scalar.find_first_not_of("0123456789") == std::string::npos;
            if (digits)
                parameter.number = std::stoll(value.scalar);
            else
                fail(value, fill("{} has to be a number", std::string_view(spec.name)));
        }
        for (const Yaml& entry : value.list) parameter.texts.push_back(entry.scalar);
        for (const auto& [key, list] : value.map) {
            if (list.kind != Yaml::Kind::list) fail(list, fill("{} has to be a list", key));
            for (const Yaml& entry : list.list) parameter.table[key].push_back(entry.scalar);
        }
        return parameter;
    }

    void check_placeholders(const Yaml& item, const Rule& rule, const Check& check) {
        std::set<std::string> known;
        for (const char* value : check.values) known.insert(value);
        for (const auto& [name, text] : rule.parameters.for_messages()) known.insert(name);
        for (const std::string& text : {rule.message, rule.remedy})
            for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
                const std::string name = text.substr(at + 1, text.find('}', at) - at - 1);
                if (known.count(name) == 0)
                    fail(item, fill("the check {} has no value {} for a message", rule.check, name),
                         fill("it has {}", join({known.begin(), known.end()}, ", ")));
            }
    }

    // What may be said under an authority's number, and in which words (rules.hpp).
    void check_claims(const Yaml& item, const Rule& rule) {
        const bool house = rule.number.empty();
        const std::vector<std::string> words =
            house ? std::vector<std::string>{"error", "warning", "info"}
                  : std::vector<std::string>{"high", "medium", "low", "fail", "best_practice", "error", "warning"};
        std::vector<std::string> used;
        for (const SeverityStep& step : rule.severities) used.push_back(step.severity);
        if (!rule.severity_unsure.empty()) used.push_back(rule.severity_unsure);
        for (const std::string& word : used) {
            if (std::find(words.begin(), words.end(), word) == words.end())
                fail(item, fill("{} is no severity here", word), join(words, ", "));
            if (!house && severity_rank(word) == 3 && rule.severity_confidence != "official")
                fail(item, fill("{} rejects under the number {}, and that severity is not official", word, rule.number),
                     "use a severity that does not reject");
        }
        for (const std::string& confidence : {rule.confidence, house ? std::string("official") : rule.severity_confidence})
            if (std::find(confidences.begin(), confidences.end(), confidence) == confidences.end())
                fail(item, fill("{} is no confidence", confidence), join(confidences, ", "));
        if (house && !starts_with(rule.id, "dossier:"))
            fail(item, fill("{} has no number, so it is a house rule", rule.id), "call it dossier:<name>");
        if (!house && rule.id != set_.id + ":" + rule.number)
            fail(item, fill("the rule with the number {} has to be called {}:{}", rule.number, set_.id, rule.number));
        if (!house && rule.confidence != "official")
            fail(item, fill("the number {} is not official", rule.number), "make it a house rule: dossier:<name>, no number");
    }

    void check_unique(const Yaml& root) {
        std::set<std::string> seen;
        for (const Rule& rule : set_.rules)
            if (!seen.insert(rule.id).second) fail(root, fill("the rule {} is there twice", rule.id));
    }

    const templates::Source& source_;
    std::string name_;
    RuleSet set_;
    std::vector<Error> errors_;
};

} // namespace

Result<RuleSet> read_rule_set(const templates::Source& source, const std::string& name) { return RuleSetReader(source, name).read(); }

} // namespace dossier::ectd
