#include <catch2/catch.hpp>

#include <cstdlib>
#include <map>
#include <set>

#include "core/text.hpp"
#include "tests/samples/messy_tree.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tmf/row_check.hpp"
#include "tmf/scan.hpp"

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

struct Count {
    int right = 0, wrong = 0, abstained = 0;
    void add(const std::string& truth, const std::string& proposed) {
        if (truth.empty() && proposed.empty()) return;
        if (proposed == truth)
            ++right;
        else if (proposed.empty())
            ++abstained;
        else
            ++wrong;
    }
    std::string row(const std::string& name) const {
        const int all = right + wrong + abstained;
        const auto percent = [all](int part) { return fill("{:.1f} %", 100.0 * part / std::max(all, 1)); };
        return fill("| {} | {} | {} | {} | {} |\n", name, all, percent(right), percent(wrong), percent(abstained));
    }
};

std::string as_number(const std::string& version) { // "2" and "2.0" are one version
    return tmf::is_numeric_label(version) && version.find('.') == std::string::npos ? version + ".0" : version;
}

struct Measured {
    std::map<std::string, Count> by_zone, by_habit, by_field, by_confidence;
    Count artifacts;
    int sure = 0, sure_and_wrong = 0;
    std::vector<std::string> mistakes;
};

const char* band(int confidence) {
    return confidence >= 90 ? "90 to 100" : confidence >= 80 ? "80 to 89" : confidence >= 60 ? "60 to 79" : "1 to 59";
}

void measure_one(const messy::File& file, const tmf::Proposal& proposal, Measured& into) {
    const auto truth = [&file](const char* column) { return file.truth->cell(column); };
    const std::vector<std::vector<std::string>> fields = {
        {"artifact", truth("artifact"), proposal.artifact},
        {"country", truth("country"), proposal.country},
        {"site", truth("site"), proposal.site},
        {"person", truth("person"), proposal.person},
        {"event", truth("event"), proposal.event},
        {"date", truth("date"), proposal.date ? proposal.date->text() : ""},
        {"version", as_number(truth("version")), as_number(proposal.version)},
        {"language", truth("language"), proposal.language},
        {"status", truth("status"), proposal.status},
    };
    for (const auto& field : fields) into.by_field[field[0]].add(field[1], field[2]);
    into.artifacts.add(truth("artifact"), proposal.artifact);
    const templates::Artifact* artifact = sample().catalogue.artifact_by_number(truth("artifact"));
    into.by_zone[artifact->zone + " " + artifact->zone_name].add(truth("artifact"), proposal.artifact);
    into.by_habit[file.habit].add(truth("artifact"), proposal.artifact);
    const bool wrong = proposal.artifact != truth("artifact") || proposal.country != truth("country") || proposal.site != truth("site");
    if (proposal.artifact.empty()) return;
    Count& row = into.by_confidence[band(proposal.confidence)];
    ++(wrong ? row.wrong : row.right);
    into.sure += proposal.is_sure() ? 1 : 0;
    into.sure_and_wrong += proposal.is_sure() && wrong ? 1 : 0;
    if (wrong)
        into.mistakes.push_back(fill("{} [{}] {}: {} {} {} (is {} {} {}): {}", proposal.confidence, file.habit, file.path,
                                     proposal.artifact, proposal.country, proposal.site, truth("artifact"), truth("country"), truth("site"),
                                     join(proposal.why, "; ")));
}

Measured measure(unsigned with_seed) {
    const auto tables = templates::read_scan_tables(templates::Source(), sample().catalogue);
    REQUIRE(tables);
    const tmf::Scanner scanner(sample().catalogue, *tables, sample().study, *parse_date("2026-06-30"));
    Measured measured;
    for (const messy::File& file : messy::make_files(sample().documents, sample().names, sample().study, sample().catalogue, with_seed)) {
        const tmf::Proposal proposal = scanner.propose(file.path);
        measure_one(file, proposal, measured);
        if (file.hopeless) CHECK(proposal.artifact.empty());
        CHECK_FALSE(proposal.why.empty());
    }
    return measured;
}

std::string table(const std::string& title, const std::vector<std::pair<std::string, Count>>& rows) {
    std::string text = fill("| {} | files | right | wrong | abstained |\n|---|---|---|---|---|\n", title);
    for (const auto& [name, count] : rows) text += count.row(name);
    return text + "\n";
}

std::string tables_of(const Measured& measured) {
    const auto all = [](const std::map<std::string, Count>& counts) {
        return std::vector<std::pair<std::string, Count>>(counts.begin(), counts.end());
    };
    std::vector<std::pair<std::string, Count>> zones = all(measured.by_zone), fields, bands;
    zones.emplace_back("all", measured.artifacts);
    for (const char* field : {"artifact", "country", "site", "person", "event", "date", "version", "language", "status"})
        fields.emplace_back(field, measured.by_field.at(field));
    for (const char* name : {"90 to 100", "80 to 89", "60 to 79", "1 to 59"})
        if (measured.by_confidence.count(name) > 0) bands.emplace_back(name, measured.by_confidence.at(name));
    return table("artifact, by zone", zones) + table("artifact, by habit", all(measured.by_habit)) + table("field", fields) +
           table("artifact and place, by confidence", bands);
}

} // namespace

TEST_CASE("scan: right, wrong and abstained are as docs/scan.md says, and wrong is rare") {
    const Measured measured = measure(seed);
    const std::string documented = test::read_bytes(test::source_folder() + "/docs/scan.md");
    const std::string now = tables_of(measured);
    if (std::getenv("DOSSIER_SHOW_MISTAKES"))
        for (const std::string& mistake : measured.mistakes) WARN(mistake);
    INFO("the tables are now:\n" << now);
    CHECK(documented.find(now) != std::string::npos);
}

TEST_CASE("scan: what the docs promise holds for other names too") {
    for (const unsigned other : {1u, 2u, 3u}) {
        const Measured measured = measure(other);
        const int all = measured.artifacts.right + measured.artifacts.wrong + measured.artifacts.abstained;
        CAPTURE(other, all, measured.artifacts.wrong, measured.sure, measured.sure_and_wrong);
        CHECK(measured.artifacts.wrong * 100 <= all * 3);          // "wrong in at most 3 of 100 files"
        CHECK(measured.sure_and_wrong * 100 <= measured.sure * 2); // "at most 2 of 100 rows that need no confirmation"
        CHECK(measured.artifacts.right * 2 >= all);                // or it would be of no use
    }
}

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
