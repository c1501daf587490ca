// What workers do to files, done here in one process to thousands of damaged ones: an answer each time, that can be taken. Memory errors
// end the asan preset; DOSSIER_MUTATIONS sets how many files of each kind (CONTRIBUTING.md).
#include <catch2/catch.hpp>

#include <cstdlib>

#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/content_reader.hpp"
#include "tests/support/damage.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"
#include "tests/support/small_files.hpp"
#include "tests/support/trial_summary.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

unsigned mutations() {
    const char* const wanted = std::getenv("DOSSIER_MUTATIONS");
    return wanted ? static_cast<unsigned>(std::atoi(wanted)) : 60;
}

// Of everything that cannot be read there is a reason.
void read(const std::string& bytes) {
    const auto memory = make_memory_file_system();
    REQUIRE(write_new_file(*memory, "/a", bytes));
    ContentFact fact;
    fact.type = content::type_of(std::string_view(bytes).substr(0, 1024), bytes.size());
    if (!content::is_read(fact.type, "a")) return;
    auto file = memory->open("/a");
    REQUIRE(file);
    REQUIRE(content::take_reply(content::read(content::request_for(fact.type), std::move(*file)), fact));
    CHECK((fact.unknown == Unknown::nothing) == fact.reason.empty());
}

void damage(const std::vector<std::string>& samples, const std::vector<std::string>& words) {
    for (const std::string& sample : samples) read(sample);
    for (unsigned seed = 1; seed <= mutations(); ++seed) {
        INFO("seed " << seed);
        test::Damage damage(seed);
        read(damage.apply(samples[seed % samples.size()], words));
    }
}

std::string zip_sample() {
    const test::Scratch scratch;
    auto writer = make_zip(scratch / "a.zip", true);
    REQUIRE(writer);
    REQUIRE((*writer)->add_bytes("[Content_Types].xml", "<Types/>"));
    REQUIRE((*writer)->add_bytes("word/document.xml", std::string(3000, 'x')));
    REQUIRE((*writer)->finish());
    return scratch.read("a.zip");
}

std::string full_pdf() {
    test::PdfSample sample;
    sample.pages = 4;
    sample.catalog = "/Outlines << /First 100 0 R >> /AcroForm << /Fields [101 0 R] >> /Names << /Dests << /Names [(a) [4 0 R /Fit]] >> >>"
                     " /OpenAction << /S /JavaScript /JS (x) >>";
    sample.page = "/Annots [102 0 R]";
    sample.objects = {"<< /Title (One) /Dest (a) >>", "<< /FT /Tx /T (name) /V (value) >>",
                      "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /GoToR /F (b.pdf) /D [0 /XYZ null null 0] >> >>"};
    return test::make_pdf(sample);
}

} // namespace

TEST_CASE("damaged PDFs are answered") {
    const std::string plain = full_pdf();
    damage({plain, test::qpdf_of(plain, {"--object-streams=generate"}), test::qpdf_of(plain, {"--linearize"}),
            test::qpdf_of(plain, {"--encrypt", "", "owner", "256", "--"})},
           {"obj",     "endobj",          "<<",         ">>",      "[",         "]",    "stream",
            "/Kids",   "/Count 99999999", "/Length -1", "1 0 R",   "4 0 R",     "(",    ")",
            "/Filter", "/Type /ObjStm",   "xref",       "trailer", "startxref", "%%EOF"});
}

TEST_CASE("damaged data sets are answered") {
    damage({test::trial_summary("S1", "SSTDTC", "2020-01-02")},
           {"HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!",
            "HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!000000999900000000000000000000",
            "HEADER RECORD*******OBS     HEADER RECORD!!!!!!!", "99999999", std::string(80, ' ')});
}

TEST_CASE("damaged XML is answered") {
    damage({"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?xml-stylesheet type=\"text/xsl\" href=\"define.xsl\"?>\n<ODM><Study OID=\"a\">"
            "<GlobalVariables><StudyName>S</StudyName><ProtocolName>P</ProtocolName></GlobalVariables><MetaDataVersion>"
            "<ItemGroupDef Name=\"TS\"/><def:leaf xlink:href=\"ts.xpt\"/></MetaDataVersion></Study></ODM>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><a/></svg>"},
           {"<!DOCTYPE a [", "<!ENTITY a \"b\">", "&a;", "]>", "<![CDATA[", "<a ", "\"", "xmlns:a=\"b\"", "\xFF\xFE",
            "<?xml version=\"1.0\" "
            "encoding=\"UTF-16\"?>"});
}

TEST_CASE("damaged pictures are answered") {
    damage({test::png(), test::jpeg(), test::gif(), test::tiff(true), test::tiff(false)},
           {"IHDR", "IDAT", "\xFF\xDA", "\xFF\xD9", "\xFF", ",", "!", std::string(4, '\0'), "\xFF\xFF\xFF\xFF"});
}

TEST_CASE("damaged archives and documents of Office are answered") {
    damage({zip_sample(), test::compound({{"WordDocument", test::word(false)}, {"_VBA_PROJECT", ""}}),
            test::compound({{"Workbook", test::excel(true)}})},
           {"PK\3\4", "PK\1\2", "PK\5\6", "\xFF\xFF\xFF\xFF", "\xFE\xFF\xFF\xFF", std::string(4, '\0')});
}
