#include <catch2/catch.hpp>

#include <regex>

#include "core/pdf_author.hpp"
#include "core/pdf_layout.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

PdfAuthorSettings settings() {
    PdfAuthorSettings s;
    s.title = "Clinical Study Protocol";
    s.short_id = "ABC-201 protocol";
    s.author = "Example Pharma";
    s.footer = "Made-up document";
    s.created = UtcTime::from_microseconds(1750000000000000); // 2025-06-15T15:06:40Z
    s.regular_font = test::fonts_folder() + "/DejaVuSans.ttf";
    s.bold_font = test::fonts_folder() + "/DejaVuSans-Bold.ttf";
    return s;
}

// Two chapters, the first with two sections; a table of 120 rows; one link outside the contents.
PdfAuthor sample() {
    PdfAuthor author(settings());
    author.title_page("A trial of Łódź–Größe", {{"Sponsor", "Example Pharma"}, {"Version", "1.0"}});
    author.contents();
    author.heading(1, "1 Background");
    author.paragraph("The reader finds why here.");
    author.heading(2, "1.1 Disease");
    author.paragraph("What is treated.");
    author.heading(2, "1.2 Product");
    author.see("See 2 Visits.", "2 Visits");
    author.heading(1, "2 Visits");
    PdfTable table;
    table.header = {"Visit number", "Week"};
    for (int i = 1; i <= 120; ++i) table.rows.push_back({"Visit " + std::to_string(i), std::to_string(i)});
    author.table(table);
    return author;
}

void write_sample(const test::Scratch& scratch) {
    const auto bytes = sample().finish();
    REQUIRE(bytes);
    scratch.write("a.pdf", *bytes);
}

std::size_t occurrences(const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), std::sregex_iterator()));
}

} // namespace

