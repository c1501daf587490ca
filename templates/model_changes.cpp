#include "templates/model_changes.hpp"

#include <set>

#include "core/text.hpp"
#include "templates/artifact_origin.hpp"

namespace dossier::templates {

namespace {

std::string key_of(const Artifact& artifact) { return fill("{:03}", artifact.unique_id); }
std::string named(const Artifact& artifact) { return artifact.number + " " + artifact.name; }

std::string levels_of(const Artifact& artifact) {
    std::vector<std::string> levels;
    if (artifact.at_trial) levels.emplace_back("trial");
    if (artifact.at_country) levels.emplace_back("country");
    if (artifact.at_site) levels.emplace_back("site");
    return join(levels, ", ");
}

std::string condition_of(const Rule& rule) {
    std::vector<std::string> words;
    if (!rule.occurrence_type.empty()) words.push_back("occ_" + rule.occurrence_type);
    for (const Term& term : rule.condition) words.push_back((term.negated ? "!" : "") + term.name);
    return words.empty() ? "always" : join(words, ", ");
}

std::string_view kind_of(const Rule& rule) {
    return rule.kind == RuleKind::expected ? "expected" : rule.kind == RuleKind::event ? "event" : "optional";
}

std::string validity_of(const Rule& rule) {
    switch (rule.validity.kind) {
    case Validity::Kind::none:
        return "none";
    case Validity::Kind::until_superseded:
        return "until_superseded";
    case Validity::Kind::years:
        return fill("P{}Y", rule.validity.years);
    case Validity::Kind::document_expires:
        return "document.expires";
    }
    return "";
}

std::string differences(const Rule& a, const Rule& b) {
    std::vector<std::string> parts;
    const auto add = [&parts](std::string_view what, const std::string& old, const std::string& now) {
        const std::string_view none = "none";
        if (old != now)
            parts.push_back(
                fill("{} {} -> {}", what, old.empty() ? none : std::string_view(old), now.empty() ? none : std::string_view(now)));
    };
    add("artifact", fill("{:03}", a.unique_id), fill("{:03}", b.unique_id));
    add("level", std::string(to_text(a.level)), std::string(to_text(b.level)));
    add("kind", std::string(kind_of(a)), std::string(kind_of(b)));
    add("per", std::string(name_of(a.per)), std::string(name_of(b.per)));
    add("role", a.role, b.role);
    add("condition", condition_of(a), condition_of(b));
    add("due", fill("{} + {}", a.due.text, a.offset_days), fill("{} + {}", b.due.text, b.offset_days));
    add("count", fill("{}", a.count), fill("{}", b.count));
    add("validity", validity_of(a), validity_of(b));
    add("restricted", a.restricted ? "yes" : "no", b.restricted ? "yes" : "no");
    add("sub_artifact", a.sub_artifact, b.sub_artifact);
    return join(parts, "; ");
}

} // namespace

std::vector<std::string> describe_artifact_changes(const TmfCatalogue& before, const TmfCatalogue& after) {
    std::vector<std::string> lines;
    for (const Artifact& old : before.artifacts) {
        const Artifact* now = after.artifact(old.unique_id);
        if (!now) {
            lines.push_back(fill("{} retired: {}", key_of(old), named(old)));
            continue;
        }
        if (now->name != old.name) lines.push_back(fill("{} renamed: {} -> {}", key_of(old), old.name, now->name));
        if (now->number != old.number) lines.push_back(fill("{} renumbered: {} -> {}", key_of(old), old.number, now->number));
        if (levels_of(*now) != levels_of(old)) lines.push_back(fill("{} levels: {} -> {}", key_of(old), levels_of(old), levels_of(*now)));
        if (now->core != old.core) lines.push_back(fill("{} is {} now", key_of(old), std::string_view(now->core ? "core" : "recommended")));
        if (now->restricted != old.restricted)
            lines.push_back(
                fill("{} {}", key_of(old),
                     std::string_view(now->restricted ? "is for unblinded people now" : "is not for unblinded people any longer")));
        if (now->isf_only != old.isf_only)
            lines.push_back(fill("{} {}", key_of(old),
                                 std::string_view(now->isf_only ? "stays in the investigator's file now"
                                                                : "need not stay in the investigator's file any longer")));
    }
    for (const Artifact& artifact : after.artifacts) {
        if (before.artifact(artifact.unique_id)) continue;
        const Artifact* from = split_from(artifact.name, before);
        lines.push_back(
            from ? fill("{} split from {}: {} was a sub-artifact of {}", key_of(artifact), key_of(*from), named(artifact), named(*from))
                 : fill("{} new: {}", key_of(artifact), named(artifact)));
    }
    return lines;
}

std::vector<std::string> describe_rule_changes(const TmfCatalogue& before, const TmfCatalogue& after) {
    std::vector<std::string> lines;
    for (const Rule& old : before.rules) {
        const Rule* now = after.rule(old.id);
        if (!now) {
            lines.push_back(fill("{} off: {} {}", old.id, old.artifact, old.name));
            continue;
        }
        const std::string changed = differences(old, *now);
        if (!changed.empty()) lines.push_back(fill("{} changed: {}", old.id, changed));
    }
    for (const Rule& rule : after.rules)
        if (!before.rule(rule.id))
            lines.push_back(fill("{} added: {} {}{}, {} level, per {}, due {} + {}", rule.id, rule.artifact, rule.name,
                                 rule.sub_artifact.empty() ? "" : " (" + rule.sub_artifact + ")", to_text(rule.level), name_of(rule.per),
                                 rule.due.text, rule.offset_days));
    return lines;
}

} // namespace dossier::templates
