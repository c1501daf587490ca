// Bulk correction from a list, and that a dry run leaves every byte where it was.
#include "tests/tmf/program.hpp"

#include "core/table.hpp"
#include "tests/support/skip.hpp"

using namespace tmf_test;

namespace {

struct Filed : Program {
    Filed() {
        import("file,artifact,title,site,person,date,status\nfiles/a.txt,05.02.04,CV,701,P1,2025-01-05,final\n"
               "files/b.txt,05.02.04,CV,701,P1,2025-01-06,final\nfiles/c.txt,02.01.02,Protocol,,,2025-01-07,final\n");
        require({"tmf", "review", "D-000001", "--step", "index", "--accept"});
    }
    // Every row of every table, by Debian's sqlite3, and the trail as it is exported.
    std::string everything() const {
        test::tool_or_skip("sqlite3");
        const auto dump = test::run({"sqlite3", scratch / "repo/ledger.sqlite", ".dump"});
        REQUIRE(dump.code == 0);
        return dump.out + require({"tmf", "audit", "S", "--json"});
    }
    std::string dated(const char* document) const {
        return json({"tmf", "show", document}).find("versions")->items().front().find("date")->text();
    }
    void write_list(const std::vector<std::vector<SheetCell>>& rows) const {
        const Sheet notes{"Notes", {"what"}, {{"corrections of May"}}};
        REQUIRE(write_xlsx(scratch / "FIX.xlsx", {notes, Sheet{"Corrections", {"document", "artifact", "site", "person", "date"}, rows}}));
    }
};

} // namespace

TEST_CASE("reindex: a dry run says what would change and changes no byte, from options and from a list") {
    const Filed p;
    const std::string before = p.everything();
    CHECK(p.require({"tmf", "reindex", "D-000001", "--site", "0702", "--person", "P2", "--reason", "wrong site", "--dry-run"}) ==
          "D-000001@1  site 701 -> 0702\nD-000001@1  person P1 -> P2\n"
          "D-000001@1  index: to be checked again (was passed on 2025-10-01, checked by ann)\n1 would be corrected; nothing was changed\n");
    CHECK(
        p.json({"tmf", "reindex", "D-000003", "--restricted", "yes", "--reason", "names the arm", "--dry-run"}).find("dry_run")->boolean());
    p.write_list({{"D-000001", "", "", "", SheetCell::date("2025-02-01")}, {"D-000002", "", "0702", "P2", ""}});
    CHECK(p.require({"tmf", "reindex", "FIX.xlsx", "--reason", "read again", "--dry-run"})
              .find("2 would be corrected; nothing was changed\n") != std::string::npos);
    p.refused({"tmf", "reindex", "D-000001", "--site", "999", "--reason", "x", "--dry-run"}); // as the correction itself would be
    CHECK((p.everything() == before));
    p.require({"tmf", "check"});
}

TEST_CASE("reindex: a workbook of corrections is taken as a whole, or refused with sheet, row and column") {
    const Filed p;
    p.write_list({{"D-000001", "", "", "", SheetCell::date("2025-02-01")},
                  {"D-000002", "", "0702", "P2", ""},
                  {"D-000003", "02.01.01", "", "", "1 March 2025"}});
    const std::string before = p.everything();
    p.write_list({{"D-000001", "", "", "", SheetCell::date("2025-02-01")},
                  {"D-000002", "", "7020", "", ""},
                  {"D-000009", "", "", "", "2025-02-01"},
                  {"D-000003", "", "", "", "03/04/2025"}});
    const std::string refused = p.refused({"tmf", "reindex", "FIX.xlsx", "--reason", "read again"});
    for (const char* part :
         {"3 errors; nothing was changed", "sheet Corrections, row 3, column site",
          "sheet Corrections, row 4, column document: there is no document D-000009", "sheet Corrections, row 5, column date"})
        CHECK(refused.find(part) != std::string::npos);
    CHECK((p.everything() == before));
    p.write_list({{"D-000001", "", "", "", SheetCell::date("2025-02-01")},
                  {"D-000002", "", "0702", "P2", ""},
                  {"D-000003", "02.01.01", "", "", "1 March 2025"}});
    CHECK(p.require({"tmf", "reindex", "FIX.xlsx", "--reason", "read again"}).find("3 corrected\n") != std::string::npos);
    CHECK(p.dated("D-000001") == "2025-02-01");
    CHECK(p.dated("D-000002") == "2025-01-06");
    CHECK(p.dated("D-000003") == "2025-03-01");
    const std::string list = p.require({"tmf", "list", "--format", "csv"});
    CHECK(list.find("D-000002,1,final,05.02.04,Principal Investigator Curriculum Vitae,USA,0702,P2,") != std::string::npos);
    CHECK(list.find("D-000003,1,final,02.01.01,") != std::string::npos);
    const std::string history = p.require({"tmf", "history", "D-000003"});
    CHECK(history.find("why: read again") != std::string::npos);
    CHECK(p.require({"tmf", "reindex", "FIX.xlsx", "--reason", "again"}) == "0 corrected\n");
    p.require({"tmf", "check"});
}

