#include <catch2/catch.hpp>

#include <cstdlib>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_reader.hpp"
#include "tests/ectd/content_bench.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/skip.hpp"
#include "tests/support/trial_summary.hpp"

using namespace dossier;
using namespace dossier::ectd;
using namespace std::string_view_literals;

TEST_CASE("the type of a file is told by its first bytes") {
    const auto type = [](std::string_view start) { return std::string(to_text(content::type_of(start, start.size()))); };
    CHECK(type("") == "empty");
    CHECK(type("%PDF-1.7\n") == "PDF");
    CHECK(type("some bytes before\n%PDF-1.4\n") == "PDF");
    CHECK(type("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!") == "SAS transport");
    CHECK(type("\x89PNG\r\n\x1A\n....") == "PNG");
    CHECK(type("\xFF\xD8\xFF\xE0") == "JPEG");
    CHECK(type("GIF89a") == "GIF");
    CHECK(type("II*\0...."sv) == "TIFF");
    CHECK(type("{\\rtf1") == "RTF");
    CHECK(type("PK\3\4......................[Content_Types].xml") == "Office");
    CHECK(type("PK\3\4......................readme.txt") == "ZIP");
    CHECK(type("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") == "Office");
    CHECK(type("<?xml version=\"1.0\"?><ODM>") == "XML");
    CHECK(type("\xEF\xBB\xBF  <?xml version=\"1.0\"?><ODM>") == "XML");
    CHECK(type("\xFF\xFE<\0?\0x\0"sv) == "XML");
    CHECK(type("<?xml version=\"1.0\"?><svg xmlns=\"...\">") == "SVG");
    CHECK(type("<!DOCTYPE html><html>") == "HTML");
    CHECK(type("data dm;\n  set raw.dm;\n\tif age < 18;\n") == "text");
    CHECK(type("caf\xE9, not UTF-8") == "text");
    CHECK(type("\x01\x02\x03") == "unknown");
    CHECK(type("< 5 % of the patients") == "text");
}

TEST_CASE("backbones and grammars are left to others") {
    CHECK(content::is_read(ContentType::pdf, "0001/m1/us/cover.pdf"));
    CHECK(content::is_read(ContentType::pdf, "0001/m1/us/cover.doc"));
    CHECK(content::is_read(ContentType::xml, "0001/m5/datasets/define.xml"));
    CHECK_FALSE(content::is_read(ContentType::xml, "0001/index.xml"));
    CHECK_FALSE(content::is_read(ContentType::xml, "0001/m1/us/us-regional.xml"));
    CHECK(content::is_read(ContentType::xml, "0001/m5/datasets/index.xml")); // called so, and not in their place: content
    CHECK(content::is_read(ContentType::xml, "0001/m3/32-body-data/us-regional.xml"));
    CHECK_FALSE(content::is_read(ContentType::xml, "0001/util/dtd/ich-ectd-3-2.dtd"));
    CHECK(content::is_read(ContentType::png, "a.png"));
    CHECK_FALSE(content::is_read(ContentType::text, "a.txt"));
}

TEST_CASE("files are looked into by workers: PDFs, data sets, XML") {
    const std::string define =
        "<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<?xml-stylesheet type=\"text/xsl\" href=\"define2-0.xsl\"?>\n"
        "<ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" xmlns:def=\"http://www.cdisc.org/ns/def/v2.0\" "
        "xmlns:xlink=\"http://www.w3.org/1999/xlink\"><Study OID=\"S.1\"><GlobalVariables><StudyName> Study\xE9 1 </StudyName>"
        "<ProtocolName>P-1</ProtocolName></GlobalVariables><MetaDataVersion><ItemGroupDef Name=\"DM\"><def:leaf ID=\"L\" "
        "xlink:href=\"dm.xpt\"/></ItemGroupDef><ItemGroupDef Name=\"AE\"/></MetaDataVersion></Study></ODM>";
    const auto facts = test::look_into({{"0001/a.pdf", test::make_pdf()},
                                        {"0001/ts.xpt", test::trial_summary("S1", "SSTDTC", "2020-01-02")},
                                        {"0001/define.xml", define},
                                        {"0001/broken.xml", "<?xml version=\"1.0\"?>\n<a>\n</b>"},
                                        {"0001/notes.txt", "notes"},
                                        {"0001/empty.pdf", ""}});
    const ContentFact* pdf = facts.find("0001/a.pdf");
    REQUIRE((pdf && pdf->pdf));
    CHECK(pdf->pdf->pages.total == 1);
    CHECK(pdf->pdf->information.title == "A sample");

    const ContentFact* data = facts.find("0001/ts.xpt");
    REQUIRE((data && data->xpt));
    REQUIRE(data->xpt->members.size() == 1);
    CHECK(data->xpt->members[0].name == "TS");
    CHECK(data->xpt->members[0].rows == 1);
    REQUIRE(data->xpt->members[0].variables.size() == 3);
    CHECK(data->xpt->members[0].variables[2].name == "TSVAL");
    CHECK(data->xpt->members[0].variables[2].length == 80);
    REQUIRE(data->trial_summary.size() == 1);
    CHECK(data->trial_summary[0].code == "SSTDTC");
    CHECK(data->trial_summary[0].value == "2020-01-02");

    const ContentFact* xml = facts.find("0001/define.xml");
    REQUIRE((xml && xml->xml));
    CHECK(xml->xml->well_formed);
    CHECK(xml->xml->root == "ODM");
    CHECK(xml->xml->study_oid == "S.1");
    CHECK(xml->xml->study_name == "Study\xC3\xA9 1"); // the table of that code page is at hand, though the worker can open no file
    CHECK(xml->xml->protocol_name == "P-1");
    CHECK(xml->xml->data_sets == std::vector<std::string>{"DM", "AE"});
    CHECK(xml->xml->references == std::vector<std::string>{"dm.xpt"});
    CHECK(xml->xml->stylesheet == "define2-0.xsl");

    const ContentFact* broken = facts.find("0001/broken.xml");
    REQUIRE((broken && broken->xml));
    CHECK_FALSE(broken->xml->well_formed);
    CHECK_THAT(broken->xml->problem, Catch::Contains("line 3"));
    CHECK(facts.find("0001/notes.txt")->type == ContentType::text);
    CHECK(facts.find("0001/empty.pdf")->type == ContentType::empty);
    CHECK(facts.find("0001/elsewhere.pdf") == nullptr);
}

