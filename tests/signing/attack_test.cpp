// What attackers do to signed PDFs, and what the later revisions of honest ones look like.
#include <catch2/catch.hpp>

#include <cstdio>
#include <map>

#include "core/text.hpp"
#include "tests/signing/forge.hpp"
#include "tests/signing/signed.hpp"

namespace {

// In the signed classic source: 1 catalog, 2 page tree, 3 font, 4 information, 1000 to 1002 pages, 100000 content of page 1.
std::string signed_pdf() {
    static const std::string pdf = test::sign(test::source_pdf(), "carl");
    return pdf;
}

std::string object_of(const std::string& pdf, int number) { // its newest text
    const std::string head = "\n" + std::to_string(number) + " 0 obj\n";
    const std::size_t at = pdf.rfind(head) + head.size();
    return pdf.substr(at, pdf.find("\nendobj", at) - at);
}

std::string with(const std::string& dictionary, const std::string& entries) {
    return dictionary.substr(0, dictionary.rfind(">>")) + entries + " >>";
}

// As PoDoFo 0.9.8 appends to a file with a cross-reference stream: everything again but the signature, whose place is named; no /Prev.
std::string rewritten_without_prev(const std::string& pdf) {
    std::map<int, std::string> objects;
    std::string signature;
    for (std::size_t at = 0; (at = pdf.find(" 0 obj\n", at)) != std::string::npos; ++at) {
        const std::size_t start = pdf.rfind('\n', at) + 1;
        const int number = std::stoi(pdf.substr(start));
        objects[number] = object_of(pdf, number);
        if (objects[number].find("/ByteRange") == std::string::npos) continue;
        char entry[48];
        std::snprintf(entry, sizeof entry, "%d 1\n%010zu 00000 n \n", number, start);
        signature = entry;
        objects.erase(number);
    }
    std::string all = test::tamper(pdf, {objects.begin(), objects.end()});
    const std::size_t prev = all.rfind(" /Prev ");
    all.erase(prev, all.find(" >>", prev) - prev);
    return all.insert(all.rfind("\nxref\n") + 6, signature);
}

void check_modified(const std::string& pdf, const std::string& why) {
    const auto verified = test::verify(pdf);
    INFO(verified.reason(0));
    CHECK(verified.code == 10);
    CHECK(verified.verdict(0) == "modified");
    CHECK_THAT(dossier::join(verified.later(0), "\n"), Catch::Contains(why));
}

void check_invalid(const std::string& pdf, const std::string& why) {
    const auto verified = test::verify(pdf);
    CHECK(verified.code == 10);
    CHECK(verified.verdict(0) == "invalid");
    CHECK_THAT(verified.reason(0), Catch::Contains(why));
}

} // namespace

TEST_CASE("later changes of the content are found, with object and page") {
    const std::string pdf = signed_pdf();
    check_modified(test::tamper(pdf, {{2, "<< /Type /Pages /Kids [1000 0 R 1001 0 R] /Count 2 /MediaBox [0 0 595 842] >>"}}),
                   "pages were added, taken out");
    check_modified(test::tamper(pdf, {{100001, "<< /Length 3 >>\nstream\n0 g\nendstream"}}),
                   "object 100001 was changed: /Contents (page 2)");
    check_modified(test::tamper(pdf, {{3, "<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>"}}), "object 3 was changed: /Resources");
    check_modified(test::tamper(pdf, {{1000, with(object_of(pdf, 1000), "/Rotate 90")}}), "/Rotate of the page was changed (page 1)");
    check_modified(test::tamper(pdf, {{1, with(object_of(pdf, 1), "/OpenAction << /S /JavaScript /JS (x) >>")}}),
                   "/OpenAction of the catalog");
    check_modified(test::tamper(pdf, {{200000, "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://x) >> >>"}}),
                   "object 200000 was changed: /Annots");
}

