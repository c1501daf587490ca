// Words of digits in the column `document` that lost their zeros, and rows that stand twice.
#include "tests/tmf/program.hpp"

using namespace tmf_test;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr const char* header = "file,artifact,title,site,person,date,status,document,version,withdrawn\n";

struct Words : Program {
    test::Run list(const std::string& rows, const std::vector<std::string>& more = {}) const {
        scratch.write("LIST.csv", header + rows);
        std::vector<std::string> arguments{"tmf", "import", "LIST.csv", "--study", "S"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // a CV of P1: file, document, version, withdrawn
    static std::string cv(const std::string& file, const std::string& document, const std::string& version, const std::string& more = "") {
        return fill("files/{}.txt,05.02.04,CV,701,P1,2025-01-20,final,{},{},{}\n", file, document, version, more);
    }
    // "D-000001:1.0 2.0 D-000002:..."
    std::string versions() const {
        std::string text;
        const Json list = json({"tmf", "list", "--all-versions"});
        for (const Json& document : list.find("documents")->items()) {
            text += (text.empty() ? "" : " ") + document.find("id")->text() + ":";
            for (const Json& version : document.find("versions")->items())
                text += version.find("label")->text() + (version.find("withdrawn") ? "w" : "") + ",";
        }
        return text;
    }
};

} // namespace

TEST_CASE("document words: zeros that a spreadsheet took make no second document, and a withdrawal meets the version") {
    const Words p;
    REQUIRE(p.list(Words::cv("a", "000123", "1.0")).code == 0);
    const test::Run next = p.list(Words::cv("b", "123", "2.0"));
    CHECK(next.code == 0);
    CHECK(has(next.err, "note: row 2: document 123 was taken for 000123 (D-000001): a spreadsheet leaves zeros in front out"));
    CHECK(p.versions() == "D-000001:1.0,2.0,");
    const test::Run withdrawn = p.list(Words::cv("a", "123", "1.0", "2025-08-01"));
    CHECK(withdrawn.code == 0);
    CHECK(has(withdrawn.err, "document 123 was taken for 000123 (D-000001)"));
    CHECK(p.versions() == "D-000001:1.0w,2.0,");
    CHECK(has(p.list(Words::cv("a", "0123", "1.0") + Words::cv("b", "00123", "2.0")).out, "0 filed, 2 were there already"));
    // Letters are words of their own; so is another number.
    REQUIRE(p.list(Words::cv("c", "A123", "1.0") + Words::cv("d", "1230", "1.0")).code == 0);
    CHECK(p.versions() == "D-000001:1.0w,2.0, D-000002:1.0, D-000003:1.0,");
}

TEST_CASE("document words: within one list 000123 and 123 are one document") {
    const Words p;
    const test::Run both = p.list(Words::cv("a", "123", "1.0") + Words::cv("b", "000123", "2.0"));
    CHECK(both.code == 0);
    CHECK(has(both.err, "note: row 2: document 123 was taken for 000123 (row 3)"));
    CHECK(p.versions() == "D-000001:1.0,2.0,");
    CHECK(has(p.require({"tmf", "show", "000123"}), "D-000001"));
    // A long list reads the words of the study once and finds the same.
    std::string rows = Words::cv("c", "0123", "3.0");
    for (int i = 1; i <= 20; ++i) rows += fill("files/d.txt,05.02.12,Letter {},701,,2025-01-20,final,{},1.0,\n", i, 500 + i);
    const test::Run longer = p.list(rows);
    CHECK(longer.code == 0);
    CHECK(has(longer.err, "row 2: document 0123 was taken for 000123 (D-000001)"));
    CHECK(p.documents() == 21);
    CHECK(p.versions().substr(0, 25) == "D-000001:1.0,2.0,3.0, D-0");
}

TEST_CASE("document words: a word that is filed as it is means that document, of several others none is taken") {
    Words p;
    // Two documents that are called 123 and 0123: who filed the second did not see the first.
    REQUIRE(p.list(Words::cv("a", "0123", "1.0")).code == 0);
    p.require({"user", "add", "f2", "--role", "filer", "--study", "S", "--site", "0702"});
    p.user = "f2"; // does not see the one at site 701
    const test::Run other = p.list("files/b.txt,05.02.04,CV,0702,P2,2025-06-20,final,123,1.0,\n");
    CHECK(other.code == 0);
    CHECK_FALSE(has(other.err, "0123"));
    p.user = "ann";
    CHECK(p.versions() == "D-000001:1.0, D-000002:1.0,");
    const test::Run exact = p.list(Words::cv("c", "0123", "2.0") + "files/d.txt,05.02.04,CV,0702,P2,2025-06-21,final,123,2.0,\n");
    CHECK(exact.code == 0);
    CHECK_FALSE(has(exact.err, "was taken for"));
    CHECK(p.versions() == "D-000001:1.0,2.0, D-000002:1.0,2.0,");
    const test::Run neither = p.list(Words::cv("a", "00123", "3.0"));
    CHECK(neither.code == 3);
    CHECK(has(neither.err, "row 2, column document: document 00123 may be any of 2 documents: D-000002 (123), D-000001 (0123). Mend: write "
                           "the number of the one that is meant"));
}

TEST_CASE("document words: a row that stands twice is filed once, with other bytes it is refused") {
    const Words p;
    p.scratch.write("files/copy.txt", "content of a\n");
    const test::Run twice = p.list(Words::cv("a", "L1", "1.0") + Words::cv("a", "L1", "1.0") + Words::cv("copy", "L1", "1"));
    CHECK(twice.code == 0);
    CHECK(has(twice.err, "note: row 3: the same document as row 2; filed once"));
    CHECK(has(twice.err, "note: row 4: the same document as row 2; filed once"));
    CHECK(p.versions() == "D-000001:1.0,");
    // To what is filed already, too.
    REQUIRE(p.list(Words::cv("b", "L1", "2.0") + Words::cv("b", "L1", "2.0")).code == 0);
    CHECK(p.versions() == "D-000001:1.0,2.0,");
    const test::Run other = p.list(Words::cv("c", "L1", "3.0") + Words::cv("d", "L1", "3.0"));
    CHECK(other.code == 3);
    CHECK(has(other.err, "version 3.0 of document L1 stands already in row 2. Mend: give each version its own"));
    CHECK(p.versions() == "D-000001:1.0,2.0,");
}

TEST_CASE("document words: another pointer under a label that is taken is refused, the same one is there") {
    const Words p;
    const auto pointer = [&p](const std::string& text, const std::string& label, const std::string& person = "P1") {
        p.scratch.write("LIST.csv", fill("pointer,artifact,title,site,person,date,status,document,version\n"
                                         "{},05.02.04,CV,701,{},2025-01-20,final,L1,{}\n",
                                         text, person, label));
        return p.run({"tmf", "import", "LIST.csv", "--study", "S"});
    };
    REQUIRE(pointer("binder 1", "1.0").code == 0);
    CHECK(has(pointer("binder 1", "1").out, "0 filed, 1 were there already"));
    const test::Run other = pointer("binder 2", "1.0");
    CHECK(other.code == 3);
    CHECK(has(other.err,
              "row 2, column version: version 1.0 of document L1 is filed already, with the pointer \"binder 1\" (D-000001). Mend: "
              "a pointer that is filed is not changed: where the record is kept now is a new version with a label of its own"));
    // Whose it is does not make another version of it: that is said.
    const test::Run nobody = pointer("binder 1", "1.0", "");
    CHECK(has(nobody.out, "0 filed, 1 were there already"));
    CHECK(has(p.list(Words::cv("a", "L1", "1.0")).err, "is filed already, as the pointer \"binder 1\" (D-000001)"));
    CHECK(pointer("binder 2", "2.0").code == 0);
    CHECK(p.versions() == "D-000001:1.0,2.0,");
    // Within one list: the same once, another one refused.
    p.scratch.write("LIST.csv", "pointer,artifact,title,site,date,status,document,version\n"
                                "shelf 1,05.02.12,Letter,701,2025-01-20,final,L2,1.0\n"
                                "shelf 1,05.02.12,Letter,701,2025-01-21,final,L2,1.0\n"
                                "shelf 2,05.02.12,Letter,701,2025-01-20,final,L2,1.0\n");
    const test::Run kept = p.run({"tmf", "import", "LIST.csv", "--study", "S", "--keep-going"});
    CHECK(has(kept.err, "row 3: the same document as row 2; filed once"));
    CHECK(has(kept.err, "row 4, column version: version 1.0 of document L2 stands already in row 2"));
    CHECK(p.versions() == "D-000001:1.0,2.0, D-000002:1.0,");
}
