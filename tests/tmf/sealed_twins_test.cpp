// The same bytes, restricted in one place and open to all in another: they would lie open.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string header = "file,artifact,title,site,document,version,date,status,restricted\n";

struct Lists : Program {
    Lists() { scratch.write("files/copy.txt", "content of a\n"); }
    test::Run run_list(const std::string& rows, const std::vector<std::string>& more = {}) const {
        scratch.write("LIST.csv", header + rows);
        std::vector<std::string> arguments{"tmf", "import", "LIST.csv", "--study", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // With and without --keep-going nothing is filed; what is said of the rows.
    std::string all_refused(const std::string& rows) const {
        const test::Run whole = run_list(rows), row_by_row = run_list(rows, {"--keep-going"});
        INFO(whole.err << row_by_row.out << row_by_row.err);
        CHECK(whole.code == 3);
        CHECK(row_by_row.code == 10);
        CHECK(documents() == 0);
        return whole.err;
    }
    std::string notes_of(const std::string& rows) const {
        const test::Run done = run_list(rows);
        INFO(done.out << done.err);
        CHECK(done.code == 0);
        return done.err;
    }
};

} // namespace

TEST_CASE("sealed twins: the same bytes restricted in one row and open in another are filed by neither") {
    const Lists p;
    for (const std::string file : {"files/a.txt", "files/copy.txt"})
        for (const std::string said : {"no", ""}) {
            const std::string open = file + ",02.01.02,Open,,,,2025-05-06,final," + said + "\n";
            const std::string sealed = "files/a.txt,05.02.12,Arm,701,,,2025-05-07,final,yes\n";
            std::string refused = p.all_refused(open + sealed);
            INFO(refused);
            CHECK(has(refused, "row 2, column restricted: row 3 seals the same bytes. Mend: say the same in restricted of both rows: yes "
                               "where the bytes may unblind anybody"));
            CHECK(has(refused, "row 3, column restricted: row 2 files the same bytes open to all"));
            refused = p.all_refused(sealed + open); // whichever comes first
            CHECK(has(refused, "row 2, column restricted: row 3 files the same bytes open to all"));
            CHECK(has(refused, "row 3, column restricted: row 2 seals the same bytes"));
        }
    // The artifact seals the one; a draft and its final version are two records of one place.
    CHECK(has(p.all_refused("files/a.txt,02.01.02,Open,,,,2025-05-06,final,\nfiles/a.txt,11.02.03,Codes,,,,2025-05-06,final,\n"),
              "row 3 seals the same bytes"));
    CHECK(has(p.all_refused("files/a.txt,05.02.12,Arm,701,,,2025-05-06,draft,yes\nfiles/a.txt,05.02.12,Arm,701,,,2025-05-06,final,\n"),
              "row 2 seals the same bytes"));
    // The sealed row is refused for another fault, too.
    CHECK(has(p.all_refused("files/a.txt,02.01.02,Open,,,,2025-05-06,final,\nfiles/copy.txt,05.02.12,Arm,999,,,2025-05-06,final,yes\n"),
              "row 3 seals the same bytes"));
}

TEST_CASE("sealed twins: pairs that are open, or restricted, in both rows, and other bytes of one size, are filed") {
    const Lists open, sealed, other;
    CHECK(has(open.notes_of("files/a.txt,02.01.02,One,,,,2025-05-06,final,no\nfiles/copy.txt,05.02.12,Two,701,,,2025-05-06,final,no\n"),
              "row 3: the same bytes as row 2"));
    CHECK(open.documents() == 2);
    CHECK(has(sealed.notes_of("files/a.txt,02.01.02,One,,,,2025-05-06,final,yes\nfiles/copy.txt,05.02.12,Two,701,,,2025-05-06,final,yes\n"),
              "row 3: the same bytes as row 2"));
    CHECK(sealed.documents() == 2);
    other.notes_of("files/a.txt,02.01.02,One,,,,2025-05-06,final,no\nfiles/b.txt,05.02.12,Two,701,,,2025-05-06,final,yes\n");
    CHECK(other.documents() == 2);
}

TEST_CASE("sealed twins: what is filed as restricted is not filed open by who may read it, and not told to others") {
    Lists p;
    p.require({"user", "add", "bob", "--role", "filer"});
    p.notes_of("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,yes\n");
    const std::string open = "files/copy.txt,02.01.02,Open,,,,2025-05-06,final,no\n";
    const test::Run refused = p.run_list(open);
    CHECK(refused.code == 3);
    CHECK(has(refused.err, "LIST.csv, row 2, column restricted: the same bytes are filed as D-000001 (artifact 095, site 701), which is "
                           "restricted; this would lay them open to all"));
    CHECK(has(p.refused({"tmf", "file", "files/copy.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-05-06"}),
              "the same bytes are filed as D-000001"));
    CHECK(p.documents() == 1);
    // The same record once more is no new one, although it says no; a restricted one beside it is filed.
    p.notes_of("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,no\n");
    CHECK(p.documents() == 1);
    p.notes_of("files/copy.txt,02.01.06,Also,,,,2025-05-06,final,yes\n");
    CHECK(p.documents() == 2);
    p.user = "bob";
    CHECK_FALSE(has(p.notes_of(open), "same bytes"));
    p.user = "ann";
    CHECK(p.documents() == 3);
}

TEST_CASE("sealed twins: what was restricted for nothing is filed open once it is rejected, and everything after the unblinding") {
    const Lists p, q;
    const std::string open = "files/copy.txt,02.01.02,Open,,,,2025-05-06,final,no\n";
    p.notes_of("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,yes\n");
    p.require({"tmf", "review", "D-000001", "--reject", "other", "--comment", "names no treatment"});
    CHECK(has(p.notes_of(open), "the same bytes are filed as D-000001"));
    q.notes_of("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,yes\n");
    q.require({"milestone", "set", "S", "S11", "2025-09-01"});
    CHECK(has(q.notes_of(open), "the same bytes are filed as D-000001"));
}

TEST_CASE("sealed twins: where a row does not say legibly whether it is restricted, its siblings are not filed open") {
    const Lists p;
    for (const std::string cell : {"maybe", "#N/A"}) {
        INFO(cell);
        std::string refused = p.all_refused("files/a.txt,05.02.12,Arm,701,ARM,1,2025-05-06,final,no\n"
                                            "files/b.txt,05.02.12,Arm,701,ARM,2,2025-05-07,final," +
                                            cell + "\n");
        CHECK(has(refused, "row 2, column restricted: whether document ARM is restricted cannot be read in row 3, this one would file it "
                           "open to all"));
        refused = p.all_refused("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final," + cell +
                                "\nfiles/copy.txt,05.02.12,Arm,701,,,2025-05-06,final,\n");
        CHECK(has(refused, "row 3, column restricted: row 2 files the same document, and whether that is restricted cannot be read"));
        refused = p.all_refused("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final," + cell +
                                "\nfiles/copy.txt,02.01.02,Other,,,,2025-05-06,final,no\n");
        CHECK(has(refused, "row 3, column restricted: row 2 files the same bytes, and whether that is restricted cannot be read"));
    }
    // Words that say nothing: as an empty cell.
    p.notes_of("files/a.txt,05.02.12,Arm,701,ARM,1,2025-05-06,final,n/a\nfiles/b.txt,05.02.12,Arm,701,ARM,2,2025-05-07,final,-\n");
    CHECK(p.documents() == 1);
}
