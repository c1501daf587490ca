#include <catch2/catch.hpp>

#include <set>

#include "tests/samples/messy_tree.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tmf/row_check.hpp"

// Proposals for messy folders, held against what the sample trial's list knows.

using namespace dossier;

namespace {

const unsigned seed = 20260630;

struct Sample {
    templates::TmfCatalogue catalogue;
    tmf::Study study;
    Table documents;
    Tsv names;
};

const Sample& sample() {
    static const Sample loaded = [] {
        Sample sample;
        const auto fs = make_disk_file_system();
        auto catalogue = templates::read_tmf_catalogue(templates::Source());
        REQUIRE(catalogue);
        sample.catalogue = std::move(*catalogue);
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
        return sample;
    }();
    return loaded;
}

std::vector<messy::File> files() { return messy::make_files(sample().documents, sample().names, sample().study, sample().catalogue, seed); }

} // namespace

TEST_CASE("scan: the messy folders hold every document of the sample trial once in each habit, the same for the same seed") {
    const auto once = files(), again = files();
    REQUIRE(once.size() == 5 * 412); // 414 rows, two of them pointers without a file
    std::set<std::string> paths;
    for (std::size_t i = 0; i < once.size(); ++i) {
        CHECK(once[i].path == again[i].path);
        CHECK(paths.insert(once[i].habit + "/" + once[i].path).second);
        CHECK(once[i].path.find('/') != std::string::npos);
    }
}
