// A sequence packed for a gateway: one .tar.gz with the sequence folder as its root, read back and compared with the files it was made of.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "ectd/sequence_number.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct TransportFile {
    std::string path; // below the sequence folder
    bool is_folder = false;
    FileDigests digests; // of a file
};

// Everything in the sequence folder, in the order of the archive: parents first, names bytewise. Errors: links and devices are refused, a
// gateway would send something else than what they point to.
Result<std::vector<TransportFile>> take_stock(FileSystem& fs, const std::string& folder);

// Packs exactly `stock`. The archive appears under its name complete and compared, or not at all. Errors: conflict when `target` is there,
// lies in the sequence, or a file is not what it was when stock was taken.
Result<FileDigests> write_transport(FileSystem& fs, const std::string& folder, SequenceNumber sequence,
                                    const std::vector<TransportFile>& stock, const std::string& target);

} // namespace dossier::ectd
