#include <catch2/catch.hpp>

#include "core/pdf_content.hpp"
#include "core/text.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/pdf_content.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using test::content_of;

namespace {

PdfContent content_with(const std::string& catalog, const std::string& page = "", std::vector<std::string> objects = {}) {
    test::PdfSample sample;
    sample.pages = 3;
    sample.catalog = catalog;
    sample.page = page;
    sample.objects = std::move(objects);
    return content_of(test::make_pdf(sample));
}

} // namespace

TEST_CASE("content of a plain PDF") {
    const PdfContent content = content_with("");
    CHECK(content.version.header == "1.7");
    CHECK(content.version.header_at == 0);
    CHECK(content.pages.total == 3);
    CHECK(content.pages.claimed == 3);
    CHECK(content.pages.with_text == 3);
    CHECK(content.information.title == "A sample");
    CHECK_FALSE(content.damaged);
    CHECK_FALSE(content.security.encrypted);
    CHECK_FALSE(content.security.restricted());
    CHECK(content.bookmarks.counts.total == 0);
    CHECK(content.bookmark_levels == 0);
    CHECK(content.links.counts.total == 0);
    REQUIRE(content.pages.sizes.size() == 1);
    CHECK(content.pages.sizes[0].width == 595);
    CHECK(content.pages.sizes[0].height == 842);
    CHECK(content.pages.sizes[0].pages == 3);
}

TEST_CASE("versions of header and catalog are kept apart") {
    test::PdfSample sample;
    sample.header = "%PDF-1.7";
    sample.catalog = "/Version /1.4";
    const PdfContent lower = content_of(test::make_pdf(sample));
    CHECK(lower.version.header == "1.7");
    CHECK(lower.version.catalog == "1.4");
    CHECK(lower.version.highest() == "1.7");
    CHECK(lower.version.catalog_first() == "1.4");
    sample.catalog = "/Version /1.3";
    const PdfContent older = content_of(test::make_pdf(sample)); // the entry may only raise it, and came with 1.4
    CHECK(older.version.highest() == "1.7");
    CHECK(older.version.catalog_first() == "1.7");
    sample.header = "junk before\n%PDF-1.3";
    sample.catalog = "";
    const PdfContent shifted = content_of(test::make_pdf(sample));
    CHECK(shifted.version.header == "1.3");
    CHECK(shifted.version.header_at == 12);
    CHECK(shifted.version.catalog_first() == "1.3");
}

TEST_CASE("permissions are told one by one") { // by qpdf's own names for them
    const std::string plain = test::make_pdf();
    const auto restricted = [&](const std::vector<std::string>& rights) {
        std::vector<std::string> options = {"--encrypt", "", "owner", "256"};
        options.insert(options.end(), rights.begin(), rights.end());
        options.push_back("--");
        return content_of(test::qpdf_of(plain, options)).security;
    };
    const PdfSecurity open = restricted({});
    CHECK(open.encrypted);
    CHECK(open.handler == "Standard");
    CHECK(open.revision == 6);
    CHECK_FALSE(open.restricted());
    CHECK_FALSE(restricted({"--print=none"}).print);
    CHECK(restricted({"--print=low"}).print);
    CHECK_FALSE(restricted({"--print=low"}).print_well);
    CHECK_FALSE(restricted({"--extract=n"}).copy);
    CHECK(restricted({"--extract=n"}).print);
    CHECK_FALSE(restricted({"--assemble=n"}).assemble);
    CHECK_FALSE(restricted({"--annotate=n"}).annotate);
    CHECK_FALSE(restricted({"--form=n"}).fill_forms);
    CHECK_FALSE(restricted({"--modify-other=n"}).change);
    const PdfSecurity closed = content_of(test::qpdf_of(plain, {"--encrypt", "user", "owner", "256", "--"})).security;
    CHECK(closed.needs_password);
    CHECK(closed.encrypted);
}

