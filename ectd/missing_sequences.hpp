// Numbers below a sequence's own that nobody has given to the program. A number may never have been used, and a sequence may have been
// withdrawn: the program cannot know. Internal to ectd/check_*.cpp.
#pragma once

#include "ectd/facts.hpp"

#include <string>

namespace dossier::ectd {

// "sequences 0001, 0004 to 0006 are not here", of those behind `after`; empty: all are here, or none before this one is (then
// SequenceFacts::history_gap says so). What rules say of the state of earlier leaves depends on them.
std::string missing_sequences(const SequenceFacts& facts, SequenceNumber after = SequenceNumber(0)); // 0000 is not every region's first

} // namespace dossier::ectd
