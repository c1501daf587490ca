// The dossiers of an application folder: folders of four digits, or ZIPs of the same name, that hold a manifest of ours.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/ctis/contents.hpp"
#include "ectd/sequence_number.hpp"

#include <map>
#include <optional>
#include <string>

namespace dossier::ectd::ctis {

// Where one dossier can be read. `root`: the folder that holds its manifest, in `fs`.
struct OpenDossier {
    std::shared_ptr<FileSystem> fs;
    std::string root;
};

// not_found when neither folder nor ZIP is there.
Result<OpenDossier> open_dossier(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder, SequenceNumber number);

// The numbers that are there, ascending.
Result<std::vector<SequenceNumber>> list_dossiers(FileSystem& fs, const std::string& application_folder);

// Of the highest dossier below `number`. Empty: there is none. Errors: it is there and cannot be read.
Result<std::optional<Contents>> contents_before(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder,
                                                SequenceNumber number);

} // namespace dossier::ectd::ctis
