#include <catch2/catch.hpp>

#include "core/pdf_content.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/pdf_content.hpp"

using namespace dossier;
using test::content_of;

namespace {

// Where a link with these entries leads, on the first page of three; page n is object 1000 + n - 1.
PdfContent content_of_link(const std::string& entries) {
    test::PdfSample sample;
    sample.pages = 3;
    sample.catalog = "/Dests << /old [1002 0 R /XYZ 0 0 0] >> /Names << /Dests << /Kids [<< /Names [(new) << /D [1001 0 R /Fit] >> (lost) "
                     "[77 0 R /Fit]] >>] >> >>";
    sample.objects = {"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] " + entries + " >>"};
    sample.page = "/Annots [100 0 R]";
    return content_of(test::make_pdf(sample));
}

PdfTarget target_of(const std::string& entries) {
    const PdfContent content = content_of_link(entries);
    REQUIRE(content.links.counts.total == 1); // one annotation, though three pages name it
    if (content.links.listed.empty()) {
        PdfTarget plain;
        plain.kind = PdfTargetKind::page;
        plain.name = "plain";
        return plain;
    }
    CHECK(content.links.listed[0].page == 1);
    return content.links.listed[0].target;
}

} // namespace

TEST_CASE("a link to a page that is there and that leaves the zoom alone is counted and not listed") {
    for (const std::string plain :
         {"/Dest [1001 0 R /XYZ 0 0 null]", "/Dest [1001 0 R /XYZ 0 0 0]", "/A << /S /GoTo /D [1001 0 R /XYZ null 5 null] >>",
          "/A << /S /GoTo /D /old >>", "/Dest (old)", "/Dest [1 /XYZ 0 0 0]"}) {
        INFO(plain);
        CHECK(target_of(plain).name == "plain");
    }
    const PdfContent content = content_of_link("/Dest /old");
    CHECK(content.links.counts.by_kind.at(PdfTargetKind::page) == 1);
    CHECK(content.links.not_listed == 0);
    CHECK(content.destinations == 3);
    CHECK(content.has_destination("old"));
    CHECK(content.has_destination("new"));
    CHECK_FALSE(content.has_destination("New"));
}

TEST_CASE("a zoom of its own is told, and what is not there") {
    CHECK(target_of("/Dest [1001 0 R /XYZ 0 0 2]").zoom == PdfZoom::set);
    CHECK(target_of("/Dest [1001 0 R /FitH 700]").zoom == PdfZoom::set);
    const PdfTarget named = target_of("/Dest (new)");
    CHECK(named.zoom == PdfZoom::set);
    CHECK(named.name == "new");
    CHECK(named.page == 2);
    CHECK(named.reachable == true);
    for (const std::string gone : {"/Dest (nowhere)", "/Dest (lost)", "/Dest [500 0 R /XYZ 0 0 0]", "/Dest [3 /XYZ 0 0 0]",
                                   "/Dest [null /XYZ 0 0 0]", "/Dest [2 0 R /XYZ 0 0 0]"}) { // the last is the page tree, no page
        INFO(gone);
        const PdfTarget target = target_of(gone);
        CHECK(target.kind == PdfTargetKind::page);
        CHECK(target.reachable == false);
        CHECK(target.page == (gone == "/Dest [3 /XYZ 0 0 0]" ? 4 : 0));
    }
}

TEST_CASE("links to other files are told by file, page and name") {
    const PdfTarget page = target_of("/A << /S /GoToR /F (../../m2/22-intro/introduction.pdf) /D [4 /XYZ 0 0 0] >>");
    CHECK(page.kind == PdfTargetKind::other_file);
    CHECK(page.file == "../../m2/22-intro/introduction.pdf");
    CHECK(page.page == 5);
    CHECK(page.zoom == PdfZoom::inherited);
    CHECK_FALSE(page.reachable);
    CHECK_FALSE(page.absolute);
    CHECK_FALSE(page.backslashes);
    const PdfTarget named = target_of("/A << /S /GoToR /F << /Type /Filespec /F (a.pdf) /UF (\xFE\xFF\x01\x41) >> /D (top) >>");
    CHECK(named.file == "\xC5\x81");
    CHECK(named.name == "top");
    CHECK(named.zoom == PdfZoom::unknown);
    CHECK(target_of("/A << /S /Launch /F (tool.exe) >>").kind == PdfTargetKind::launch);
    CHECK(target_of("/A << /S /Launch /Win << /F (tool.exe) >> >>").file == "tool.exe");
    for (const std::string absolute : {"/c/docs/a.pdf", "C:/docs/a.pdf", "\\\\\\\\server\\\\a.pdf", "file:///a.pdf"}) {
        INFO(absolute);
        CHECK(target_of("/A << /S /GoToR /F (" + absolute + ") >>").absolute);
    }
    const PdfTarget back = target_of("/A << /S /GoToR /F (..\\\\a.pdf) >>");
    CHECK(back.backslashes);
    CHECK_FALSE(back.absolute);
    CHECK(back.file == "..\\a.pdf");
}