TEST_CASE("page sizes are those of the crop box as turned, inherited where the page has none") {
    const PdfContent content =
        content_of(test::make_pdf_of("%PDF-1.7",
                                     {{1, "<< /Type /Catalog /Pages 2 0 R >>"},
                                      {2, "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R 6 0 R] /Count 4 /MediaBox [0 0 612 792] >>"},
                                      {3, "<< /Type /Page /Parent 2 0 R >>"},
                                      {4, "<< /Type /Page /Parent 2 0 R /Rotate 90 >>"},
                                      {5, "<< /Type /Page /Parent 2 0 R /CropBox [10 10 605 800] /MediaBox [0 0 700 900] >>"},
                                      {6, "<< /Type /Page /Parent 2 0 R >>"}},
                                     "/Size 7 /Root 1 0 R"));
    REQUIRE(content.pages.sizes.size() == 3);
    CHECK(content.pages.sizes[0].width == 612);
    CHECK(content.pages.sizes[0].pages == 2);
    CHECK(content.pages.sizes[1].width == 792);
    CHECK(content.pages.sizes[1].first_page == 2);
    CHECK(content.pages.sizes[2].width == 595);
    CHECK(content.pages.sizes[2].height == 790);
    CHECK(content.pages.without_both == 4);
}

TEST_CASE("fonts are found wherever they are used, and told apart") {
    // Page font 3 (Helvetica) comes from the sample itself.
    const std::string form =
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 /Resources << /Font << /F 101 0 R >> >> >>\nstream\n\nendstream";
    const PdfContent content = content_with(
        "",
        "/Resources << /Font << /F1 3 0 R >> /XObject << /X 100 0 R >> /Pattern << /P 102 0 R >> /ExtGState << /G << /Font [104 0 R 9] >> "
        ">> >> "
        "/Annots [ << /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 105 0 R >> >> ]",
        {form,
         "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Arial /FontDescriptor << /Type /FontDescriptor /FontFile2 107 0 R >> >>",
         "<< /PatternType 1 /Length 0 /Resources << /Font << /F 103 0 R >> >> >>\nstream\n\nendstream",
         "<< /Type /Font /Subtype /Type0 /BaseFont /Song /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song >>] >>",
         "<< /Type /Font /Subtype /Type1 /BaseFont /Garamond /FontDescriptor << /Type /FontDescriptor >> >>",
         "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 /Resources << /Font << /F 106 0 R >> >> >>\nstream\n\nendstream",
         "<< /Type /Font /Subtype /Type3 /Name /Drawn /Resources << /Font << /F 3 0 R >> >> >>", "<< /Length 0 >>\nstream\n\nendstream"});
    std::vector<std::string> seen;
    for (const PdfFont& font : content.fonts)
        seen.push_back(fill("{} {}{}{}{} page {}", font.name, font.kind, font.embedded ? " embedded" : "", font.subset ? " subset" : "",
                            font.standard ? " standard" : "", font.first_page));
    CHECK(seen == std::vector<std::string>{" Type3 embedded page 0", "Arial TrueType embedded subset page 1", "Garamond Type1 page 1",
                                           "Helvetica Type1 standard page 1", "Song CIDFontType2 page 1"});
}

TEST_CASE("pages that show images alone are told from pages with text") {
    const std::string image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 "
                              ">>\nstream\nx\nendstream";
    const auto stream = [](const std::string& text) {
        return "<< /Length " + std::to_string(text.size()) + " >>\nstream\n" + text + "\nendstream";
    };
    const std::string both = "/Resources << /Font << /F 20 0 R >> /XObject << /I 21 0 R /T 23 0 R >> >>";
    const std::string page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] ";
    const PdfContent content = content_of(test::make_pdf_of(
        "%PDF-1.7",
        {{1, "<< /Type /Catalog /Pages 2 0 R >>"},
         {2, "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R 6 0 R 7 0 R 8 0 R 9 0 R] /Count 7 >>"},
         {3, page + "/Resources << /Font << /F 20 0 R >> >> /Contents 10 0 R >>"},    // text: fonts and no image
         {4, page + "/Resources << /XObject << /I 21 0 R >> >> /Contents 10 0 R >>"}, // image: no font is there
         {5, page + both + " /Contents 11 0 R >>"},                                   // image: the fonts are not used
         {6, page + both + " /Contents [11 0 R 10 0 R] >>"},                          // text
         {7, page + both + " /Contents 12 0 R >>"},                                   // text: of a form that has fonts
         {8, page + "/Contents 13 0 R >>"},                                           // an inline image
         {9, page + "/Contents 14 0 R >>"},                                           // lines
         {10, stream("BT /F 9 Tf (Tj is text here) Tj ET")},
         {11, stream("q (a Tj in a string) pop % a Tj in a comment\n/I Do Q")},
         {12, stream("/T Do")},
         {13, stream("BI /W 1 /H 1 ID x EI")},
         {14, stream("0 0 m 9 9 l S")},
         {20, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"},
         {21, image},
         {23, "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 /Resources << /Font << /F 20 0 R >> >> >>\nstream\n\nendstream"}},
        "/Size 24 /Root 1 0 R"));
    CHECK(content.pages.with_text == 3);
    CHECK(content.pages.only_images == 3);
    CHECK(content.pages.without_both == 1);
    CHECK(content.pages.image_pages == std::vector<std::int64_t>{2, 3, 6});
}

