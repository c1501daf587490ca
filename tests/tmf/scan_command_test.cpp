// `tmf scan`: the list it writes, and that `tmf import` takes it as it is.
#include "tests/tmf/program.hpp"

#include <cstdlib>
#include <unistd.h>

#include "core/filesystem.hpp"
#include "core/table.hpp"
#include "tmf/row_check.hpp"

using namespace tmf_test;

namespace {

Table proposals(const Program& p, const std::string& list) {
    const auto fs = make_disk_file_system();
    auto table = read_table(*fs, p.scratch / list, dossier::tmf::list_columns());
    REQUIRE(table);
    return *table;
}

} // namespace

TEST_CASE("scan: proposes what the names say, abstains where they do not, and the list is imported as it is") {
    const Program p;
    p.scratch.write("share/Site 701/CV Ann Lee 2025-01-20 signed.pdf.txt", "cv");
    p.scratch.write("share/Site 701/05.02.18 Delegation log v2.0.txt", "log");
    p.scratch.write("share/Site 701/scan0001.txt", "what is it");
    p.scratch.write("share/Site 701/Subject identification log.txt", "names of patients");
    const auto run = p.run({"tmf", "scan", "share", "--study", "S", "--output", "LIST.csv"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(run.err.find("4 files: 2 proposed, 0 proposed and to be confirmed, 2 without a proposal") != std::string::npos);
    const Table list = proposals(p, "LIST.csv");
    REQUIRE(list.rows.size() == 4);
    const TableRow &log = list.rows[0], &cv = list.rows[1], &isf = list.rows[2], &scan = list.rows[3];
    CHECK(log.cell("file") == "share/Site 701/05.02.18 Delegation log v2.0.txt");
    CHECK(log.cell("artifact") == "05.02.18");
    CHECK(log.cell("site") == "701");
    CHECK(log.cell("country") == "USA");
    CHECK(log.cell("version") == "2.0");
    CHECK(cv.cell("artifact") == "05.02.04"); // Ann Lee is the principal investigator
    CHECK(cv.cell("person") == "P1");
    CHECK(cv.cell("date") == "2025-01-20");
    CHECK(cv.cell("status") == "final");
    CHECK(cv.cell("confirmed") == "");
    CHECK(isf.cell("artifact") == "");
    CHECK(isf.cell("why").find("must never enter the sponsor's trial master file") != std::string::npos);
    CHECK(scan.cell("artifact") == "");
    CHECK(scan.cell("why") == "no word of the name says what it is; site 701 in the path");
    CHECK(scan.cell("confirmed") == "no");
    // Rows that nobody confirmed are refused; the others are filed.
    const auto import = p.run({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going"});
    CHECK(import.code == 10);
    CHECK(import.err.find(
              "LIST.csv, row 5, column confirmed: nobody has confirmed this proposal (no word of the name says what it is; site 701 in the "
              "path). Mend: correct the row where it is wrong, and write yes in confirmed; or take it out") != std::string::npos);
    CHECK(p.documents() == 2);
}

TEST_CASE("scan: a list that lies elsewhere says how to import it, in XLSX too") {
    const Program p;
    p.scratch.write("share/site 701/Protocol signature page Ann Lee.txt", "page");
    p.scratch.write("lists/here", "");
    const auto run = p.run({"tmf", "scan", "share", "--study", "S", "--output", "lists/LIST.xlsx"});
    REQUIRE(run.code == 0);
    CHECK(run.err.find("import it with --files share") != std::string::npos);
    p.require({"tmf", "import", "lists/LIST.xlsx", "--study", "S", "--files", "share"});
    CHECK(p.documents() == 1);
}

TEST_CASE("scan: links, hidden, temporary and system files are left out and said, odd names come through") {
    const Program p;
    for (const char* name : {"~$CV.docx", "Thumbs.db", ".DS_Store", "a/.git/config", "trailing .txt ", "half.pdf.part", "new\nline.txt"})
        p.scratch.write(std::string("share/") + name, "x");
    p.scratch.write("share/=SUM(A1).txt", "formula");
    p.scratch.write("share/'quoted'.txt", "quote");
    p.scratch.write("share/a\\b;c,\"d\".txt", "separators");
    REQUIRE(symlink("/etc", (p.scratch / "share/etc").c_str()) == 0);
    const auto run = p.run({"tmf", "scan", "share", "--study", "S", "--output", "share/LIST.csv"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    for (const char* said : {"etc: it is a link; links are not followed", ".DS_Store: it is hidden",
                             "Thumbs.db: it belongs to the operating system", "~$CV.docx: it is a temporary file", "a/.git: it is hidden",
                             "half.pdf.part: it is a temporary file", "its name holds a control character", "begins or ends with a space"})
        CHECK(run.err.find(said) != std::string::npos);
    const Table list = proposals(p, "share/LIST.csv");
    REQUIRE(list.rows.size() == 3);
    std::string csv = "file,artifact\n";
    const auto fs = make_disk_file_system();
    for (const TableRow& row : list.rows) CHECK(exists(*fs, p.scratch / "share/" + row.cell("file")));
    CHECK(p.require({"tmf", "scan", "share", "--study", "S", "--json"}) == p.require({"tmf", "scan", "share", "--study", "S", "--json"}));
}

TEST_CASE("scan: what is proposed as restricted or as a part of an artifact is filed so") {
    const Program p;
    p.scratch.write("share/Site 701/Unblinded monitoring visit report.txt", "what only some may read");
    p.scratch.write("share/Site 701/SIV follow-up letter.txt", "letter");
    p.require({"tmf", "scan", "share", "--study", "S", "--output", "LIST.csv"});
    const Table list = proposals(p, "LIST.csv");
    REQUIRE(list.rows.size() == 2);
    CHECK(list.rows[0].cell("sub_artifact") == "Trial Initiation Visit Follow Up Letter");
    CHECK(list.rows[0].cell("restricted") == "");
    CHECK(list.rows[1].cell("restricted") == "yes");
    std::string confirmed = "file,artifact,sub_artifact,site,restricted,confirmed\n";
    for (const TableRow& row : list.rows) {
        CHECK(row.cell("confirmed") == "no");
        confirmed +=
            join({row.cell("file"), row.cell("artifact"), row.cell("sub_artifact"), row.cell("site"), row.cell("restricted")}, ",") +
            ",yes\n";
    }
    p.scratch.write("CONFIRMED.csv", confirmed);
    p.require({"tmf", "import", "CONFIRMED.csv", "--study", "S"});
    const Json letter = p.json({"tmf", "show", "D-000001"}), report = p.json({"tmf", "show", "D-000002"});
    CHECK(letter.find("sub_artifact")->text() == "Trial Initiation Visit Follow Up Letter");
    REQUIRE(report.find("restricted"));
    CHECK(report.find("restricted")->boolean());
}

TEST_CASE("scan: a folder that is none, a list that is neither CSV nor XLSX") {
    const Program p;
    CHECK(p.refused({"tmf", "scan", "nowhere", "--study", "S"}).find("nowhere") != std::string::npos);
    CHECK(p.refused({"tmf", "scan", "files/a.txt", "--study", "S"}).find("this is no folder") != std::string::npos);
    CHECK(p.refused({"tmf", "scan", "files", "--study", "S", "--output", "LIST.doc"}, 2).find("is neither CSV nor XLSX") !=
          std::string::npos);
}
