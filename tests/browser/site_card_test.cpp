// The card of a site in a real browser: one page on paper whatever it holds, and nothing cut off at the side of a screen.
#include "cli/report_rendering.hpp"
#include "tests/browser/trial.hpp"
#include "tmf/report_kinds.hpp"

using namespace dossier;
using browser_test::Trial;

namespace {

// Pages that the card has when printed, by an independent reader of PDF.
std::string pages(const std::string& page, const std::string& paper) {
    test::tool_or_skip("pdfinfo");
    browser_test::in_browser(page, {}, {"--pdf", page + ".pdf", "--paper", paper});
    const std::string info = test::run({"pdfinfo", page + ".pdf"}).out;
    const std::size_t at = info.find("Pages:");
    REQUIRE(at != std::string::npos);
    return std::string(trim(info.substr(at + 6, info.find('\n', at) - at - 6)));
}

// Elements that reach beyond the side of the window and cannot be scrolled to on their own.
const std::string overflow =
    "(() => { const wide = document.documentElement.clientWidth; return document.documentElement.scrollWidth <= wide; })()";

const std::string samples = test::build_folder() + "/samples";

} // namespace

TEST_CASE("browser: the card of each site of the sample trial is one page of A4 and of Letter paper") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    for (const char* site : {"101", "102", "103", "201", "202", "301", "302", "303"}) {
        INFO("site " << site);
        const std::string page = trial.scratch_ / (std::string(site) + ".html");
        trial.run({"tmf", "report", "MDL-201", "site", "--site", site, "--format", "html", "--output", page});
        CHECK(pages(page, "a4") == "1");
        CHECK(pages(page, "letter") == "1");
    }
    // Nothing beyond the side of a screen, and the rows that the page holds are those of the report.
    for (const char* size : {"1180x900", "420x900"}) {
        const auto values = browser_test::in_browser(trial.scratch_ / "202.html",
                                                     {overflow, "document.querySelector('.status').textContent",
                                                      "[...document.querySelectorAll('.lines')][0].tBodies[0].rows.length"},
                                                     {"--size", size});
        CHECK(values[0].boolean());
        CHECK(values[1].text() == "open since 2025-06-23");
        CHECK(values[2].integer() == 9); // as tests/samples/reports_test.cpp counts them
    }
}

TEST_CASE("browser: the card of a site with far too much of everything is one page, and says what it leaves out") {
    browser_test::browser_or_skip();
    cli::Context context;
    const auto catalogue = templates::read_tmf_catalogue(templates::Source());
    REQUIRE(catalogue);
    const auto quality = templates::read_quality_catalogue(templates::Source(), *catalogue);
    REQUIRE(quality);
    tmf::Study study;
    study.id = "LARGE-1";
    study.title = std::string(400, 'T') + " and words that go on and on until nobody reads them any more";
    study.countries.resize(1);
    study.countries.front().code = "USA";
    study.sites.resize(1);
    study.sites.front().id = "701";
    study.sites.front().country = "USA";
    study.sites.front().name = "General Hospital of a very long name " + std::string(200, 'n');
    const tmf::StudyState nothing;
    tmf::CompletenessQuestion question;
    question.as_of = *parse_date("2026-06-30");
    question.known_at = question.as_of; // the longest commands
    question.site = "701";
    tmf::Report report = tmf::report_kind("site")->make({*catalogue, *quality, study, nothing, question, {}});
    report.lists = std::vector<std::string>(12, "ACME-ONCOLOGY-LIST-2026@3");
    const std::string words =
        "many words that would take three lines of a narrow column if they were allowed to, and then some more of them";
    for (tmf::ReportTable& table : report.tables)
        for (std::size_t i = table.rows.size(); i < (table.key == "visits" ? 3 : 40); ++i) { // the report holds the last three visits
            auto& row = table.rows.emplace_back();
            for (const tmf::ReportColumn& column : table.columns)
                row.push_back(column.kind == tmf::ColumnKind::number    ? tmf::ReportCell(std::int64_t{123456})
                              : column.kind == tmf::ColumnKind::date    ? tmf::ReportCell(question.as_of)
                              : column.kind == tmf::ColumnKind::percent ? tmf::ReportCell(tmf::Tenths{1000})
                                                                        : tmf::ReportCell(column.key == "state" ? "in_review" : words));
        }
    const auto html = cli::report_html(context, report);
    REQUIRE(html);
    const test::Scratch scratch;
    scratch.write("card.html", *html);
    CHECK(pages(scratch / "card.html", "a4") == "1");
    CHECK(pages(scratch / "card.html", "letter") == "1");
    const auto values =
        browser_test::in_browser(scratch / "card.html", {"[...document.querySelectorAll('.and-more b')].map(e => e.textContent).join()",
                                                         overflow, "document.querySelector('.and-more code').textContent"});
    // 40 of each: 12 open, 9 milestones, 5 people, 4 of what runs out, of queries and of rules are shown
    CHECK(values[0].text() == "and 28 more,and 31 more,and 35 more,and 36 more,and 36 more,and 36 more");
    CHECK(values[1].boolean());
    CHECK(values[2].text() ==
          "dossier tmf report LARGE-1 site --site 701 --as-of 2026-06-30 --known-at 2026-06-30 --audience unblinded --within 90");
}
