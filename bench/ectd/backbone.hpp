// The lines of `make bench` about one very long backbone.
#pragma once

#include "core/filesystem.hpp"

#include <string>

namespace bench {

struct BackboneBench {
    std::string folder;  // everything is made in it
    std::string program; // dossier
    int leaves = 0;
    int rounds = 1; // of which the median is taken
};

// validate-index, validate-index-memory: an index.xml of so many leaves, all of the region-free rules, against xmllint with the same
// grammar.
void bench_backbone(dossier::FileSystem& fs, const BackboneBench& bench);

} // namespace bench
