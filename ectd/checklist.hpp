// How far a plan has come towards the first submission: each item of the check list (21 CFR 312.23, 314.50) against what the plan sends.
#pragma once

#include "ectd/plan.hpp"
#include "templates/ectd_checklist.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

enum class ChecklistState {
    there,   // the plan sends at least one document of its own for the item, and one for each study where that is asked for
    unclear, // fewer documents in the section than items that nothing tells apart, or none for a study: a person has to look
    waiting, // only rows without a source
    absent   // no row: removed because it does not apply, or forgotten
};

struct ChecklistItem {
    templates::ChecklistRow row;
    ChecklistState state = ChecklistState::absent;
    std::int64_t documents = 0;               // its own where a file tag or a form number tells them; else those of the section
    std::vector<std::string> studies_without; // of an item that is wanted for each study
    bool in_application_file = false;         // the submission form: application.yaml names it, no row of the plan
};

// Items of the first submission that have a place in the eCTD, in the order of the check list.
std::vector<ChecklistItem> measure_checklist(const Plan& plan, const std::vector<templates::ChecklistRow>& checklist, const Region& region);

const char* to_text(ChecklistState state);
std::string to_text(const std::vector<ChecklistItem>& items);
Json to_json(const std::vector<ChecklistItem>& items);

} // namespace dossier::ectd
