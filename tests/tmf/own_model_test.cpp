// A reference-model workbook of an organisation: read, compared, named by a study, moved to. The workbook is written here, in the headings
// of the published one, from the shipped model with a few artifacts altered.
#include "tests/tmf/program.hpp"

#include "core/digest.hpp"
#include "core/table.hpp"
#include "templates/tmf_catalogue.hpp"

#include <algorithm>
#include <functional>

using namespace tmf_test;

namespace {

struct Row {
    std::string id, number, name, core, definition, sub_artifacts, trial, country, site;
};

std::vector<Row> shipped() {
    std::vector<Row> rows;
    const auto catalogue = templates::read_tmf_catalogue(templates::Source());
    const auto x = [](bool yes) { return std::string(yes ? "X" : ""); };
    for (const auto& a : catalogue->artifacts)
        rows.push_back({fill("{:03}", a.unique_id), a.number, a.name, a.core ? "Core" : "Recommended", a.definition,
                        replace_all(a.sub_artifacts, "; ", "\n"), x(a.at_trial), x(a.at_country), x(a.at_site)});
    return rows;
}

Row& row_of(std::vector<Row>& rows, const std::string& id) {
    for (Row& row : rows)
        if (row.id == id) return row;
    throw std::runtime_error("no row " + id);
}

const std::vector<std::string> headings = {
    "Unique ID Number",     "Artifact #",    "Artifact name",        "Core or Recommended for inclusion",
    "Definition / Purpose", "Sub-artifacts", "Trial Level Document", "Country/Region Level Document",
    "Site Level Document"};

Sheet sheet_of(const std::vector<Row>& rows, std::vector<std::string> header = headings) {
    Sheet sheet{"TMF RM", std::move(header), {}};
    for (const Row& r : rows)
        sheet.rows.push_back({r.id, r.number, r.name, r.core, r.definition, r.sub_artifacts, r.trial, r.country, r.site});
    return sheet;
}

void write_workbook(const Program& p, const std::string& name, const std::vector<Row>& rows) {
    const Sheet cover{"Read me", {"What", "Who"}, {{"Our model", "QA"}}};
    REQUIRE(write_xlsx(p.scratch / name, {cover, sheet_of(rows)}));
}

// 032 renamed, 034 renumbered, 259 retired, 260 split from 001, 261 new, 036 defined otherwise.
std::vector<Row> altered() {
    auto rows = shipped();
    row_of(rows, "032").name = "Trial Protocol";
    row_of(rows, "034").number = "02.01.30";
    row_of(rows, "036").definition = "Proof that subjects are insured";
    rows.erase(std::find_if(rows.begin(), rows.end(), [](const Row& r) { return r.id == "259"; }));
    rows.push_back({"260", "01.01.30", "Trial Master File Index", "Core", "The index", "", "X", "", ""});
    rows.push_back({"261", "05.02.40", "Site Laptop Receipt", "Recommended", "Who has the laptop", "Receipt\nReturn", "", "", "X"});
    return rows;
}

const std::string moved = replace_all(program_study, "{id: S,", "{id: S, model: 4.0-acme,");

} // namespace

TEST_CASE("own model: a study moves to it after its changes were shown and accepted") {
    Program p;
    p.import("artifact,file,date,status\n032,files/a.txt,2025-02-01,final\n02.01.04,files/b.txt,2025-02-01,final\n");
    write_workbook(p, "MODEL.xlsx", altered());
    CHECK(p.refused({"standards", "add", "MODEL.xlsx"}, 2).find("add --model with a name for it that studies will use") !=
          std::string::npos);
    const test::Run added = p.run({"standards", "add", "MODEL.xlsx", "--model", "4.0-acme"});
    INFO(added.out + added.err);
    REQUIRE(added.code == 0);
    const std::vector<std::string> changes = {
        "artifact 032 renamed: Protocol -> Trial Protocol", "artifact 034 renumbered: 02.01.04 -> 02.01.30",
        "artifact 260 split from 001: 01.01.30 Trial Master File Index was a sub-artifact of 01.01.01 Trial Master File Plan",
        "artifact 261 new: 05.02.40 Site Laptop Receipt"};
    for (const std::string& change : changes) CHECK(added.out.find("  " + change + "\n") != std::string::npos);
    CHECK(added.out.find("artifact 259 retired: ") != std::string::npos);
    CHECK(added.out.find("rule EDL-259-01 off: its artifact is not in the model") != std::string::npos);
    CHECK(added.out.find("artifact 001") == std::string::npos); // what did not change is not told
    CHECK(added.err.find("1 definitions differ from the program's own words; those were kept") != std::string::npos);

    p.scratch.write("STUDY.yaml", moved);
    CHECK(
        p.refused({"study", "apply", "STUDY.yaml"})
            .find("the study would move from model 3.3.1 to 4.0-acme; nothing was changed. Mend: look at what that means with --dry-run") !=
        std::string::npos);
    const std::string dry = p.require({"study", "apply", "STUDY.yaml", "--dry-run"});
    CHECK(dry.find("  study: model 3.3.1 -> 4.0-acme\n") != std::string::npos);
    CHECK(dry.find("  " + changes[0] + " (1 documents)\n") != std::string::npos);
    CHECK(dry.find("  " + changes[1] + " (1 documents)\n") != std::string::npos);
    CHECK(dry.find("rule EDL-259-01 off") != std::string::npos);
    CHECK(p.json({"tmf", "completeness", "S"}).find("model")->text() == "3.3.1");
    p.require({"study", "apply", "STUDY.yaml", "--accept-model-change"});

    test::run({"rm", "-r", p.scratch / "data"}); // the repository has its copy
    const Json report = p.json({"tmf", "completeness", "S"});
    CHECK(report.find("model")->text() == "4.0-acme");
    CHECK(report.find("counted")->find("left_out")->items().size() > 0);
    for (const Json& row : report.find("rows")->items()) {
        if (row.find("unique_id")->text() == "032") CHECK(row.find("name")->text() == "Trial Protocol");
        if (row.find("unique_id")->text() == "034") CHECK(row.find("artifact")->text() == "02.01.30");
        CHECK(row.find("unique_id")->text() != "259");
    }
    CHECK(p.require({"tmf", "show", "D-000002"}).find("02.01.30") != std::string::npos); // it kept its unique identifier
    p.import("artifact,sub_artifact,site,file\n05.02.40,return,701,files/c.txt\n");
    CHECK(p.import_refused("artifact,file\n02.01.04,files/d.txt\n").find("there is no artifact 02.01.04") != std::string::npos);
    CHECK(p.require({"tmf", "check", "--read-data"}).find("sound") != std::string::npos);
}

