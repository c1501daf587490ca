// What a path or an archive holds: one sequence (with its history beside it) or an application.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"
#include "ectd/sequence_number.hpp"

#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct Package {
    std::string name;                   // for reports: the folder's name, "0001" or "ind123456"
    std::string application_folder;     // "" = the root of an archive
    std::optional<SequenceNumber> only; // set: the package is this sequence; else the application
    std::vector<std::string> beside;    // of an archive: what lies in it beside the sequences or the application's folder
    std::string unnumbered;             // set: it is one sequence, and its folder is called otherwise than by four digits: it is not read
    std::vector<std::string> strangers; // folders that hold an index.xml and are not called by four digits: they are not read
};

// `folder` is absolute, or "" for the root of an archive. Errors: not_found when there is nothing, invalid when there is no sequence; both
// say what was looked for.
Result<Package> find_package(FileSystem& fs, const std::string& folder, const std::string& shown_as);

// The sequences of an application, ascending.
Result<std::vector<SequenceNumber>> find_sequence_numbers(FileSystem& fs, const std::string& application_folder);

} // namespace dossier::ectd