TEST_CASE("reindex: a label is one version's, in whatever way it is written") {
    const Filed p;
    p.import("file,artifact,document,version,date,status\nfiles/a.txt,02.01.06,INS,1.0,2025-01-05,final\n"
             "files/b.txt,02.01.06,INS,2.0,2025-01-06,final\n");
    CHECK(p.refused({"tmf", "reindex", "D-000004@1", "--version", "v2", "--reason", "x"})
              .find("D-000004@2 has the label v2 already (as 2.0)") != std::string::npos);
    p.scratch.write("FIX.csv", "document,version\nD-000004@1,2.0\n");
    CHECK(p.refused({"tmf", "reindex", "FIX.csv", "--reason", "x"}).find("FIX.csv, row 2, column version: D-000004@2 has the label 2.0") !=
          std::string::npos);
    p.require({"tmf", "reindex", "D-000004@1", "--version", "1", "--reason", "as printed"}); // the same label
    p.require({"tmf", "reindex", "D-000004@1", "--version", "1.1", "--reason", "as printed"});
}

TEST_CASE("reindex: what filing notes of such a row is noted, what it was noted for before is not said again") {
    const Filed p;
    const auto notes = [&p](std::vector<std::string> cells) {
        std::vector<std::string> arguments{"tmf", "reindex"};
        arguments.insert(arguments.end(), cells.begin(), cells.end());
        arguments.insert(arguments.end(), {"--reason", "x"});
        const test::Run run = p.run(arguments);
        INFO(run.err);
        CHECK(run.code == 0);
        return run.err;
    };
    CHECK(notes({"D-000003", "--site", "701"}).find("note: D-000003@1: no rule expects 02.01.02 Protocol at site level") !=
          std::string::npos);
    CHECK(notes({"D-000003", "--title", "The protocol"}).find("no rule expects") == std::string::npos);
    CHECK(notes({"D-000002", "--person", "P2"}).find("note: D-000002@1: person P2") != std::string::npos);
}

TEST_CASE("reindex: that a document does not stay restricted is refused by the dry run as well, with its row where there is one") {
    const Filed p;
    p.require({"tmf", "file", "files/d.txt", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final"});
    p.scratch.write("FIX.csv", "document,title,restricted\nD-000003,The protocol,\nD-000004,,no\n");
    const std::string before = p.everything();
    const auto refused = [&p](std::vector<std::string> arguments, bool dry_run) {
        arguments.insert(arguments.begin(), {"tmf", "reindex"});
        arguments.insert(arguments.end(), {"--reason", "x"});
        if (dry_run) arguments.emplace_back("--dry-run");
        return p.refused(arguments);
    };
    const std::string why = "D-000004 is restricted and stays so: no correction opens it. Mend: where all may see it: 'dossier tmf get "
                            "D-000004 --output FILE', then 'dossier tmf file FILE --restricted no' with its particulars; before the "
                            "unblinding (S11) 'dossier tmf review D-000004 --reject other --comment TEXT' first\n";
    for (const bool dry_run : {true, false}) {
        CHECK(refused({"D-000004", "--restricted", "no"}, dry_run) == "dossier: " + why);
        CHECK(refused({"D-000004", "--artifact", "02.01.02", "--restricted", "no"}, dry_run) == "dossier: " + why);
        CHECK(refused({"FIX.csv"}, dry_run) == "dossier: FIX.csv, row 3, column restricted: " + why);
    }
    CHECK((p.everything() == before));
    CHECK(p.require({"tmf", "reindex", "D-000004", "--artifact", "02.01.02", "--reason", "x", "--dry-run"}).find("restricted") ==
          std::string::npos); // it goes there and stays so
}

TEST_CASE("reindex: what every document has cannot be emptied, by option or list") {
    const Filed p;
    const std::string before = p.everything();
    for (const std::string column : {"artifact", "status", "restricted"}) {
        const std::string why = column + " cannot be emptied. Mend: write the right value, or leave it out";
        CHECK(p.refused({"tmf", "reindex", "D-000003", "--" + column, "-", "--reason", "x"}).find(why) != std::string::npos);
        p.scratch.write("FIX.csv", "document," + column + "\nD-000003,-\n");
        CHECK(p.refused({"tmf", "reindex", "FIX.csv", "--reason", "x"}).find("FIX.csv, row 2, column " + column + ": " + why) !=
              std::string::npos);
    }
    CHECK((p.everything() == before));
    const std::string help = p.require({"tmf", "reindex", "--help"});
    CHECK(help.find("The right site; - empties it") != std::string::npos);
    for (const char* column : {"artifact", "status", "restricted"})
        CHECK(help.find(fill("The right {}; - empties it", std::string_view(column))) == std::string::npos);
}
