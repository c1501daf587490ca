#include <catch2/catch.hpp>

#include <cstdlib>
#include <functional>
#include <map>
#include <set>

#include "core/text.hpp"
#include "tests/samples/messy_tree.hpp"
#include "tests/samples/scan_sample.hpp"

// Proposals for messy folders, held against what the sample trial's list knows.

using namespace dossier;
using scan_sample::sample;

namespace {

const unsigned seed = 20260630;

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
    const tmf::Scanner scanner(sample().catalogue, sample().tables, sample().study, *parse_date("2026-06-30"));
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

namespace {

// The same files under names that say: not this one. Whatever the file was, a sure proposal would be wrong.
struct Trap {
    const char* name;
    std::function<std::string(const std::string& path)> set; // "": it does not fit this path
    bool is_of_trial; // the document is the trial's, but old or unfinished: it may be proposed, for somebody to look at
};

std::string with_suffix(const std::string& path, const std::string& suffix) {
    const std::size_t dot = path.rfind('.');
    return path.substr(0, dot) + suffix + path.substr(dot);
}

const std::vector<Trap>& traps() {
    static const auto other_study = [](const std::string& number, const std::string& path) {
        const std::string other = replace_all(replace_all(path, "MDL-201", number), "MDL201", number);
        return other == path ? std::string() : other;
    };
    static const std::vector<Trap> all = {
        {"the number of the next study, MDL-202", [](const std::string& path) { return other_study("MDL-202", path); }, false},
        {"\"study ABC-777\" in the name", [](const std::string& path) { return with_suffix(path, " study ABC-777"); }, false},
        {"in a folder `Templates`", [](const std::string& path) { return "Templates/" + path; }, false},
        {"in a folder `Missing`", [](const std::string& path) { return "Missing/" + path; }, false},
        {"\"do not use\" in the name", [](const std::string& path) { return with_suffix(path, " DO NOT USE"); }, false},
        {"in a folder `Archive`", [](const std::string& path) { return "Archive/" + path; }, true},
        {"in a folder `Superseded`", [](const std::string& path) { return "Superseded/" + path; }, true},
        {"\"not signed\" in the name", [](const std::string& path) { return with_suffix(path, " not signed"); }, true},
        {"\"unsigned\" in the name", [](const std::string& path) { return with_suffix(path, " unsigned"); }, true},
    };
    return all;
}

std::string table_of_traps() {
    const tmf::Scanner scanner(sample().catalogue, sample().tables, sample().study, *parse_date("2026-06-30"));
    const std::vector<messy::File> all = files();
    std::string text = "| name or folder | files | nothing proposed | to be confirmed | sure |\n|---|---|---|---|---|\n";
    for (const Trap& trap : traps()) {
        int count = 0, nothing = 0, sure = 0;
        for (const messy::File& file : all) {
            const std::string path = trap.set(file.path);
            if (path.empty()) continue;
            const tmf::Proposal proposal = scanner.propose(path);
            ++count;
            nothing += proposal.artifact.empty() ? 1 : 0;
            sure += proposal.is_sure() ? 1 : 0;
            CAPTURE(path, join(proposal.why, "; "));
            if (trap.is_of_trial)
                CHECK_FALSE(proposal.is_sure());
            else
                CHECK(proposal.artifact.empty());
        }
        text += fill("| {} | {} | {} | {} | {} |\n", std::string_view(trap.name), count, nothing, count - nothing - sure, sure);
    }
    return text;
}

} // namespace

TEST_CASE("scan: names and folders that say 'not this one' are never sure") {
    const std::string now = table_of_traps();
    INFO("the table is now:\n" << now);
    CHECK(test::read_bytes(test::source_folder() + "/docs/scan.md").find(now) != std::string::npos);
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
