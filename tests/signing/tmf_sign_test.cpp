#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "core/text.hpp"
#include "tests/signing/signed.hpp"
#include "tests/tmf/program.hpp"

using tmf_test::Program;

namespace {

struct Filed : Program {
    Filed() {
        scratch.write("files/protocol.pdf", test::source_pdf());
        scratch.write("list.csv",
                      "file,artifact,date,status,document,version\nfiles/protocol.pdf,02.01.02,2025-01-05,final,protocol,1.0\n");
        require({"tmf", "import", "list.csv", "--study", "S"});
    }
    std::vector<std::string> sign(const std::string& document = "D-000001", const std::string& meaning = "Approval") const {
        return {"tmf", "sign", document, "--meaning", meaning, "--key", test::pki() + "/carl.pem"};
    }
};

} // namespace

TEST_CASE("tmf sign: the signed file is the document's next version, and the trail says who, why and which bytes") {
    const Filed p;
    CHECK(p.require(p.sign()) ==
          "D-000001@1 signed by Carl Ångström, Approval, 2025-10-01T12:00:00Z (claimed time); filed as D-000001@2\n");
    p.require({"tmf", "get", "D-000001", "--output", "out.pdf"});
    const std::string before = p.scratch.read("files/protocol.pdf"), after = p.scratch.read("out.pdf");
    CHECK(dossier::starts_with(after, before));
    CHECK(test::verify(after).verdict(0) == "valid");
    CHECK(test::pdfsig(after).intact == 1);
    p.require({"tmf", "get", "D-000001@1", "--output", "old.pdf"});
    CHECK(p.scratch.read("old.pdf") == before);
    const std::string history = p.json({"tmf", "history", "D-000001"}).dump();
    CHECK_THAT(history, Catch::Contains("version_signed") && Catch::Contains("signed by Carl Ångström as") && Catch::Contains("Approval"));
    CHECK_THAT(history, Catch::Contains("before " + dossier::sha256_of(before).hex()) &&
                            Catch::Contains("after " + dossier::sha256_of(after).hex()));
    p.require({"tmf", "check", "--read-data"});
    p.require({"tmf", "audit", "--verify"});
}

TEST_CASE("tmf sign: a second signer signs the signed version, both signatures stand") {
    const Filed p;
    p.require(p.sign());
    CHECK(p.require(p.sign("D-000001", "Review")).find("D-000001@2 signed by") == 0);
    p.require({"tmf", "get", "D-000001", "--output", "out.pdf"});
    const auto verified = test::verify(p.scratch.read("out.pdf"));
    CHECK(verified.verdict(0) == "valid_extended");
    CHECK(verified.verdict(1) == "valid");
    CHECK(p.refused(p.sign("D-000001@1")).find("D-000001@1 is not the newest version, that is D-000001@3") != std::string::npos);
}

TEST_CASE("tmf sign: the list that brought the document can be imported again") {
    const Filed p;
    p.require(p.sign());
    CHECK_THAT(p.require({"tmf", "import", "list.csv", "--study", "S"}), Catch::Contains("already") || Catch::Contains("0 filed"));
    CHECK(p.require({"tmf", "history", "D-000001"}).find("2 entries") != std::string::npos);
    p.scratch.write("files/protocol.pdf", test::source_pdf("linearized"));
    CHECK_THAT(p.refused({"tmf", "import", "list.csv", "--study", "S"}), Catch::Contains("filed already, with other bytes"));
}

TEST_CASE("tmf sign: what cannot be signed changes nothing") {
    const Filed p;
    p.require({"tmf", "file", "files/a.txt", "--study", "S", "--artifact", "02.01.02", "--date", "2025-01-05", "--status", "final"});
    CHECK_THAT(p.refused(p.sign("D-000002")), Catch::Contains("D-000002@1 a.txt") && Catch::Contains("not a PDF"));
    CHECK_THAT(p.refused(p.sign("D-000009")), Catch::Contains("no document D-000009"));
    p.require({"tmf", "review", "D-000001", "--reject", "missing_page", "--comment", "page 3"});
    CHECK_THAT(p.refused(p.sign("D-000001")), Catch::Contains("was rejected"));
    CHECK_THAT(p.refused(p.sign("D-000001", "  "), 2), Catch::Contains("a signature needs a meaning")); // options before the document
    CHECK(p.require({"tmf", "history", "D-000001"}).find("2 entries") != std::string::npos);
    CHECK(test::run({"sh", "-c", "find repo -type f | grep -v objects/ | sort"}, p.scratch.path()).out.find("signed") == std::string::npos);
    p.require({"tmf", "check", "--read-data"});
}

TEST_CASE("tmf sign: a restricted document is signed, and neither its bytes nor the signer's meaning lie open") {
    const Filed p;
    p.require({"tmf", "file", "files/protocol.pdf", "--study", "S", "--artifact", "133", "--date", "2025-02-01", "--status", "final"});
    p.require(p.sign("D-000002", "canary-meaning"));
    const std::string plain = p.scratch.read("files/protocol.pdf");
    CHECK(p.require({"tmf", "get", "D-000002@1"}) == plain);
    const std::string after = p.require({"tmf", "get", "D-000002"});
    CHECK(dossier::starts_with(after, plain));
    CHECK(test::verify(after).verdict(0) == "valid");
    CHECK_THAT(p.require({"tmf", "history", "D-000002"}), Catch::Contains("canary-meaning"));
    // The open twin (D-000001) is the only object that begins as a PDF.
    CHECK(test::run({"sh", "-c", "grep -rl 'canary-meaning' repo; grep -rlaE '^%PDF-' repo/objects | wc -l"}, p.scratch.path()).out ==
          "1\n");
    p.require({"tmf", "check", "--read-data"});
}

TEST_CASE("tmf sign: the author of a signed copy is who filed what was signed, not who signed it") {
    Filed p;
    for (const char* name : {"mia", "rob"}) p.require({"user", "add", name, "--role", "reviewer", "--study", "S"});
    p.require({"user", "add", "mia", "--role", "filer", "--study", "S"});
    p.user = "mia";
    p.scratch.write("files/plan.pdf", test::source_pdf("object streams"));
    p.require({"tmf", "file", "files/plan.pdf", "--study", "S", "--artifact", "01.01.02", "--date", "2025-01-06", "--status", "final"});
    for (int signature = 1; signature <= 2; ++signature) { // a copy of a copy, too
        p.user = "rob";
        p.require(p.sign("D-000002", "Review"));
        p.user = "mia";
        CHECK(p.refused({"tmf", "review", "D-000002", "--accept"}).find("mia may not accept or reject documents that mia filed") !=
              std::string::npos);
    }
    p.user = "rob"; // put a name to it, and wrote no word of it
    CHECK(p.require({"tmf", "review", "D-000002", "--accept"}).find("D-000002@3 accepted") == 0);
}
