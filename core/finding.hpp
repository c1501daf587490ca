// What is wrong with a submission or a trial master file: data, not an error.
#pragma once

#include <string>
#include <vector>

namespace dossier {

// Severities as their owners call them: FDA high|medium|low, EU fail|best_practice, Canada error|warning, ours error|warning|info.
// rank(): 3 rejecting (high, fail, error), 2 (medium), 1 (low, best_practice, warning), 0 (info and unknown words).
int severity_rank(const std::string& severity);

struct Finding {
    std::string rule;   // the rule's own identifier, e.g. fda-3.2.2:1323
    std::string number; // the authority's number; empty for a house rule
    std::string severity;
    std::string path;     // file, relative to the target
    std::string location; // leaf, element, line, page: as exact as known
    std::string message;
    std::string remedy;
};

struct RuleOutcome {
    std::string rule;
    std::string reason; // why it was not run, or does not apply
};

} // namespace dossier