namespace {

// Stands for the reader, and does to its process what no file may do.
std::string play(std::string_view request, std::unique_ptr<InputFile> file) {
    std::string start(20, '\0');
    start.resize(file->read(start.data(), start.size()).value_or(0));
    if (starts_with(start, "%PDF-crash")) std::abort();
    if (starts_with(start, "%PDF-nonsense")) return "\xFF\xFF\xFF\xFF";
    volatile bool forever = true;
    if (starts_with(start, "%PDF-hang"))
        while (forever) {}
    std::vector<std::string> kept;
    if (starts_with(start, "%PDF-swell"))
        while (forever) kept.push_back(std::string(1u << 20, 'x'));
    (void)file->seek(0);
    return content::read(request, std::move(file));
}

} // namespace

TEST_CASE("files of the same bytes have the same facts") {
    const auto facts = test::look_into({{"0001/a.pdf", test::make_pdf_of_pages(3)},
                                        {"0001/b.pdf", test::make_pdf_of_pages(3)},
                                        {"0001/c.pdf", test::make_pdf_of_pages(4)},
                                        {"0001/d.pdf", test::make_pdf_of_pages(3)}});
    for (const std::string name : {"0001/a.pdf", "0001/b.pdf", "0001/d.pdf"}) CHECK(facts.find(name)->pdf->pages.total == 3);
    CHECK(facts.find("0001/c.pdf")->pdf->pages.total == 4);
}

TEST_CASE("a file that its reader dies on is unknown, with the reason, and no other file is touched by it") {
    test::Files files;
    for (int i = 0; i < 8; ++i) files["0001/good-" + std::to_string(i) + ".pdf"] = test::make_pdf_of_pages(i + 1);
    test::LookOptions options;
    options.content.reader = play;
    options.content.limits.cpu_seconds = 0.3;
    options.content.limits.memory = 200u << 20;
    const auto alone = test::as_bytes(test::look_into(files, options));
    for (const std::string bad : {"crash", "hang", "swell", "nonsense"}) files["0001/good-3-" + bad + ".pdf"] = "%PDF-" + bad;
    for (const int jobs : {1, 2, 4}) {
        options.jobs = jobs;
        const auto facts = test::look_into(files, options);
        auto together = test::as_bytes(facts);
        for (const auto& [path, bytes] : alone) CHECK(together.at(path) == bytes);
        CHECK(facts.find("0001/good-3-crash.pdf")->unknown == Unknown::crash);
        CHECK(facts.find("0001/good-3-hang.pdf")->unknown == Unknown::time);
        const bool limited =
            facts.unprotected.empty() || !starts_with(facts.unprotected.front(), "no limit on memory"); // not in sanitizer builds
        CHECK(facts.find("0001/good-3-swell.pdf")->unknown == (limited ? Unknown::memory : Unknown::time));
        CHECK(facts.find("0001/good-3-nonsense.pdf")->unknown == Unknown::crash);
        CHECK_THAT(facts.find("0001/good-3-hang.pdf")->reason, Catch::Contains("0.3 seconds"));
    }
}
