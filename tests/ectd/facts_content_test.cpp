// Facts of an application, with what is inside its files.
#include <catch2/catch.hpp>

#include "core/path.hpp"
#include "core/zip.hpp"
#include "tests/ectd/content_bench.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"
#include "tests/support/trial_summary.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

std::string pdf_with_links(const std::vector<std::string>& files) {
    test::PdfSample sample;
    sample.page = "/Annots [";
    for (std::size_t i = 0; i < files.size(); ++i) {
        sample.objects.push_back("<< /Subtype /Link /A << /S /GoToR /F (" + files[i] + ") /D [0 /XYZ 0 0 0] >> >>");
        sample.page += std::to_string(100 + i) + " 0 R ";
    }
    sample.page += "]";
    return test::make_pdf(sample);
}

const test::Files application = {
    {"0000/m3/old.pdf", test::make_pdf_of_pages(4)},
    {"0000/m3/older.pdf", test::make_pdf_of_pages(5)},
    {"0001/m2/a.pdf", pdf_with_links({"b.pdf", "B.PDF", "../../0000/m3/old.pdf", "gone.pdf", "../../0007/m2/x.pdf", "/c/a.pdf",
                                      "../../../nda123456/0001/m2/y.pdf"})},
    {"0001/m2/b.pdf", test::make_pdf_of_pages(2)},
    {"0001/m2/c.txt", "text"},
};

std::unique_ptr<ApplicationFacts> facts_of(FileSystem& fs, const std::string& folder, int jobs = 2, WorkFunction reader = nullptr,
                                           int sequence = 1) {
    static const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    ContentOptions options;
    options.reader = reader;
    auto facts =
        read_facts(fs, templates::Source(), *catalogue, {folder, SequenceNumber(sequence), *parse_date("2026-03-01"), jobs, &options});
    if (!facts) FAIL(to_text(facts.error()));
    return std::move(*facts);
}

void write(FileSystem& fs, const std::string& folder, const test::Files& files) {
    for (const auto& [name, bytes] : files) {
        REQUIRE(fs.create_folders(path::parent(path::join(folder, name))));
        REQUIRE(write_new_file(fs, path::join(folder, name), bytes));
    }
}

} // namespace

TEST_CASE("what links of PDFs lead to is looked up, and read where it lies in another sequence") {
    const auto memory = make_memory_file_system();
    write(*memory, "/app", application);
    const auto facts = facts_of(*memory, "/app");
    const ContentFacts* content = facts->sequences.at(0).content;
    REQUIRE(content);
    const ContentFact* a = content->find("0001/m2/a.pdf");
    REQUIRE((a && a->pdf));
    CHECK(a->pdf->links.counts.by_kind.at(PdfTargetKind::other_file) == 7);
    const auto linked = [&](const std::string& file) { return a->linked.at(file); };
    CHECK(linked("b.pdf").state == HrefState::present);
    CHECK(linked("b.pdf").file == "0001/m2/b.pdf");
    CHECK(linked("B.PDF").state == HrefState::other_case);
    CHECK(linked("../../0000/m3/old.pdf").state == HrefState::present);
    CHECK(linked("gone.pdf").state == HrefState::missing);
    CHECK(linked("../../0007/m2/x.pdf").state == HrefState::no_sequence);
    CHECK(linked("/c/a.pdf").state == HrefState::outside);
    CHECK(linked("../../../nda123456/0001/m2/y.pdf").state == HrefState::other_application);
    const ContentFact* old = content->find("0000/m3/old.pdf");
    REQUIRE((old && old->pdf));
    CHECK(old->pdf->pages.total == 4);
    CHECK(content->find("0000/m3/older.pdf") == nullptr); // nothing leads there
    CHECK(content->find("0001/m2/c.txt")->type == ContentType::text);
    CHECK(facts->files.at("0001/m2/b.pdf").sha256);
    CHECK_FALSE(facts->files.at("0001/m2/c.txt").sha256);
}

TEST_CASE("a folder and an archive of it give the same content facts, with any number of workers") {
    const test::Scratch scratch;
    const auto disk = make_disk_file_system();
    write(*disk, scratch / "app", application);
    auto zip = make_zip(scratch / "app.zip");
    REQUIRE(zip);
    for (const auto& [name, bytes] : application) REQUIRE((*zip)->add_bytes(name, bytes));
    REQUIRE((*zip)->finish());
    auto reader = open_zip(scratch / "app.zip");
    REQUIRE(reader);
    const auto archive = make_zip_file_system(std::move(*reader));
    const auto expected = test::as_bytes(*facts_of(*disk, scratch / "app", 1)->content);
    CHECK(expected.size() == 4);
    CHECK(test::as_bytes(*facts_of(*disk, scratch / "app", 3)->content) == expected);
    CHECK(test::as_bytes(*facts_of(*archive, "", 2)->content) == expected);
}

