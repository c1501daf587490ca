// Labels that lists give documents: who cannot see the other document with a label may use it, and who sees both says which is meant.
#include <catch2/catch.hpp>

#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// ann made the repository; f1 files at site 701, f2 at 0702. Both call a document of theirs CTA.
struct TwoSites : Program {
    TwoSites() {
        require({"user", "add", "f1", "--role", "filer", "--study", "S", "--site", "701"});
        require({"user", "add", "f2", "--role", "filer", "--study", "S", "--site", "0702"});
    }
    test::Run as(const std::string& who, std::vector<std::string> arguments) {
        user = who;
        const test::Run result = run(std::move(arguments));
        user = "ann";
        return result;
    }
    test::Run import_as(const std::string& who, const std::string& rows, const std::vector<std::string>& more = {}) {
        scratch.write("LIST.csv", "file,artifact,site,document,version,date,status\n" + rows);
        std::vector<std::string> arguments{"tmf", "import", "LIST.csv", "--study", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return as(who, arguments);
    }
    // document, versions: as the list of all shows them
    std::string documents() const {
        std::string text;
        const Json list = json({"tmf", "list", "--all-versions"});
        for (const Json& document : list.find("documents")->items())
            text += document.find("id")->text() + " " + std::to_string(document.find("versions")->items().size()) + "\n";
        return text;
    }
};

} // namespace

TEST_CASE("label: a filer uses the label that a site he cannot see uses too, and is told nothing of it") {
    TwoSites p;
    CHECK(p.import_as("f2", "files/a.txt,05.02.12,0702,CTA,1.0,2025-03-02,final\n").code == 0);
    const test::Run first = p.import_as("f1", "files/b.txt,05.02.12,701,CTA,1.0,2025-03-03,final\n");
    CHECK(first.code == 0);
    CHECK(first.err == "");
    CHECK_FALSE(has(first.out, "D-000001"));
    const test::Run kept = p.import_as("f1",
                                       "files/b.txt,05.02.12,701,CTA,1.0,2025-03-03,final\n"
                                       "files/c.txt,05.02.12,701,CTA,2.0,2025-04-03,final\n"
                                       "files/d.txt,05.02.13,701,,,2025-03-03,final\n",
                                       {"--keep-going"});
    CHECK(kept.code == 0);
    // His own CTA is the second document; its second version and one without a label came with the second list.
    CHECK(p.documents() == "D-000001 1\nD-000002 2\nD-000003 1\n");
    CHECK(p.run({"tmf", "audit", "--verify"}).code == 0);
    const test::Run check = p.run({"tmf", "check"});
    CHECK(check.code == 0);
    CHECK(has(check.out, "S: CTA is the label of D-000001, D-000002"));
    CHECK(has(p.require({"tmf", "show", "D-000001"}), "known outside as CTA, as D-000002 is"));
    CHECK_FALSE(has(p.as("f1", {"tmf", "show", "D-000002"}).out, "D-000001"));
}

TEST_CASE("label: of two documents with one label the row's artifact and place say which is meant, else it is refused") {
    TwoSites p;
    p.import_as("f2", "files/a.txt,05.02.12,0702,CTA,1.0,2025-03-02,final\n");
    p.import_as("f1", "files/b.txt,05.02.12,701,CTA,1.0,2025-03-03,final\n");
    CHECK(p.import_as("ann", "files/c.txt,05.02.12,701,CTA,2.0,2025-05-02,final\n"
                             "files/d.txt,05.02.12,0702,CTA,2.0,2025-05-02,final\n")
              .code == 0);
    CHECK(p.documents() == "D-000001 2\nD-000002 2\n");
    const test::Run neither = p.import_as("ann", "files/c.txt,05.02.13,701,CTA,3.0,2025-05-02,final\n");
    CHECK(neither.code == 3);
    CHECK(has(neither.err, "LIST.csv, row 2, column document: 2 documents are called CTA: D-000001, D-000002. Mend: write the number of "
                           "the one that is meant, D-000001 or another"));
}

TEST_CASE("label: a ledger of an earlier program, where a label stood once, takes it a second time") {
    TwoSites p;
    p.import_as("f2", "files/a.txt,05.02.12,0702,CTA,1.0,2025-03-02,final\n");
    REQUIRE(test::run({"sqlite3", p.scratch / "repo/ledger.sqlite",
                       "DROP INDEX document_by_external; DROP INDEX document_restricted;"
                       "CREATE UNIQUE INDEX document_by_external ON document (study, external) WHERE external <> '';"
                       "CREATE INDEX document_restricted ON document (number) WHERE restricted = 1;"})
                .code == 0);
    CHECK(p.import_as("f1", "files/b.txt,05.02.12,701,CTA,1.0,2025-03-03,final\n").code == 0);
    CHECK(p.documents() == "D-000001 1\nD-000002 1\n");
}

