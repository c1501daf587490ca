// Lists of documents as people make them, through the program: what is taken, what is refused and in which words.
#include "tests/support/python.hpp"
#include "tests/tmf/program.hpp"
#include "tmf/row_dates.hpp"

#include <filesystem>

using namespace tmf_test;

TEST_CASE("import: a list is filed, versions of one document together, the oldest first") {
    const Program p;
    const std::string out = p.import("file,artifact,site,person,date,document,version,status\n"
                                     "files/b.txt,05.02.04,701,P1,2025-07-20,CV,2.0,final\n"
                                     "files/a.txt,05.02.04,701,P1,2023-06-30,CV,1.0,final\n"
                                     "files/c.txt,2.1.2,,,2025-01-05,,,final\n");
    CHECK(out == "row  document    artifact  title\n"
                 "2    D-000001@2  05.02.04  b\n"
                 "3    D-000001@1  05.02.04  a\n"
                 "4    D-000002@1  02.01.02  c\n"
                 "3 filed\n");
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of b\n"); // the newest
    CHECK(p.require({"tmf", "get", "D-000001@1"}) == "content of a\n");
}

TEST_CASE("import: artifact as number, unique identifier or name, site without its zeros, person by name, country in two letters") {
    const Program p;
    p.import("file,artifact,country,site,person,status\n"
             "files/a.txt,87,,702,Bob Roe,final\n"
             "files/b.txt, Insurance ,us,,,final\n"
             "files\\c.txt,05.02.02,,701,P1,final\n");
    const Json documents = p.json({"tmf", "list"});
    const auto& list = documents.find("documents")->items();
    CHECK(list[0].find("site")->text() == "0702");
    CHECK(list[0].find("country")->text() == "USA"); // of the site
    CHECK(list[0].find("versions")->items()[0].find("person")->text() == "P2");
    CHECK(list[1].find("artifact")->text() == "02.01.06");
    CHECK(list[1].find("country")->text() == "USA");
    CHECK(list[2].find("versions")->items()[0].find("file_name")->text() == "c.txt");
}

TEST_CASE("import: a list from a spreadsheet in Windows-1252 with semicolons, spaces and a title row above") {
    const Program p;
    const std::string out = p.import("Documents of site 701;;;;\r\nFile;Artifact;Title;Site ID;Date;Status\r\nfiles/a.txt; 02.01.02 ;Pr\xFC"
                                     "fplan \x96 final;;15.01.2025 ;FINAL\r\n;;;;;\r\n",
                                     {}, 0);
    CHECK(out.find("1 filed") != std::string::npos);
    const Json documents = p.json({"tmf", "list"});
    const Json& version = documents.find("documents")->items()[0].find("versions")->items()[0];
    CHECK(version.find("title")->text() == "Pr\xC3\xBC"
                                           "fplan \xE2\x80\x93 final");
}

TEST_CASE("import: a list reaches the files of its folder only, unless the person who imports names another one") {
    const Program p;
    p.scratch.write("private/key.txt", "not for the list\n");
    p.scratch.write("inbox/own.txt", "the list's own\n");
    std::filesystem::create_directory_symlink("../private", p.scratch / "inbox/out");
    std::filesystem::create_directory_symlink("inbox", p.scratch / "entry");
    const std::string absolute = p.scratch / "private/key.txt";
    const auto list = [&](const std::string& file) {
        p.scratch.write("inbox/LIST.csv", "file,artifact,status\n" + file + ",02.01.02,final\n");
    };
    const std::vector<std::string> import{"tmf", "import", "inbox/LIST.csv", "--study", "S"};
    const auto from = [&import](const std::string& folder) {
        std::vector<std::string> arguments = import;
        arguments.insert(arguments.end(), {"--files", folder});
        return arguments;
    };
    const std::string place = "dossier: inbox/LIST.csv, row 2, column file: ";
    list(absolute);
    CHECK(p.refused(import) == place + absolute +
                                   " is an absolute path: a list may only name files of its own folder. Mend: write it as seen from the "
                                   "list's folder, or say which folder the files lie in: --files DIR\n");
    CHECK(p.refused(from("inbox")) ==
          place + absolute + " is not below inbox. Mend: name a file of that folder, or give --files a folder that holds them all\n");
    list("out/key.txt");
    CHECK(p.refused(import) == place + "out/key.txt is not below the list's folder: a link leads out of it. Mend: put the file beside the "
                                       "list, or say which folder the files lie in: --files DIR\n");
    CHECK(p.refused(from("inbox")) == place +
                                          "out/key.txt is not below inbox: a link leads out of it. Mend: name a file of that folder, or "
                                          "give --files a folder that holds them all\n");
    list("../private/key.txt");
    CHECK_THAT(p.refused(import), Catch::Contains("../private/key.txt is not below the list's folder. Mend: put the file beside the list"));
    CHECK_THAT(p.refused(from("inbox")), Catch::Contains("../private/key.txt is not below inbox. Mend: "));
    CHECK(p.refused(from("nowhere")) ==
          "dossier: nowhere: there is no such folder. Mend: --files names the folder that the list's files lie in\n");
    CHECK(p.documents() == 0);

    list(absolute);
    p.require(from("private")); // the same folder, named by hand
    list("key.txt");
    CHECK_THAT(p.require(from(p.scratch / "private")), Catch::Contains("already"));
    list(p.scratch / "inbox/own.txt");
    p.require(from("entry")); // entry is a link to inbox
    CHECK(p.documents() == 2);
}

