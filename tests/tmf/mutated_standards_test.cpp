// Own lists, reference-model workbooks, their mappings and study files, damaged as such files get damaged: each is taken or refused with
// the file named, a refusal changes nothing, and what was taken can be read.
#include "tests/tmf/filing_bench.hpp"
#include "tests/tmf/mutator.hpp"

#include <iostream>
#include <sstream>

#include "cli/own_standards.hpp"
#include "core/yaml.hpp"
#include "templates/own_standard.hpp"
#include "tests/support/python.hpp"
#include "tmf/completeness.hpp"

using namespace tmf_test;

namespace {

const std::string sound_list =
    "list\tACME-2026\nversion\t3\nowner\tAcme Ltd\nmodel\t3.3.1\n"
    "action\trule\tunique_id\tsub_artifact\tlevel\tper\trole\tcondition\tdue_anchor\tdue_offset_days\tcount\tvalidity\n"
    "\tACME-01\t001\tTrial Master File Index\ttrial\tstudy\t\t\t02@study\t30\t\t\n"
    "\tACME-02\t087\tCV cover sheet\tsite\tperson\tprincipal_investigator\t\t03@site\t\t\t\n"
    "\tACME-03\t107\t\tsite\tmonitoring_visit\t\timp\tmonitoring_visit.date\t14\t\tyears:2\n"
    "retire\tEDL-036-01\t\t\t\t\t\t\t\t\t\t\n"
    "change\tEDL-032-01\t\t\t\t\t\t\t02@study\t10\t2\t\n"
    "\t\t032\tProtocol synopsis in plain words\t\t\t\t\t\t\t\t\n";

// A workbook with the published headings, and the same table as text.
Sheet model_sheet() {
    Sheet sheet{"TMF RM",
                {"Unique ID Number", "Artifact #", "Artifact name", "Core or Recommended for inclusion", "Definition / Purpose",
                 "Sub-artifacts", "Trial Level Document", "Country/Region Level Document", "Site Level Document"},
                {}};
    const auto x = [](bool yes) { return std::string(yes ? "X" : ""); };
    for (const auto& a : catalogue().artifacts)
        sheet.rows.push_back({fill("{:03}", a.unique_id), a.number, a.name, a.core ? "Core" : "Recommended", a.definition, a.sub_artifacts,
                              x(a.at_trial), x(a.at_country), x(a.at_site)});
    return sheet;
}

// What the commands print while they are tried.
class Silence {
public:
    Silence() : out_(std::cout.rdbuf(sink_.rdbuf())), err_(std::cerr.rdbuf(sink_.rdbuf())) {}
    ~Silence() {
        std::cout.rdbuf(out_);
        std::cerr.rdbuf(err_);
    }

private:
    std::ostringstream sink_;
    std::streambuf *out_, *err_;
};

struct Tally {
    int taken = 0, refused = 0;
};

// One `standards add` into a data folder of its own.
void try_standard(const test::Scratch& scratch, unsigned seed, const std::string& name, const std::string& bytes,
                  const cli::OwnStandardOptions& options, Tally& tally) {
    INFO("seed " << seed << ", " << name);
    const std::string folder = fill("data/{}", std::int64_t{seed});
    scratch.write(name, bytes);
    cli::Context context;
    context.fs = make_disk_file_system();
    context.data_folder = scratch / folder;
    const auto done = [&] {
        const Silence silence;
        return cli::add_own_standard(context, scratch / name, options);
    }();
    const templates::OwnStandards own(*context.fs, context.data_folder);
    const auto lists = own.names("list"), models = own.names("model");
    if (!done) {
        ++tally.refused;
        const std::string message = to_text(done.error());
        INFO(message);
        const bool names_file = message.find(name) != std::string::npos || message.find("MAP.yaml") != std::string::npos;
        CHECK((names_file || done.error().kind == ErrorKind::usage));
        CHECK((lists.empty() && models.empty()));
        return;
    }
    ++tally.taken;
    CHECK(lists.size() + models.size() == 1);
    const auto find = [&own](const std::string& kind, const std::string& which) { return own.find(kind, which); };
    const auto read = templates::read_study_catalogue(templates::Source(), models.empty() ? "3.3.1" : models.front(), lists, find);
    INFO((read ? "" : to_text(read.error())));
    CHECK(read.has_value());
}

} // namespace

