// Refused rows that come again as they were written: what was lost in them is not filed as if it had been left empty.
#include "tests/support/python.hpp"
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// The refused rows of LIST, then those of importing them as they are; nothing is filed either time.
std::string refused_twice(const Program& p, const std::string& list, const std::string& ending) {
    const std::string first = "first." + ending, second = "second." + ending;
    CHECK(p.run({"tmf", "import", list, "--study", "S", "--keep-going", "--rejects", first}).code == 10);
    const test::Run again = p.run({"tmf", "import", first, "--study", "S", "--keep-going", "--rejects", second});
    CHECK(again.code == 10);
    CHECK(p.documents() == 0);
    return again.out + again.err;
}

// With --keep-going nothing of the list is filed; the rejects.
std::string all_refused(const std::string& rows) {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,title,site,document,version,date,status,restricted,accepted,final\n" + rows);
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "r.csv"});
    INFO(run.out << run.err);
    CHECK(run.code == 10);
    CHECK(p.documents() == 0);
    return p.scratch.read("r.csv");
}

} // namespace

TEST_CASE("rejects: a cell whose value was lost is refused again, until somebody has written it") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,title,site,date,status,restricted\n"
                                "files/a.txt,05.02.12,Open or not,701,2025-05-06,final,#N/A\n"
                                "files/b.txt,05.02.12,Which site,#N/A,2025-05-06,final,no\n"
                                "files/c.txt,05.02.12,Which day,701,#REF!,final,no\n"
                                "files/d.txt,05.02.12,Notes, and more,701,2025-05-06,final\n"); // its title has a comma
    const std::string said = refused_twice(p, "LIST.csv", "csv");
    INFO(said);
    CHECK(said.find("row 2, column G: the cell holds #N/A") != std::string::npos);
    CHECK(said.find("row 3, column D: the cell holds #N/A") != std::string::npos);
    CHECK(said.find("row 4, column E: the cell holds #REF!") != std::string::npos);
    const std::string rejects = p.scratch.read("first.csv");
    CHECK(rejects.find("files/a.txt,05.02.12,Open or not,701,2025-05-06,final,#N/A,2,") != std::string::npos);
    // Mended where the error says.
    const std::string head = rejects.substr(0, rejects.find("\r\n") + 2);
    CHECK(p.import(head + "files/a.txt,05.02.12,Open or not,701,2025-05-06,final,yes,2,\r\n").find("1 filed") != std::string::npos);
}

TEST_CASE("rejects: a text that stood under no column name stands under none again") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,title,status\nfiles/a.txt,01.01.08,Plan,final,too much\n");
    const std::string said = refused_twice(p, "LIST.csv", "csv");
    INFO(said);
    CHECK(said.find("row 2, column G: the cell \"too much\" stands under no column name") != std::string::npos);
}

TEST_CASE("rejects: formulas without a result and merged cells of a workbook say what they were, in a workbook and in a CSV") {
    for (const std::string ending : {"xlsx", "csv"}) {
        INFO(ending);
        const Program p;
        const std::string script = "import openpyxl\nb = openpyxl.Workbook()\ns = b.active\n"
                                   "s.append(['file', 'artifact', 'site', 'status', 'restricted'])\n"
                                   "s.append(['files/a.txt', '05.02.12', '701', 'final', '=IF(1,\"yes\",\"no\")'])\n"
                                   "s.append(['files/b.txt', '05.02.12', '0702', 'final', 'yes'])\n"
                                   "s.append(['files/c.txt', '05.02.12', None, 'final', None])\n"
                                   "s.merge_cells('C3:C4')\ns.merge_cells('E3:E4')\nb.save('LIST.xlsx')\n";
        REQUIRE(test::run({test::python_with("openpyxl"), "-c", script}, p.scratch.path()).code == 0);
        CHECK(p.run({"tmf", "import", "LIST.xlsx", "--study", "S", "--keep-going", "--rejects", "first." + ending}).code == 10);
        CHECK(p.documents() == 0);
        // Of merged cells the first one is right for its own row.
        const test::Run again =
            p.run({"tmf", "import", "first." + ending, "--study", "S", "--keep-going", "--rejects", "second." + ending});
        INFO(again.out << again.err);
        CHECK(again.code == 10);
        CHECK(again.err.find("row 2, column E: this cell holds a formula without its result") != std::string::npos);
        CHECK(again.err.find("row 4, column C: the cell holds #MERGED C3:C4: it was one of merged cells") != std::string::npos);
        CHECK(again.err.find("row 4, column E: the cell holds #MERGED E3:E4: it was one of merged cells") != std::string::npos);
        CHECK(p.documents() == 1);
        const Json all = p.json({"tmf", "list"});
        CHECK(all.find("documents")->items()[0].find("site")->text() == "0702");
    }
}

TEST_CASE("rejects: of two rows for one document, one open to all and one restricted, neither is filed") {
    // The open one first; the sealed one first, but refused for another fault; different names for the same bytes.
    std::string rejects = all_refused("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,no,,\n"
                                      "files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,yes,,\n");
    INFO(rejects);
    CHECK(rejects.find("restricted: row 3 seals the same document") != std::string::npos);
    CHECK(rejects.find("restricted: row 2 files the same document open to all") != std::string::npos);
    rejects = all_refused("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,yes,9999-01-01,2025-05-07\n"
                          "files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,,,2025-05-07\n");
    CHECK(rejects.find("restricted: row 2 seals the same document") != std::string::npos);
    // Two versions of one document.
    rejects = all_refused("files/a.txt,05.02.12,Arm,701,ARM,1,2025-05-06,final,,,\n"
                          "files/b.txt,05.02.12,Arm,701,ARM,2,2025-05-07,final,yes,,\n");
    INFO(rejects);
    CHECK(rejects.find("restricted: row 3 says that document ARM is restricted, this one would file it open to all") != std::string::npos);
    CHECK(rejects.find("restricted: restricted is yes here and no in another row of document ARM") != std::string::npos);
}

TEST_CASE("rejects: a row that is the same as a restricted one before it, or says the same of another person, is no fault") {
    const Program p;
    const std::string said = p.import("file,artifact,title,site,person,date,status,restricted\n"
                                      "files/a.txt,05.02.12,Arm,701,,2025-05-06,final,yes\n"
                                      "files/a.txt,05.02.12,Arm,701,,2025-05-06,final,no\n"
                                      "files/b.txt,05.02.04,CV,701,P1,2025-05-06,final,no\n"
                                      "files/c.txt,05.02.04,CV,701,P1,2025-05-06,final,yes\n");
    INFO(said);
    CHECK(p.documents() == 3); // row 3 is row 2, sealed
}
