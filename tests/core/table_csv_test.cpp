#include <catch2/catch.hpp>

#include "core/table_head.hpp"
#include "core/text.hpp"

using namespace dossier;

namespace {

const std::vector<TableColumn> columns = {
    {"section", {}, true}, {"title", {"document_title"}, false}, {"file_tag", {}, false}, {"source", {}, false}};

Table table_of(const std::string& bytes) {
    auto table = parse_table(bytes, "plan.csv", columns);
    if (!table) FAIL(to_text(table.error()));
    return *table;
}

std::string error_of(const std::string& bytes) {
    auto table = parse_table(bytes, "plan.csv", columns);
    REQUIRE_FALSE(table.has_value());
    CHECK(table.error().kind == ErrorKind::invalid);
    return to_text(table.error());
}

std::string utf16(const std::string& ascii, bool big_endian) {
    std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : ascii) bytes += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
    return bytes;
}

} // namespace

TEST_CASE("csv rows are read with the number that a spreadsheet shows") {
    const Table table = table_of("section,title\r\n1.2,Cover letter\r\n\r\n1.3,\"two\r\nlines\"\r\n1.4,\"say \"\"yes\"\"\"\r\n");
    REQUIRE(table.rows.size() == 3);
    CHECK(table.rows[0].number == 2);
    CHECK(table.rows[0].cell("section") == "1.2");
    CHECK(table.rows[1].number == 4);
    CHECK(table.rows[1].cell("title") == "two\nlines");
    CHECK(table.rows[2].number == 5);
    CHECK(table.rows[2].cell("title") == "say \"yes\"");
    CHECK(table.header == std::vector<std::string>{"section", "title"});
    CHECK(table.notes.empty());
}

TEST_CASE("csv line ends may be of any kind and the last one may be missing") {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const Table table = table_of("section;title" + end + "1.2;A" + end + end + "1.3;B");
        REQUIRE(table.rows.size() == 2);
        CHECK(table.rows[1].number == 4);
        CHECK(table.rows[1].cell("title") == "B");
        CHECK(table.notes == std::vector<std::string>{"separator ;"});
    }
}

TEST_CASE("csv separators are told from the header, whatever the cells hold") {
    CHECK(table_of("section\ttitle\n1.2\tA; B, C\n").rows[0].cell("title") == "A; B, C");
    CHECK(table_of("section;title\n1.2;A,B,C,D,E\n").rows[0].cell("title") == "A,B,C,D,E");
    CHECK(table_of("section|title\n1.2|A;B\n").rows[0].cell("title") == "A;B");
    CHECK(table_of("\"section\" , \"title\" \n\"1.2\" , \"A;B\" \n").rows[0].cell("title") == "A;B");
    CHECK(table_of("section\n1.2\n").rows[0].cell("section") == "1.2");
    const Table declared = table_of("sep=;\r\nsection;title\r\n1.2;A\r\n");
    REQUIRE(declared.rows.size() == 1);
    CHECK(declared.rows[0].number == 2); // spreadsheets do not show the declaration
}

TEST_CASE("csv encodings: a table of two encodings is refused with the lines, because letters would silently come out wrong") {
    const auto refused = [](const std::string& bytes) {
        const auto table = parse_table(bytes, "plan.csv", {{"section", {}, true}, {"title", {}, true}});
        return table ? "read as " + table->rows.back().cell("title") : to_text(table.error());
    };
    const std::string remedy = ". Mend: open the table, correct the letters with accents, and save it as CSV UTF-8 or XLSX";
    const std::string mixed = "is written in UTF-8 and line ";
    // Zoe with diaeresis in UTF-8, then Mueller in Windows-1252.
    CHECK(refused("section,title\r\n1.2,Zo\xC3\xAB\r\n1.3,M\xFCller\r\n") ==
          "plan.csv, line 3: line 2 " + mixed + "3 is not: which letters are meant cannot be known" + remedy);
    CHECK(refused("section,title\n1.2,M\xFCller\n1.3,Zo\xC3\xAB\n").find("line 3 " + mixed + "2 is not") != std::string::npos);
    CHECK(refused("section,title\r1.2,M\xFCller and Zo\xC3\xAB\r").find("line 2 " + mixed + "2 is not") != std::string::npos);
    // Greek, and Japanese.
    CHECK(refused("section,title\n1.2,M\xFCller\n1.3,\xCE\xB1\xCE\xB2\n").find(mixed) != std::string::npos);
    CHECK(refused("section,title\n1.2,M\xFCller\n1.3,\xE6\x97\xA5\xE6\x9C\xAC\n").find(mixed) != std::string::npos);
    // Windows-1252 as a whole, though two bytes of it happen to be a well-formed character: Spass in German quotes (DF 93), Cafe in French
    // ones (C9 BB).
    CHECK(refused("section,title\n1.2,\x84Spa\xDF\x93\n") == "read as \xE2\x80\x9ESpa\xC3\x9F\xE2\x80\x9C");
    CHECK(refused("section,title\n1.2,\xAB CAF\xC9\xBB\n") == "read as \xC2\xAB CAF\xC3\x89\xC2\xBB");
    // 0x8E is e acute on an old Macintosh and a letter in Windows-1252; 0x8F is one only there.
    CHECK(refused("section,title\n1.2,x\n1.3,caf\x8F\n") ==
          "plan.csv, line 3: byte 8F is a letter neither in UTF-8 nor in Windows-1252" + remedy);
}

