// The lines of `make bench` about looking into files: PDFs, worker processes, the cache.
#pragma once

#include <string>

namespace bench {

struct ContentBench {
    std::string folder;  // everything is made in it
    std::string program; // dossier
    int rounds = 1;      // of which the median is taken
    int leaves = 0;      // of the sequence that is validated again
    bool tiny = false;
};

// validate-pdf, validate-workers, validate-again. Over real PDFs of documentation packages (DOSSIER_ORACLE_PDFS or /usr/share/doc) where
// there are enough, else over made ones.
void bench_content(const ContentBench& bench);

} // namespace bench
