#include <catch2/catch.hpp>

#include <regex>
#include <set>

#include "core/filesystem.hpp"
#include "core/table.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

// The sample documents as the build has written them.

namespace {

const std::string written = test::build_folder() + "/samples";

std::vector<std::string> pdfs() {
    auto fs = dossier::make_disk_file_system();
    const auto tree = dossier::list_tree(*fs, written);
    REQUIRE(tree);
    std::vector<std::string> list;
    for (const auto& entry : *tree)
        if (dossier::ends_with(entry.path, ".pdf")) list.push_back(written + "/" + entry.path);
    return list;
}

std::size_t occurrences(const std::string& text, const std::string& pattern) {
    const std::regex regex(pattern);
    return static_cast<std::size_t>(std::distance(std::sregex_iterator(text.begin(), text.end(), regex), std::sregex_iterator()));
}

dossier::Table list_of_documents() {
    auto fs = dossier::make_disk_file_system();
    std::vector<dossier::TableColumn> columns;
    for (const char* name :
         {"file",    "artifact", "title",    "country",    "site",    "person",   "event", "date",     "expires",  "document",
          "version", "status",   "language", "restricted", "pointer", "received", "final", "accepted", "rejected", "withdrawn"})
        columns.push_back({name, {}, true});
    auto table = dossier::read_table(*fs, test::source_folder() + "/samples/trial/documents.csv", columns);
    REQUIRE(table);
    return *table;
}

} // namespace

TEST_CASE("every sample PDF is sound, linearized and has its fonts in it") {
    test::tool_or_skip("qpdf");
    test::tool_or_skip("pdffonts");
    const auto files = pdfs();
    // 414 rows of the list: 2 pointers without a file, one file for two sites. 61 and 7 rows of the plans: 9 and 5 of them
    // come from the trial. Two forms are named in application.yaml. 411 + 52 + 2 + 2. The application in the EU: 38 and 2 rows, one
    // of them a reason without a file.
    CHECK(files.size() == 467 + 39);
    for (const std::string& file : files) {
        INFO(file);
        const auto check = test::run({"qpdf", "--check", file});
        CHECK(check.code == 0);
        CHECK(check.out.find("File is linearized") != std::string::npos);
        const auto fonts = test::run({"pdffonts", file});
        const std::size_t lines = occurrences(fonts.out, "\n") - 2;
        CHECK(lines >= 1);
        CHECK(occurrences(fonts.out, " yes yes yes ") == lines);
    }
}

TEST_CASE("the sample protocol has bookmarks, links, tables and pages") {
    test::tool_or_skip("qpdf");
    const std::string file = written + "/trial/trial/protocol-2-0.pdf";
    const auto outline = test::run({"qpdf", "--json", "--json-key=outlines", file});
    // texts/large.yaml, protocol: 12 headings of the first level in version 2.0, 12 of the second.
    CHECK(occurrences(outline.out, "\"title\":") == 24);
    const auto text = test::run({"qpdf", "--qdf", "--object-streams=disable", file, "-"});
    CHECK(occurrences(text.out, "/S /GoTo") == 26); // the contents and two references
    CHECK(occurrences(text.out, "/JavaScript|/JS ") == 0);
    const auto pages = test::run({"qpdf", "--show-npages", file});
    CHECK(std::stoi(pages.out) >= 5);
}

TEST_CASE("each row of the sample list has its file, and pointers have none") {
    const auto table = list_of_documents();
    CHECK(table.rows.size() == 414);
    auto fs = dossier::make_disk_file_system();
    std::set<std::string> sites, countries;
    for (const auto& row : table.rows) {
        INFO("row " << row.number << " " << row.cell("title"));
        CHECK(row.cell("file").empty() == !row.cell("pointer").empty());
        if (!row.cell("file").empty()) CHECK(dossier::exists(*fs, written + "/trial/" + row.cell("file")));
        if (!row.cell("site").empty()) sites.insert(row.cell("site"));
        if (!row.cell("country").empty()) countries.insert(row.cell("country"));
        for (const char* date : {"date", "received", "final", "accepted", "rejected", "withdrawn"}) CHECK(row.cell(date) <= "2026-06-30");
    }
    CHECK(sites == std::set<std::string>{"101", "102", "103", "201", "202", "301", "302", "303"});
    CHECK(countries == std::set<std::string>{"CAN", "DEU", "USA"});
}

TEST_CASE("the sample writer writes the same bytes again") {
    test::Scratch scratch;
    const auto run = test::run({test::build_folder() + "/sample_writer", test::source_folder() + "/samples", scratch.path()});
    REQUIRE(run.code == 0);
    for (const char* file :
         {"trial/trial/protocol-1-0.pdf", "trial/site-202/consent-1-0.pdf", "ind/documents/m3/substance-stability-data.pdf"})
        CHECK(scratch.read(file) == test::read_bytes(written + "/" + file));
}

TEST_CASE("a text that asks for what is not there is an error with its line") {
    test::Scratch scratch;
    const std::string samples = test::source_folder() + "/samples/";
    for (const char* name :
         {"trial/study.yaml", "trial/documents.csv", "ind/plan.csv", "ind/plan-0002.csv", "ind/application.yaml", "texts/kinds.yaml",
          "texts/large.yaml", "texts/ind.yaml", "texts/cta.yaml", "cta/plan.csv", "cta/plan-0002.csv", "cta/application.yaml"})
        scratch.write(std::string("in/") + name, test::read_bytes(samples + name));
    std::string texts = test::read_bytes(samples + "texts/trial.yaml");
    const std::size_t at = texts.find("how the sites are monitored");
    REQUIRE(at != std::string::npos);
    texts.insert(at, "{nobody} ");
    scratch.write("in/texts/trial.yaml", texts);
    const auto run = test::run({test::build_folder() + "/sample_writer", scratch / "in", scratch / "out"});
    CHECK(run.code == 3);
    CHECK(run.err.find("{nobody}") != std::string::npos);
    CHECK(run.err.find("trial.yaml, line 3") != std::string::npos); // the second entry: after a line of comment and one entry
}