TEST_CASE("own model: lists over all studies say each document's artifact as its own study does") {
    Program p;
    p.import("artifact,file,date,status,title\n032,files/a.txt,2025-02-01,final,Words alike\n");
    write_workbook(p, "MODEL.xlsx", altered());
    REQUIRE(p.run({"standards", "add", "MODEL.xlsx", "--model", "4.0-acme"}).code == 0);
    p.scratch.write("OTHER.yaml", replace_all(moved, "id: S,", "id: S2,"));
    p.require({"study", "apply", "OTHER.yaml"});
    p.require({"tmf", "file", "files/b.txt", "--study", "S2", "--artifact", "02.01.30", "--date", "2025-02-01", "--title", "Words alike"});
    for (const auto& command : {std::vector<std::string>{"tmf", "list"}, {"tmf", "search", "words"}}) {
        const Json found = p.json(command);
        const auto& documents = found.find("documents")->items();
        REQUIRE(documents.size() == 2);
        CHECK(documents[0].find("artifact")->text() == "02.01.02");
        CHECK(documents[0].find("name")->text() == "Protocol");
        CHECK(documents[1].find("artifact")->text() == "02.01.30"); // 034, which is 02.01.04 in model 3.3.1
        auto with = command;
        with.insert(with.end(), {"--artifact", "02.01.30"}); // a number of one of the two models
        CHECK(p.json(with).find("documents")->items().size() == 1);
        with.back() = "02.01.99";
        CHECK(p.refused(with).find("there is no artifact 02.01.99") != std::string::npos);
    }
    CHECK(p.require({"tmf", "list"}).find("02.01.30") != std::string::npos);
}

TEST_CASE("own model: documents whose artifact vanished block the move and are named") {
    Program p;
    p.import("artifact,file,date,status\n259,files/a.txt,2025-02-01,final\n");
    write_workbook(p, "MODEL.xlsx", altered());
    REQUIRE(p.run({"standards", "add", "MODEL.xlsx", "--model", "4.0-acme"}).code == 0);
    p.scratch.write("STUDY.yaml", moved);
    const std::string told = p.refused({"study", "apply", "STUDY.yaml", "--accept-model-change"});
    CHECK(told.find("model 4.0-acme lacks artifacts that documents are filed under; nothing was changed") != std::string::npos);
    CHECK(told.find("is gone, and D-000001 are filed under it. Mend: move them first with 'dossier tmf reindex'") != std::string::npos);
}

TEST_CASE("own model: other headings through a mapping, header in the fourth row, what may unblind stays so") {
    const Program p;
    auto header = headings;
    header[0] = "Doc-ID";
    header[2] = "Bezeichnung";
    header.emplace_back("Remark");
    const std::string csv = "Our model\r\nversion of May\r\n\r\n" + to_csv(sheet_of(altered(), header)).substr(3);
    p.scratch.write("MODEL.csv", csv);
    p.scratch.write("map.yaml", "model: 4.0-acme\ntitle: Acme model\ncolumns: {Doc-ID: unique_id, Bezeichnung: nam}\n");
    CHECK(p.refused({"standards", "add", "MODEL.csv", "--mapping", "map.yaml"})
              .find("columns: nam is no name of ours. Mend: did you mean name?") != std::string::npos);
    p.scratch.write("map.yaml", "model: 4.0-acme\ntitle: Acme model\ncolumns: {Doc-ID: unique_id, Bezeichnung: name}\n");
    const Json added = p.json({"standards", "add", "MODEL.csv", "--mapping", "map.yaml"});
    CHECK(added.find("name")->text() == "4.0-acme");
    CHECK(added.find("changes")->items().size() >= 5);
    const std::string table = p.scratch.read("data/dossier/own/model/4.0-acme/reference-model.tsv");
    CHECK(table.find("# source: MODEL.csv, sha256 " + sha256_of(csv).hex()) != std::string::npos);
    // 133, treatment allocation, may unblind; the workbook has no word for it.
    for (const std::string& line : split(table, '\n'))
        if (starts_with(line, "133\t")) CHECK(split(line, '\t')[25] == "yes");
}

