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
    // Nor as the same record: told "filed already", whoever says no would believe that it is open now. Where the row leaves it open, it is
    // the one that is filed. A restricted one beside it is filed.
    CHECK(has(p.run_list("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,no\n").err, "the same bytes are filed as D-000001"));
    CHECK(has(p.run_list("files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,\n").out, "was there already"));
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

TEST_CASE("sealed twins: the same record is filed open where restricted says no, once") {
    const Lists rejected, unblinded, unsaid;
    const std::string row = "files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,";
    for (const Lists* p : {&rejected, &unblinded, &unsaid}) p->notes_of(row + "yes\n");
    rejected.require({"tmf", "review", "D-000001", "--reject", "other", "--comment", "names no treatment"});
    unblinded.require({"milestone", "set", "S", "S11", "2025-09-01"});
    for (const Lists* p : {&rejected, &unblinded}) {
        CHECK(has(p->notes_of(row + "no\n"), "row 2: the same bytes are filed as D-000001 (artifact 095, site 701), which "
                                             "is restricted and stays so; this one is open to all"));
        CHECK(p->documents() == 2);
        CHECK(has(p->require({"tmf", "list", "--format", "csv"}), "D-000002,1,"));
        p->notes_of(row + "no\n"); // a list may come again
        p->notes_of(row + "\n");
        p->notes_of(row + "yes\n");
        CHECK(p->documents() == 2);
    }
    // What a row leaves open is not said by the rejection of a bad copy, nor by the unblinding of somebody else's documents.
    unsaid.require({"tmf", "review", "D-000001", "--reject", "other", "--comment", "page 2 is missing"});
    const std::string other = "files/copy.txt,02.01.02,Open,,,,2025-05-06,final,\n";
    for (int i = 0; i < 2; ++i) {
        CHECK(has(unsaid.run_list(other).err,
                  "the same bytes are filed as D-000001 (artifact 095, site 701), which is restricted; this would "
                  "lay them open to all. Mend: say restricted yes, or no where all may see it"));
        unsaid.notes_of(row + "\n");
        CHECK(unsaid.documents() == 1);
        if (i == 0) unsaid.require({"milestone", "set", "S", "S11", "2025-09-01"});
    }
}

TEST_CASE("sealed twins: beside a row that seals it, and of a list that comes again, no does not open what is filed") {
    const Lists p, q;
    const std::string row = "files/a.txt,05.02.12,Arm,701,,,2025-05-06,final,";
    p.notes_of(row + "yes\n");
    p.require({"milestone", "set", "S", "S11", "2025-09-01"});
    p.notes_of(row + "yes\n" + row + "no\n");
    CHECK(p.documents() == 1);
    CHECK(p.run_list(row + "no\n" + row + "yes\n").code == 3);
    CHECK(p.documents() == 1);
    // Filed open, and found out later: the list that it came with does not know of it.
    q.notes_of(row + "no\n");
    q.require({"tmf", "reindex", "D-000001", "--restricted", "yes", "--reason", "names the arm"});
    for (const std::string day : {"", "S11"}) {
        if (!day.empty()) q.require({"milestone", "set", "S", day, "2025-09-01"});
        CHECK(has(q.notes_of(row + "no\n"), "row 2: D-000001 was filed open, is restricted since and stays so; to open it: "
                                            "'dossier tmf file FILE --restricted no' with its particulars"));
        CHECK(q.documents() == 1);
    }
    q.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "05.02.12", "--site", "701", "--date", "2025-05-06", "--status",
               "final", "--restricted", "no"});
    CHECK(q.documents() == 2);
}

TEST_CASE("sealed twins: a record kept elsewhere is opened like one with bytes") {
    const Lists p;
    const auto list = [&p](const std::string& said) {
        p.scratch.write("LIST.csv",
                        "pointer,artifact,title,site,date,status,restricted\neISF 12,05.02.12,Arm,701,2025-05-06,final," + said + "\n");
        return p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    };
    CHECK(list("yes").code == 0);
    CHECK(
        has(list("no").err, "the same pointer is filed as D-000001 (artifact 095, site 701), which is restricted; this would lay it open"));
    CHECK(list("").code == 0);
    CHECK(p.documents() == 1);
    p.require({"milestone", "set", "S", "S11", "2025-09-01"});
    CHECK(has(list("no").err, "the same pointer is filed as D-000001 (artifact 095, site 701), which is restricted and stays so"));
    CHECK(p.documents() == 2);
}

TEST_CASE("sealed twins: what is said to somebody who would lift a restriction works as it is written") {
    const Lists p;
    p.notes_of("files/a.txt,05.02.12,Arm,701,ARM,1,2025-05-06,final,yes\n");
    p.require({"tmf", "review", "D-000001", "--accept"});
    const std::string mend = p.refused({"tmf", "reindex", "D-000001", "--restricted", "no", "--reason", "names no treatment"});
    CHECK(mend == "dossier: D-000001 is restricted and stays so: no correction opens it. Mend: where all may see it: 'dossier tmf get "
                  "D-000001 --output FILE', then 'dossier tmf file FILE --restricted no' with its particulars; before the unblinding (S11) "
                  "'dossier tmf review D-000001 --reject other --comment TEXT' first\n");
    CHECK(
        has(p.refused({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "05.02.12", "--site", "701", "--document", "D-000001",
                       "--restricted", "no"}),
            "restricted is no here and yes in what is filed of document D-000001. Mend: it stays restricted; leave --document out to file "
            "it open to all as a document of its own"));
    CHECK(has(p.run_list("files/a.txt,05.02.12,Arm,701,ARM,1,2025-05-06,final,no\n").err,
              "restricted is no here and yes in what is filed of document ARM. Mend: it stays restricted; write a new word in document, or "
              "none, to file it open to all as a document of its own"));
    p.require({"tmf", "get", "D-000001", "--output", "FILE"});
    p.require({"tmf", "review", "D-000001", "--reject", "other", "--comment", "TEXT"});
    p.require({"tmf", "file", "FILE", "--restricted", "no", "--study", "S", "--artifact", "05.02.12", "--title", "Arm", "--site", "701",
               "--version", "1", "--date", "2025-05-06", "--status", "final"});
    CHECK(p.documents() == 2);
    // The other way.
    CHECK(has(p.refused({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "05.02.12", "--site", "701", "--document", "D-000002",
                         "--restricted", "yes"}),
              "restricted is yes here and no in what is filed of document D-000002. Mend: 'dossier tmf reindex D-000002 --restricted yes "
              "--reason TEXT' first"));
    p.require({"tmf", "reindex", "D-000002", "--restricted", "yes", "--reason", "TEXT"});
}