TEST_CASE("import: every error of every row is reported with row, column, value and remedy, nothing is filed") {
    const Program p;
    const std::string err = p.import_refused("file,artifact,site,person,event,date,status,final,accepted,restricted,language\n"
                                             "files/x.txt,02.01.02,,,,,final,,,,\n"
                                             "files/a.txt,02.01.99,,,,,final,,,,\n"
                                             "files/a.txt,Filenote,,,,,final,,,,\n"
                                             "files/a.txt,05.04.10,701,,,,final,,,,\n"
                                             "files/a.txt,02.01.02,703,,,,final,,,,\n"
                                             "files/a.txt,05.02.04,701,P9,,,final,,,,\n"
                                             "files/a.txt,02.01.04,,,A2,,final,,,,\n"
                                             "files/a.txt,02.01.02,,,,2026-01-01,final,,,,\n"
                                             "files/a.txt,02.01.02,,,,03/04/2025,final,,,,\n"
                                             "files/a.txt,02.01.02,,,,,draft,2025-01-05,,,\n"
                                             "files/a.txt,02.01.02,,,,,final,,2025-01-05,,\n"
                                             "files/a.txt,02.01.02,,,,,done,,,perhaps,english\n"
                                             "../STUDY.yaml,02.01.02,,,,,final,,,,\n"
                                             "files,2002-01-02,,,,,final,,,,\n"
                                             ",02.01.02,,,,,final,,,,\n");
    const std::vector<std::string> expected = {
        "dossier: LIST.csv: 18 errors; nothing was filed",
        "  LIST.csv, row 2, column file: there is no file files/x.txt. Mend: did you mean a.txt?",
        "  LIST.csv, row 3, column artifact: there is no artifact 02.01.99 in TMF Reference Model 3.3.1. Mend: section 02.01 Product and "
        "Trial Documentation goes from 02.01.01 to 02.01.11",
        "  LIST.csv, row 4, column artifact: \"Filenote\" is the name of 11 artifacts. Mend: give the number: 01.05.04, 02.04.04, "
        "03.04.04, 04.04.04, 05.05.04, "
        "06.07.04, 07.03.04, 08.03.04, 09.03.04, 10.05.04, 11.05.04",
        "  LIST.csv, row 5, column artifact: 05.04.10 Subject Identification Log belongs in the investigator's site file only and must "
        "never enter the sponsor's "
        "trial master file. Mend: leave it at the site; what shows that it exists there goes to a filenote (05.05.04)",
        "  LIST.csv, row 6, column site: the study has no site 703. Mend: did you mean 701?",
        "  LIST.csv, row 7, column person: the study has no person P9. Mend: did you mean P1 (Ann Lee)?",
        "  LIST.csv, row 8, column event: the study has no A2. Mend: did you mean A1?",
        "  LIST.csv, row 9, column date: date 2026-01-01 is in the future (today is 2025-10-01). Mend: correct the date",
        "  LIST.csv, row 10, column date: \"03/04/2025\" can be 2025-03-04 or 2025-04-03: which number is the month cannot be known. Mend: "
        "write YYYY-MM-DD, for "
        "example 2025-06-30",
        "  LIST.csv, row 11, column status: the status is draft, but final says 2025-01-05. Mend: clear one of the two",
        "  LIST.csv, row 12, column accepted: accepted on 2025-01-05, but no final date is given. Mend: what was accepted was final "
        "before: give the date in final",
        "  LIST.csv, row 13, column restricted: \"perhaps\" is neither yes nor no. Mend: write yes or no, or leave it to the artifact",
        "  LIST.csv, row 13, column language: \"english\" is no language code. Mend: use two letters: en, de, fr",
        "  LIST.csv, row 13, column status: status \"done\" is not known. Mend: write draft or final",
        "  LIST.csv, row 14, column file: ../STUDY.yaml is not below the list's folder. Mend: put the file beside the list and name it "
        "from there, or say which folder the files lie in: --files DIR",
        "  LIST.csv, row 15, column artifact: the artifact is the date 2002-01-02: the spreadsheet seems to have taken an artifact number "
        "for a day. Mend: format the "
        "column as text and write 02.01.02 or 02.01.02",
        "  LIST.csv, row 15, column file: files is a folder. Mend: name a file",
        "  LIST.csv, row 16, column file: neither a file nor a pointer is given. Mend: name the file, or say in pointer where the record "
        "is kept",
    };
    std::string whole;
    for (const std::string& line : expected) whole += line + "\n";
    CHECK(err == whole);
    CHECK(p.documents() == 0);
    CHECK(p.require({"tmf", "check", "--read-data"}).find("0 objects") != std::string::npos);
}