TEST_CASE("a destination's name is the same in the file that has it and in one that links to it, whatever its bytes") {
    for (const std::string& name :
         {std::string("plain"), std::string("\xFE\xFF\x01\x41", 4), std::string("\xE4\xF6"), std::string(700, 'x')}) {
        test::PdfSample sample;
        sample.catalog = "/Names << /Dests << /Names [(" + name + ") [1000 0 R /Fit]] >> >>";
        const PdfTarget remote = target_of("/A << /S /GoToR /F (a.pdf) /D (" + name + ") >>");
        CHECK(content_of(test::make_pdf(sample)).has_destination(remote.name));
    }
}

TEST_CASE("other actions, none at all, and actions that are none") {
    CHECK(target_of("").kind == PdfTargetKind::none);
    CHECK(target_of("").actions == 0);
    const PdfTarget web = target_of("/A << /S /URI /URI (mailto:a@example.org) >>");
    CHECK(web.kind == PdfTargetKind::web);
    CHECK(web.file == "mailto:a@example.org");
    CHECK_FALSE(web.absolute);
    CHECK(target_of("/A << /S /JavaScript /JS (x) >>").kind == PdfTargetKind::script);
    const PdfTarget next = target_of("/A << /S /Named /N /NextPage >>");
    CHECK(next.kind == PdfTargetKind::other);
    CHECK(next.action == "Named");
    for (const std::string none :
         {"/A 7", "/A << /D [1001 0 R /Fit] >>", "/A << /S /GoToR /D [0 /Fit] >>", "/A << /S /URI >>", "/Dest []", "/Dest 5"}) {
        INFO(none);
        CHECK(target_of(none).kind == PdfTargetKind::corrupt);
    }
    const PdfTarget several =
        target_of("/A << /S /GoTo /D [1001 0 R /XYZ 0 0 0] /Next [<< /S /Named /N /NextPage >> << /S /Named /N /PrevPage >>] >>");
    CHECK(several.kind == PdfTargetKind::page);
    CHECK(several.actions == 3);
}

TEST_CASE("a URI without a scheme, or with the scheme file, names a file") { // RFC 3986, 4.1 and 5.2; RFC 8089
    const auto target = [](const std::string& address) { return target_of("/A << /S /URI /URI (" + address + ") >>"); };
    for (const std::string web : {"https://example.org/a.pdf", "HTTP://example.org", "mailto:a@example.org", "a@example.org",
                                  "www.example.org", "//example.org/a.pdf", "#page=3", "ftp:a", "example.org", "pages.example.de/a.pdf"}) {
        INFO(web);
        CHECK(target(web).kind == PdfTargetKind::web);
        CHECK(target(web).file == web);
        CHECK_FALSE(target(web).absolute);
    }
    for (const std::string file : {"file:///C:/a.pdf", "FILE://server/a.pdf", "/c/a.pdf", "C:/a.pdf"}) {
        INFO(file);
        CHECK(target(file).kind == PdfTargetKind::file_uri);
        CHECK(target(file).absolute);
    }
    const PdfTarget relative = target("../22-intro/introduction.pdf#page=3");
    CHECK(relative.kind == PdfTargetKind::file_uri);
    CHECK(relative.file == "../22-intro/introduction.pdf");
    CHECK_FALSE(relative.absolute);

    for (const std::string file : {"report.pdf", "./report.pdf", "m2/22-intro/report.pdf", "file:report.pdf", "Example.org.pdf"}) {
        INFO(file);
        CHECK(target(file).kind == PdfTargetKind::file_uri);
        CHECK(target(file).file == (file == "file:report.pdf" ? "report.pdf" : file));
        CHECK_FALSE(target(file).absolute);
    }

    test::PdfSample sample;
    sample.catalog = "/URI << /Base (https://example.org/) >>";
    sample.page = "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (a.pdf) >> >>]";
    CHECK(content_of(test::make_pdf(sample)).links.listed.at(0).target.kind == PdfTargetKind::web);
}

