// A sequence packed for a gateway: one .tar.gz with the sequence folder as its root (Canada: below the folder of its dossier), read back
// and compared with the files it was made of.
#pragma once

#include "core/digest.hpp"
#include "core/filesystem.hpp"
#include "ectd/sequence_number.hpp"
#include "templates/application_numbers.hpp"

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

// The folders of the archive that hold the files of the sequence: "0001"; for Canada "c123456/0001", where the upper one is the dossier
// identifier. `application`: its number in the envelope. Errors: invalid when a folder has to be named by it and it has not the form.
Result<std::string> transport_root(const std::vector<templates::NumberForm>& forms, const std::string& region,
                                   const std::string& application, SequenceNumber sequence);

// Packs exactly `stock`, below `root`. The archive appears under its name complete and compared, or not at all. Errors: conflict when
// `target` is there, lies in the sequence, or a file is not what it was when stock was taken.
Result<FileDigests> write_transport(FileSystem& fs, const std::string& folder, const std::string& root,
                                    const std::vector<TransportFile>& stock, const std::string& target);

} // namespace dossier::ectd
