// What of the history is not here. Numbers below a sequence's own that nobody has given to the program: a number may never have been used,
// and a sequence may have been withdrawn, which the program cannot know but where it is stated. Internal to ectd/check_*.cpp.
#pragma once

#include "ectd/facts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace dossier::ectd {

// "sequences 0001, 0004 to 0006 are not here", of those that `between` allows; empty: all are here, or none before this one is (then
// SequenceFacts::history_gap says so). What rules say of the state of earlier leaves depends on them.
struct Between {
    SequenceNumber after = SequenceNumber(0); // 0000 is not every region's first
    std::optional<SequenceNumber> before;     // empty: the sequence's own number
};
std::string missing_sequences(const SequenceFacts& facts, Between between = {});

// Why a leaf of an earlier sequence cannot be looked at: the sequence is not here ("which holds targets" says what for), its backbone
// cannot be read. Empty when it can.
std::string unreachable_leaf(const SequenceFacts& facts, const LeafId& leaf, std::string_view what_for);

// Why the leaf that `leaf` modifies cannot be looked at: its sequence is not here, its backbone cannot be read, it is of another
// application. Empty when it can, or when the reference itself is wrong.
std::string unreachable_target(const SequenceFacts& facts, const Leaf& leaf);

} // namespace dossier::ectd