TEST_CASE("csv encodings: UTF-8 with a byte order mark, Windows-1252, UTF-16") {
    CHECK(table_of("\xEF\xBB\xBFsection,title\n1.2,M\xC3\xBCller\n").rows[0].cell("title") == "M\xC3\xBCller");
    const Table old = table_of("section,title\n1.2,M\xFCller \x96 5 \x80\n"); // u umlaut, en dash, euro sign in Windows-1252
    CHECK(old.rows[0].cell("title") == "M\xC3\xBCller \xE2\x80\x93 5 \xE2\x82\xAC");
    REQUIRE(old.notes.size() == 1);
    CHECK(old.notes[0] == "read as Windows-1252, because it is not UTF-8; line 2 says \"M\xC3\xBCller\": if that is wrong, save it as CSV "
                          "UTF-8 or XLSX");
    for (const bool big_endian : {false, true}) {
        const Table wide = table_of(utf16("section\ttitle\r\n1.2\tA\r\n", big_endian));
        CHECK(wide.rows[0].cell("title") == "A");
        CHECK(wide.notes[0] == "read as UTF-16");
    }
}

TEST_CASE("csv encodings: UTF-16 without its mark is read where it can be nothing else, and said") {
    for (const bool big_endian : {false, true}) {
        const Table wide = table_of(utf16("section\ttitle\r\n1.2\tZo\xEB\r\n", big_endian).substr(2)); // e with diaeresis
        CHECK(wide.rows[0].cell("title") == "Zo\xC3\xAB");
        CHECK(wide.notes[0] == "read as UTF-16, though it lacks the mark at its beginning");
    }
    // One byte too many, and a zero byte in a text of single bytes.
    for (const std::string& bytes :
         {utf16("section,title\n1.2,A\n", false).substr(2) + "x", std::string("section,title\n1.2,A\0B\n", 20)}) {
        const std::string error = error_of(bytes);
        CHECK(error.find("this is no text: it holds a zero byte") != std::string::npos);
        CHECK(error.find("Mend: save the table as XLSX or as CSV UTF-8") != std::string::npos);
    }
}

TEST_CASE("csv encodings: letters of an old Macintosh or of DOS are refused where Windows-1252 makes no word of them, else shown") {
    const auto refused = [](const std::string& word) {
        const auto table =
            parse_table("section,title\n1.1,plain\n1.2," + word + " X\n", "plan.csv", {{"section", {}, true}, {"title", {}, true}});
        return table ? "read as " + table->rows.back().cell("title") : to_text(table.error());
    };
    // In Mac Roman: u umlaut 9F, a umlaut 8A, e acute 8E, sharp s A7; in code page 850: a umlaut 84, o umlaut 94, e acute 82
    // (unicode.org's tables ROMAN.TXT and CP850.TXT).
    for (const auto& [word, shown] : std::map<std::string, std::string>{{"M\x9Fller", "M\xC5\xB8ller"},
                                                                        {"M\x8Arz", "M\xC5\xA0rz"},
                                                                        {"Caf\x8E", "Caf\xC5\xBD"},
                                                                        {"Stra\xA7\x65", "Stra\xC2\xA7\x65"},
                                                                        {"J\x84ger", "J\xE2\x80\x9Eger"},
                                                                        {"K\x94ln", "K\xE2\x80\x9Dln"},
                                                                        {"R\x82my", "R\xE2\x80\x9Amy"}}) {
        CHECK(refused(word) ==
              "plan.csv, line 3: line 3 would say \"" + shown +
                  "\" in Windows-1252: the table is in another code page, as old Macs or DOS write it, and which letters are "
                  "meant cannot be known. Mend: save it from the program that made it as CSV UTF-8 or XLSX, and look at its "
                  "names");
    }
    // Words of Windows-1252: Skoda and Zizek with their carons, coeur, low and high quotes, a dash and an apostrophe, a paragraph.
    for (const auto& [word, read] :
         std::map<std::string, std::string>{{"\x8Akoda \x8Ei\x9E\x65k", "\xC5\xA0koda \xC5\xBDi\xC5\xBE\x65k"},
                                            {"c\x9Cur", "c\xC5\x93ur"},
                                            {"\x84Plan\x93 \x93plan\x94", "\xE2\x80\x9EPlan\xE2\x80\x9C \xE2\x80\x9Cplan\xE2\x80\x9D"},
                                            {"A\x96z l\x92\xE9t\xE9", "A\xE2\x80\x93z l\xE2\x80\x99\xC3\xA9t\xC3\xA9"},
                                            {"\xA7 5 \xA7\x61", "\xC2\xA7 5 \xC2\xA7\x61"}})
        CHECK(refused(word) == "read as " + read + " X");
    // An o umlaut of a Macintosh (9A) may be an s with caron: nobody can know, so the note shows the word.
    const Table unsure = table_of("section,title\n1.2,\xFC K\x9Aln\n");
    REQUIRE(unsure.notes.size() == 1);
    CHECK(unsure.notes[0] == "read as Windows-1252, because it is not UTF-8; line 2 says \"K\xC5\xA1ln\": if that is wrong, save it as CSV "
                             "UTF-8 or XLSX");
}

