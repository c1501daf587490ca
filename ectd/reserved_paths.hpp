// Places in a sequence that the build itself writes to.
#pragma once

#include "ectd/plan.hpp"

#include <vector>

namespace dossier::ectd {

// Errors: rows whose file would lie where the regional file or a study tagging file of this sequence does, and studies whose tagging files
// would lie in one place.
std::vector<Error> check_reserved_paths(const Plan& plan, const Region& region);

} // namespace dossier::ectd
