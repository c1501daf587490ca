#include "ectd/missing_sequences.hpp"

#include <algorithm>
#include <vector>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

// "0001, 0004 to 0006" of ascending numbers.
std::string ranges_of(const std::vector<int>& numbers) {
    std::vector<std::string> ranges;
    const auto text = [](int number) { return SequenceNumber(number).text(); };
    for (std::size_t first = 0, end = 0; first < numbers.size(); first = end) {
        for (end = first + 1; end < numbers.size() && numbers[end] == numbers[end - 1] + 1;) ++end;
        const int from = numbers[first], to = numbers[end - 1];
        ranges.push_back(from == to ? text(from) : text(from) + (to == from + 1 ? ", " : " to ") + text(to));
    }
    return join(ranges, ", ");
}

} // namespace

std::string missing_sequences(const SequenceFacts& facts, Between between) {
    const int own = facts.sequence->number.value(), last = between.before.value_or(facts.sequence->number).value();
    int next = between.after.value() + 1;
    std::vector<int> missing;
    bool any = false;
    for (const Sequence& sequence : facts.application->sequences) {
        const int number = sequence.number.value();
        for (; next < std::min(number, last); ++next)
            if (facts.never_used->count(SequenceNumber(next)) == 0) missing.push_back(next);
        if (number >= own) break;
        any = true;
        next = std::max(next, number + 1);
    }
    if (!any || missing.empty()) return "";
    return fill("{} {} {} not here", std::string_view(missing.size() == 1 ? "sequence" : "sequences"), ranges_of(missing),
                std::string_view(missing.size() == 1 ? "is" : "are"));
}

std::string unreachable_leaf(const SequenceFacts& facts, const LeafId& leaf, std::string_view what_for) {
    if (leaf.sequence >= facts.sequence->number) return "";
    const Sequence* sequence = facts.earlier(leaf.sequence);
    if (!sequence) return fill("sequence {}, {}, is not here", leaf.sequence.text(), what_for);
    const Backbone* file = leaf.file == sequence->index.file      ? &sequence->index
                           : leaf.file == sequence->regional.file ? &sequence->regional
                                                                  : nullptr;
    if (file && !file->is_read()) return fill("{} of sequence {} is not there or cannot be read", leaf.file, leaf.sequence.text());
    return "";
}

std::string unreachable_target(const SequenceFacts& facts, const Leaf& leaf) {
    if (leaf.modified_file.empty()) return "";
    if (const auto target = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file))
        return unreachable_leaf(facts, *target, "which holds targets");
    const std::string file = leaf.modified_file.substr(0, leaf.modified_file.find('#'));
    return leads_to_other_application(file, leaf) ? "targets lie in another application, which is not here" : "";
}

} // namespace dossier::ectd
