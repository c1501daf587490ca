// Milestones that `milestone set` records beside those of the study file.
#pragma once

#include "tmf/study.hpp"

namespace dossier::tmf {

bool happens_again(std::string_view milestone); // 05, 06, 11: may stand several times for one place

// A date that a command recorded stays where the file gives none: a file that only plans the milestone does not take it back.
void keep_recorded_milestones(const Study& stored, Study& study);

} // namespace dossier::tmf