TEST_CASE("annotations and fields that are no signatures may not be added") {
    const std::string pdf = signed_pdf();
    const auto with_annotation = [&pdf](const std::string& annotation) {
        std::string page = object_of(pdf, 1001);
        page.insert(page.find(']', page.find("/Annots")), " 250000 0 R ");
        return test::tamper(pdf, {{1001, page}, {250000, annotation}});
    };
    check_modified(with_annotation("<< /Type /Annot /Subtype /FreeText /Rect [0 0 595 842] /Contents (void) >>"),
                   "an annotation was added (page 2)");
    check_modified(with_annotation("<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [0 0 9 9] >>"),
                   "an annotation was added (page 2)");
    check_modified(with_annotation("<< /Type /Annot /Subtype /Widget /FT /Sig /T (a) /Rect [0 0 9 9] /A << /S /JavaScript /JS (x) >> >>"),
                   "entries that no signature needs");
}

TEST_CASE("metadata, document information and validation data may come later") {
    const std::string pdf = signed_pdf();
    const auto verified =
        test::verify(test::tamper(pdf, {{4, "<< /Title (Another title) >>"},
                                        {1, with(object_of(pdf, 1), "/DSS 250000 0 R /Metadata 250002 0 R")},
                                        {250000, "<< /Type /DSS /Certs [250001 0 R] >>"},
                                        {250001, "<< /Length 1 >>\nstream\nx\nendstream"},
                                        {250002, "<< /Type /Metadata /Subtype /XML /Length 4 >>\nstream\n<x/>\nendstream"}}));
    CHECK(verified.code == 0);
    CHECK(verified.verdict(0) == "valid_extended");
    CHECK(verified.later(0).size() == 3);
}

TEST_CASE("after a certification that allows no changes only validation data may come") {
    const auto certified = [](const std::string& permission) {
        test::Forgery forgery;
        forgery.reason = std::string(80, 'x');
        forgery.replaced = "/Reason (" + forgery.reason + ")";
        forgery.by = "/Reference [<< /TransformMethod /DocMDP /TransformParams << /P " + permission + " >> >>]";
        return test::forge(test::source_pdf(), forgery);
    };
    const std::string pdf = certified("1");
    CHECK(test::verify(pdf).verdict(0) == "valid");
    check_modified(test::tamper(pdf, {{4, "<< /Title (Another title) >>"}}), "DocMDP P=1");
    const std::vector<std::pair<int, std::string>> validation_data = {{1, with(object_of(pdf, 1), "/DSS 250000 0 R")},
                                                                      {250000, "<< /Type /DSS >>"}};
    CHECK(test::verify(test::tamper(pdf, validation_data)).verdict(0) == "valid_extended");
    CHECK_THROWS_WITH(test::sign(pdf, "anna"), Catch::Contains("P=1"));
    const std::string open = certified("2");
    CHECK(test::verify(test::tamper(open, {{4, "<< /Title (Another title) >>"}})).verdict(0) == "valid_extended");
    CHECK(test::verify(test::sign(open, "anna")).verdict(0) == "valid_extended");
}

TEST_CASE("a signature that is taken out of the form is still reported") {
    const std::string pdf = signed_pdf();
    std::string catalog = object_of(pdf, 1);
    catalog.erase(catalog.find("/AcroForm"), catalog.find(" R", catalog.find("/AcroForm")) + 2 - catalog.find("/AcroForm"));
    check_modified(test::tamper(pdf, {{1, catalog}}), "taken out of the form");
}

TEST_CASE("a later signature may not cover an earlier one") {
    const std::string twice = test::sign(signed_pdf(), "anna");
    CHECK(test::verify(twice).verdict(0) == "valid_extended");
    std::string covering = twice; // the second signature's own digest breaks, the first's does not
    const std::size_t at = covering.rfind("/Rect [252 18 482 56]");
    REQUIRE(at != std::string::npos);
    covering.replace(at, 21, "/Rect [152 18 382 56]");
    check_modified(covering, "covers a signature that was there");
    CHECK(test::verify(covering).verdict(1) == "invalid");
}

TEST_CASE("a loose end of the signed document may not be tied later") {
    test::PdfSample sample; // refers to object 250000, which is not there when it is signed
    sample.pages = 2;
    sample.page = "/Group 250000 0 R";
    const std::string pdf = test::sign(test::make_pdf(sample), "carl");
    CHECK(test::verify(pdf).verdict(0) == "valid");
    check_modified(test::tamper(pdf, {{250000, "<< /S /Transparency >>"}}), "loose end");
}

