// The dossiers of an application folder: folders of four digits, or ZIPs of the same name, that hold a manifest of ours.
#pragma once

#include "core/filesystem.hpp"
#include "core/zip.hpp"
#include "ectd/ctis/contents.hpp"
#include "ectd/sequence_number.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dossier::ectd::ctis {

// Where one dossier can be read. `root`: the folder that holds its manifest, in `fs`.
struct OpenDossier {
    std::shared_ptr<FileSystem> fs;
    std::string root;
    std::vector<ZipFault> faults; // of a ZIP that was opened to judge it
};

// To build on a ZIP it has to be sound as a whole; to judge it, everything that can be read counts.
enum class ZipFor { building, judging };

// not_found when neither folder nor ZIP is there.
Result<OpenDossier> open_dossier(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder, SequenceNumber number,
                                 ZipFor purpose = ZipFor::building);

// The numbers that are there, ascending.
Result<std::vector<SequenceNumber>> list_dossiers(FileSystem& fs, const std::string& application_folder);

// What a path holds: one dossier, or all of an application.
struct DossierPlace {
    std::shared_ptr<FileSystem> fs;
    std::string application_folder; // in `fs`; "" = the root of an archive
    std::vector<SequenceNumber> numbers;
    bool one = false;             // it is one dossier, not an application
    std::vector<ZipFault> faults; // of the ZIP that holds them all
};

// Empty: `path` (a folder or a ZIP) holds no manifest of ours.
Result<std::optional<DossierPlace>> find_dossiers(const std::shared_ptr<FileSystem>& fs, const std::string& path);

// Of the highest dossier below `number`. Empty: there is none. Errors: it is there and cannot be read.
Result<std::optional<Contents>> contents_before(const std::shared_ptr<FileSystem>& fs, const std::string& application_folder,
                                                SequenceNumber number);

} // namespace dossier::ectd::ctis