TEST_CASE("csv cells lose blanks at their ends and keep everything else") {
    const Table table = table_of("section,title,file_tag\n  1.2 ,\xC2\xA0 A  B \xC2\xA0,0001\n\" 1.3 \",'=SUM(1), -5 \n");
    CHECK(table.rows[0].cell("section") == "1.2");
    CHECK(table.rows[0].cell("title") == "A  B");
    CHECK(table.rows[0].cell("file_tag") == "0001");
    CHECK(table.rows[1].cell("section") == "1.3");
    CHECK(table.rows[1].cell("title") == "=SUM(1)");
    CHECK(table.rows[1].cell("file_tag") == "-5");
    CHECK(table.rows[0].cells.count("source") == 0);
}

TEST_CASE("the header may stand in any of the first 10 rows and be written in any way") {
    const Table table =
        table_of("Plan for NDA 900172;;\n;;\nmade by A. B., title: none;;\n SECTION *;Document-Title;File  Tag:\n1.2;A;x\n");
    REQUIRE(table.rows.size() == 1);
    CHECK(table.rows[0].number == 5);
    CHECK(table.rows[0].cell("title") == "A");
    CHECK(table.rows[0].cell("file_tag") == "x");
    CHECK(table.header == std::vector<std::string>{"section", "title", "file_tag"});
    CHECK(table.notes.back() == "the column names are in row 4; what stands above them is not read");
    std::string late;
    for (int i = 0; i < 9; ++i) late += "above\n";
    CHECK(table_of(late + "section,title\n1.2,A\n").rows.size() == 1);
    CHECK(error_of("above\n" + late + "section,title\n1.2,A\n").find("none of the first 10 rows") != std::string::npos);
}

TEST_CASE("every fault of a header is reported, with the nearest known name") {
    CHECK(error_of("section,titel\n1.2,A\n") == "plan.csv, row 1, column B: unknown column titel. Mend: did you mean title?");
    const std::string all = error_of("title,Document title,qqqqqqqqq\nA,B,C\n");
    CHECK(all.find("3 faults") != std::string::npos);
    CHECK(all.find("row 1, column B: the column title is there twice, it is column A already. Mend: keep one of the two") !=
          std::string::npos);
    CHECK(all.find("row 1, column C: unknown column qqqqqqqqq. Mend: the columns known here are section, title, file_tag, source") !=
          std::string::npos);
    CHECK(all.find("row 1, column section: this column is needed and is not there") != std::string::npos);
    CHECK(error_of("").find("none of the first 10 rows names a known column") != std::string::npos);
    CHECK(error_of("a,b,c\n1,2,3\n").find("Mend: name the columns in the first row: section, title, file_tag, source") !=
          std::string::npos);
}

TEST_CASE("a cell under no column name is an error, because it would be lost") {
    const std::string text = error_of("section,title\n1.2,Report, final\n1.3,B\n");
    CHECK(text.find("plan.csv, row 2, column C: the cell \"final\" stands under no column name") == 0);
    CHECK(table_of("section,title,,\n1.2,A,,\n").rows.size() == 1); // empty ones are what spreadsheets leave behind
}

