// Days that the lists of sites and countries give and a milestone of the same place overrides.
#pragma once

#include "tmf/study.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// Those of `after` that are not so in `before` (null: none is), one note each: both days, which of them counts, and how to mend it. A
// milestone's date counts before `activated` (03), `closed` (09) and `approved` (01, C03); its plan does for due dates only.
std::vector<std::string> note_overridden_dates(const Study* before, const Study& after);

} // namespace dossier::tmf
