// Where a change of a study's facts takes place, when it only records milestones: whoever may record those of a country or a site need
// not have the right in the whole study.
#pragma once

#include "tmf/access.hpp"
#include "tmf/records.hpp"

#include <vector>

namespace dossier::tmf {

// The places of the milestones that differ, each once. Empty: something else differs too, or nothing does, or the facts cannot be read.
std::vector<Scope> places_of_milestones(const StudyRecord& before, const StudyRecord& after);

} // namespace dossier::tmf