TEST_CASE("import: a misspelt column and a misspelt study name what is nearest") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artefact,statu\nfiles/a.txt,02.01.02,final\n");
    const std::string err = p.refused({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(err.find("artefact") != std::string::npos);
    CHECK(err.find("did you mean artifact") != std::string::npos);
    p.scratch.write("LIST.csv", "file,artifact,status\nfiles/a.txt,02.01.02,final\n");
    CHECK(p.refused({"tmf", "import", "LIST.csv", "--study", "SS"}) == "dossier: the repository has no study SS. Mend: did you mean S?\n");
}

TEST_CASE("import: rows of one document must agree on what and where, labels stand once") {
    const Program p;
    const std::string err = p.import_refused("file,artifact,site,document,version,status\n"
                                             "files/a.txt,05.02.12,701,CTA,1,final\n"
                                             "files/b.txt,05.02.12,0702,CTA,2,final\n"
                                             "files/c.txt,05.02.13,701,CTA,1,final\n");
    CHECK(err.find("row 3, column site: site is 0702 here and 701 in another row of document CTA") != std::string::npos);
    CHECK(err.find("row 4, column artifact: artifact is 096 here and 095 in another row of document CTA") != std::string::npos);
    CHECK(err.find("row 4, column version: version 1 of document CTA stands already in row 2") != std::string::npos);
}

TEST_CASE("import: a later list adds a version to the document it names, the same label with other bytes is refused") {
    const Program p;
    p.import("file,artifact,site,document,version,status\nfiles/a.txt,05.02.12,701,CTA,1.0,final\n");
    p.import("file,artifact,site,document,version,status\nfiles/b.txt,05.02.12,701,CTA,2.0,final\n");
    CHECK(p.documents() == 1);
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of b\n");
    CHECK(p.import_refused("file,artifact,site,document,version,status\nfiles/c.txt,05.02.12,701,CTA,2.0,final\n")
              .find("row 2, column version: version 2.0 of document CTA is filed already, with other bytes (D-000001)") !=
          std::string::npos);
    CHECK(p.import_refused("file,artifact,site,document,version,status\nfiles/c.txt,05.02.12,0702,CTA,3.0,final\n")
              .find("row 2, column site: site is 0702 here and 701 in what is filed of document CTA") != std::string::npos);
    p.import("file,artifact,site,document,version,status\nfiles/c.txt,05.02.12,701,D-000001,1.5,final\n"); // by our own id; an old one
                                                                                                           // filed late
    CHECK(p.require({"tmf", "get", "D-000001"}) == "content of b\n");
    CHECK(p.documents() == 1);
}

TEST_CASE("import again changes nothing, the same bytes in another slot are filed with a note") {
    const Program p;
    const std::string list = "file,artifact,site,person,document,status,pointer\n"
                             "files/a.txt,05.02.04,701,P1,CV,final,\n"
                             "files/b.txt,02.01.02,,,,final,\n"
                             ",10.03.03,,,,final,EDC vault\n";
    CHECK(p.import(list).find("3 filed") != std::string::npos);
    CHECK(p.import(list).find("0 filed, 3 were there already") != std::string::npos);
    CHECK(p.documents() == 3);
    p.scratch.write(
        "LIST.csv",
        "file,artifact,site,status\nfiles/b.txt,05.02.02,701,final\nfiles/b.txt,05.02.02,701,final\nfiles/b.txt,05.02.12,701,final\n");
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(run.code == 0);
    CHECK(run.out.find("2 filed, 1 were there already") != std::string::npos);
    CHECK(run.err.find("note: row 2: the same bytes are filed as D-000002 (artifact 032)") != std::string::npos);
    CHECK(run.err.find("note: row 3: the same document as row 2; filed once") != std::string::npos);
    CHECK(run.err.find("note: row 4: the same bytes as row 2") != std::string::npos);
}

TEST_CASE("import --keep-going files the good rows, the rejects can be mended and imported") {
    const Program p;
    const std::string list =
        "file,artifact,site,status\nfiles/a.txt,02.01.02,,final\nfiles/b.txt,99.01.02,,final\nfiles/c.txt,05.02.12,701,final\n";
    CHECK(p.import(list, {"--keep-going", "--rejects", "rejects.csv"}, 10).find("2 filed, 1 refused") != std::string::npos);
    CHECK(p.documents() == 2);
    std::string rejects = p.scratch.read("rejects.csv");
    CHECK(rejects == "\xEF\xBB\xBF"
                     "file,artifact,site,status,row,problem\r\n"
                     "files/b.txt,99.01.02,,final,3,\"artifact: there is no artifact 99.01.02 in TMF Reference Model 3.3.1 (there is no "
                     "section 99.01; zones are 01, 02, 03, 04, 05, 06, 07, 08, 09, 10, 11)\"\r\n");
    CHECK(p.import(replace_all(rejects, "99.01.02,,", "09.01.01,,")).find("1 filed") != std::string::npos);
    CHECK(p.documents() == 3);
}

TEST_CASE("import: dates carried over are kept and marked, empty ones are today's, and only where they have happened") {
    const Program p;
    p.import("file,artifact,date,status,received,final,accepted\n"
             "files/a.txt,02.01.02,2025-01-05,final,2025-01-10,2025-01-16,2025-01-20\n"
             "files/b.txt,01.01.01,2025-01-05,final,,,\n"
             "files/c.txt,01.01.08,2025-01-05,,,,\n");
    const Json all = p.json({"tmf", "list"});
    const auto version = [&](std::size_t i) { return all.find("documents")->items()[i].find("versions")->items()[0]; };
    CHECK(version(0).find("received")->text() == "2025-01-10");
    CHECK(version(0).find("received_carried_over")->boolean());
    CHECK(version(0).find("accepted")->text() == "2025-01-20");
    CHECK(version(0).find("state")->text() == "accepted");
    CHECK(version(1).find("received")->text() == "2025-10-01");
    CHECK(version(1).find("received_carried_over") == nullptr);
    CHECK(version(1).find("final")->text() == "2025-10-01");
    CHECK(version(1).find("accepted") == nullptr);
    CHECK(version(2).find("final") == nullptr); // no status: not yet final
    CHECK(version(2).find("state")->text() == "draft");
}

TEST_CASE("import: a date whose cell lost its format is read as the day it counts, and said") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,date,expires,status\nfiles/a.txt,02.01.06,45662,46752,final\n");
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    REQUIRE(run.code == 0);
    CHECK_THAT(run.err, Catch::Contains("note: row 2: date 45662 was read as a spreadsheet's number of the day 2025-01-05\n"));
    const Json all = p.json({"tmf", "list"});
    CHECK(all.find("documents")->items()[0].find("versions")->items()[0].find("expires")->text() == "2027-12-31");
    CHECK_THAT(p.import_refused("file,artifact,date,status\nfiles/b.txt,02.01.06,46000,final\n"), // 2025-12-09
               Catch::Contains("row 2, column date: date 2025-12-09 is in the future (today is 2025-10-01)"));
}

