// Every column of a list with every kind of fault: the error names file, row, column, value and what to do; nothing is filed.
#include "tests/tmf/filing_bench.hpp"

using namespace tmf_test;

namespace {

struct Fault {
    const char* column;
    const char* value;
    const char* says; // the value in it, where there is one
    const char* mend; // part of the remedy
};

const std::vector<Fault> faults = {
    {"file", "", "neither a file nor a pointer is given", "name the file"},
    {"file", "files/missing.txt", "there is no file files/missing.txt", "correct the name"},
    {"file", "files", "files is a folder", "name a file"},
    {"file", "../outside.txt", "../outside.txt is not below the list's folder", "put the file beside the list"},
    {"file", "/etc/passwd", "/etc/passwd is an absolute path", "--files DIR"},
    {"file", "files/empty.txt", "files/empty.txt is empty (0 bytes)", "get the file again"},
    {"file", "files/cut.pdf", "files/cut.pdf: the PDF was cut off at byte 19", "export the document again"},
    {"artifact", "", "the artifact is missing", "give its number"},
    {"artifact", "02.01.99", "there is no artifact 02.01.99", "section 02.01"},
    {"artifact", "99.01.01", "there is no artifact 99.01.01", "zones are"},
    {"artifact", "2002-01-02", "the artifact is the date 2002-01-02", "format the column as text"},
    {"artifact", "Curriculum", "there is no artifact \"Curriculum\"", "give its number"},
    {"artifact", "Protocoll", "there is no artifact \"Protocoll\"", "did you mean Protocol?"},
    {"artifact", "Filenote", "\"Filenote\" is the name of 11 artifacts", "give the number"},
    {"artifact", "05.04.10", "05.04.10 Subject Identification Log belongs in the investigator's site file", "leave it at the site"},
    {"artifact", "05.04.11", "05.04.11 Source Data belongs in the investigator's site file", "leave it at the site"},
    {"artifact", "Source Data", "05.04.11 Source Data belongs in the investigator's site file", "leave it at the site"},
    {"country", "Atlantis", "the study has no country Atlantis", "it has"},
    {"country", "FRA", "the study has no country FRA", "it has USA, DEU"},
    {"country", "DEU", "site 701 is in USA, not in DEU", "name the right site"},
    {"site", "703", "the study has no site 703", "did you mean 701?"},
    {"site", "=701+1", "the study has no site =701+1", ""},
    {"person", "P9", "the study has no person P9", "did you mean"},
    {"person", "P1;Nobody At All", "the study has no person Nobody At All", "add the person"},
    {"person", "P1,P2", "the study has no person P1,P2", "separate ids with ;: P1;P2"},
    {"person", "P1 / P2", "the study has no person P1 / P2", "separate ids with ;: P1;P2"},
    {"person", "ann lee, P2", "the study has no person ann lee, P2", "separate ids with ;: P1;P2"},
    {"person", "P1,P2;P1", "the study has no person P1,P2", "separate ids with ;: P1;P2"},
    {"person", "P1, Nobody At All", "the study has no person P1, Nobody At All", "add the person to people in the study file"},
    {"person", "Lee, Ann", "the study has no person Lee, Ann", "did you mean P1 (Ann Lee)?"},
    {"person", "LEE,ANN", "the study has no person LEE,ANN", "did you mean P1 (Ann Lee)?"},
    {"event", "A2", "the study has no A2", "did you mean A1?"},
    {"event", "A1;ZZ-9", "the study has no ZZ-9", ""},
    {"date", "03/04/2025", "\"03/04/2025\" can be 2025-03-04 or 2025-04-03", "write YYYY-MM-DD"},
    {"date", "30.02.2025", "\"30.02.2025\"", "write YYYY-MM-DD"},
    {"date", "05.06.25", "\"05.06.25\": the year has only 2 digits", "write YYYY-MM-DD"},
    {"date", "yesterday", "\"yesterday\" is not a date", "write YYYY-MM-DD"},
    {"date", "2025-10-02", "date 2025-10-02 is in the future (today is 2025-10-01)", "correct the date"},
    {"expires", "never", "\"never\" is not a date", "write YYYY-MM-DD"},
    {"received", "2026-01-01", "received 2026-01-01 is in the future", "correct the date"},
    {"received", "45#", "\"45#\" is not a date", "write YYYY-MM-DD"},
    {"final", "2026-01-01", "final 2026-01-01 is in the future", "correct the date"},
    {"accepted", "2025-05-05", "accepted on 2025-05-05, but no final date is given", "give the date in final"},
    {"accepted", "soon", "\"soon\" is not a date", "write YYYY-MM-DD"},
    {"rejected", "2026-01-01", "rejected 2026-01-01 is in the future", "correct the date"},
    {"withdrawn", "1/1", "\"1/1\" is not a date", "write YYYY-MM-DD"},
    {"status", "done", "status \"done\" is not known", "write draft or final"},
    {"language", "english", "\"english\" is no language code", "use two letters"},
    {"restricted", "perhaps", "\"perhaps\" is neither yes nor no", "write yes or no"},
    {"document", "D-000099", "there is no document D-000099 in study S", "clear the cell"},
    {"copy_certified_on", "soon", "\"soon\" is not a date", "write YYYY-MM-DD"},
    {"copy_certified_on", "2026-01-01", "copy_certified_on 2026-01-01 is in the future", "correct the date"},
    {"sub_artifact", "Cover of the fax", "has no sub-artifact \"Cover of the fax\"", ""},
    {"confirmed", "no", "nobody has confirmed this proposal", "write yes in confirmed"},
    {"confirmed", "maybe", "\"maybe\" is neither yes nor no", "write yes"},
};

std::string list_with(const Fault& fault) {
    std::map<std::string, std::string> cells = {{"file", "files/a.txt"}, {"artifact", "05.02.12"}, {"site", "701"}};
    cells[fault.column] = fault.value;
    std::string header, row;
    for (const TableColumn& column : list_columns()) {
        if (column.name == "row" || column.name == "problem") continue;
        header += (header.empty() ? "" : ",") + column.name;
        row += (row.empty() && column.name == "file" ? "" : ",") + std::string("\"") + cells[column.name] + "\"";
    }
    return header + "\n" + row + "\n";
}

} // namespace

