// What applications take from a trial master file: the table names artifacts, sections and file tags that there are.
#include <catch2/catch.hpp>

#include <set>

#include "core/text.hpp"
#include "templates/ctis.hpp"
#include "templates/ectd_catalogue.hpp"
#include "templates/ectd_from_tmf.hpp"
#include "templates/tmf_catalogue.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

std::vector<FromTmfRow> rows_for(const std::string& application) {
    const auto rows = read_from_tmf(Source(), "us", application);
    INFO((rows ? "" : to_text(rows.error())));
    REQUIRE(rows);
    return *rows;
}

const FromTmfRow* row_of(const std::vector<FromTmfRow>& rows, int unique_id) {
    for (const FromTmfRow& row : rows)
        if (row.unique_id == unique_id) return &row;
    return nullptr;
}

const std::string header = "unique_id\tartifact\tname\tregion\tapplications\tchoose\tsection\tfile_tag\tuse\thow\tconfidence\n";

std::string refusal(const std::string& rows) {
    const test::Scratch scratch;
    scratch.write("ectd/from-tmf.tsv", header + rows);
    const auto read = read_from_tmf(Source(scratch.path()), "us", "nda");
    return read ? "read" : to_text(read.error());
}

} // namespace

TEST_CASE("from-tmf: artifacts are called as the model calls them, sections and file tags are there") {
    const auto model = read_tmf_catalogue(Source());
    const auto catalogue = read_ectd_catalogue(Source());
    const auto ctis = read_ctis_catalogue(Source());
    REQUIRE(model);
    REQUIRE(catalogue);
    REQUIRE(ctis);
    const auto table = Source().read_tsv("ectd/from-tmf.tsv", {"unique_id", "artifact", "name", "region", "applications", "choose",
                                                               "section", "file_tag", "use", "how", "confidence"});
    REQUIRE(table);
    REQUIRE(table->rows.size() > 50);
    for (const TsvRow& row : table->rows) {
        INFO(row.cells[1]);
        const Artifact* artifact = model->artifact(std::stoi(row.cells[0]));
        REQUIRE(artifact);
        CHECK(artifact->number == row.cells[1]);
        CHECK(artifact->name == row.cells[2]);
        // What belongs to the investigator's file alone never leaves it.
        if (artifact->isf_only) CHECK(row.cells[5] == "never");
        const std::string &region = row.cells[3], &section = row.cells[6];
        if (section != "study" && section != "-")
            CHECK((region == "eu" ? ctis->document(section) != nullptr
                                  : catalogue->module1(region).by_number(section) || catalogue->ctd.by_number(section)));
        if (row.cells[7] != "-") CHECK(catalogue->file_tag(row.cells[7]));
    }
}

TEST_CASE("from-tmf: an IND takes the brochure, an NDA the report and the appendices of ICH E3") {
    const auto ind = rows_for("ind"), nda = rows_for("nda");
    REQUIRE(row_of(ind, 31)); // 02.01.01 Investigator's Brochure
    CHECK(row_of(ind, 31)->section == "1.14.4.1");
    CHECK(row_of(ind, 31)->choose == HandOver::newest);
    CHECK(row_of(nda, 31) == nullptr);
    CHECK(rows_for("anda").empty());
    // ICH E3 section 16.1: the appendices with the file tags that ICH valid-values names after them.
    const std::set<std::string> appendices = {"protocol-or-amendment",
                                              "sample-case-report-form",
                                              "iec-irb-consent-form-list",
                                              "list-description-investigator-site",
                                              "signatures-investigators",
                                              "list-patients-with-batches",
                                              "randomisation-scheme",
                                              "audit-certificates-report",
                                              "statistical-methods-interim-analysis-plan",
                                              "inter-laboratory-standardisation-methods-quality-assurance"};
    std::set<std::string> found;
    for (const FromTmfRow& row : nda)
        if (appendices.count(row.file_tag) > 0) found.insert(row.file_tag);
    CHECK(found == appendices);
}

TEST_CASE("from-tmf: a malformed row is refused with its line and column") {
    const std::string good = "011\t01.01.11\tDebarment Statement\tus\tnda\tnewest\t1.3.3\t-\t-\tas it is\thigh\n";
    CHECK(refusal(good) == "read");
    CHECK(refusal(good + good).find("row 3, column artifact: rows are sorted by region and artifact, each once") != std::string::npos);
    CHECK(refusal(replace_all(good, "newest", "latest")).find("row 2, column choose") != std::string::npos);
    CHECK(refusal(replace_all(good, "1.3.3", "study")).find("row 2, column file_tag") != std::string::npos);
    CHECK(refusal(replace_all(good, "newest", "never")).find("row 2, column section") != std::string::npos);
    CHECK(refusal(replace_all(good, "011\t", "1000\t")).find("row 2, column unique_id") != std::string::npos);
    CHECK(refusal(replace_all(good, "\tnda\t", "\t-\t")).find("row 2, column applications") != std::string::npos);
}
