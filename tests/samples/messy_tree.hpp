// Folders as people keep them: the documents of the sample trial under the names that a CRO, two kinds of sites, a data room and a mailbox
// would give them. What each file is, the sample list knows. Same seed, same names.
#pragma once

#include "core/table.hpp"
#include "templates/tmf_catalogue.hpp"
#include "tmf/study.hpp"

#include <string>
#include <vector>

namespace messy {

struct File {
    std::string habit; // "CRO export", "site binder", "upload codes", "mail", "titles"
    std::string path;  // below the folder of its habit; no two are equal
    const dossier::TableRow* truth = nullptr;
    bool hopeless = false; // the name says nothing: scan0012.pdf
};

const std::vector<std::string>& habits();

// Every row with a file, once in each habit. `names` is tests/samples/filing_names.tsv.
std::vector<File> make_files(const dossier::Table& documents, const dossier::Tsv& names, const dossier::tmf::Study& study,
                             const dossier::templates::TmfCatalogue& catalogue, unsigned seed);

} // namespace messy
