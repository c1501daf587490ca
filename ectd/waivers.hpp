// Waivers: findings that somebody has looked at and accepted, with the reason, until a day. They are reported as waived, never hidden.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "ectd/validation.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct Waiver {
    std::string rule;     // its id, its number, or its id without "dossier:"
    std::string sequence; // empty: any
    std::string path;     // of the finding, '*' stands for any characters; empty: any
    std::string reason, who;
    std::optional<Date> until; // the last day; empty: for good
    Place at;
};

// YAML (waivers: [{rule, sequence, path, reason, who, until}]) or CSV or XLSX with those columns. Errors name file, line and key: an
// unknown key, no rule, no reason, nobody who answers for it, no date.
Result<std::vector<Waiver>> read_waivers(FileSystem& fs, const std::string& path);

// Takes waived findings out of the reports' findings, judges anew, and says which waivers are over and which met nothing. Those of other
// sequences than the reports' are left alone.
void apply_waivers(const std::vector<Waiver>& waivers, std::vector<ValidationReport>& reports);

} // namespace dossier::ectd
