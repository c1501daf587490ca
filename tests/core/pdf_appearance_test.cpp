#include <catch2/catch.hpp>

#include "core/pdf_appearance.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

std::string font() { return test::read_bytes(test::source_folder() + "/templates/fonts/dejavu-sans-subset.ttf"); }
const char* const name = "Signed by: Ångström Łęcki-Müller Ελλη Жук";

} // namespace

TEST_CASE("drawn text is read back by poppler, from an embedded subset") {
    test::tool_or_skip("pdftotext");
    const auto drawing = draw_paragraphs({name, "Date: 2026-11-23 07:30:00 UTC"}, 230, font());
    REQUIRE(drawing);
    const test::Scratch scratch;
    scratch.write("a.pdf", drawing->pdf);
    const test::Run text = test::run({"pdftotext", "-layout", scratch / "a.pdf", "-"});
    CHECK_THAT(text.out, Catch::Contains(name) && Catch::Contains("Date: 2026-11-23 07:30:00 UTC"));
    const test::Run fonts = test::run({"pdffonts", scratch / "a.pdf"});
    CHECK_THAT(fonts.out, Catch::Contains("+DejaVuSans") && Catch::Contains("Identity-H       yes yes yes"));
    CHECK(split(fonts.out, '\n').size() == 4); // two lines of heading, one font, the end
    CHECK(drawing->pdf.size() < 12'000);
    CHECK(drawing->height == 28); // two lines of 10 points, padding of 4 on either side
}

TEST_CASE("every drawn character has its own width, the font's last glyph too") {
    test::tool_or_skip("pdftotext");
    const auto drawing = draw_paragraphs({"Жук"}, 230, font());
    REQUIRE(drawing);
    const test::Scratch scratch;
    scratch.write("a.pdf", drawing->pdf);
    const test::Run boxes = test::run({"pdftotext", "-bbox", scratch / "a.pdf", "-"});
    // Advances of DejaVu Sans in 1/2048 em: Zhe 2206, u 1212, ka 1237 (from the font's hmtx); 8 points high, starting at 4.
    const std::size_t at = boxes.out.find("xMax=\"");
    REQUIRE(at != std::string::npos);
    CHECK(std::stod(boxes.out.substr(at + 6)) == Approx(4 + 8.0 * (2206 + 1212 + 1237) / 2048).margin(0.05));
}

TEST_CASE("long text is wrapped, a long word is cut") {
    const auto drawing =
        draw_paragraphs({"Meaning: I have reviewed this protocol and I agree to conduct the trial as it is written here"}, 120, font());
    REQUIRE(drawing);
    CHECK(drawing->height > 38);
    const auto word = draw_paragraphs({std::string(200, 'W')}, 120, font());
    REQUIRE(word);
    CHECK(word->height > 100);
}

TEST_CASE("a character without a glyph is named") {
    const auto drawing = draw_paragraphs({"Signed by: 中村"}, 230, font());
    REQUIRE_FALSE(drawing);
    CHECK(drawing.error().kind == ErrorKind::unsupported);
    CHECK_THAT(to_text(drawing.error()), Catch::Contains("中 (U+4E2D)") && Catch::Contains("--font"));
}
