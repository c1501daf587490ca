// Made-up applications to measure with, the same ones each time.
#pragma once

#include "core/filesystem.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

struct Sizes {
    int documents = 0;                   // of the big sequence
    int sequences = 0, per_sequence = 0; // of the long application
    int rounds = 0;                      // of which the median is taken
    int leaves = 0;                      // of the long backbone
    static Sizes tiny() { return {60, 4, 10, 1, 300}; }
    static Sizes fifth() { return {4'000, 40, 500, 5, 200'000}; } // the backbone whole: xmllint is not linear
    static Sizes full() { return {20'000, 40, 500, 3, 200'000}; }
};

// An application folder with a plan of many documents, nine of ten PDFs (half of them under 130 KB), one of twenty a data set of some
// megabytes, the rest small XML: 0.33 MB on the average. Nothing is built.
struct BigApplication {
    std::string folder;
    std::vector<std::string> files; // absolute
    std::uint64_t bytes = 0;
};
BigApplication make_big_application(dossier::FileSystem& fs, const std::string& folder, int documents);

// An application folder whose next sequence is the last of `sequences`: application.yaml for all of them, and a plan for each
// (plan-0001.csv …) of `documents` documents, a fifth of which replace some of the sequence before.
void make_long_application(dossier::FileSystem& fs, const std::string& folder, int sequences, int documents);

} // namespace bench