namespace {

std::string dying(std::string_view, std::unique_ptr<InputFile>) { std::abort(); }

} // namespace

TEST_CASE("trial summaries are read by the workers too, and one that they die on is a problem with its reason") {
    test::Workbench bench;
    bench.write("ts.xpt", test::trial_summary("S1", "SSTDTC", "2020-01-02"));
    const auto built =
        bench.build("section,title,source,study,file_tag,indication\n5.3.5.1,TS,ts.xpt,S1,data-tabulation-dataset-sdtm,Pain\n", 1);
    if (!built) FAIL(to_text(built.error()));
    const auto good = facts_of(*bench.fs, "/app");
    REQUIRE(good->sequences.at(0).trial_summaries.size() == 1);
    const TrialSummaryFact& summary = good->sequences[0].trial_summaries.begin()->second;
    CHECK(summary.present);
    CHECK(summary.problem.empty());
    REQUIRE(summary.rows.size() == 1);
    CHECK(summary.rows[0].study_id == "S1");
    CHECK(summary.rows[0].value == "2020-01-02");
    const auto bad = facts_of(*bench.fs, "/app", 2, dying);
    const TrialSummaryFact& lost = bad->sequences.at(0).trial_summaries.begin()->second;
    CHECK(lost.present);
    CHECK_THAT(lost.problem, Catch::Contains("died"));
}

TEST_CASE("a trial summary that an earlier sequence brought is read by the workers too") {
    test::Workbench bench;
    bench.write("ts.xpt", test::trial_summary("S1", "SSTDTC", "2020-01-02"));
    bench.write("dm.xpt", test::trial_summary("S1", "AGE", "30"));
    const std::string head = "section,title,source,study,file_tag,indication\n";
    const std::string summary = "5.3.5.1,TS,ts.xpt,S1,data-tabulation-dataset-sdtm,Pain\n";
    const std::string more = "5.3.5.1,DM,dm.xpt,S1,data-tabulation-dataset-sdtm,Pain\n";
    const auto first = bench.build(head + summary, 1);
    if (!first) FAIL(to_text(first.error()));
    const auto second = bench.build(head + more, 2, true);
    if (!second) FAIL(to_text(second.error()));
    const auto good = facts_of(*bench.fs, "/app", 2, nullptr, 2);
    REQUIRE(good->sequences.at(0).trial_summaries.size() == 1);
    const auto& [path, read] = *good->sequences.at(0).trial_summaries.begin();
    CHECK(path.substr(0, 5) == "0001/");
    CHECK(read.present);
    CHECK(read.rows.size() == 1);
    const auto bad = facts_of(*bench.fs, "/app", 2, dying, 2);
    CHECK_THAT(bad->sequences.at(0).trial_summaries.begin()->second.problem, Catch::Contains("died"));
}

TEST_CASE("forms that are sent as XML are read by the workers") {
    const test::Files files = {
        {"0001/m1/ca/ca-regional.xml", "<h:hcsc_ectd xmlns:h=\"hcsc_ectd\" schema-version=\"2.2\"/>"},
        {"0001/m1/ca/form.xml", "<r:TRANSACTION xmlns:r=\"r\"><a><r:id> c123456 </r:id><id>2</id></a><b/>tail</r:TRANSACTION>"},
        {"0001/m1/ca/half.xml", "<TRANSACTION><id>1</id>"},
        {"0001/m1/ca/page.xml", "<html/>"},
        {"0001/m1/ca/text.xml", "plain"},
    };
    const auto memory = make_memory_file_system();
    write(*memory, "/app", files);
    const auto facts = facts_of(*memory, "/app");
    const std::vector<XmlFormFact>& forms = facts->sequences.at(0).forms; // in the order of the paths
    REQUIRE(forms.size() == 4);
    CHECK(forms[0].path == "0001/m1/ca/form.xml");
    CHECK(forms[0].root == "TRANSACTION");
    CHECK(forms[0].problem.empty());
    CHECK(forms[0].values == std::map<std::string, std::string>{{"id", "c123456"}, {"b", ""}});
    CHECK(forms[1].root == "TRANSACTION");
    CHECK_THAT(forms[1].problem, Catch::Contains("not well-formed"));
    CHECK(forms[2].root == "html");
    CHECK(forms[3].root.empty());
    CHECK(forms[3].problem == "it is no XML: it begins like text");
    const auto lost = facts_of(*memory, "/app", 2, dying);
    CHECK_THAT(lost->sequences.at(0).forms.at(0).problem, Catch::Contains("died"));
}
