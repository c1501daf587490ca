// Regulatory activities: which sequences belong together. The United States say it by the submission-id (the number of the activity's first
// sequence), the EU and Canada by the related sequence.
#pragma once

#include "ectd/application.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct Activity {
    std::string number; // of the sequence that opened it, as the envelopes write it; of the sequence itself where they name none
    std::string type;   // code or word of the submission type, of the first sequence that says one
    std::vector<SequenceNumber> sequences; // ascending
    bool opening_is_here = false;          // the sequence that opened it is among `sequences`
};

// In the order of their numbers. A sequence may belong to several (EU: one response may serve several activities).
std::vector<Activity> find_activities(const Application& application);

} // namespace dossier::ectd
