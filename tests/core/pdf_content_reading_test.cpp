#include <catch2/catch.hpp>

#include "core/pdf_content.hpp"
#include "core/text.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/pdf_content.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

Result<PdfContent> facts_of(const std::string& bytes) { return test::try_content_of(bytes); }

} // namespace

TEST_CASE("the version is the higher of header and catalog") {
    const auto version = [](const std::string& header, const std::string& catalog) {
        test::PdfSample sample;
        sample.header = header;
        sample.catalog = catalog;
        return facts_of(test::make_pdf(sample))->version.highest();
    };
    CHECK(version("%PDF-1.4", "/Version /1.7") == "1.7");
    CHECK(version("%PDF-1.7", "/Version /1.4") == "1.7");
    CHECK(version("%PDF-1.7", "/Version /2.0") == "2.0");
    CHECK(version("%PDF-1.3", "") == "1.3");
}

TEST_CASE("a title in UTF-16 is read as UTF-8") {
    test::PdfSample sample;
    sample.title = std::string("\xFE\xFF\x01\x41\x00\x65\x01\x19", 8); // U+0141 e U+0119
    CHECK(facts_of(test::make_pdf(sample))->information.title == "\xC5\x81"
                                                                 "e\xC4\x99");
}

TEST_CASE("a page tree that lies or loops is counted by walking") {
    const auto pdf = [](const std::string& pages, const std::string& further) {
        return test::make_pdf_of("%PDF-1.7",
                                 {{1, "<< /Type /Catalog /Pages 2 0 R >>"},
                                  {2, pages},
                                  {3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"},
                                  {4, further}},
                                 "/Size 5 /Root 1 0 R");
    };
    const auto huge = facts_of(pdf("<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", "null"));
    REQUIRE(huge);
    CHECK(huge->pages.total == 1);
    CHECK(huge->damaged);
    const auto loop = facts_of(pdf("<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 1 >>", "<< /Type /Pages /Kids [2 0 R 4 0 R] /Count 1 >>"));
    REQUIRE(loop);
    CHECK(loop->pages.total == 1);
    CHECK(loop->damaged);
    const auto none = facts_of(pdf("<< /Type /Pages /Kids [] /Count 0 >>", "null"));
    REQUIRE_FALSE(none);
    CHECK(none.error().message == "no page of this PDF can be read: its page tree is empty");
    const auto missing = facts_of(pdf("<< /Type /Pages /Kids [3 0 R 9 0 R] /Count 2 >>", "null"));
    REQUIRE(missing);
    CHECK(missing->pages.total == 1);
    CHECK(missing->damaged);
}

TEST_CASE("a page tree of doubling nodes is no trap") {
    // 26 nodes, each naming the next twice: 2^25 pages for a reader that trusts the tree.
    std::vector<std::pair<int, std::string>> objects = {{1, "<< /Type /Catalog /Pages 2 0 R >>"}};
    for (int node = 2; node < 28; ++node) {
        const std::string next = std::to_string(node + 1) + " 0 R";
        objects.push_back({node, "<< /Type /Pages /Kids [" + next + " " + next + "] /Count 2 >>"});
    }
    objects.push_back({28, "<< /Type /Page /Parent 27 0 R /MediaBox [0 0 9 9] >>"});
    const auto facts = facts_of(test::make_pdf_of("%PDF-1.7", objects, "/Size 29 /Root 1 0 R"));
    REQUIRE(facts);
    CHECK(facts->pages.total == 2);
    CHECK(facts->damaged);
}

TEST_CASE("object streams, linearized and encrypted forms are read") {
    test::PdfSample sample;
    sample.pages = 4;
    const std::string plain = test::make_pdf(sample);
    const auto streams = facts_of(test::qpdf_of(plain, {"--object-streams=generate"}));
    REQUIRE(streams);
    CHECK(streams->pages.total == 4);
    CHECK_FALSE(streams->damaged);
    const auto linear = facts_of(test::qpdf_of(plain, {"--linearize"}));
    REQUIRE(linear);
    CHECK(linear->linearized);
    CHECK(linear->pages.total == 4);
    CHECK_FALSE(linear->damaged);
    const auto open = facts_of(test::qpdf_of(plain, {"--encrypt", "", "owner", "256", "--"}));
    REQUIRE(open);
    CHECK(open->security.encrypted);
    CHECK_FALSE(open->security.needs_password);
    CHECK(open->pages.total == 4);
    const auto closed = facts_of(test::qpdf_of(plain, {"--encrypt", "user", "owner", "256", "--"}));
    REQUIRE(closed);
    CHECK(closed->security.encrypted);
    CHECK(closed->security.needs_password);
}

TEST_CASE("what is no PDF, is empty or is cut off gets an error with the byte") {
    const auto text = facts_of("Dear all,\nplease find attached\n");
    REQUIRE_FALSE(text);
    CHECK(text.error().kind == ErrorKind::invalid);
    CHECK_THAT(to_text(text.error()), Catch::Contains("not a PDF"));
    const auto empty = facts_of("");
    REQUIRE_FALSE(empty);
    CHECK_THAT(to_text(empty.error()), Catch::Contains("empty"));
    const std::string whole = test::make_pdf();
    for (const std::size_t keep : {whole.size() / 4, whole.size() / 2, whole.size() * 3 / 4}) {
        const auto cut = facts_of(whole.substr(0, keep));
        REQUIRE_FALSE(cut);
        CHECK_THAT(to_text(cut.error()), Catch::Contains("truncated") && Catch::Contains(std::to_string(keep)));
    }
}

TEST_CASE("a linearized file that lost its end is damaged, or refused when no page is left") {
    test::PdfSample sample;
    sample.pages = 40;
    const std::string whole = test::qpdf_of(test::make_pdf(sample), {"--linearize", "--object-streams=disable"});

    const auto short_by_one = facts_of(whole.substr(0, whole.size() - 30));
    REQUIRE(short_by_one);
    CHECK(short_by_one->damaged);
    CHECK_THAT(dossier::join(short_by_one->warnings, "\n"), Catch::Contains("truncated"));
    const auto start_only = facts_of(whole.substr(0, whole.size() / 20));
    REQUIRE_FALSE(start_only);
    CHECK_THAT(to_text(start_only.error()), Catch::Contains("truncated") && Catch::Contains(std::to_string(whole.size() / 20)));
}

TEST_CASE("a broken cross-reference table is repaired and said") {
    std::string pdf = test::make_pdf();
    const std::size_t at = pdf.rfind("startxref\n") + 10;
    pdf.replace(at, 1, pdf[at] == '9' ? "1" : "9");
    const auto facts = facts_of(pdf);
    REQUIRE(facts);
    CHECK(facts->pages.total == 1);
    CHECK(facts->damaged);
    REQUIRE_FALSE(facts->warnings.empty());
    CHECK_THAT(facts->warnings.front(), Catch::Contains("xref not found")); // not that the file is damaged, which is the library's first
    const std::size_t kid = pdf.find("/Kids [");
    REQUIRE(kid != std::string::npos);
    pdf.insert(kid + 7, "77 0 R ");
    CHECK(facts_of(pdf)->warnings.front() == "the page tree names a page that is not there");
}

TEST_CASE("page numbers of the real submission agree with pdfinfo") {
    test::tool_or_skip("pdfinfo");
    const std::string folder = test::shared_or_skip("real/cdisc-pilot");
    const test::Run files = test::run({"find", folder, "-name", "*.pdf"});
    int seen = 0;
    for (const std::string& path : split(files.out, '\n')) {
        if (path.empty()) continue;
        INFO(path);
        const auto facts = facts_of(test::read_bytes(path));
        const test::Run oracle = test::run({"pdfinfo", path});
        REQUIRE(facts);
        CHECK_THAT(oracle.out, Catch::Contains("Pages:           " + std::to_string(facts->pages.total) + "\n"));
        CHECK_THAT(oracle.out, Catch::Contains("PDF version:     " + facts->version.highest()));
        CHECK_THAT(oracle.out, Catch::Contains(facts->linearized ? "Optimized:       yes" : "Optimized:       no"));
        ++seen;
    }
    CHECK(seen == 10);
}