TEST_CASE(
    "own standards: 300 damaged lists, models and mappings are taken whole or refused with the file named, and nothing is left behind") {
    const test::Scratch scratch;
    REQUIRE(write_xlsx(scratch / "sound.xlsx", {model_sheet()}));
    const std::string workbook = scratch.read("sound.xlsx"), text = to_csv(model_sheet());
    REQUIRE(write_xlsx(scratch / "list.xlsx", {[] {
                           const auto lines = split(sound_list, '\n');
                           Sheet sheet{"List", split(lines.front(), '\t'), {}};
                           for (std::size_t i = 1; i < lines.size(); ++i) {
                               std::vector<SheetCell> cells;
                               for (const std::string& cell : split(lines[i], '\t')) cells.emplace_back(cell);
                               sheet.rows.push_back(std::move(cells));
                           }
                           return sheet;
                       }()}));
    const std::string list_workbook = scratch.read("list.xlsx");
    const std::string mapping =
        "model: 4.0-acme\ntitle: Acme model\nbase: 3.3.1\ncolumns: {Artifact name: name, \"Artifact #\": artifact}\n";
    Tally lists, models, mappings;
    for (unsigned seed = 0; seed < 300; ++seed) {
        Mutator mutator(seed);
        cli::OwnStandardOptions options;
        if (seed % 3 != 0) {
            const bool as_workbook = seed % 6 == 1;
            const std::string bytes =
                as_workbook ? mutator.flip(list_workbook) : mutator.mutate(seed % 2 == 0 ? mutator.mutate_lines(sound_list) : sound_list);
            try_standard(scratch, seed, as_workbook ? "LIST.xlsx" : "LIST.tsv", bytes, options, lists);
            continue;
        }
        options.model = "4.0-acme";
        switch (seed / 3 % 3) {
        case 0:
            try_standard(scratch, seed, "MODEL.xlsx", mutator.flip(workbook), options, models);
            break;
        case 1:
            try_standard(scratch, seed, "MODEL.csv", mutator.mutate(text), options, models);
            break;
        default:
            scratch.write("MAP.yaml", mutator.mutate_lines(mapping));
            options.mapping = scratch / "MAP.yaml";
            try_standard(scratch, seed, "MODEL.xlsx", workbook, options, mappings);
        }
    }
    for (const Tally* tally : {&lists, &models, &mappings}) {
        CHECK(tally->taken > 0);
        CHECK(tally->refused > 0);
    }
}

TEST_CASE("study files: after each of 200 damaged ones the study is what it was, or what the file says and can be counted") {
    FilingBench bench;
    const std::string sound = test::read_bytes(test::source_folder() + "/samples/trial/study.yaml");
    const std::string place = "STUDY.yaml";
    Ledger& ledger = bench.repository->ledger();
    const auto state = [&ledger] {
        std::string all;
        const auto studies = ledger.studies();
        REQUIRE(studies);
        for (const StudyRecord& record : *studies) all += record.id + " " + record.model + " " + record.facts + "\n";
        return all + fill("{}", ledger.audit_head()->sequence);
    };
    int taken = 0, refused = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        INFO("seed " << seed);
        Mutator mutator(seed);
        const std::string bytes = mutator.mutate_lines(seed % 3 == 0 ? mutator.mutate_lines(sound) : sound);
        const std::string before = state();
        const auto applied = [&]() -> Result<ApplyOutcome> {
            DOSSIER_TRY(const Yaml yaml, parse_yaml(bytes, place));
            DOSSIER_TRY(auto found, read_study(yaml, catalogue()));
            return apply_study(*bench.repository, catalogue(), std::move(found), bench.author, {});
        }();
        if (!applied) {
            ++refused;
            const std::string message = to_text(applied.error());
            INFO(message);
            CHECK((applied.error().kind == ErrorKind::conflict || message.find(place) != std::string::npos));
            CHECK(state() == before);
            continue;
        }
        ++taken;
        const auto study = load_study(ledger, catalogue(), applied->study);
        INFO((study ? "" : to_text(study.error())));
        REQUIRE(study.has_value());
        const auto documents = load_documents(ledger, *study);
        REQUIRE(documents.has_value());
        CHECK_FALSE(count(catalogue(), *study, documents->documents, "2026-06-30").rows.empty());
    }
    CHECK(taken > 0);
    CHECK(refused > 0);
}
