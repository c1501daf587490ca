#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/pdf.hpp"
#include "core/pdf_increment.hpp"
#include "core/pdf_revisions.hpp"
#include "core/text.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

std::string font() { return test::read_bytes(test::source_folder() + "/templates/fonts/dejavu-sans-subset.ttf"); }

PdfSignatureEntry entry(bool visible = true) {
    PdfSignatureEntry made;
    made.name = "Łęcki";
    made.reason = "Approval";
    made.time = *parse_time("2026-11-23T07:30:00Z");
    made.contents_size = 100;
    if (visible) made.drawing = *draw_paragraphs({"Signed by: Łęcki", "Meaning: Approval"}, 230, font());
    return made;
}

Result<std::string> append_to(const std::string& source, bool visible = true) {
    const test::Scratch scratch;
    scratch.write("in.pdf", source);
    const auto disk = make_disk_file_system();
    DOSSIER_TRY(PdfIncrement increment, PdfIncrement::open(*disk, scratch / "in.pdf"));
    DOSSIER_TRY(const std::string field, increment.add_signature(entry(visible)));
    CHECK(starts_with(field, "Signature"));
    DOSSIER_CHECK(increment.write(scratch / "out.pdf", [](const Sha256&) { return Result<std::string>("\x30\x03\x02\x01\x05"); }));
    return scratch.read("out.pdf");
}

Error refusal_of(const std::string& source) {
    const auto result = append_to(source);
    REQUIRE_FALSE(result);
    return result.error();
}

// What qpdf, which knows nothing of us, says of the file.
void check_with_qpdf(const std::string& pdf) {
    const test::Scratch scratch;
    scratch.write("a.pdf", pdf);
    const test::Run check = test::run({"qpdf", "--check", scratch / "a.pdf"});
    INFO(check.out << check.err);
    CHECK(check.code == 0);
}

std::vector<PdfRevision> revisions_of(const std::string& pdf) {
    const test::Scratch scratch;
    scratch.write("a.pdf", pdf);
    const auto revisions = read_pdf_revisions(*make_disk_file_system(), scratch / "a.pdf");
    if (!revisions) FAIL(to_text(revisions.error()));
    return *revisions;
}

std::string source(const std::string& form) {
    test::PdfSample sample;
    sample.pages = 3;
    sample.links = 2;
    const std::string plain = test::make_pdf(sample);
    if (form == "object streams") return test::qpdf_of(plain, {"--object-streams=generate"});
    if (form == "linearized") return test::qpdf_of(plain, {"--linearize"});
    if (form == "linearized, object streams") return test::qpdf_of(plain, {"--linearize", "--object-streams=generate"});
    return plain;
}

} // namespace

TEST_CASE("an increment keeps the source and its cross-reference style") {
    test::tool_or_skip("qpdf");
    for (const std::string form : {"classic", "object streams", "linearized", "linearized, object streams"}) {
        INFO(form);
        const std::string plain = source(form);
        const auto once = append_to(plain);
        REQUIRE(once);
        CHECK(starts_with(*once, plain));
        check_with_qpdf(*once);
        const auto twice = append_to(*once);
        REQUIRE(twice);
        CHECK(starts_with(*twice, *once));
        check_with_qpdf(*twice);
        const auto before = revisions_of(plain), after = revisions_of(*twice);
        REQUIRE(before.size() == 1);
        REQUIRE(after.size() == 3);
        CHECK(after[0].end == plain.size());
        CHECK(after[1].start == plain.size());
        CHECK(after[1].end == once->size());
        CHECK(after[2].end == twice->size());
        CHECK(after[1].style == before[0].style);
        CHECK(after[2].style == before[0].style);
        const bool streams = form == "object streams" || form == "linearized, object streams";
        CHECK((before[0].style == PdfRevision::Style::stream) == streams);
    }
}