TEST_CASE("lines break at spaces, and inside a word only where it must") {
    const PdfMeasure one_each = [](PdfFace, std::string_view text) { return static_cast<double>(text.size()); };
    // Size 10, width 50: five characters a line.
    CHECK(wrap_text("ab cd ef", PdfFace::regular, 10, 50, one_each) == std::vector<std::string>{"ab cd", "ef"});
    CHECK(wrap_text("abcdefgh ij", PdfFace::regular, 10, 50, one_each) == std::vector<std::string>{"abcde", "fgh", "ij"});
    CHECK(wrap_text("", PdfFace::regular, 10, 50, one_each) == std::vector<std::string>{""});
    CHECK(wrap_text("abc", PdfFace::regular, 10, 1, one_each) == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a written PDF is sound for qpdf") {
    test::tool_or_skip("qpdf");
    test::Scratch scratch;
    write_sample(scratch);
    const auto check = test::run({"qpdf", "--check", "a.pdf"}, scratch.path());
    CHECK(check.code == 0);
    CHECK(check.out.find("PDF Version: 1.7") != std::string::npos);
    CHECK(check.out.find("File is linearized") != std::string::npos);
    CHECK(check.err.empty());
}

TEST_CASE("the fonts of a written PDF are embedded") {
    test::tool_or_skip("pdffonts");
    test::Scratch scratch;
    write_sample(scratch);
    const auto fonts = test::run({"pdffonts", "a.pdf"}, scratch.path());
    // Columns of pdffonts: emb sub uni. Two faces, each one embedded, a subset, and with a map back to Unicode.
    CHECK(occurrences(fonts.out, "Identity-H +yes yes yes") == 2);
    CHECK(occurrences(fonts.out, "\n") == 4); // two lines of heading
}

TEST_CASE("a written PDF says what it is") {
    test::tool_or_skip("pdfinfo");
    test::Scratch scratch;
    write_sample(scratch);
    const auto info = test::run({"pdfinfo", "-isodates", "a.pdf"}, scratch.path());
    CHECK(info.out.find("Clinical Study Protocol\n") != std::string::npos);
    CHECK(info.out.find("2025-06-15T15:06:40Z") != std::string::npos);
    CHECK(info.out.find("595 x 842 pts (A4)") != std::string::npos);
    CHECK(occurrences(info.out, "JavaScript: +no") == 1);
    CHECK(occurrences(info.out, "Encrypted: +no") == 1);
}

TEST_CASE("headings become a tree of bookmarks") {
    test::tool_or_skip("qpdf");
    test::Scratch scratch;
    write_sample(scratch);
    const auto json = test::run({"qpdf", "--json", "--json-key=outlines", "a.pdf"}, scratch.path());
    // Title page 1, contents 2, both chapters start on page 3: the first is short.
    CHECK(occurrences(json.out, "\"destpageposfrom1\": 3") == 4);
    const std::size_t first = json.out.find("1 Background"), kid = json.out.find("1.1 Disease"), last = json.out.find("2 Visits");
    REQUIRE(first != std::string::npos);
    REQUIRE(kid != std::string::npos);
    REQUIRE(last != std::string::npos);
    // qpdf prints the kids of an entry before its title.
    CHECK(kid < first);
    CHECK(first < last);
    const auto text = test::run({"qpdf", "--qdf", "--object-streams=disable", "a.pdf", "-"}, scratch.path());
    CHECK(occurrences(text.out, "/PageMode /UseOutlines") == 1);
}

TEST_CASE("links lead to headings and keep the reader's zoom") {
    test::tool_or_skip("qpdf");
    test::Scratch scratch;
    write_sample(scratch);
    const auto text = test::run({"qpdf", "--qdf", "--object-streams=disable", "a.pdf", "-"}, scratch.path());
    CHECK(occurrences(text.out, "/S /GoTo") == 5); // four lines of contents, one see()
    // 5 links and 4 bookmarks, each with a null zoom.
    CHECK(occurrences(text.out, "/XYZ\\s+null\\s+[0-9.]+\\s+null") == 9);
}

TEST_CASE("a table repeats its header and every page is numbered") {
    test::tool_or_skip("pdftotext");
    test::Scratch scratch;
    write_sample(scratch);
    const auto text = test::run({"pdftotext", "-layout", "a.pdf", "-"}, scratch.path());
    const std::size_t pages = occurrences(text.out, "\f");
    CHECK(pages >= 5); // 120 rows do not fit on two pages
    CHECK(occurrences(text.out, "Visit number") == pages - 2);
    CHECK(occurrences(text.out, "Page [0-9]+ of " + std::to_string(pages)) == pages);
    CHECK(occurrences(text.out, "ABC-201 protocol") == pages);
    CHECK(text.out.find("A trial of Łódź–Größe") != std::string::npos);
    for (const int row : {1, 60, 120}) CHECK(occurrences(text.out, "Visit " + std::to_string(row) + " ") == 1);
}

TEST_CASE("the same calls give the same bytes") {
    const auto once = sample().finish(), again = sample().finish();
    REQUIRE(once);
    REQUIRE(again);
    CHECK(*once == *again);
    CHECK(once->size() < 60'000); // the whole fonts would be 1.4 MB
}

TEST_CASE("entries are form fields that programs read (qpdf lists them)") {
    test::tool_or_skip("qpdf");
    PdfAuthorSettings form = settings();
    form.entries = {{"IND number", "900321"}, {"Serial number", "0001"}};
    PdfAuthor author(form);
    author.paragraph("A form");
    const auto bytes = author.finish();
    REQUIRE(bytes);
    test::Scratch scratch;
    scratch.write("a.pdf", *bytes);
    CHECK(test::run({"qpdf", "--check", "a.pdf"}, scratch.path()).code == 0);
    const auto text = test::run({"qpdf", "--qdf", "--object-streams=disable", "a.pdf", "-"}, scratch.path());
    CHECK(occurrences(text.out, "/T \\(IND number\\)\\s+/V \\(900321\\)") == 1);
    CHECK(occurrences(text.out, "/T \\(Serial number\\)\\s+/V \\(0001\\)") == 1);
}

TEST_CASE("a row taller than a page goes on on the next") {
    test::tool_or_skip("pdftotext");
    test::Scratch scratch;
    PdfAuthor author(settings());
    std::string words;
    for (int i = 1; i <= 3000; ++i) words += "w" + std::to_string(i) + " ";
    PdfTable table;
    table.header = {"Key", "Words"};
    table.rows = {{"long", words}, {"next", "x"}};
    author.table(table);
    const auto bytes = author.finish();
    REQUIRE(bytes);
    scratch.write("a.pdf", *bytes);
    const auto text = test::run({"pdftotext", "a.pdf", "-"}, scratch.path());
    for (const int word : {1, 1500, 3000}) CHECK(occurrences(text.out, "\\bw" + std::to_string(word) + "\\b") == 1);
}

TEST_CASE("what cannot be written is an error that names it") {
    PdfAuthor unknown(settings());
    unknown.see("See 9.", "9 Nowhere");
    const auto linked = unknown.finish();
    REQUIRE_FALSE(linked);
    CHECK(linked.error().kind == ErrorKind::invalid);
    CHECK(linked.error().message.find("9 Nowhere") != std::string::npos);

    PdfAuthorSettings no_font = settings();
    no_font.bold_font = "/nowhere/font.ttf";
    const auto written = PdfAuthor(no_font).finish();
    REQUIRE_FALSE(written);
    CHECK(written.error().kind == ErrorKind::io);
    CHECK(written.error().where.path == "/nowhere/font.ttf");
}