TEST_CASE("import: a date with a time of day is filed by its day, and said, and the rejects keep both") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,date,expires,status,copy_certified_by,copy_certified_on,copy_statement\n"
                                "files/a.txt,02.01.06,2025-01-05 14:30,2027-12-31T00:00:00,final,Ann Lee,2025-01-05 2:30 PM,exact copy\n"
                                "files/b.txt,02.01.06,45662.604166666664,,final,,,\n"
                                "files/none.txt,02.01.06,45662.25,,final,,,\n");
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "REJECTS.csv"});
    INFO(run.err);
    const std::string by_day = ": a document is filed by its day, 2025-01-05; the time of day was left out\n";
    for (const char* said : {"note: row 2: date 2025-01-05 14:30", "note: row 2: copy_certified_on 2025-01-05 2:30 PM",
                             "note: row 3: date 45662.604166666664"})
        CHECK(run.err.find(said + by_day) != std::string::npos);
    CHECK(run.err.find("expires 2027") == std::string::npos); // midnight is no time of day
    const Json all = p.json({"tmf", "list"});
    REQUIRE(all.find("documents")->items().size() == 2);
    for (const Json& document : all.find("documents")->items())
        CHECK(document.find("versions")->items()[0].find("date")->text() == "2025-01-05");
    CHECK(p.scratch.read("REJECTS.csv").find(",2025-01-05 06:00,") != std::string::npos);
}

