// The facts of a study as a change of the ledger; for study_apply.cpp and milestone_setting.cpp.
#pragma once

#include "tmf/ledger.hpp"

namespace dossier::tmf {

// `stored`: what is replaced; none of a new study.
Change study_change(const Study& study, const std::optional<StudyRecord>& stored, std::string action, std::string reason);

} // namespace dossier::tmf
