// The sample trial as the tests of `tmf scan` want it: catalogue, study, what its list knows, and the words people name files with.
#pragma once

#include <catch2/catch.hpp>

#include "core/table.hpp"
#include "core/text.hpp"
#include "core/yaml.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tmf/row_check.hpp"
#include "tmf/scan.hpp"

namespace scan_sample {

struct Sample {
    dossier::templates::TmfCatalogue catalogue;
    dossier::templates::ScanTables tables; // of the catalogue
    dossier::tmf::Study study;
    dossier::Table documents;
    dossier::Tsv names;
};

inline const Sample& sample() {
    using namespace dossier;
    static Sample sample; // filled in its place: the tables point into its catalogue
    static const bool loaded = [] {
        const auto fs = make_disk_file_system();
        auto catalogue = templates::read_tmf_catalogue(templates::Source());
        REQUIRE(catalogue);
        sample.catalogue = std::move(*catalogue);
        auto tables = templates::read_scan_tables(templates::Source(), sample.catalogue);
        REQUIRE(tables);
        sample.tables = std::move(*tables);
        const std::string trial = test::source_folder() + "/samples/trial/";
        const auto yaml = parse_yaml(test::read_bytes(trial + "study.yaml"), "study.yaml");
        REQUIRE(yaml);
        auto reading = tmf::read_study(*yaml, sample.catalogue);
        REQUIRE(reading);
        sample.study = std::move(reading->study);
        auto documents = read_table(*fs, trial + "documents.csv", tmf::list_columns());
        REQUIRE(documents);
        sample.documents = std::move(*documents);
        auto names = parse_tsv(test::read_bytes(test::source_folder() + "/tests/samples/filing_names.tsv"), "filing_names.tsv",
                               {"artifact", "event", "tab", "names", "german", "french"});
        REQUIRE(names);
        sample.names = std::move(*names);
        return true;
    }();
    REQUIRE(loaded);
    return sample;
}

// What is proposed for a file of the trial, long after it has begun.
inline dossier::tmf::Proposal propose(const std::string& path) {
    static const dossier::tmf::Scanner scanner(sample().catalogue, sample().tables, sample().study, *dossier::parse_date("2026-06-30"));
    return scanner.propose(path);
}

inline std::string why(const dossier::tmf::Proposal& proposal) { return dossier::join(proposal.why, "; "); }

} // namespace scan_sample