TEST_CASE("label: the number of a document adds a version, also with a version or in small letters, and only that") {
    TwoSites p;
    p.import_as("ann", "files/a.txt,05.02.12,701,,1.0,2025-03-02,final\n");
    CHECK(p.import_as("ann", "files/b.txt,05.02.12,701,D-000001@1,2.0,2025-04-02,final\n"
                             "files/c.txt,05.02.12,701,d-000001,3.0,2025-05-02,final\n")
              .code == 0);
    CHECK(p.documents() == "D-000001 3\n");
    const test::Run file = p.as("ann", {"tmf", "file", "files/d.txt", "--study", "S", "--artifact", "05.02.12", "--site", "701", "--date",
                                        "2025-06-02", "--status", "final", "--document", "D-000001@1", "--version", "4.0"});
    CHECK(file.code == 0);
    CHECK(p.documents() == "D-000001 4\n");
    CHECK(has(p.import_as("ann", "files/b.txt,05.02.12,701,D-000001@9,9.0,2025-04-02,final\n").err,
              "row 2, column document: D-000001 has no version 9. Mend: write D-000001 alone"));
    CHECK(has(p.import_as("ann", "files/b.txt,05.02.12,701,d-000007,9.0,2025-04-02,final\n").err,
              "there is no document D-000007 in study S"));
    // One number in two spellings is one document: its labels stand once.
    CHECK(has(p.import_as("ann", "files/b.txt,05.02.12,701,D-000001,9.0,2025-04-02,final\n"
                                 "files/c.txt,05.02.12,701,D-000001@2,9.0,2025-04-02,final\n")
                  .err,
              "version 9.0 of document"));
}

TEST_CASE("label: what only looks like a number is a label, and it is said how a version is added") {
    TwoSites p;
    p.import_as("ann", "files/a.txt,05.02.12,701,,1.0,2025-03-02,final\n");
    const test::Run near = p.import_as("ann", "files/b.txt,05.02.12,701,D-1,1.0,2025-04-02,final\n");
    CHECK(near.code == 0);
    CHECK(has(near.out + near.err, "D-1 was taken for a label of its own; to add a version to D-000001 write D-000001 in document"));
    const test::Run plain = p.import_as("ann", "files/c.txt,05.02.12,701,1,1.0,2025-04-02,final\n");
    CHECK(plain.code == 0);
    CHECK_FALSE(has(plain.out + plain.err, "was taken for a label"));
    CHECK(p.documents() == "D-000001 1\nD-000002 1\nD-000003 1\n");
}

TEST_CASE("show: a document by the label that lists gave it") {
    TwoSites p;
    p.import_as("ann", "files/a.txt,05.02.12,701,CTA-701,1.0,2025-03-02,final\n");
    CHECK(has(p.require({"tmf", "show", "CTA-701"}), "D-000001  05.02.12"));
    CHECK(has(p.refused({"tmf", "show", "CTA-702"}), "there is no document CTA-702"));
    CHECK(has(p.as("f2", {"tmf", "show", "CTA-701"}).err, "there is no document CTA-701"));
}

TEST_CASE("label: every command that names a document takes the label") {
    TwoSites p;
    p.import_as("f1", "files/a.txt,05.02.12,701,CTA-701,1.0,2025-03-02,final\n");
    CHECK(p.require({"tmf", "get", "CTA-701"}) == "content of a\n");
    CHECK(p.require({"tmf", "history", "CTA-701"}) == p.require({"tmf", "history", "D-000001"}));
    CHECK(p.require({"tmf", "audit", "CTA-701"}) == p.require({"tmf", "audit", "D-000001"}));
    CHECK(has(p.refused({"tmf", "audit", "CTA-702"}), "CTA-702"));
    CHECK(has(p.require({"tmf", "query", "open", "CTA-701", "--text", "Which page?"}), "D-000001@1"));
    CHECK(has(p.require({"tmf", "reindex", "CTA-701", "--title", "Label", "--reason", "x"}), "D-000001@1  title a -> Label"));
    p.scratch.write("FIX.csv", "document,title\nCTA-701,List\n");
    CHECK(has(p.require({"tmf", "reindex", "FIX.csv", "--reason", "x"}), "D-000001@1  title Label -> List"));
    CHECK(has(p.require({"tmf", "review", "CTA-701", "--accept"}), "D-000001@1 accepted"));
    CHECK(p.as("ann", {"tmf", "file", "files/b.txt", "--study", "S", "--artifact", "05.02.12", "--site", "701", "--date", "2025-06-02",
                       "--document", "CTA-701"})
              .code == 0);
    CHECK(p.documents() == "D-000001 2\n");
    // What he does not see has no label for him either.
    CHECK(has(p.as("f2", {"tmf", "get", "CTA-701"}).err, "there is no document CTA-701"));
}

