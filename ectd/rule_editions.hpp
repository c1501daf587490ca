// Which rule set judges a region's sequences on a given day.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "templates/source.hpp"

#include <string>

namespace dossier::ectd {

// Of the sets for sequences of `region` the one in force on `day`; where several are, the newest (its report names the other). Where none
// is, the first one that comes into force later, else the last that was (its report says so). "dossier", the region-independent house
// rules, for a region without a set. Errors: a set whose head cannot be read.
Result<std::string> rule_set_in_force(const templates::Source& source, const std::string& region, Date day);

} // namespace dossier::ectd