TEST_CASE("only new and changed objects are in an increment") {
    // Page 1 (its /Annots is an array of its own there), catalog, and new: signature, form, field, drawing with five font objects and
    // lengths.
    const auto revisions = revisions_of(*append_to(source("classic")));
    CHECK(std::find(revisions[1].objects.begin(), revisions[1].objects.end(), 1) != revisions[1].objects.end());
    CHECK(std::find(revisions[1].objects.begin(), revisions[1].objects.end(), 1000) != revisions[1].objects.end());
    CHECK(std::find(revisions[1].objects.begin(), revisions[1].objects.end(), 1001) == revisions[1].objects.end());
    CHECK(revisions[1].objects.size() <= 16);
    CHECK(revisions[1].freed.empty());
    const auto invisible = revisions_of(*append_to(source("classic"), false));
    CHECK(invisible[1].objects.size() == 5); // catalog, page, form, field, signature
}

TEST_CASE("the appended bytes are few") {
    const std::string plain = source("classic");
    CHECK(append_to(plain)->size() - plain.size() < 12'000);
    CHECK(append_to(plain, false)->size() - plain.size() < 2'500);
}

TEST_CASE("the same source, entry and value give the same bytes") { CHECK(*append_to(source("classic")) == *append_to(source("classic"))); }

TEST_CASE("an /ID is kept in its first part, or made") {
    const std::string with = *append_to(source("classic"));
    CHECK(with.find("/ID [<00112233445566778899aabbccddeeff> <", source("classic").size()) != std::string::npos);
    test::PdfSample sample;
    sample.id = false;
    const std::string plain = test::make_pdf(sample), without = *append_to(plain);
    check_with_qpdf(without);
    CHECK(without.find("/ID [<", plain.size()) != std::string::npos);
    CHECK(without.find("null", plain.size()) == std::string::npos);
}

TEST_CASE("signature fields do not cover one another") {
    test::tool_or_skip("pdftotext");
    std::string pdf = source("classic");
    for (int i = 0; i < 5; ++i) pdf = *append_to(pdf);
    std::set<std::string> places;
    for (std::size_t at = 0; (at = pdf.find("/FT /Sig", at)) != std::string::npos; ++at) {
        const std::size_t rect = pdf.find("/Rect", at);
        places.insert(pdf.substr(rect, pdf.find(']', rect) - rect));
    }
    // 230 x 28 points from (18, 18), two to a row of 595 - 36 points, rows 4 points apart.
    CHECK(places == std::set<std::string>{"/Rect [18 18 248 46", "/Rect [252 18 482 46", "/Rect [18 50 248 78", "/Rect [252 50 482 78",
                                          "/Rect [18 82 248 110"});
}

TEST_CASE("a signature stands upright on a rotated page") {
    test::tool_or_skip("pdftotext");
    for (const int rotation : {0, 90, 180, 270}) {
        test::PdfSample sample;
        sample.page = "/Rotate " + std::to_string(rotation);
        const test::Scratch scratch;
        scratch.write("a.pdf", *append_to(test::make_pdf(sample)));
        // Rotated to how it is seen, the text runs left to right in the lower left corner: poppler's boxes are of the page as seen, y
        // downwards.
        const test::Run drawn = test::run({"pdftocairo", "-pdf", scratch / "a.pdf", scratch / "seen.pdf"});
        REQUIRE(drawn.code == 0);
        const test::Run boxes = test::run({"pdftotext", "-bbox", scratch / "seen.pdf", "-"});
        INFO(rotation << boxes.out);
        const std::size_t word = boxes.out.find(">Łęcki<");
        REQUIRE(word != std::string::npos);
        const std::size_t line = boxes.out.rfind("<word", word);
        const double x = std::stod(boxes.out.substr(boxes.out.find("xMin=\"", line) + 6)),
                     y = std::stod(boxes.out.substr(boxes.out.find("yMin=\"", line) + 6)),
                     right = std::stod(boxes.out.substr(boxes.out.find("xMax=\"", line) + 6)),
                     bottom = std::stod(boxes.out.substr(boxes.out.find("yMax=\"", line) + 6));
        const double height = rotation % 180 == 0 ? 842 : 595;
        CHECK(x > 18);
        CHECK(right < 18 + 230);
        CHECK(y > height - 60);
        CHECK(bottom < height - 18);
        CHECK(right - x > bottom - y); // a word of five letters is wider than high
    }
}

TEST_CASE("sources that nothing can be appended to are refused and say why") {
    const std::string plain = source("classic");
    const Error encrypted = refusal_of(test::qpdf_of(plain, {"--encrypt", "", "owner", "256", "--"}));
    CHECK(encrypted.kind == ErrorKind::unsupported);
    CHECK_THAT(to_text(encrypted), Catch::Contains("in.pdf") && Catch::Contains("encrypted") && Catch::Contains("security"));
    CHECK_THAT(to_text(refusal_of(test::qpdf_of(plain, {"--encrypt", "user", "owner", "256", "--"}))), Catch::Contains("password"));
    CHECK_THAT(to_text(refusal_of("junk before\n" + plain)), Catch::Contains("header"));
    CHECK_THAT(to_text(refusal_of(plain.substr(0, plain.size() / 2))),
               Catch::Contains("truncated") && Catch::Contains(std::to_string(plain.size() / 2)));
    test::PdfSample xfa;
    xfa.catalog = "/AcroForm << /Fields [] /XFA (x) >>";
    CHECK_THAT(to_text(refusal_of(test::make_pdf(xfa))), Catch::Contains("XFA"));
    test::PdfSample certified;
    certified.catalog = "/Perms << /DocMDP 100 0 R >>";
    certified.objects = {"<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >>"};
    const Error locked = refusal_of(test::make_pdf(certified));
    CHECK(locked.kind == ErrorKind::denied);
    CHECK_THAT(to_text(locked), Catch::Contains("P=1"));
    certified.objects = {"<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 2 >> >>] >>"};
    CHECK(append_to(test::make_pdf(certified)));
}

TEST_CASE("a hybrid source is refused") {
    std::string pdf = source("classic");
    // A further revision whose table names a cross-reference stream as well (ISO 32000-1, 7.5.8.4).
    const std::size_t at = pdf.size();
    pdf += "300000 0 obj\n<< /Type /XRef /Size 300001 /W [1 4 1] /Index [300000 1] /Length 6 >>\nstream\n" +
           std::string("\x01\0\0\0\0\0", 6) + "\nendstream\nendobj\n";
    pdf = test::append_revision(pdf, {{4, "<< /Title (B) >>"}}, "/Size 300001 /Root 1 0 R /XRefStm " + std::to_string(at));
    CHECK_THAT(to_text(refusal_of(pdf)), Catch::Contains("hybrid"));
}

TEST_CASE("a form that is there is extended in its own objects") {
    for (const std::string catalog : {"/AcroForm 100 0 R", "/AcroForm << /Fields [102 0 R] >>", "/AcroForm << /Fields 101 0 R >>"}) {
        INFO(catalog);
        test::PdfSample sample;
        sample.catalog = catalog;
        sample.objects = {"<< /Fields 101 0 R /SigFlags 1 >>", "[102 0 R]", "<< /FT /Tx /T (Signature1) /V (text) >>"};
        const auto pdf = append_to(test::make_pdf(sample));
        REQUIRE(pdf);
        check_with_qpdf(*pdf);
        const test::Scratch scratch;
        scratch.write("a.pdf", *pdf);
        const test::Run json = test::run({"qpdf", "--json=2", "--json-key=acroform", scratch / "a.pdf"});
        CHECK_THAT(json.out, Catch::Contains("\"fullname\": \"Signature2\"")); // the name that was free
        CHECK_THAT(json.out, Catch::Contains("\"fieldtype\": \"/Sig\""));
    }
}

TEST_CASE("cross-reference streams of any field width are continued") {
    struct Widths {
        int kind, offset, generation;
    };
    for (const Widths widths : {Widths{1, 4, 2}, Widths{1, 8, 2}, Widths{0, 3, 0}, Widths{2, 2, 1}, Widths{1, 2, 8}}) {
        INFO(widths.kind << " " << widths.offset << " " << widths.generation);
        std::string pdf = "%PDF-1.7\n", entries;
        const auto add_entry = [&](int kind, std::size_t offset) {
            const auto put = [&entries](std::size_t value, int width) {
                for (int shift = width - 1; shift >= 0; --shift)
                    entries += shift < 8 ? static_cast<char>(value >> (8 * shift) & 255) : '\0';
            };
            put(static_cast<std::size_t>(kind), widths.kind);
            put(offset, widths.offset);
            put(0, widths.generation);
        };
        for (const std::string object : {"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>", "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                         "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"}) {
            add_entry(1, pdf.size());
            pdf += object + "\nendobj\n";
        }
        const std::size_t at = pdf.size();
        add_entry(1, at);
        pdf += fill("4 0 obj\n<< /Type /XRef /Size 5 /Root 1 0 R /Index [1 4] /W [{} {} {}] /Length {} >>\nstream\n", widths.kind,
                    widths.offset, widths.generation, entries.size()) +
               entries + "\nendstream\nendobj\nstartxref\n" + std::to_string(at) + "\n%%EOF\n";
        check_with_qpdf(pdf);
        const auto once = append_to(pdf);
        if (!once) FAIL(to_text(once.error()));
        check_with_qpdf(*once);
        REQUIRE(revisions_of(*once).size() == 2);
        CHECK(revisions_of(*once)[0].objects == std::vector<int>{1, 2, 3, 4});
        CHECK(revisions_of(*once)[1].style == PdfRevision::Style::stream);
    }
}

TEST_CASE("an interrupted or failing write leaves nothing at the target") {
    const test::Scratch scratch;
    scratch.write("in.pdf", source("classic"));
    scratch.write("out.pdf", "what was there");
    const auto disk = make_disk_file_system();
    auto increment = PdfIncrement::open(*disk, scratch / "in.pdf");
    REQUIRE(increment);
    REQUIRE(increment->add_signature(entry()));
    const auto failed =
        increment->write(scratch / "out.pdf", [](const Sha256&) { return Result<std::string>(Error(ErrorKind::denied, "no")); });
    CHECK_FALSE(failed);
    CHECK(scratch.read("out.pdf") == "what was there");
    CHECK_FALSE(exists(*disk, scratch / "out.pdf.part"));
}

TEST_CASE("offsets above 10 MB and above 16 MB are right in both styles") {
    test::tool_or_skip("qpdf");
    for (const std::size_t size : {std::size_t{9'999'990}, std::size_t{17'000'000}})
        for (const bool streams : {false, true}) {
            INFO(size << streams);
            test::PdfSample sample;
            sample.objects = {"<< /Length " + std::to_string(size) + " >>\nstream\n" + std::string(size, 'x') + "\nendstream"};
            sample.catalog = "/Filler 100 0 R";
            std::string pdf = test::make_pdf(sample);
            if (streams) pdf = test::qpdf_of(pdf, {"--object-streams=generate", "--stream-data=preserve"});
            const auto signed_once = append_to(pdf);
            REQUIRE(signed_once);
            check_with_qpdf(*signed_once);
            CHECK(revisions_of(*signed_once).size() == 2);
        }
}

TEST_CASE("every real PDF takes an increment or is refused, and qpdf finds nothing worse") {
    test::tool_or_skip("qpdf");
    const std::string folder = test::shared_or_skip("real/cdisc-pilot");
    int appended = 0;
    for (const std::string& path : split(test::run({"find", folder, "-name", "*.pdf"}).out, '\n')) {
        if (path.empty()) continue;
        INFO(path);
        const auto result = append_to(test::read_bytes(path));
        if (!result) {
            WARN(to_text(result.error()));
            continue;
        }
        const test::Scratch scratch;
        scratch.write("a.pdf", *result);
        CHECK(test::run({"qpdf", "--check", scratch / "a.pdf"}).code <= test::run({"qpdf", "--check", path}).code);
        ++appended;
    }
    CHECK(appended > 0);
}
