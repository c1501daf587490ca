#include "ectd/lifecycle.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

bool is_current(LeafState state) { return state == LeafState::current || state == LeafState::appended_to; }

bool is_regional_leaf(const Leaf& leaf) {
    return leaf.at.file == "index.xml" && starts_with(leaf.place->element, "m1-administrative-information");
}

namespace {

class Computation {
public:
    explicit Computation(const Application& application) : application_(application) {}

    Lifecycle run() {
        std::size_t count = 0;
        for (const Sequence& sequence : application_.sequences) count += sequence.leaves.size();
        result_.leaves.reserve(count);
        result_.in_order.reserve(count);
        for (const Sequence& sequence : application_.sequences) {
            for (const Leaf& leaf : sequence.leaves) add(leaf);
            apply(sequence);
            for (const Stf& stf : sequence.stfs) result_.stfs[stf.leaf] = &stf;
        }
        return std::move(result_);
    }

private:
    void add(const Leaf& leaf) {
        LeafHistory history;
        history.leaf = &leaf;
        if (leaf.operation == "delete") history.state = LeafState::deleted;
        const auto [entry, is_new] = result_.leaves.emplace(leaf.at, history);
        if (is_new)
            result_.in_order.push_back(&entry->second);
        else
            result_.repeated.push_back(&leaf); // a repeated ID keeps the first; the repetition is the grammar's finding
    }

    void complain(const Leaf& leaf, TargetProblem problem, const LeafHistory* target = nullptr) {
        const bool has_ended = problem == TargetProblem::already_ended;
        result_.problems.push_back({&leaf, problem, target ? target->leaf : nullptr, has_ended ? target->ended_by : nullptr});
    }

    // The live target of a replace, append or delete, or null after the problem is noted.
    LeafHistory* target_of(const Leaf& leaf) {
        if (leaf.modified_file.empty()) return complain(leaf, TargetProblem::missing_reference), nullptr;
        const auto id = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file);
        if (!id) return complain(leaf, TargetProblem::malformed), nullptr;
        if (id->sequence > leaf.at.sequence) return complain(leaf, TargetProblem::later_sequence), nullptr;
        const auto found = result_.leaves.find(*id);
        if (found == result_.leaves.end() || found->second.leaf->operation == "delete")
            return complain(leaf, TargetProblem::not_found, found == result_.leaves.end() ? nullptr : &found->second), nullptr;
        LeafHistory& target = found->second;
        // ICH lets a leaf be appended to one of its own sequence; to replace or delete it there has no meaning.
        if (id->sequence == leaf.at.sequence && (leaf.operation != "append" || *id == leaf.at))
            return complain(leaf, TargetProblem::same_sequence, &target), nullptr;
        const bool has_ended = !is_current(target.state);
        if (has_ended) complain(leaf, TargetProblem::already_ended, &target);
        if (target.leaf->place->section != leaf.place->section) complain(leaf, TargetProblem::other_section, &target); // both may be true
        return has_ended ? nullptr : &target;
    }

    // What a sequence does it does at once, so that the order of its leaves does not matter: nothing is appended to what it replaces.
    void apply(const Sequence& sequence) {
        const std::size_t before = result_.problems.size();
        for (const Leaf& leaf : sequence.leaves)
            if (leaf.operation == "replace" || leaf.operation == "delete") apply(leaf);
        for (const Leaf& leaf : sequence.leaves)
            if (leaf.operation == "append") apply(leaf);
        std::stable_sort(result_.problems.begin() + static_cast<std::ptrdiff_t>(before), result_.problems.end(),
                         [](const LifecycleProblem& a, const LifecycleProblem& b) { return a.leaf < b.leaf; }); // in document order
    }

    void apply(const Leaf& leaf) {
        LeafHistory* target = target_of(leaf);
        if (!target) return;
        result_.leaves[leaf.at].target = target->leaf;
        if (leaf.operation == "append") {
            target->state = LeafState::appended_to;
        } else {
            target->state = leaf.operation == "replace" ? LeafState::replaced : LeafState::deleted;
            target->ended_by = &leaf;
        }
    }

    const Application& application_;
    Lifecycle result_;
};

} // namespace

std::vector<const LeafHistory*> Lifecycle::current(bool with_regional_and_stf) const {
    std::vector<const LeafHistory*> list;
    for (const LeafHistory* history : in_order)
        if (is_current(history->state) &&
            (with_regional_and_stf || (!is_regional_leaf(*history->leaf) && stfs.count(history->leaf->at) == 0)))
            list.push_back(history);
    return list;
}

Lifecycle compute_lifecycle(const Application& application) { return Computation(application).run(); }

} // namespace dossier::ectd
