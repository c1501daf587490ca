// The submission form of a sequence (form FDA 1571, 356h): application.yaml names it, and it goes into the envelope of the regional file.
#pragma once

#include "ectd/application_file.hpp"
#include "ectd/content_source.hpp"

#include <string>

namespace dossier::ectd {

struct Plan;
struct PlanRequest;

struct SubmissionForm {
    Content content;
    std::string source; // as application.yaml has it
    std::string path;   // of the file in the sequence
    std::string id, title;
    Place place; // in application.yaml
};

// Finds the form of the planned sequence and puts it into the plan. A form that is not there, not whole, or lies where a document of the
// plan does: an error when a sequence is built, else a note; so is a row of the plan that brings it in place of application.yaml, and a
// sequence without one.
Result<void> add_submission_form(Plan& plan, const PlanRequest& request);

} // namespace dossier::ectd
