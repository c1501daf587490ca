// Real documents of the CDISC pilot study in a trial master file: filed by a list, counted, one signed. pdfsig and openssl are asked for
// their opinion.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

namespace {

const std::string package = "real/cdisc-pilot/updated-pilot-submission-package/900172";

struct Bench {
    test::Scratch scratch;
    std::vector<std::string> environment;
    Bench() : environment{"DOSSIER_REPO=" + scratch / "repo"} {}
    test::Run run(const std::vector<std::string>& arguments) const { return test::dossier(arguments, scratch.path(), environment); }
    test::Run done(const std::vector<std::string>& arguments) const {
        const test::Run result = run(arguments);
        if (result.code != 0) FAIL(result.err);
        return result;
    }
};

// The CMS and the bytes it covers, cut out by the numbers of /ByteRange as ISO 32000 says them.
void cut_out_signature(const test::Scratch& scratch, const std::string& pdf) {
    const std::size_t at = pdf.rfind("/ByteRange");
    REQUIRE(at != std::string::npos);
    long first = 0, length = 0, second = 0, rest = 0;
    REQUIRE(std::sscanf(pdf.c_str() + pdf.find('[', at) + 1, "%ld %ld %ld %ld", &first, &length, &second, &rest) == 4);
    scratch.write("covered", pdf.substr(0, static_cast<std::size_t>(length)) +
                                 pdf.substr(static_cast<std::size_t>(second), static_cast<std::size_t>(rest)));
    const std::string hex = pdf.substr(static_cast<std::size_t>(length) + 1, static_cast<std::size_t>(second - length) - 2);
    std::string der;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) der += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    scratch.write("cms.der", der);
}

} // namespace

TEST_CASE("real documents are filed by a list, counted, and one is signed: pdfsig and openssl agree, a changed byte is found") {
    for (const char* tool : {"pdfsig", "openssl"}) test::tool_or_skip(tool);
    const std::string root = test::shared_or_skip(package);
    const Bench bench;
    const std::string sdtm = root + "/m5/datasets/cdiscpilot01/tabulations/sdtm",
                      adam = root + "/m5/datasets/cdiscpilot01/analysis/adam/datasets";
    bench.scratch.write("study.yaml", "study: {id: CDISCPILOT01, title: The pilot}\ncountries: [{code: USA, approved: 2025-01-01}]\n");
    bench.scratch.write("list.csv", "file,artifact,title,date,document,version,status\n" +
                                        (sdtm + "/blankcrf.pdf,10.02.01,Annotated CRF,2025-01-05,ACRF,1.0,final\n") +
                                        (adam + "/dataguide.pdf,11.03.01,Data guide,2025-01-05,GUIDE,1.0,final\n") +
                                        (root + "/m1/us/12-cov-let/cover.pdf,03.01.01,Cover letter,2025-01-05,COVER,1.0,final\n") +
                                        (sdtm + "/define.xml,10.03.03,define.xml,2025-01-05,DEFINE,1.0,final\n"));
    bench.done({"init", bench.scratch / "repo"});
    bench.done({"study", "apply", "study.yaml"});
    bench.done({"tmf", "import", "list.csv", "--study", "CDISCPILOT01", "--files", root});
    CHECK(bench.done({"tmf", "completeness", "CDISCPILOT01", "--json"}).out.find("\"due_now\"") != std::string::npos);

    REQUIRE(test::run({"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", "-days", "2",
                       "-subj", "/CN=Ann Example", "-addext", "keyUsage=digitalSignature,nonRepudiation"},
                      bench.scratch.path())
                .code == 0);
    bench.done({"tmf", "sign", "D-000003", "--key", "k.pem", "--cert", "c.pem", "--meaning", "Approval"});
    bench.done({"tmf", "get", "D-000003", "--output", "signed.pdf"});

    const test::Run verdict = bench.run({"verify", "signed.pdf", "--trust", "c.pem", "--json"});
    INFO(verdict.out << verdict.err);
    CHECK(verdict.code == 0);
    CHECK(verdict.out.find("\"verdict\": \"valid\"") != std::string::npos);
    CHECK(verdict.out.find("\"meaning\": \"Approval\"") != std::string::npos);
    CHECK(test::run({"pdfsig", "-nocert", "signed.pdf"}, bench.scratch.path()).out.find("Signature is Valid") != std::string::npos);
    const std::string bytes = bench.scratch.read("signed.pdf");
    cut_out_signature(bench.scratch, bytes);
    const test::Run cms = test::run({"openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "cms.der", "-content", "covered",
                                     "-CAfile", "c.pem", "-purpose", "any", "-out", "/dev/null"},
                                    bench.scratch.path());
    INFO(cms.err);
    CHECK(cms.code == 0);

    std::string changed = bytes;
    changed[changed.size() / 3] = static_cast<char>(changed[changed.size() / 3] ^ 1);
    bench.scratch.write("changed.pdf", changed);
    CHECK(bench.run({"verify", "changed.pdf", "--trust", "c.pem"}).code != 0);
    CHECK(bench.done({"tmf", "check", "--read-data"}).out.find("sound") != std::string::npos);
    CHECK(bench.done({"tmf", "audit", "--verify"}).out.find("holds") != std::string::npos);
}

TEST_CASE("a PDF that was cut off is not filed: file, row, what and how to mend, and nothing changed") {
    const Bench bench;
    bench.scratch.write("study.yaml", "study: {id: S-1, title: A trial}\ncountries: [{code: USA, approved: 2025-01-01}]\n");
    bench.scratch.write("cut.pdf", "%PDF-1.7\n1 0 obj <</Type /Catalog");
    bench.scratch.write("list.csv", "file,artifact,title,date,status\ncut.pdf,02.01.02,Protocol,2025-01-05,final\n");
    bench.done({"init", bench.scratch / "repo"});
    bench.done({"study", "apply", "study.yaml"});
    const test::Run import = bench.run({"tmf", "import", "list.csv", "--study", "S-1"});
    CHECK(import.code == 3);
    CHECK(import.err.find("list.csv, row 2, column file: cut.pdf: the PDF was cut off at byte 33: its end is missing. Mend: ") !=
          std::string::npos);
    CHECK(bench.run({"tmf", "file", "cut.pdf", "--study", "S-1", "--artifact", "02.01.02", "--date", "2025-01-05"}).code == 3);
    CHECK(bench.done({"tmf", "check"}).out.find("0 documents") != std::string::npos);
}