TEST_CASE("broken quotes are errors with their row") {
    CHECK(error_of("section,title\n1.2,\"A\n1.3,B\n").find("plan.csv, line 2: a quoted cell starts here and is never closed") == 0);
    CHECK(error_of("section,title\n1.2,\"A\" tube\n").find("plan.csv, line 2: text follows the closing quote") == 0);
    CHECK(table_of("section,title\n1.2,6\" tube\n").rows[0].cell("title") == "6\" tube");
}

TEST_CASE("the limits of a table hold") {
    TableLimits limits;
    limits.rows = 2;
    CHECK(parse_table("section\n1\n2\n", "a.csv", columns, "", limits));
    CHECK_FALSE(parse_table("section\n1\n2\n3\n", "a.csv", columns, "", limits).has_value());
    limits = {};
    limits.cell_bytes = 10;
    CHECK(parse_table("section\n1234567890\n", "a.csv", columns, "", limits));
    CHECK_FALSE(parse_table("section\n12345678901\n", "a.csv", columns, "", limits).has_value());
    limits = {};
    limits.bytes = 10;
    CHECK_FALSE(parse_table("section\n1234567890\n", "a.csv", columns, "", limits).has_value());
    CHECK(error_of("section\n" + std::string(20000, ',') + "\n").find("more than 16384 cells in one row") != std::string::npos);
}

TEST_CASE("files that are no table are named for what they are") {
    const auto old = parse_table("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "plan.xls", columns);
    REQUIRE_FALSE(old.has_value());
    CHECK(old.error().kind == ErrorKind::unsupported);
    CHECK(error_of("%PDF-1.7\n").find("this is a PDF") != std::string::npos);
}

TEST_CASE("what to_csv writes is read back word for word") {
    Sheet sheet{"Plan", {"section", "title"}, {}};
    const std::vector<std::string> titles = {"plain", "a,b", "a;b",  "say \"x\"", "two\nlines",   "=1+1", "-x",
                                             "-5",    "'=x", "''@y", "'tis",      "\xE2\x82\xAC", "@a"};
    for (const std::string& title : titles) sheet.rows.push_back({"1.2", title});
    const std::string csv = to_csv(sheet);
    CHECK(csv.find("'=1+1") != std::string::npos);
    CHECK(csv.find(",-5\r\n") != std::string::npos);
    const Table table = table_of(csv);
    REQUIRE(table.rows.size() == titles.size());
    for (std::size_t i = 0; i < titles.size(); ++i) CHECK(table.rows[i].cell("title") == titles[i]);
}

TEST_CASE("numbers and dates in a csv are plain") {
    Sheet sheet{"S", {"a", "b", "c"}, {{std::int64_t(5), 0.25, SheetCell::date("2026-03-01")}}};
    CHECK(to_csv(sheet) == "\xEF\xBB\xBF"
                           "a,b,c\r\n5,0.25,2026-03-01\r\n");
}

TEST_CASE("csv rows are numbered as a spreadsheet shows them, whatever lies in their cells") {
    const Table table = table_of("section,title\n1.1,\"one\ntwo\r\nthree\"\n\n1.2,B\n");
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0].number == 2);
    CHECK(table.rows[1].number == 4); // line 6 of the file; row 3 is blank
    CHECK(error_of("section,title\n1.1,\"one\ntwo\"\n1.2,B,C\n").find("plan.csv, row 3, column C: ") == 0);
    CHECK(error_of("section,title\n1.1,\"one\ntwo\"\n1.2,\"B\n")
              .find("plan.csv, line 4: a quoted cell starts here (row 3) and is never closed") == 0);
    CHECK(table_of("sep=;\r\nsection;title\r\n1.2;A\r\n").rows[0].number == 2); // the declaration is not shown
}

TEST_CASE("csv rows keep their faults where that was asked for, and leave the others good") {
    TableHead head;
    head.keep_faulty_rows = true;
    const auto table = parse_table("section,title\n1.1,A\n1.2,B,too much\n,,alone\n1.3,#REF!\n1.4,D\n", "plan.csv", columns, {}, head);
    REQUIRE(table);
    std::string all;
    for (const TableRow& row : table->rows) {
        all += fill("{}:{}", row.number, row.cell("section"));
        for (const Error& fault : row.faults) all += " " + to_text(fault).substr(0, 25);
        all += "|";
    }
    CHECK(all == "2:1.1|3:1.2 plan.csv, row 3, column C|4: plan.csv, row 4, column C|5:1.3 plan.csv, row 5, column B|6:1.4|");
    // What is wrong with the header is wrong with the table.
    CHECK_FALSE(parse_table("section,titel\n1.1,A\n", "plan.csv", columns, {}, head));
}
