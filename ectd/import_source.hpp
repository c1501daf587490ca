// Where the sequences lie in what somebody hands over: a folder of sequences, one sequence, an archive of either, also wrapped in one more
// folder as people pack them.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/sequence_number.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct FoundSequence {
    SequenceNumber number;
    std::string folder; // in the source's file system
};

struct ImportSource {
    std::vector<FoundSequence> sequences; // ascending
    std::vector<std::string> left_out;    // files and folders beside the sequences, which are not theirs
};

// `name`: of the folder or archive as given, which is the number of a single sequence. Errors: not_found where there is no sequence;
// conflict where the source holds the sequences of several applications; invalid for a sequence without number, and for what looks like a
// sequence and has no index.xml.
Result<ImportSource> find_sequences(FileSystem& fs, const std::string& folder, const std::string& name);

} // namespace dossier::ectd
