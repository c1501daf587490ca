// Files of a sequence that its leaves name and that are not there: nobody could look into them. Internal to ectd/check_*.cpp.
#pragma once

#include "ectd/check.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct AbsentFile {
    std::string path;
    std::vector<const LeafFact*> leaves; // that name it
    std::string reason;                  // for not_run: "m2/22-intro/introduction.pdf: it is not there"
};

std::vector<AbsentFile> absent_files(const SequenceFacts& facts); // sorted by path

} // namespace dossier::ectd
