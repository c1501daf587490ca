// The lines of `make bench` about validating a large sequence without looking into its files.
#pragma once

#include "core/filesystem.hpp"

#include <string>

namespace bench {

struct SequenceBench {
    std::string folder; // of an application that is built: its sequence 0001
    std::string list;   // a file of the names of all files of the sequence, for xargs
    int rounds = 1;     // of which the median is taken
};

// validate-files, validate-files-one-by-one: everything that is found out about the sequence but what is inside its documents, and all
// rules of its region over it, against `xargs -P2 md5sum` of its files; with the lanes that the processor has, and without.
void bench_sequence(dossier::FileSystem& fs, const SequenceBench& bench);

} // namespace bench