TEST_CASE("own model: every fault of a workbook is told with its row and column") {
    const Program p;
    const auto faults = [&p](const std::function<void(std::vector<Row>&)>& spoil) {
        auto rows = shipped();
        spoil(rows);
        p.scratch.write("BAD.csv", to_csv(sheet_of(rows)));
        return p.refused({"standards", "add", "BAD.csv", "--model", "bad"});
    };
    // Row 1 is the header, so artifact 002 stands in row 3 unless a definition before it fills two lines.
    CHECK(faults([](auto& rows) { rows[1].id = "001"; }).find("column unique_id: unique identifier 001 stands already in row 2") !=
          std::string::npos);
    CHECK(faults([](auto& rows) { rows[1].id = "1001"; }).find("column unique_id: \"1001\" is no unique identifier") != std::string::npos);
    CHECK(faults([](auto& rows) { rows[1].number = "1.1.2"; }).find("column artifact: \"1.1.2\" is no artifact number") !=
          std::string::npos);
    CHECK(faults([](auto& rows) { rows[1].number = rows[0].number; }).find("column artifact: number 01.01.01 stands already in row 2") !=
          std::string::npos);
    CHECK(faults([](auto& rows) { rows[1].name = ""; }).find("column name: the artifact has no name") != std::string::npos);
    CHECK(faults([](auto& rows) {
              rows[1].trial = rows[1].country = rows[1].site = "";
          }).find("column trial: artifact 002 is filed at no level") != std::string::npos);
    CHECK(faults([](auto& rows) {
              rows[1].core = "perhaps";
          }).find("column core: \"perhaps\" is neither yes nor no. Mend: write Core or Recommended") != std::string::npos);
    CHECK(faults([](auto& rows) {
              rows[1].name = "";
              rows[2].number = "x";
          }).find("the model has 2 errors; nothing was taken") != std::string::npos);
    p.scratch.write("NONE.csv", "a,b\n1,2\n");
    CHECK(p.refused({"standards", "add", "NONE.csv", "--model", "bad"}).find("none of the first 10 rows names a known column") !=
          std::string::npos);
    CHECK(p.refused({"standards", "add", "NONE.csv", "--model", "3.3.1"}).find("the program brings model 3.3.1") != std::string::npos);
    CHECK(p.refused({"standards", "add", "GONE.xlsx", "--model", "bad"}).find("GONE.xlsx") != std::string::npos);
}

TEST_CASE("own model: a file that is neither list nor model is told as such, not asked for a name") {
    Program p;
    p.scratch.write("notes.txt", "hello\n");
    p.scratch.write("protocol.pdf", "%PDF-1.4\n");
    p.scratch.write("documents.csv", "file,artifact\na.txt,02.01.02\n");
    for (const char* name : {"notes.txt", "protocol.pdf", "documents.csv"}) {
        const std::string said = p.refused({"standards", "add", name});
        INFO(said);
        CHECK(starts_with(said, std::string("dossier: ") + name));
        CHECK(said.find("--model") == std::string::npos);
    }
    p.scratch.write("list.csv", "list,ACME\nversion,1\nowner,A\nmodel,3.3.2\naction,rule\nretire,EDL-036-01\n");
    CHECK(p.refused({"standards", "add", "list.csv"}) ==
          "dossier: list.csv: there is no model 3.3.2. Mend: take it in with 'dossier standards add FILE'; the program knows 3.3.1\n");
}

TEST_CASE("own model: a study file that names a model nobody has is told where it does") {
    const Program p;
    p.scratch.write("STUDY.yaml", "study:\n  id: S\n  lists: [ACME-2026@3]\n  model: \"9.9\"\n");
    CHECK(p.refused({"study", "apply", "STUDY.yaml"}) == "dossier: STUDY.yaml, line 4: there is no model 9.9. Mend: take it in with "
                                                         "'dossier standards add FILE'; the program knows 3.3.1\n");
    p.scratch.write("STUDY.yaml", "study:\n  id: S\n  lists:\n    - ACME-2026@3\n");
    CHECK(p.refused({"study", "apply", "STUDY.yaml"}).find("STUDY.yaml, line 4: there is no list ACME-2026@3") != std::string::npos);
}
