#include "core/finding.hpp"

namespace dossier {

int severity_rank(const std::string& severity) {
    if (severity == "high" || severity == "fail" || severity == "error") return 3;
    if (severity == "medium") return 2;
    if (severity == "low" || severity == "best_practice" || severity == "warning") return 1;
    return 0;
}

} // namespace dossier
