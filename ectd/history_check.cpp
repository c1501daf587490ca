#include "ectd/history_check.hpp"

#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/stf_writer.hpp"

namespace dossier::ectd {

namespace {

bool is_about_missing_sequence(const Application& history, const LifecycleProblem& problem) {
    if (problem.problem != TargetProblem::not_found) return false;
    const auto target = resolve_target(problem.leaf->modified_file, problem.leaf->at.sequence, problem.leaf->at.file);
    return target && !history.find(target->sequence);
}

bool ends_target(const std::string& operation) { return operation == "replace" || operation == "delete"; }

} // namespace

std::string problem_words(TargetProblem problem) {
    switch (problem) {
    case TargetProblem::missing_reference:
        return "names no leaf that it modifies";
    case TargetProblem::malformed:
        return "names the leaf it modifies in no known form";
    case TargetProblem::not_found:
        return "modifies a leaf that is not there";
    case TargetProblem::same_sequence:
        return "modifies a leaf of its own sequence";
    case TargetProblem::later_sequence:
        return "modifies a leaf of a later sequence";
    case TargetProblem::already_ended:
        return "modifies a leaf that was already replaced or deleted";
    case TargetProblem::other_section:
        return "modifies a leaf under another section";
    }
    return "";
}

std::vector<MissingSequence> missing_sequences(const Application& history, const Lifecycle& lifecycle) {
    std::vector<MissingSequence> missing;
    std::set<int> named;
    for (const LifecycleProblem& problem : lifecycle.problems) {
        if (!is_about_missing_sequence(history, problem)) continue;
        const auto target = resolve_target(problem.leaf->modified_file, problem.leaf->at.sequence, problem.leaf->at.file);
        if (named.insert(target->sequence.value()).second) missing.push_back({target->sequence, problem.leaf});
    }
    return missing;
}

std::vector<Error> unknown_history(const Application& history, const Lifecycle& lifecycle) {
    std::vector<Error> errors;
    for (const MissingSequence& missing : missing_sequences(history, lifecycle))
        errors.emplace_back(
            ErrorKind::invalid,
            fill("sequence {} is not in the folder, and {} modifies a leaf of it: what the application contains is not known",
                 missing.number.text(), missing.named_by->at.text()),
            Place{history.folder}, "put the missing sequence there");
    return errors;
}

std::vector<std::string> dead_targets(const Application& history, const Lifecycle& lifecycle) {
    std::vector<std::string> notes;
    for (const LifecycleProblem& problem : lifecycle.problems)
        if (!is_about_missing_sequence(history, problem))
            notes.push_back(fill("{} \"{}\" {} ({})", problem.leaf->at.text(), problem.leaf->title, problem_words(problem.problem),
                                 problem.leaf->modified_file));
    return notes;
}

std::vector<std::string> reading_notes(const Application& application, const Lifecycle& lifecycle) {
    std::vector<std::string> notes;
    for (const Sequence& sequence : application.sequences)
        for (const Error& problem : sequence.problems) notes.push_back(to_text(problem));
    for (const Error& hole : unknown_history(application, lifecycle)) notes.push_back(to_text(hole));
    for (std::string& note : dead_targets(application, lifecycle)) notes.push_back(std::move(note));
    return notes;
}

std::vector<Error> check_later_sequences(const Plan& plan, const Application& later) {
    std::vector<Error> errors;
    const auto complain = [&](std::string message, std::string remedy) {
        errors.emplace_back(ErrorKind::conflict, std::move(message), Place{later.folder}, std::move(remedy));
    };
    std::set<std::pair<std::string, std::string>> present{{"index.xml", plan.regional_leaf_id}};
    std::set<LeafId> ended;
    for (const PlannedOperation& item : plan.operations) {
        if (item.operation != "delete") present.emplace(item.file, item.id);
        if (ends_target(item.operation) && item.target) ended.insert(item.target->at);
    }
    for (const StfPlan& stf : plan_stfs(plan)) present.emplace("index.xml", stf.leaf_id);
    for (const Sequence& sequence : later.sequences) {
        for (const Leaf& leaf : sequence.leaves) {
            const auto target = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file);
            if (!target) continue;
            if (target->sequence == plan.sequence && present.count({target->file, target->id}) == 0)
                complain(fill("{} \"{}\" modifies {}, which this build would no longer hold", leaf.at.text(), leaf.title, target->text()),
                         fill("keep that document in the plan, or remove draft {} first", sequence.folder));
            else if (ends_target(leaf.operation) && ended.count(*target) > 0)
                complain(fill("{} \"{}\" already ends {}, and a leaf is ended once", leaf.at.text(), leaf.title, target->text()),
                         fill("remove draft {} first and build it again afterwards", sequence.folder));
        }
    }
    return errors;
}

} // namespace dossier::ectd
