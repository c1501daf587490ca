#include "ectd/missing_sequences.hpp"

#include <algorithm>
#include <vector>

#include "core/text.hpp"

namespace dossier::ectd {

std::string missing_sequences(const SequenceFacts& facts, Between between) {
    const int own = facts.sequence->number.value(), last = between.before.value_or(facts.sequence->number).value();
    int next = between.after.value() + 1;
    std::vector<std::string> ranges;
    std::size_t count = 0;
    bool any = false;
    const auto text = [](int number) { return SequenceNumber(number).text(); };
    const auto add_missing = [&](int end) { // those from `next` up to before `end`
        if (next >= end) return;
        count += static_cast<std::size_t>(end - next);
        ranges.push_back(end - next == 1 ? text(next) : text(next) + (end - next == 2 ? ", " : " to ") + text(end - 1));
        next = end;
    };
    for (const Sequence& sequence : facts.application->sequences) {
        const int number = sequence.number.value();
        add_missing(std::min(number, last));
        if (number >= own) break;
        any = true;
        next = std::max(next, number + 1);
    }
    if (!any || count == 0) return "";
    return fill("{} {} {} not here", std::string_view(count == 1 ? "sequence" : "sequences"), join(ranges, ", "),
                std::string_view(count == 1 ? "is" : "are"));
}

std::string unreachable_target(const SequenceFacts& facts, const Leaf& leaf) {
    if (leaf.modified_file.empty()) return "";
    const auto target = resolve_target(leaf.modified_file, leaf.at.sequence, leaf.at.file);
    if (!target) {
        const std::string file = leaf.modified_file.substr(0, leaf.modified_file.find('#'));
        return leads_to_other_application(file, leaf) ? "targets lie in another application, which is not here" : "";
    }
    if (target->sequence >= facts.sequence->number) return "";
    const Sequence* sequence = facts.earlier(target->sequence);
    if (!sequence) return fill("sequence {}, which holds targets, is not here", target->sequence.text());
    const Backbone* file = target->file == sequence->index.file      ? &sequence->index
                           : target->file == sequence->regional.file ? &sequence->regional
                                                                     : nullptr;
    if (file && !file->is_read()) return fill("{} of sequence {} is not there or cannot be read", target->file, target->sequence.text());
    return "";
}

} // namespace dossier::ectd
