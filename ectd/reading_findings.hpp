// What was wrong when an application was read, each at the sequence or leaf it is about: for looking at it, not for judging it (that is
// validation's business).
#pragma once

#include "ectd/activity.hpp"
#include "ectd/facts.hpp"
#include "ectd/lifecycle.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct ReadingFinding {
    std::string kind; // missing-sequence | missing-backbone | unreadable | missing-file | dead-target | lone-appendix | study-file |
                      // envelope | unused-number | other-version
    std::optional<SequenceNumber> sequence; // empty: of the application
    const Leaf* leaf = nullptr;             // null: of the sequence
    std::string message;
};

// In order of sequences and leaves. `files`: what each leaf's href leads to (find_leaf_files).
std::vector<ReadingFinding> find_reading_findings(const Application& application, const Lifecycle& lifecycle, const Statements& stated,
                                                  const std::vector<Activity>& activities, const std::vector<LeafFact>& files);

} // namespace dossier::ectd