TEST_CASE("a date cell of a workbook that holds a time of day, too, is read like the same text in a CSV") {
    TableRow row;
    row.cells["date"] = "2025-01-05"; // what the reader of workbooks makes of such a cell (tests/core)
    row.times["date"] = "14:30";
    const Date today = *parse_date("2025-10-01");
    const tmf::RowDate of_workbook = tmf::read_row_date(row, "date", "2025-01-05", today, false);
    const tmf::RowDate of_text = tmf::read_row_date({}, "date", "2025-01-05 14:30", today, false);
    REQUIRE(of_workbook.notes.size() == 1);
    CHECK(of_workbook.notes == of_text.notes);
    CHECK(of_workbook.date == of_text.date);
    CHECK(of_workbook.date == parse_date("2025-01-05"));
}

TEST_CASE("import: a title that was changed in a list is not taken over silently, nor lost silently") {
    const Program p;
    p.import("file,artifact,title,status\nfiles/a.txt,02.01.02,Protocl,final\n");
    p.scratch.write("LIST.csv", "file,artifact,title,status\nfiles/a.txt,02.01.02,Protocol,final\n");
    const test::Run again = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(again.code == 0);
    CHECK_THAT(again.err, Catch::Contains("note: row 2: title \"Protocol\" was left: D-000001@1 was filed with \"Protocl\"; if the list is "
                                          "right: dossier tmf reindex D-000001@1 --title Protocol --reason ...\n"));
    CHECK(p.documents() == 1);
}

TEST_CASE("import: cells are one line, and nothing in them writes to the terminal") {
    const Program p;
    p.import("file,artifact,title,status\nfiles/a.txt,02.01.02,\"first line\nsecond\",final\n");
    CHECK_THAT(p.require({"tmf", "list"}), Catch::Contains("  first line second\n"));
    CHECK_THAT(p.import_refused("file,artifact,title,document,pointer\nfiles/b.txt,02.01.02,a\x1b[31mb,d\x07,\n"),
               Catch::Contains("row 2, column title: title holds a control character. Mend: type the cell again") &&
                   Catch::Contains("row 2, column document: document holds a control character"));
}

TEST_CASE("import: a place for the refused rows that is not there is found before anything is filed") {
    const Program p;
    p.scratch.write("LIST.csv", "file,artifact,status\nfiles/a.txt,02.01.02,final\nfiles/x.txt,02.01.02,final\n");
    CHECK(p.refused({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "none/rejects.csv"}) ==
          "dossier: none: there is no such folder; nothing was filed. Mend: --rejects names a file in a folder that is there\n");
    CHECK(p.documents() == 0);
}

TEST_CASE("import: refused rows never overwrite a file, and keep their days in a form that means one day only") {
    const Program p;
    p.scratch.write("keep.csv", "precious\n");
    p.scratch.write("keep-1.csv", "older\n");
    p.scratch.write("LIST.csv", "file,artifact,date,expires,title,status\nfiles/a.txt,99.99.99,45662,2027-01-01,45662,final\n");
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going", "--rejects", "keep.csv"});
    CHECK(run.code == 10);
    CHECK(run.err.find("keep.csv was there; what it held is keep-2.csv now") != std::string::npos);
    CHECK(p.scratch.read("keep-1.csv") == "older\n");
    CHECK(p.scratch.read("keep-2.csv") == "precious\n");
    CHECK(p.scratch.read("keep.csv").find("files/a.txt,99.99.99,2025-01-05,2027-01-01,45662,final,2,") != std::string::npos);
}

TEST_CASE("import: a list from XLSX, dates as numbers and numbers as numbers") {
    const Program p;
    const std::string script = "import openpyxl, datetime\nb = openpyxl.Workbook()\ns = b.active\n"
                               "s.append(['file', 'artifact', 'site', 'person', 'date', 'status'])\n"
                               "s.append(['files/a.txt', 87, 701, 'P1', datetime.date(2025, 1, 5), 'final'])\nb.save('LIST.xlsx')\n";
    REQUIRE(test::run({test::python_with("openpyxl"), "-c", script}, p.scratch.path()).code == 0);
    p.require({"tmf", "import", "LIST.xlsx", "--study", "S"});
    const Json all = p.json({"tmf", "list"});
    const Json& document = all.find("documents")->items()[0];
    CHECK(document.find("unique_id")->text() == "087");
    CHECK(document.find("site")->text() == "701");
    CHECK(document.find("versions")->items()[0].find("date")->text() == "2025-01-05");
}
