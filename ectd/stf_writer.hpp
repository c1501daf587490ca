// Study tagging files (ICH STF 2.2.1; facts in docs/design.md): the first of a study under a heading is new, each later one is appended to
// it and lists only what its sequence adds or replaces.
#pragma once

#include "ectd/plan.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct StfPlan {
    std::string study_id, title;
    std::vector<std::pair<std::string, std::string>> categories;
    std::string path;               // of the file, relative to the sequence
    std::vector<HeadingStep> steps; // heading of its leaf
    std::string leaf_id;
    std::string operation;        // new | append
    const Leaf* target = nullptr; // the study's first STF
    std::vector<const PlannedOperation*> contents;
};

// One for each study and heading that gets leaves in this sequence; none in a region that has none. A delete alone needs none. Title and
// categories are those of application.yaml, but the title stays that of the study's first one.
std::vector<StfPlan> plan_stfs(const Plan& plan);

std::string stf_title(const StfPlan& stf); // of its leaf

std::string write_stf(const StfPlan& stf, const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
