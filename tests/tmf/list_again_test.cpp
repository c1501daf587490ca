// A list that `tmf list` made, edited and given to `tmf reindex`: it means the versions that it showed.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// D-000001 has two versions, 1.0 and 2.0, filed in the other order: the newest one is number 1. D-000002 has no label.
struct Listed : Program {
    Listed() {
        import("file,artifact,title,site,document,version,date,status\nfiles/a.txt,02.01.06,Insurance,,INS,2.0,2025-01-06,final\n");
        import("file,artifact,title,site,document,version,date,status\nfiles/b.txt,02.01.06,Insurance,,INS,1.0,2025-01-05,final\n");
        import("file,artifact,title,site,person,date,status\nfiles/c.txt,05.02.04,CV,701,P1,2025-01-05,final\n");
    }
    std::string list() const { return require({"tmf", "list", "--study", "S", "--format", "csv"}); }
    std::string reindex(const std::string& list) const {
        scratch.write("LIST.csv", list);
        return require({"tmf", "reindex", "LIST.csv", "--reason", "read again"});
    }
    std::string reindex_refused(const std::string& list) const {
        scratch.write("LIST.csv", list);
        return refused({"tmf", "reindex", "LIST.csv", "--reason", "read again"});
    }
};

} // namespace

TEST_CASE("list again: a list as it was shown changes nothing, edited it changes that version") {
    const Listed p;
    const std::string list = p.list();
    REQUIRE(has(list, "D-000001,1,final,02.01.06"));
    REQUIRE(has(list, ",2.0,2025-01-06,"));
    CHECK(p.reindex(list) == "0 corrected\n");
    p.require({"tmf", "list", "--format", "xlsx", "--output", "LIST.xlsx"});
    CHECK(p.require({"tmf", "reindex", "LIST.xlsx", "--reason", "read again"}) == "0 corrected\n");
    CHECK(p.reindex(replace_all(list, "2025-01-06", "2025-01-07")) == "D-000001@1  date 2025-01-06 -> 2025-01-07\n1 corrected\n");
    CHECK(p.reindex(replace_all(list, ",2.0,", ",2.1,")) ==
          "D-000001@1  label 2.0 -> 2.1\nD-000001@1  date 2025-01-07 -> 2025-01-06\n1 corrected\n");
    p.scratch.write("LIST.csv", list);
    CHECK(
        has(p.run({"tmf", "reindex", "LIST.csv", "--reason", "x", "--dry-run"}).err,
            "note: LIST.csv: not corrected, whatever is said there: state, name, received, final, accepted, rejected, withdrawn, pointer, "
            "external, carried_over, media_type, file, size, sha256, filed_at, filed_by\n"));
}

TEST_CASE("list again: beside a label, version is the number of the version, whichever is newest") {
    const Listed p;
    CHECK(p.reindex("document,version,title,label\nD-000001,2,First insurance,\n") ==
          "D-000001@2  title Insurance -> First insurance\n1 corrected\n");
    CHECK(p.reindex("document,label\nD-000002,3\n") == "D-000002@1  label 3\n1 corrected\n");
    CHECK(has(p.reindex_refused("document,version,label\nD-000001,3,3.0\n"), "D-000001 has no version 3"));
    CHECK(has(p.reindex_refused("document,version,label\nD-000001,2.0,3.0\n"),
              "LIST.csv, row 2, column version: \"2.0\" is no number of a version"));
    CHECK(has(p.reindex_refused("document,version,label\nD-000001@1,2,3.0\n"),
              "column version: version is 2 here, and document says D-000001@1"));
}

TEST_CASE("list again: without the labels a number is not taken for one") {
    const Listed p;
    const std::string refused = p.reindex_refused("document,version,title\nD-000002,1,The CV\n");
    CHECK(refused ==
          "dossier: LIST.csv, row 2, column version: version 1 may be the number of D-000002@1, as a list shows it, or a new label of "
          "D-000002@1. Mend: write D-000002@1 in document where the number is meant, and what a version is called in a column "
          "label\n");
    // What cannot be a number of this document, or says so itself, is a label as before.
    CHECK(p.reindex("document,version\nD-000002,1.0\n") == "D-000002@1  label 1.0\n1 corrected\n");
    CHECK(p.reindex("document,version\nD-000002,1\n") == "0 corrected\n"); // the version that is called so, whatever is meant
    CHECK(p.reindex("document,version\nD-000002,7\n") == "D-000002@1  label 1.0 -> 7\n1 corrected\n");
    CHECK(p.reindex("document,version\nD-000002@1,1\n") == "D-000002@1  label 7 -> 1\n1 corrected\n");
    CHECK(has(p.require({"tmf", "reindex", "D-000001", "--version", "1.5", "--reason", "x"}), "D-000001@1  label 2.0 -> 1.5"));
}

TEST_CASE("list again: an artifact that stays moves nothing, and takes no part away") {
    const Program p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "11.02.03", "--restricted", "no", "--date", "2025-01-05"});
    p.require({"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "121", "--sub-artifact", "Invoice", "--site", "701", "--date",
               "2025-01-05"});
    p.scratch.write("LIST.csv", "document,artifact,title\nD-000001,11.02.03,Codes\nD-000002,06.01.04,Bill\n"); // open, and a part
    CHECK(p.require({"tmf", "reindex", "LIST.csv", "--reason", "x"}) ==
          "D-000001@1  title a -> Codes\nD-000002@1  title b -> Bill\n2 corrected\n");
}

TEST_CASE("list again: a list of all versions is taken, and corrects several versions of a document in one go") {
    const Listed p;
    const std::string list = p.require({"tmf", "list", "--study", "S", "--all-versions", "--format", "csv"});
    REQUIRE(has(list, "\nD-000001,1,"));
    REQUIRE(has(list, "\nD-000001,2,"));
    CHECK(p.reindex(list) == "0 corrected\n");
    CHECK(p.reindex(replace_all(list, "2025-01-06", "2025-01-07")) == "D-000001@1  date 2025-01-06 -> 2025-01-07\n1 corrected\n");
    const std::string both = replace_all(replace_all(list, ",1.0,", ",1.1,"), ",2.0,", ",2.1,");
    // 1.0, the version filed second, stands first in the list.
    CHECK(p.reindex(both) == "D-000001@2  label 1.0 -> 1.1\nD-000001@1  label 2.0 -> 2.1\n"
                             "D-000001@1  date 2025-01-07 -> 2025-01-06\n2 corrected\n");
    CHECK(p.reindex(list) == "D-000001@2  label 1.1 -> 1.0\nD-000001@1  label 2.1 -> 2.0\n2 corrected\n");
    CHECK(has(p.reindex_refused("document,title\nD-000001@1,One\nD-000001@1,Two\n"),
              "row 3, column document: D-000001@1 is corrected twice"));
    // The row of the other version still says where the document was.
    CHECK(p.reindex("document,version,site,label\nD-000001,2,,1.0\nD-000001,1,701,2.0\n") ==
          "D-000001@1  country USA\nD-000001@1  site 701\n1 corrected\n");
}
