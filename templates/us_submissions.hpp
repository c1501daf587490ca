// What submission types and sub-types of the US module 1 go with (templates/ectd/us-submissions.tsv).
#pragma once

#include "core/result.hpp"
#include "templates/source.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

struct SubmissionUse {
    enum class Says { not_with, opens, continues };
    std::string code; // fdast2, fdasst4
    Says says = Says::not_with;
    std::vector<std::string> application_types; // of not_with: fdaat4
    std::string basis, confidence;
};

// Null where the table says nothing of the kind about the code.
const SubmissionUse* find_use(const std::vector<SubmissionUse>& uses, const std::string& code, SubmissionUse::Says says);
// Why a submission of the type is none for an application of the type; null where it may be one.
const SubmissionUse* find_refusal(const std::vector<SubmissionUse>& uses, const std::string& submission_type,
                                  const std::string& application_type);

// A malformed table is an error with file, line and column.
Result<std::vector<SubmissionUse>> read_submission_uses(const Source& source);

} // namespace dossier::templates
