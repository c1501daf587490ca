// Leaves that a build writes besides those of the plan's rows: the submission form and the study tagging files. They are shown with the
// operations, each as what it is.
#pragma once

#include "core/json.hpp"
#include "core/table.hpp"
#include "ectd/plan.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct AccompanyingLeaf {
    std::string kind;             // submission form | study tagging file
    std::string operation;        // new | append
    const Leaf* target = nullptr; // what it is appended to
    std::string section, title, path, source, reason, id, study;
};

std::vector<AccompanyingLeaf> accompanying_leaves(const Plan& plan);

// The same in the forms of a plan (ectd/plan.hpp): a list of its own in JSON, paragraphs, and rows with the columns of the plan's sheet, in
// which `kind` is one more.
Json accompanying_json(const Plan& plan);
std::string accompanying_text(const Plan& plan);
void add_accompanying(Sheet& sheet, const Plan& plan);

} // namespace dossier::ectd