TEST_CASE("what runs, plays or is attached is counted") {
    const PdfContent content =
        content_with("/OpenAction << /S /JavaScript /JS (a) >> /Names << /JavaScript << /Names [(x) << /S /JavaScript /JS (b) >>] >> "
                     "/EmbeddedFiles << /Kids [ << /Names [(k) << /F (data.xml) /UF (data.xml) /EF << >> >>] >> ] >> >>",
                     "/AA << /O << /S /Named /N /NextPage /Next << /S /JavaScript /JS (c) >> >> >> "
                     "/Annots [ << /Subtype /Screen /A << /S /Rendition >> >> << /Subtype /FileAttachment /FS << /F (more.txt) >> >> << "
                     "/Subtype /Text >> ]");
    CHECK(content.active.scripts == 5); // two of the document, one on each of three pages
    CHECK(content.active.first_script == "document");
    CHECK(content.active.attachments == 4);
    CHECK(content.active.attachment_names == std::vector<std::string>{"data.xml", "more.txt", "more.txt", "more.txt"});
    CHECK(content.active.media.at("Screen").total == 3);
    CHECK(content.active.media.at("Rendition").first_page == 1);
    CHECK(content.active.annotations.at("Text").total == 3);
}

TEST_CASE("a file is attached once, however many ways lead to it") { // ISO 32000-2, 14.13
    const std::vector<std::string> files = {"<< /Type /Filespec /F (a.xml) /EF << /F 101 0 R >> >>",
                                            "<< /Type /EmbeddedFile /Length 4 >>\nstream\n<a/>\nendstream",
                                            "<< /Type /Filespec /F (outside.xml) >>"};
    const std::string page = "/AF [100 0 R 102 0 R]", annotation = "/Annots [ << /Subtype /Text /AF 100 0 R >> ]";
    const std::string names = "/Names << /EmbeddedFiles << /Names [(k) 100 0 R] >> >>";
    for (const auto& [on_catalog, on_page] : std::vector<std::pair<std::string, std::string>>{
             {"/AF [100 0 R]", ""}, {"", page}, {"", annotation}, {names, page}, {names + " /AF [100 0 R]", page + annotation}}) {
        INFO(on_catalog + on_page);
        const PdfContent content = content_with(on_catalog, on_page, files);
        CHECK(content.active.attachments == 1);
        CHECK(content.active.attachment_names == std::vector<std::string>{"a.xml"});
    }
    CHECK(content_with("/AF [102 0 R]", "", files).active.attachments == 0);
}

