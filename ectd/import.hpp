// Earlier sequences taken over into an application folder: all of them or none, byte for byte, each leaf's checksum compared with its
// bytes.
#pragma once

#include "core/filesystem.hpp"
#include "core/finding.hpp"
#include "core/time.hpp"
#include "ectd/import_source.hpp"
#include "templates/ectd_catalogue.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier::ectd {

struct ImportRequest {
    FileSystem& from;   // a disk, or an archive as a file system
    std::string folder; // in `from`
    std::string name;   // as given: of the folder, or of the archive without ".zip"
    FileSystem& fs;
    std::string application; // folder; made where it is not there
    const templates::EctdCatalogue& catalogue;
    Date today;
    std::function<void(const std::string&)> progress = {};
};

struct ImportedSequence {
    SequenceNumber number;
    bool was_there = false; // with the same bytes: nothing was written
    std::size_t files = 0;
    std::uint64_t bytes = 0;
};

struct ImportResult {
    std::vector<ImportedSequence> sequences;
    std::size_t checksums = 0;     // leaves whose checksum was compared
    std::vector<Finding> findings; // checksums that differ, files that are not there
    std::vector<std::string> notes;
    std::string application_file; // that marks the sequences as imported; empty: there is none
};

// Imported sequences count as sent (application.yaml: imported: DATE) and are never built again. Errors, with nothing changed: conflict
// when a sequence is there with other bytes, belongs to another application, or the application is being built; invalid for links and for
// names that leave their folder; whatever find_sequences says.
Result<ImportResult> import_sequences(const ImportRequest& request);

} // namespace dossier::ectd
