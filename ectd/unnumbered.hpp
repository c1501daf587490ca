// A sequence whose folder is not called by four digits: paths, references and the history all go by that number, so nothing in it is judged
// but the name itself.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/validation.hpp"

namespace dossier::ectd {

// As the regional file, or else the folder in m1, has it: us, eu, ca ... unknown.
std::string region_of_unnumbered(FileSystem& fs, const std::string& folder);

// `name`: of the folder. Rules about the name find it wrong, all others are not run.
ValidationReport judge_unnumbered(const RuleSet& rules, const std::string& name, const std::string& region, Date as_of);

} // namespace dossier::ectd
