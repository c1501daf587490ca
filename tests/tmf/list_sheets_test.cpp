// Workbooks that hold more than one list: one sheet for each country. None is read in part without being asked for.
#include "tests/tmf/program.hpp"

#include "core/table.hpp"

using namespace tmf_test;

namespace {

const std::vector<std::string> header = {"file", "artifact", "title", "status"};

struct Books : Program {
    void write(const std::string& name, const std::vector<Sheet>& sheets) const { REQUIRE(write_xlsx(scratch / name, sheets)); }
    std::vector<std::string> import_of(const std::string& name, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"tmf", "import", name, "--study", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    std::string titles() const {
        const Json json = this->json({"tmf", "list"});
        std::vector<std::string> titles;
        for (const Json& document : json.find("documents")->items())
            titles.push_back(document.find("versions")->items().front().find("title")->text());
        return join(titles, ", ");
    }
};

const Sheet notes{"Notes", {"what", "who"}, {{"lists of May", "ann"}}};
const Sheet usa{"USA", header, {{"files/a.txt", "02.01.02", "Protocol", "final"}}};
const Sheet germany{"DE Nord", header, {{"files/b.txt", "02.01.01", "Brochure", "final"}, {"files/c.txt", "01.01.01", "Plan", "final"}}};
const Sheet empty{"FR", header, {}};

} // namespace

TEST_CASE("a workbook with several lists is refused with their names, and nothing is filed until one is named") {
    const Books p;
    p.write("BOOK.xlsx", {notes, usa, germany, empty});
    CHECK(p.refused(p.import_of("BOOK.xlsx"), 2) ==
          "dossier: BOOK.xlsx: 2 sheets of the workbook are lists: USA, DE Nord; none was read. Mend: say which one is meant, and run it "
          "again for each of the others: --sheet USA, --sheet 'DE Nord'\n");
    CHECK(p.refused(p.import_of("BOOK.xlsx", {"--keep-going"}), 2).find("2 sheets") != std::string::npos);
    CHECK(p.documents() == 0);
    p.require(p.import_of("BOOK.xlsx", {"--sheet", "USA"}));
    CHECK(p.titles() == "Protocol");
    p.require(p.import_of("BOOK.xlsx", {"--sheet", "de nord"})); // letter case aside, as spreadsheets have it
    CHECK(p.titles() == "Protocol, Brochure, Plan");
}

TEST_CASE("a sheet that is not there is refused with those that are") {
    const Books p;
    p.write("BOOK.xlsx", {notes, usa, germany});
    CHECK(p.refused(p.import_of("BOOK.xlsx", {"--sheet", "US"})) ==
          "dossier: BOOK.xlsx: the workbook has no sheet US. Mend: its sheets are Notes, USA, DE Nord\n");
    p.scratch.write("LIST.csv", "file,artifact\nfiles/a.txt,02.01.02\n");
    CHECK(p.refused(p.import_of("LIST.csv", {"--sheet", "USA"}), 2) ==
          "dossier: LIST.csv: this is no workbook, it has no sheet USA. Mend: leave --sheet out\n");
    CHECK(p.documents() == 0);
}

TEST_CASE("one list among sheets of notes, and beside a list without rows, is read as it was") {
    const Books p;
    p.write("BOOK.xlsx", {notes, empty, usa});
    const test::Run run = p.run(p.import_of("BOOK.xlsx"));
    INFO(run.err);
    CHECK(run.code == 0);
    CHECK(run.err.find("note: BOOK.xlsx: the sheet USA is read; not read: Notes, FR\n") != std::string::npos);
    CHECK(p.titles() == "Protocol");
    p.write("EMPTY.xlsx", {notes, empty});
    CHECK(p.refused(p.import_of("EMPTY.xlsx")) ==
          "note: EMPTY.xlsx: the sheet FR is read; not read: Notes\ndossier: EMPTY.xlsx: the list has no rows. Mend: write a row for each "
          "document below the headings\n");
}

TEST_CASE("reindex: several sheets of corrections are refused, one is named") {
    const Books p;
    p.import("file,artifact,title,status\nfiles/a.txt,02.01.02,One,final\nfiles/b.txt,02.01.02,Two,final\n");
    p.write("FIX.xlsx", {Sheet{"May", {"document", "title"}, {{"D-000001", "First"}}}, notes,
                         Sheet{"June", {"document", "title"}, {{"D-000002", "Second"}}}});
    CHECK(p.refused({"tmf", "reindex", "FIX.xlsx", "--reason", "read again"}, 2) ==
          "dossier: FIX.xlsx: 2 sheets of the workbook are lists: May, June; none was read. Mend: say which one is meant, and run it again "
          "for each of the others: --sheet May, --sheet June\n");
    CHECK(p.titles() == "One, Two");
    const test::Run run = p.run({"tmf", "reindex", "FIX.xlsx", "--sheet", "June", "--reason", "read again"});
    INFO(run.err);
    CHECK(run.code == 0);
    CHECK(run.err.find("note: FIX.xlsx: the sheet June is read; not read: May, Notes\n") != std::string::npos);
    CHECK(p.titles() == "One, Second");
    CHECK(p.refused({"tmf", "reindex", "D-000001", "--sheet", "May", "--title", "x", "--reason", "y"}, 2) ==
          "dossier: --sheet names a sheet of a list, and one document is given. Mend: leave --sheet out\n");
}
