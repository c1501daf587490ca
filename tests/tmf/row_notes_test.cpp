// Rows that are filed, and odd: days in an order that cannot be, persons who are elsewhere.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

// The notes of one row; today is 2025-10-01. P1 is principal investigator at 701, P2 at 0702.
std::string notes_of(const std::string& columns, const std::string& cells) {
    static const Program p; // what one row files does not change what is said of the next: each has a file of its own
    static int count = 0;
    const std::string file = fill("files/{}.txt", ++count);
    p.scratch.write(file, file);
    p.scratch.write("LIST.csv", fill("file,artifact,{}\n{},{}\n", columns, file, cells));
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    INFO(run.out + run.err);
    REQUIRE(run.code == 0);
    return run.err;
}

void check_said(const std::string& columns, const std::string& cells, const std::string& said) {
    const std::string notes = notes_of(columns, cells);
    CAPTURE(columns, cells, notes);
    CHECK(notes.find("note: row 2: " + said) != std::string::npos);
}

} // namespace

TEST_CASE("row notes: days that contradict each other") {
    check_said("date,expires", "01.01.08,2025-03-01,2025-02-28", "expires 2025-02-28 is before the document's own date 2025-03-01");
    check_said("received,expires", "01.01.08,2025-03-01,2025-02-28", "expires 2025-02-28 is before received 2025-03-01");
    check_said("date,received", "01.01.08,2025-03-01,2025-02-28", "received 2025-02-28 is before the document's own date 2025-03-01");
    check_said("received,final", "01.01.08,2025-03-01,2025-02-28", "final 2025-02-28 is before received 2025-03-01");
    check_said("date,final", "01.01.08,2025-03-01,2025-02-28", "final 2025-02-28 is before the document's own date 2025-03-01");
    check_said("final,accepted", "01.01.08,2025-03-01,2025-02-28", "accepted 2025-02-28 is before final 2025-03-01");
    check_said("received,rejected", "01.01.08,2025-03-01,2025-02-28", "rejected 2025-02-28 is before received 2025-03-01");
    check_said("final,withdrawn", "01.01.08,2025-03-01,2025-02-28", "withdrawn 2025-02-28 is before final 2025-03-01");
    check_said("final,accepted,rejected", "01.01.08,2025-03-01,2025-03-02,2025-03-03",
               "accepted 2025-03-02 and rejected 2025-03-03: a version is one of the two");
    check_said("expires", "01.01.08,2205-03-01", "expires 2205-03-01 is more than 30 years ahead: look whether the year is right");
    check_said("date", "01.01.08,1925-03-01", "date 1925-03-01 is more than 60 years ago: look whether the year is right");
}

TEST_CASE("row notes: days in their order, and days that filing fills in, are not odd") {
    CHECK(notes_of("date,expires,received,final,accepted,withdrawn",
                   "01.01.08,2025-02-01,2026-02-01,2025-02-02,2025-02-03,2025-02-03,2025-09-01") == "");
    CHECK(notes_of("date,status", "01.01.08,2025-10-01,final") == "");
    CHECK(notes_of("expires,status", "01.01.08,2025-01-01,final") == ""); // it came today, and had expired: history is filed
}

TEST_CASE("row notes: a document that was final or reviewed before the day on which it is said to come") {
    const auto taken = [](const char* after) {
        return fill("received is taken as today, 2025-10-01, which is after {}: if it came earlier, write the day in received", after);
    };
    check_said("final", "01.01.08,2025-01-01", taken("final 2025-01-01"));
    check_said("final,accepted", "01.01.08,2025-05-10,2025-05-12", taken("accepted 2025-05-12"));
    check_said("received,rejected", "01.01.08,n/a,2025-05-12", taken("rejected 2025-05-12")); // an empty cell
    CHECK(notes_of("final", "01.01.08,2025-10-01") == "");
}

TEST_CASE("row notes: a version that a spreadsheet took for a day") {
    const auto is_day = [](const char* label, const char* numbers) {
        return fill("version {} is a day: if the spreadsheet took a number for it, format the column as text and write {}", label, numbers);
    };
    check_said("version,status", "01.01.08,2025-01-03,final", is_day("2025-01-03", "3.1 or 1.3"));
    check_said("version,status", "01.01.08,01. Feb,final", is_day("01. Feb", "1.2 or 2.1"));
    check_said("version,status", "01.01.08,2-Jan,final", is_day("2-Jan", "2.1 or 1.2"));
    check_said("version,status", "01.01.08,Jan 25,final", is_day("Jan 25", "25.1 or 1.25"));
    for (const char* const label : {"1.0", "v2.0", "3", "Draft 2", "1.2.3", "Amendment 1", "Final"})
        CHECK(notes_of("version,status", fill("01.01.08,{},final", std::string(label))) == "");
}

TEST_CASE("row notes: a person who is not at the site of the row") {
    check_said("site,person,status", "05.02.04,0702,P1,final",
               "person P1 (Ann Lee) is not at site 0702, but principal_investigator at site 701");
    check_said("site,person,status", "05.02.04,0702,Ann Lee,final", "person P1 (Ann Lee) is not at site 0702");
    check_said("country,person,status", "04.01.01,DE,P2,final",
               "person P2 (Bob Roe) is not at DEU, but principal_investigator at site 0702");
    CHECK(notes_of("site,person,date,status", "05.02.04,701,P1,2025-01-20,final") == "");
    CHECK(notes_of("person,status", "01.01.08,P1,final") == ""); // of the trial: everybody is there
}

TEST_CASE("row notes: a person in another role than the artifact is expected of, and one who had left") {
    Program p;
    p.scratch.write("STUDY.yaml",
                    replace_all(program_study, "milestones:",
                                "  - {id: P3, name: Cy Fox, role: sub_investigator, site: \"701\", from: 2025-02-01, to: 2025-06-30}\n"
                                "milestones:"));
    p.require({"study", "apply", "STUDY.yaml"});
    p.scratch.write("LIST.csv", "file,artifact,site,person,date,status\nfiles/a.txt,05.02.04,701,P3,2025-03-01,final\n"
                                "files/b.txt,05.02.05,701,P3,2025-07-01,final\nfiles/c.txt,05.02.05,701,P3,2025-06-30,final\n");
    const test::Run run = p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    CHECK(run.err == "note: row 2: person P3 (Cy Fox) is sub_investigator at site 701; 05.02.04 Principal Investigator Curriculum Vitae is "
                     "expected of principal_investigator, so it fills no expectation\n"
                     "note: row 3: person P3 (Cy Fox) was sub_investigator at site 701 until 2025-06-30, before the document's own date "
                     "2025-07-01\n");
    p.scratch.write("LIST.csv", "file,artifact,site,person\nfiles/d.txt,05.02.05,701,Cy Foxx\n");
    CHECK(
        p.refused({"tmf", "import", "LIST.csv", "--study", "S"}).find("the study has no person Cy Foxx. Mend: did you mean P3 (Cy Fox)?") !=
        std::string::npos);
}