TEST_CASE("a later revision must continue the signed one") {
    const std::string pdf = signed_pdf();
    std::string restarted = test::append_revision(pdf, {{4, "<< /Title (B) >>"}}, "/Size 300000 /Root 1 0 R");
    const std::size_t prev = restarted.rfind(" /Prev ");
    restarted.erase(prev, restarted.find(" >>", prev) - prev);
    check_modified(restarted, "cannot be trusted");
    check_modified(rewritten_without_prev(pdf), "does not continue the signed one");
    check_modified(pdf + "a comment that hides something\n", "belong to no revision");
    check_modified(pdf + std::string(2000, ' ') + "1000 0 obj\n<< /Type /Page >>\nendobj\n" + std::string(2000, '%') + "\n",
                   "cannot be trusted");
    check_modified(pdf + "4 0 obj\n<< /Title (B) >>\nendobj\nxref\n4 1\nbroken\ntrailer\n<<>>\nstartxref\n" +
                       std::to_string(pdf.size() + 37) + "\n%%EOF\n",
                   "cannot be trusted");
    const auto spaces = test::verify(pdf + "\n\n  \n");
    CHECK(spaces.verdict(0) == "valid");
}

TEST_CASE("freed objects and new generations are changes") {
    const std::string pdf = signed_pdf();
    const std::size_t pointer = pdf.rfind("startxref\n") + 10;
    const std::string previous = pdf.substr(pointer, pdf.find('\n', pointer) - pointer);
    const std::string tail = "trailer\n<< /Size 300000 /Root 1 0 R /Prev " + previous + " >>\nstartxref\n";
    check_modified(pdf + "xref\n100000 1\n0000000000 00001 f \n" + tail + std::to_string(pdf.size()) + "\n%%EOF\n", "object 100000");
    const std::string object = "100000 1 obj\n<< /Length 3 >>\nstream\n0 g\nendstream\nendobj\n";
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00001 n \n", pdf.size());
    check_modified(pdf + object + "xref\n100000 1\n" + entry + tail + std::to_string(pdf.size() + object.size()) + "\n%%EOF\n",
                   "generation");
}

TEST_CASE("the gap of the signed bytes is exactly the /Contents string") {
    const std::string pdf = test::forge(test::source_pdf());
    CHECK(test::verify(pdf).verdict(0) == "valid");
    const test::Gap gap = test::gap_of(pdf);
    const auto in_gap = [&pdf, &gap](const std::string& text) { // unsigned bytes: the digest stays right
        std::string changed = pdf;
        return changed.replace(gap.end - text.size(), text.size(), text);
    };
    check_invalid(in_gap("> /Evil  <00>"), "leave out bytes");
    check_invalid(in_gap("> /Contents <00>"), "/Contents 2 times");
    check_invalid(in_gap("> % hidden      \n<00>"), "cannot be read");
    check_invalid(in_gap("ff>"), "other bytes behind the signature");
    check_invalid(in_gap("zz>"), "");
    check_invalid(in_gap("0 0>"), "not one hexadecimal string");
}

TEST_CASE("a byte range is four offsets from the start of the file") {
    const std::string pdf = test::forge(test::source_pdf());
    const std::size_t at = pdf.find("/ByteRange [") + 12, end = pdf.find(']', at);
    const std::string range = pdf.substr(at, end - at);
    const auto with_range = [&](std::string text) {
        std::string changed = pdf;
        text.resize(range.size(), ' ');
        return changed.replace(at, range.size(), text);
    };
    const std::string rest = range.substr(2, range.find("  ") - 2);
    check_invalid(with_range("1 " + rest), "start at byte 1");
    check_invalid(with_range("0 " + rest + " 5 6"), "not four offsets");
    check_invalid(with_range("-0 " + rest), "not four offsets");
    check_invalid(with_range("0 " + rest + "0"), "the file was cut");
    check_invalid(with_range("0 10 20 30"), "leave out bytes 10 to 20");
    check_invalid(with_range("0 99999999999999999999 1 2"), "cannot be read");
}