TEST_CASE("lists: every fault of every column names file, row, column, value and remedy, and nothing is filed") {
    FilingBench bench;
    bench.scratch.write("files/empty.txt", "");
    bench.scratch.write("files/cut.pdf", "%PDF-1.7\n1 0 obj\n<<");
    bench.scratch.write("outside.txt", "x");
    std::set<std::string> tried;
    for (const Fault& fault : faults) {
        INFO(fault.column << " = " << fault.value);
        tried.insert(fault.column);
        const auto outcome = bench.import(list_with(fault));
        REQUIRE_FALSE(outcome);
        std::vector<Error> errors = outcome.error().details;
        if (errors.empty()) errors.push_back(outcome.error());
        const auto named = std::find_if(errors.begin(), errors.end(),
                                        [&](const Error& error) { return error.message.find(fault.says) != std::string::npos; });
        INFO(to_text(outcome.error()));
        REQUIRE(named != errors.end());
        CHECK(named->where.path == "LIST.csv");
        CHECK(named->where.line == 2);
        CHECK(named->where.column == fault.column);
        CHECK_FALSE(named->remedy.empty());
        CHECK(named->remedy.find(fault.mend) != std::string::npos);
        CHECK(*bench.repository->ledger().last_document() == 0);
    }
    for (const TableColumn& column : list_columns()) { // texts that nothing can be wrong with, and what is ignored
        static const std::set<std::string> free = {
            "title",        "version",           "pointer",        "row",        "problem", "confidence", "why",
            "alternatives", "copy_certified_by", "copy_statement", "copy_source"};
        CHECK((free.count(column.name) > 0) != (tried.count(column.name) > 0));
    }
}

TEST_CASE("lists: faults of the table itself name the place") {
    FilingBench bench;
    const auto refused = [&bench](const std::string& list) {
        const auto outcome = bench.import(list);
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().where.path == "LIST.csv");
        return to_text(outcome.error());
    };
    CHECK(refused("file,artefact\nfiles/a.txt,02.01.02\n").find("did you mean artifact") != std::string::npos);
    CHECK(refused("file,title\nfiles/a.txt,x\n").find("artifact") != std::string::npos); // the required column is missing
    CHECK(refused("file,artifact,artifact\nfiles/a.txt,02.01.02,02.01.02\n").find("twice") != std::string::npos);
    CHECK(refused("file,artifact\n\"files/a.txt,02.01.02\n").find("LIST.csv, line 2: a quoted cell starts here and is never closed") !=
          std::string::npos); // a quote that is never closed
    CHECK(refused("file,artifact\nfiles/a.txt,02.01.02,extra\n").find("row 2") != std::string::npos);
    CHECK(refused("").find("LIST.csv") != std::string::npos);
    CHECK(refused("%PDF-1.7").find("this is a PDF") != std::string::npos);
    CHECK(refused("\xD0\xCF\x11\xE0").find("workbook of the old kind") != std::string::npos);
    CHECK(refused("PK\3\4 no zip at all").find("LIST.csv") != std::string::npos);
    CHECK(refused("file,artifact\nfiles/a.txt," + std::string(70'000, 'x') + "\n").find("row 2") != std::string::npos);
    CHECK(*bench.repository->ledger().last_document() == 0);
}

TEST_CASE("lists: a row with a cell too many is one refused row, named as the spreadsheet shows it, and the others are filed") {
    FilingBench bench;
    const std::string list = "file,artifact,title\n"
                             "files/a.txt,01.01.08,\"Monitoring\nplan\"\n"
                             "files/b.txt,01.01.09,Plan,too much\n" // row 3, line 4
                             "files/c.txt,01.01.17,#REF!\n"
                             "files/d.txt,99.01.08,none\n";
    const auto refused = bench.import(list); // all or nothing, and every fault at once
    REQUIRE_FALSE(refused);
    CHECK(refused.error().details.size() == 3);
    const auto outcome = bench.import(list, true);
    REQUIRE(outcome);
    REQUIRE(outcome->refused.size() == 3);
    CHECK(outcome->refused[0].row.number == 3);
    CHECK(to_text(outcome->refused[0].errors[0]).find("LIST.csv, row 3, column D: the cell \"too much\" stands under no column name") == 0);
    CHECK(to_text(outcome->refused[1].errors[0]).find("LIST.csv, row 4, column C: the cell holds #REF!") == 0);
    CHECK(to_text(outcome->refused[2].errors[0]).find("LIST.csv, row 5, column artifact: there is no artifact 99.01.08") == 0);
    REQUIRE(outcome->filed.size() == 1);
    CHECK(outcome->filed[0].row == 2);
}
