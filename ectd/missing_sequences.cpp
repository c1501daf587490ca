#include "ectd/missing_sequences.hpp"

#include <algorithm>
#include <vector>

#include "core/text.hpp"

namespace dossier::ectd {

std::string missing_sequences(const SequenceFacts& facts, SequenceNumber after) {
    const int own = facts.sequence->number.value();
    int next = after.value() + 1;
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
        add_missing(std::min(number, own));
        if (number >= own) break;
        any = true;
        next = std::max(next, number + 1);
    }
    if (!any || count == 0) return "";
    return fill("{} {} {} not here", std::string_view(count == 1 ? "sequence" : "sequences"), join(ranges, ", "),
                std::string_view(count == 1 ? "is" : "are"));
}

} // namespace dossier::ectd
