// What every line of the benchmark needs: sizes, the model, folders, and repositories with made-up trials in them.
#pragma once

#include "bench/trial.hpp"
#include "tmf/repository.hpp"
#include "tmf/sqlite.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bench {

struct Sizes {
    std::string name;
    int big_sites = 0;        // of the one big study
    int studies = 0;          // besides it, of 58 sites each
    int import_documents = 0; // of the import lines
    int filings = 0;          // one by one
    int rounds = 0;           // of which the median is taken
    static Sizes tiny(), fifth(), full();
};
constexpr int small_sites = 58;
constexpr const char* big_study = "BIG";
constexpr const char* small_study = "S001";

struct Workbench {
    Sizes sizes;
    std::string folder;  // everything is made in it
    std::string program; // dossier
    dossier::templates::TmfCatalogue catalogue;
    std::shared_ptr<dossier::FileSystem> disk;

    std::string repository() const { return folder + "/repository"; }             // the big study and the small ones
    std::string small_repository() const { return folder + "/small-repository"; } // a fifth of that
};

template <class T> T require(dossier::Result<T> result) { // a benchmark that cannot be made ends with the reason
    if (!result) throw std::runtime_error(dossier::to_text(result.error()));
    return std::move(*result);
}
inline void require(dossier::Result<void> result) {
    if (!result) throw std::runtime_error(dossier::to_text(result.error()));
}

dossier::tmf::Author author();
std::vector<dossier::tmf::Change> filing_changes(const std::vector<MadeDocument>& documents, std::size_t first, std::size_t last);
dossier::tmf::Change study_change(const dossier::tmf::Study& study);

// Makes a repository with the big study of `big_sites` and `studies` small ones; half of the slots have a document.
void make_repository(const Workbench& bench, const std::string& folder, int big_sites, int studies);

// The lines.
void bench_memory(const Workbench& bench);
void bench_completeness(const Workbench& bench);
void bench_import(const Workbench& bench);
void bench_audit(const Workbench& bench);
void bench_filing(const Workbench& bench);

} // namespace bench
