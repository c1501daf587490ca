// An organisation's own lists and models in the user's data folder; for `standards add` and `standards list`.
#pragma once

#include "cli/command.hpp"

#include <string>

namespace dossier::cli {

struct OwnStandardOptions {
    std::string model, mapping, sheet, definitions = "ours";
    void declare(Options& options);
};

// A workbook or a text table; folders and other archives are official files.
Result<bool> is_own_standard(Context& context, const std::string& path);
Result<int> add_own_standard(Context& context, const std::string& path, const OwnStandardOptions& options);

Json own_standards_json(Context& context);
std::string own_standards_text(Context& context); // empty when there are none

} // namespace dossier::cli