TEST_CASE("label: where several documents may be meant every command refuses and names them") {
    TwoSites p;
    p.import_as("f2", "files/a.txt,05.02.12,0702,CTA,1.0,2025-03-02,final\n");
    p.import_as("f1", "files/b.txt,05.02.12,701,CTA,1.0,2025-03-03,final\n");
    p.import_as("ann", "files/c.txt,05.02.12,701,D-1,1.0,2025-03-03,final\nfiles/d.txt,05.02.12,701,D-9,1.0,2025-03-04,final\n");
    p.scratch.write("FIX.csv", "document,title\nD-000003,x\nCTA,x\n");
    for (const std::string name : {"CTA", "D-1"}) {
        const std::string why = name == "CTA"
                                    ? "2 documents are called CTA: D-000001, D-000002. Mend: write the number of the one that is meant"
                                    : "2 documents are called D-1: D-000003, D-000001. Mend: write the number";
        INFO(name);
        for (const std::vector<std::string>& command : {std::vector<std::string>{"tmf", "show", name},
                                                        {"tmf", "get", name},
                                                        {"tmf", "history", name},
                                                        {"tmf", "audit", name},
                                                        {"tmf", "review", name, "--accept"},
                                                        {"tmf", "query", "open", name, "--text", "x"},
                                                        {"tmf", "reindex", name, "--title", "x", "--reason", "x"}})
            CHECK(has(p.refused(command), why));
    }
    CHECK(has(p.refused({"tmf", "reindex", "FIX.csv", "--reason", "x"}), "FIX.csv, row 3, column document: 2 documents are called CTA"));
    // A number in short is the label where nothing has that number, and the number where nothing is called so.
    CHECK(p.require({"tmf", "get", "D-9"}) == "content of d\n");
    CHECK(p.require({"tmf", "get", "D-2"}) == "content of b\n");
}

TEST_CASE("label: with a version behind it, by the version's label or its number, never by a guess") {
    TwoSites p;
    p.import_as("ann", "files/a.txt,05.02.12,701,PROT,0.1,2025-03-02,final\n"
                       "files/b.txt,05.02.12,701,PROT,1.0,2025-03-03,final\n"
                       "files/c.txt,05.02.12,701,at@home,,2025-03-03,final\n");
    CHECK(p.require({"tmf", "get", "PROT@0.1"}) == "content of a\n");
    CHECK(p.require({"tmf", "get", "PROT@v1.0"}) == "content of b\n");
    CHECK(p.require({"tmf", "get", "PROT@2"}) == "content of b\n");  // its number; no label says the same
    CHECK(p.require({"tmf", "get", "at@home"}) == "content of c\n"); // a label of its own
    CHECK(p.require({"tmf", "get", "at@home@1"}) == "content of c\n");
    CHECK(has(p.require({"tmf", "reindex", "PROT@0.1", "--title", "Draft", "--reason", "x"}), "D-000001@1  title a -> Draft"));
    // 1 is the label 1.0 of the second version, and the number of the first.
    for (const std::vector<std::string>& command : {std::vector<std::string>{"tmf", "get", "PROT@1"},
                                                    {"tmf", "review", "PROT@1", "--accept"},
                                                    {"tmf", "reindex", "PROT@1", "--title", "x", "--reason", "x"}})
        CHECK(has(p.refused(command), "PROT@1 can be D-000001@2, labelled 1.0, or version number 1, D-000001@1. Mend: write the one"));
    CHECK(has(p.refused({"tmf", "get", "PROT@7.0"}), "D-000001 has no version 7.0. Mend: it has 1.0, 0.1"));
    CHECK(has(p.refused({"tmf", "get", "PROT@"}), "there is no document PROT@"));
    CHECK(has(p.refused({"tmf", "get", "NONE@1.0"}), "there is no document NONE@1.0"));
    CHECK(has(p.as("f2", {"tmf", "get", "PROT@0.1"}).err, "there is no document PROT@0.1"));
}