TEST_CASE("decoys of signatures in comments, strings and streams are not taken for one") {
    test::PdfSample sample;
    sample.objects = {"<< /Length 60 >>\nstream\n/ByteRange [0 1 2 3] /Contents <00> /Type /Sig /FT /Sig xxxxxxx\nendstream"};
    sample.catalog = "/Decoy 100 0 R /Text (/ByteRange [0 1 2 3])";
    const std::string plain = test::make_pdf(sample);
    CHECK(test::verify(plain).json.find("signatures")->items().empty());
    const auto verified = test::verify(test::sign(plain, "carl"));
    CHECK(verified.verdict(0) == "valid");
    CHECK(verified.json.find("signatures")->items().size() == 1);
}

TEST_CASE("a CMS must be one detached signer with the certificate") {
    const auto cms = [](std::vector<std::string> options, const std::string& sub_filter = "ETSI.CAdES.detached") {
        test::Forgery forgery;
        forgery.cms = std::move(options);
        forgery.sub_filter = sub_filter;
        return test::forge(test::source_pdf(), forgery);
    };
    check_invalid(cms({"-cades", "-signer", "carl.crt", "-inkey", "carl.key", "-signer", "anna.crt", "-inkey", "anna.key"}),
                  "exactly one signer");
    check_invalid(cms({"-cades", "-signer", "carl.crt", "-inkey", "carl.key", "-nocerts"}), "does not hold the signer's certificate");
    check_invalid(cms({"-signer", "carl.crt", "-inkey", "carl.key"}), "does not name the signer's certificate");
    check_invalid(cms({"-signer", "carl.crt", "-inkey", "carl.key", "-noattr"}), "");
}

TEST_CASE("what a signature shows must be what was signed") {
    test::Forgery forgery;
    forgery.shown = {"Signed by: Carl Ångström", "Date: 2026-11-23 07:30:00 UTC", "Meaning: Approval"};
    CHECK(test::verify(test::forge(test::source_pdf(), forgery)).verdict(0) == "valid");
    forgery.shown[0] = "Signed by: Anna Łęcka-Müller";
    check_invalid(test::forge(test::source_pdf(), forgery), "what the signature shows");
    forgery.shown = {"Signed by: Carl Ångström", "Date: 2026-11-22 07:30:00 UTC", "Meaning: Approval"};
    check_invalid(test::forge(test::source_pdf(), forgery), "what the signature shows");
    forgery.shown = {"Signed by: Carl Ångström", "Date: 2026-11-23 07:30:00 UTC", "Meaning: Seen"};
    check_invalid(test::forge(test::source_pdf(), forgery), "what the signature shows");
    forgery.shown = {"Digitally signed", "by somebody"}; // another program's look: nothing is said of it
    CHECK(test::verify(test::forge(test::source_pdf(), forgery)).verdict(0) == "valid");
}

TEST_CASE("an empty signature field may be signed later, but not moved") {
    test::PdfSample sample;
    sample.catalog = "/AcroForm << /Fields [100 0 R] >>";
    sample.objects = {"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sponsor) /Rect [300 300 400 340] /P 1000 0 R >>"};
    sample.page = "/Annots [100 0 R]";
    const std::string pdf = test::sign(test::make_pdf(sample), "carl");
    const std::string value = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents <00> /ByteRange [0 1 2 3] >>";
    const std::string widget = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Sponsor) /P 1000 0 R /V 250000 0 R ";
    const auto verdict_of_first = [](const std::string& bytes) {
        const auto verified = test::verify(bytes);
        for (std::size_t i = 0; i < 2; ++i)
            if (verified.text(i, "field") == "Signature1") return verified.verdict(i);
        return std::string("not there");
    };
    CHECK(verdict_of_first(test::tamper(pdf, {{100, widget + "/Rect [300 300 400 340] >>"}, {250000, value}})) == "valid_extended");
    CHECK(verdict_of_first(test::tamper(pdf, {{100, widget + "/Rect [0 0 595 842] >>"}, {250000, value}})) == "modified");
}
