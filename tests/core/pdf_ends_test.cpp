// A PDF that lost its end is not taken for whole, wherever it was cut.
#include <catch2/catch.hpp>

#include "core/pdf.hpp"
#include "core/text.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

bool is_whole(const std::string& bytes) {
    const test::Scratch scratch;
    scratch.write("a.pdf", bytes);
    const auto checked = check_pdf_ends(*make_disk_file_system(), scratch / "a.pdf");
    if (!checked) {
        CHECK(checked.error().kind == ErrorKind::invalid);
        CHECK(checked.error().where.path == scratch / "a.pdf");
        CHECK_FALSE(checked.error().remedy.empty());
    }
    return checked.has_value();
}

} // namespace

TEST_CASE("a plain PDF is whole, and cut anywhere before its last lines it is not") {
    const std::string pdf = test::make_pdf();
    CHECK(is_whole(pdf));
    for (std::size_t size = 1; size < pdf.rfind("startxref"); size += 7) {
        INFO(size);
        CHECK_FALSE(is_whole(pdf.substr(0, size)));
    }
}

TEST_CASE("a linearized PDF has an end of its first part near its beginning, which is not its own") {
    test::PdfSample sample;
    sample.pages = 3;
    const std::string pdf = test::qpdf_of(test::make_pdf(sample), {"--linearize"});
    REQUIRE(pdf.find("%%EOF") < pdf.rfind("%%EOF")); // what makes it hard
    CHECK(is_whole(pdf));
    for (std::size_t size = 1; size < pdf.rfind("startxref"); size += 7) {
        INFO(size);
        CHECK_FALSE(is_whole(pdf.substr(0, size)));
    }
    CHECK(is_whole(test::append_revision(pdf, {{100, "<< /Later true >>"}}, "/Root 1 0 R"))); // longer than it says: revised since
}

TEST_CASE("a PDF cut inside a later revision is not whole, though the one before has its end") {
    const std::string once = test::make_pdf();
    const std::string twice = test::append_revision(once, {{100, "<< /Later true >>"}}, "/Root 1 0 R");
    CHECK(is_whole(twice));
    const std::size_t object = twice.find("100 0 obj", once.size());
    REQUIRE(object != std::string::npos);
    for (std::size_t size = object + 9; size < twice.rfind("startxref"); ++size) {
        INFO(size);
        CHECK_FALSE(is_whole(twice.substr(0, size)));
    }
}

TEST_CASE("what mailers and servers leave behind a PDF does not make it cut") {
    const std::string pdf = test::make_pdf();
    CHECK(is_whole(pdf + "\r\n\r\n"));
    CHECK(is_whole(pdf + std::string(100, '\0')));
    CHECK(is_whole(pdf + "<!-- served in 12 ms -->\n"));
    CHECK_FALSE(is_whole("<html>not found</html>"));
    CHECK_FALSE(is_whole(""));
}
