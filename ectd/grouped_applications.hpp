// Module 1 of the United States may send one sequence to several applications, each with a sequence number and an activity of its own. One
// of them holds the files, in the folder that its sequence number names.
#pragma once

#include "ectd/facts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

struct GroupedApplication {
    bool holds_files = false;
    std::vector<const FieldFact*> fields; // what its part of the envelope says, in document order

    const FieldFact* field(std::string_view name) const; // the first; null when there is none
    std::vector<const FieldFact*> fields_of(std::string_view name) const;
    // By which its activities are counted: that of the folder where it holds the files, else its own. Empty: it names none.
    std::optional<SequenceNumber> number(const SequenceFacts& facts) const;
};

// In document order. A region or module 1 without such groups is one application, which holds the files. What stands before the first
// application (the applicant) is the first one's.
std::vector<GroupedApplication> applications_of(const SequenceFacts& facts);

} // namespace dossier::ectd
