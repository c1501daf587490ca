// Sequences that were received before this one and have a higher number: what they did to the leaves that this one modifies.
#include "ectd/facts_internal.hpp"

#include <set>

#include "ectd/package.hpp"

namespace dossier::ectd::facts {

namespace {

bool ends_target(const Leaf& leaf) { return leaf.operation == "replace" || leaf.operation == "delete"; }

std::optional<LeafId> target_of(const Leaf& leaf) { return resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file); }

} // namespace

// Of each target the first. What is appended to before it is replaced is no defect: appends do not count.
Result<void> add_later_endings(FileSystem& fs, const std::string& root, const templates::EctdCatalogue& catalogue, SequenceFacts& facts) {
    const SequenceNumber own = facts.sequence->number;
    std::set<LeafId> targets;
    for (const Leaf& leaf : facts.sequence->leaves)
        if (const auto target = target_of(leaf); ends_target(leaf) && target) targets.insert(*target);
    if (targets.empty()) return {};
    DOSSIER_TRY(const std::vector<SequenceNumber> numbers, find_sequence_numbers(fs, root));
    for (const SequenceNumber number : numbers) {
        if (number <= own) continue;
        const Sequence later = read_sequence(fs, root, number, catalogue);
        for (const Leaf& leaf : later.leaves)
            if (const auto target = target_of(leaf); ends_target(leaf) && target && targets.erase(*target) > 0)
                facts.later_endings.push_back({*target, leaf.at, leaf.operation == "delete"});
    }
    return {};
}

} // namespace dossier::ectd::facts
