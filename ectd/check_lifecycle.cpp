// Checks of what leaves do to earlier ones (ICH 3.2.2, appendix 6). History that is not here is never a finding: the part is not run.
#include "ectd/check.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

bool modifies(const Leaf& leaf) { return leaf.operation == "replace" || leaf.operation == "append" || leaf.operation == "delete"; }

const char* name_of(TargetProblem problem) {
    switch (problem) {
    case TargetProblem::missing_reference:
        return "missing_reference";
    case TargetProblem::malformed:
        return "malformed";
    case TargetProblem::not_found:
        return "not_found";
    case TargetProblem::same_sequence:
        return "same_sequence";
    case TargetProblem::later_sequence:
        return "later_sequence";
    case TargetProblem::already_ended:
        return "already_ended";
    case TargetProblem::other_section:
        return "other_section";
    }
    return "";
}

std::string target_text(const LifecycleProblem& problem) {
    const Leaf& leaf = *problem.leaf;
    const auto id = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file);
    return id ? id->text() : leaf.modified_file;
}

// Which leaves a rule is about: with or without a country, apart from words that are none (common ...).
bool is_meant(const Leaf& leaf, const Parameters& parameters) {
    const std::string& wanted = parameters.text("country");
    if (wanted.empty()) return true;
    const auto country = leaf.place->attributes.find("country");
    const bool has =
        country != leaf.place->attributes.end() && !country->second.empty() && !parameters.lists("no_country", country->second);
    return has == (wanted == "with");
}

// other_section, told apart: another heading, or only another node extension. Below `loose_elements` (3.2.A) headings are as loose as node
// extensions.
const char* kind_of_section_problem(const LifecycleProblem& problem, const Parameters& parameters) {
    const Leaf &leaf = *problem.leaf, &target = *problem.target;
    const auto is_loose = [&](const SectionStep& step) { return parameters.lists("loose_elements", step.element); };
    if (std::any_of(leaf.place->steps.begin(), leaf.place->steps.end(), is_loose)) return "other_extension";
    return leaf.place->heading_section == target.place->heading_section ? "other_extension" : "other_heading";
}

bool deletes_loose_content(const Leaf& leaf, const Parameters& parameters) {
    if (leaf.operation != "delete") return false;
    return std::any_of(leaf.place->steps.begin(), leaf.place->steps.end(),
                       [&](const SectionStep& step) { return parameters.lists("free_to_delete", step.element); });
}

bool is_asked_for(const LifecycleProblem& problem, const Parameters& parameters) {
    if (!is_meant(*problem.leaf, parameters)) return false;
    if (parameters.lists("problems", name_of(problem.problem))) return true;
    if (problem.problem != TargetProblem::other_section || !problem.target || deletes_loose_content(*problem.leaf, parameters))
        return false;
    if (problem.target->at.sequence == problem.leaf->at.sequence) return false; // append_in_sequence says that
    return parameters.lists("problems", kind_of_section_problem(problem, parameters));
}

// ICH lets a leaf be appended to one of its own sequence; not every region does.
void find_appends_in_sequence(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        const auto history = facts.lifecycle->leaves.find(leaf.at);
        const Leaf* target = history == facts.lifecycle->leaves.end() ? nullptr : history->second.target;
        if (leaf.operation == "append" && target && target->at.sequence == leaf.at.sequence && is_meant(leaf, parameters))
            out.finding(xml_path(leaf), in_file(leaf), {{"operation", leaf.operation}, {"target", target->at.text()}});
    }
}

// Sequences may be received out of order: a later-numbered one has ended the target before this one came. A leaf whose target is told as
// ended already is not told again.
void find_later_endings(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::set<const Leaf*> told;
    for (const LifecycleProblem& problem : facts.lifecycle->problems)
        if (problem.problem == TargetProblem::already_ended) told.insert(problem.leaf);
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        if ((leaf.operation != "replace" && leaf.operation != "delete") || !is_meant(leaf, parameters) || told.count(&leaf) > 0) continue;
        const auto target = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file);
        for (const LaterEnding& ending : facts.later_endings)
            if (target && ending.target == *target)
                out.finding(xml_path(leaf), in_file(leaf),
                            {{"operation", leaf.operation},
                             {"target", target->text()},
                             {"section", leaf.place->section},
                             {"target_section", ""},
                             {"ended_by", ending.by.text()},
                             {"ended_how", ending.deletes ? "deleted" : "replaced"}});
    }
}

