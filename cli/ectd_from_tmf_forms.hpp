// The proposals of ectd plan --from-tmf as text, JSON, sheets and plan.
#pragma once

#include "cli/command.hpp"
#include "ectd/tmf_proposal.hpp"
#include "templates/tmf_catalogue.hpp"
#include "tmf/hand_over.hpp"

#include <string>
#include <vector>

namespace dossier::cli {

struct FromTmfResult {
    std::string application, study; // "us ind 123456"
    Date as_of;
    std::vector<ectd::Proposal> proposals;
    const std::vector<tmf::HandOverProposal>* hand_over = nullptr; // held back, lists, what a person decides, what stays
    const templates::TmfCatalogue* catalogue = nullptr;
    std::vector<Sheet> lists; // what lists are made of: investigators, ethics committees
    std::vector<std::string> notes;
};

// The rows to look through; refuses a file that is there.
Result<void> write_proposed_rows(Context& context, const std::string& application, const std::string& target, const Sheet& sheet);
Rendering from_tmf_rendering(const FromTmfResult& result); // `result` must outlive it
// The rows to add, and one without a source for each list that has to be made.
Sheet from_tmf_plan(const FromTmfResult& result, const ectd::StudyPlace& place);

} // namespace dossier::cli
