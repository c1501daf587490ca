// What words of file and folder names mean: the tables tmf/scan-words.tsv and tmf/scan-marks.tsv (docs/scan.md).
#pragma once

#include "templates/tmf_catalogue.hpp"

#include <string>
#include <vector>

namespace dossier::templates {

struct ScanWords { // a row of scan-words.tsv
    std::string words;
    const Artifact* artifact = nullptr; // of the catalogue the table was read with
    int weight = 0;                     // 1 to 99
    std::string role, event;            // empty: any, none
    std::string part;                   // sub-artifact, as the model names it; empty: the artifact itself or any
};

struct ScanMark { // a row of scan-marks.tsv
    std::string kind, words, means;
};

struct ScanTables {
    std::vector<ScanWords> words;
    std::vector<ScanMark> marks;
};

// The catalogue must outlive the tables. Rows for artifacts that the catalogue's model does not have are left out.
Result<ScanTables> read_scan_tables(const Source& source, const TmfCatalogue& catalogue);

} // namespace dossier::templates