TEST_CASE("files that go with images, forms and structure elements are attached") { // ISO 32000-2, 14.13.6 and 14.13.7
    const std::string file = "<< /Type /Filespec /F (a.xml) /EF << /F 101 0 R >> >>", bytes = "<< /Length 4 >>\nstream\n<a/>\nendstream";
    const auto drawn = [](const std::string& entries) { return "<< /Type /XObject " + entries + " /Length 1 >>\nstream\n \nendstream"; };
    const std::string shows = "/Resources << /XObject << /X 102 0 R >> >>";
    const std::string image = "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 ";
    CHECK(content_with("", shows, {file, bytes, drawn(image + "/AF [100 0 R]")}).active.attachments == 1);
    CHECK(content_with("", shows, {file, bytes, drawn(image)}).active.attachments == 0);
    const std::string form = drawn("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 103 0 R /Y 102 0 R >> >>");
    CHECK(content_with("", shows, {file, bytes, form, drawn("/Subtype /Form /BBox [0 0 9 9] /AF 100 0 R")}).active.attachments == 1);

    // A tree that comes back to itself, through an element and through a list.
    const std::string tagged = "/StructTreeRoot << /Type /StructTreeRoot /K 102 0 R >> ";
    const std::vector<std::string> tree = {file, bytes, "<< /S /Document /K [0 103 0 R 102 0 R << /Type /MCR /MCID 1 >>] >>",
                                           "[ << /S /Formula /AF [100 0 R] /K 103 0 R >> ]"};
    CHECK(content_with("/Version /2.0 " + tagged, "", tree).active.attachments == 1);
    CHECK(content_with("/Version /2.0 " + tagged, "", tree).active.attachment_names == std::vector<std::string>{"a.xml"});
    // Before PDF 2.0 there is no such thing, but in PDF/A of part 3 and later.
    const auto claiming = [&](const std::string& part) {
        const std::string xmp = "<pdfaid:part>" + part + "</pdfaid:part>";
        std::vector<std::string> objects = tree;
        objects.push_back("<< /Length " + std::to_string(xmp.size()) + " >>\nstream\n" + xmp + "\nendstream");
        return content_with(tagged + "/Metadata 104 0 R", "", objects).active.attachments;
    };
    CHECK(content_with(tagged, "", tree).active.attachments == 0);
    CHECK(claiming("2") == 0);
    CHECK(claiming("3") == 1);
    CHECK(claiming("4") == 1);
}

TEST_CASE("fields of a form have their values, a signature counts when it is there") {
    const PdfContent content = content_with(
        "/AcroForm << /XFA (x) /Fields [ << /T (applicant) /Kids [ << /T (name) /FT /Tx /V (ACME \\(UK\\)) >> << /T (kind) "
        "/FT /Btn /V /Yes >> ] >> "
        "<< /T (choice) /FT /Ch /V [(a) (b)] >> << /T (sign) /FT /Sig /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <30> >> >> "
        "<< /T (empty) /FT /Sig /V << /Type /Sig >> >> "
        "<< /T (room) /FT /Sig /V << /Type /Sig /ByteRange [0 1 2 3] /Contents <0000> >> >> << /T (later) /FT /Sig >> ] >>");
    CHECK(content.form.present);
    CHECK(content.form.xfa);
    CHECK(content.form.total == 7);
    CHECK(content.form.signatures == 1);
    CHECK_FALSE(content.form.certified);
    std::vector<std::string> seen;
    for (const PdfField& field : content.form.fields) seen.push_back(field.name + " " + field.kind + " " + field.value);
    CHECK(seen == std::vector<std::string>{"applicant.name Tx ACME (UK)", "applicant.kind Btn Yes", "choice Ch a, b", "sign Sig ",
                                           "empty Sig ", "room Sig ", "later Sig "});
}

TEST_CASE("the initial view and the information of the XMP metadata are read") {
    const std::string xmp =
        "<x:xmpmeta><rdf:Description pdfaid:part=\"1\" pdfaid:conformance=\"B\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Not "
        "this one</rdf:li></rdf:Alt></dc:title><dc:description><rdf:Alt><rdf:li>Safety &amp; more</rdf:li></rdf:Alt></dc:description>"
        "<pdf:Keywords>one, two</pdf:Keywords></rdf:Description></x:xmpmeta>";
    const PdfContent content =
        content_with("/PageMode /UseOutlines /PageLayout /OneColumn /OpenAction [1001 0 R /XYZ null null 1.5] /Metadata 100 0 R", "",
                     {"<< /Type /Metadata /Subtype /XML /Length " + std::to_string(xmp.size()) + " >>\nstream\n" + xmp + "\nendstream"});
    CHECK(content.view.page_mode == "UseOutlines");
    CHECK(content.view.page_layout == "OneColumn");
    REQUIRE(content.view.open_action);
    CHECK(content.view.open_action->page == 2);
    CHECK(content.view.open_action->zoom == PdfZoom::set);
    CHECK(content.information.title == "A sample");
    CHECK(content.information.subject == "Safety & more");
    CHECK(content.information.keywords == "one, two");
    CHECK(content.information.pdf_a == "1b");
}