TEST_CASE("a link into an attached file is told from others, with the file that holds it") { // 12.6.4.4
    const PdfTarget own = target_of("/A << /S /GoToE /D (top) /T << /R /C /N (a.pdf) >> >>");
    CHECK(own.kind == PdfTargetKind::embedded);
    CHECK(own.file.empty());
    const PdfTarget others = target_of("/A << /S /GoToE /F (/c/b.pdf) /D (top) /T << /R /C /N (a.pdf) >> >>");
    CHECK(others.kind == PdfTargetKind::embedded);
    CHECK(others.file == "/c/b.pdf");
    CHECK(others.absolute);
}

TEST_CASE("each further action of a link has a target of its own") { // 12.6.2
    const PdfContent content = content_of_link("/A << /S /GoTo /D [1001 0 R /XYZ 0 0 0] /Next [<< /S /GoTo /D [1001 0 R /XYZ 0 0 0] >> "
                                               "<< /S /GoToR /F (/c/a.pdf) /D [0 /Fit] >>] >>");
    CHECK(content.links.counts.total == 1);
    CHECK(content.links.counts.absolute == 1);
    CHECK(content.links.counts.several_actions == 1);
    REQUIRE(content.links.listed.size() == 2); // the second is plain
    CHECK(content.links.listed[0].target.actions == 3);
    CHECK(content.links.listed[0].target.number == 1);
    CHECK(content.links.listed[1].target.kind == PdfTargetKind::other_file);
    CHECK(content.links.listed[1].target.number == 3);
    CHECK(content.links.listed[1].page == 1);
    std::string chain = "<< /S /GoToR /F (a.pdf) /D [0 /Fit] >>";
    for (int i = 0; i < 50; ++i) chain = "<< /S /GoToR /F (a.pdf) /D [0 /Fit] /Next " + chain + " >>";
    CHECK(content_of_link("/A " + chain).links.listed.size() == 11);
}

TEST_CASE("bookmarks are read in order, with their levels, and loops among them end") {
    test::PdfSample sample;
    sample.pages = 2;
    sample.catalog = "/Outlines << /First 100 0 R /Last 102 0 R >>";
    sample.objects = {"<< /Title (One) /Dest [1000 0 R /Fit] /First 101 0 R /Next 102 0 R >>",
                      "<< /Title (One point one) /A << /S /URI /URI (https://example.org) >> >>",
                      "<< /Title (Two) /Dest [1001 0 R /XYZ 0 0 null] >>"};
    const PdfContent content = content_of(test::make_pdf(sample));
    CHECK(content.bookmarks.counts.total == 3);
    CHECK(content.bookmark_levels == 2);
    REQUIRE(content.bookmarks.listed.size() == 2); // the third is plain
    CHECK(content.bookmarks.listed[0].title == "One");
    CHECK(content.bookmarks.listed[0].target.zoom == PdfZoom::set);
    CHECK(content.bookmarks.listed[1].title == "One point one");
    CHECK(content.bookmarks.listed[1].level == 2);
    CHECK(content.bookmarks.listed[1].number == 2);
    CHECK_FALSE(content.damaged);

    sample.objects[2] = "<< /Title (Two) /Dest [1001 0 R /Fit] /Next 100 0 R >>";
    const PdfContent loop = content_of(test::make_pdf(sample));
    CHECK(loop.bookmarks.counts.total == 3);
    CHECK(loop.damaged);
    CHECK(loop.pages.total == 2);
}

TEST_CASE("of many faults of one sort the first hundred are listed, and a rare one behind them too") {
    test::PdfSample sample;
    sample.catalog = "/Outlines << /First 100 0 R >>";
    for (int i = 0; i < 151; ++i)
        sample.objects.push_back("<< /Title (x) /Dest " + std::string(i == 140 ? "(nowhere)" : "[1000 0 R /Fit]") +
                                 (i < 150 ? " /Next " + std::to_string(101 + i) + " 0 R >>" : " >>"));
    const PdfContent content = content_of(test::make_pdf(sample));
    CHECK(content.bookmarks.counts.total == 151);
    CHECK(content.bookmarks.counts.zoom_set == 150);
    CHECK(content.bookmarks.counts.unreachable == 1);
    REQUIRE(content.bookmarks.listed.size() == 101);
    CHECK(content.bookmarks.listed.back().number == 141);
    CHECK(content.bookmarks.not_listed == 50);
}