void check_target(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const bool needs_target = parameters.lists("problems", "not_found") || parameters.lists("problems", "already_ended") ||
                              parameters.lists("problems", "other_section") || parameters.lists("problems", "other_heading") ||
                              parameters.lists("problems", "other_extension");
    std::optional<SequenceNumber> first; // of the sequences that hold targets
    const bool asks_for_form = parameters.lists("problems", "malformed");
    for (const LeafFact& fact : facts.leaves) {
        if (!modifies(*fact.leaf) || !is_meant(*fact.leaf, parameters)) continue;
        const std::string reason = needs_target || asks_for_form ? unreachable_target(facts, *fact.leaf) : "";
        if (reason.empty() || !needs_target) out.examined();
        if (!reason.empty() && needs_target) out.not_run(reason);
        const auto target = resolve_target(fact.leaf->modified_file, fact.leaf->at.sequence, fact.leaf->at.file);
        if (reason.empty() && target && (!first || target->sequence < *first)) first = target->sequence;
    }
    if (parameters.lists("problems", "already_ended") && first)
        if (const std::string missing = missing_sequences(facts, {*first, {}}); !missing.empty()) out.not_run(missing);
    if (parameters.lists("problems", "append_in_sequence")) find_appends_in_sequence(facts, parameters, out);
    for (const LifecycleProblem& problem : facts.lifecycle->problems) {
        if (problem.leaf->at.sequence != facts.sequence->number || !is_asked_for(problem, parameters)) continue;
        if (!unreachable_target(facts, *problem.leaf).empty()) continue;
        out.finding(xml_path(*problem.leaf), in_file(*problem.leaf),
                    {{"operation", problem.leaf->operation},
                     {"target", target_text(problem)},
                     {"section", problem.leaf->place->section},
                     {"target_section", problem.target ? problem.target->place->section : ""},
                     {"ended_by", problem.ended_by ? problem.ended_by->at.text() : ""},
                     {"ended_how", problem.ended_by && problem.ended_by->operation == "delete" ? "deleted" : "replaced"}});
    }
    if (parameters.lists("problems", "already_ended")) find_later_endings(facts, parameters, out);
}

void check_new_with_target(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        if (fact.leaf->operation != "new") continue;
        out.examined();
        if (!fact.leaf->modified_file.empty())
            out.finding(xml_path(*fact.leaf), in_file(*fact.leaf), {{"target", fact.leaf->modified_file}});
    }
}

// Study tagging files are sent as appends, each to the study's first one: they are left out.
void check_append_to_append(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        if (fact.leaf->operation != "append" || is_stf_leaf(*fact.leaf)) continue;
        if (const std::string reason = unreachable_target(facts, *fact.leaf); !reason.empty()) {
            out.not_run(reason);
            continue;
        }
        out.examined();
        const auto history = facts.lifecycle->leaves.find(fact.leaf->at);
        const Leaf* target = history == facts.lifecycle->leaves.end() ? nullptr : history->second.target;
        if (target && target->operation == "append")
            out.finding(xml_path(*fact.leaf), in_file(*fact.leaf), {{"target", target->at.text()}});
    }
}

} // namespace

std::vector<Check> lifecycle_checks() {
    return {
        {"lifecycle.target",
         "leaf that replaces, appends or deletes",
         {{"problems", ParameterKind::texts, true},
          {"country", ParameterKind::text, false},
          {"no_country", ParameterKind::texts, false},
          {"loose_elements", ParameterKind::texts, false},
          {"free_to_delete", ParameterKind::texts, false}},
         {"operation", "target", "section", "target_section", "ended_by", "ended_how"},
         check_target},
        {"lifecycle.new_with_target", "new leaf", {}, {"target"}, check_new_with_target},
        {"lifecycle.append_to_append", "leaf that appends", {}, {"target"}, check_append_to_append},
    };
}

} // namespace dossier::ectd
