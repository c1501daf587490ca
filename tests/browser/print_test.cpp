// The pages on paper, read back from the PDF that a browser prints: heads on every page, every column, what each page is about.
#include <catch2/catch.hpp>

#include "cli/report_rendering.hpp"
#include "tests/browser/trial.hpp"

using namespace dossier;
using browser_test::Trial;

namespace {

const std::string samples = test::build_folder() + "/samples";

// The text of each printed page, by an independent reader of PDF.
std::vector<std::string> printed(const Trial& trial, const std::vector<std::string>& arguments) {
    test::tool_or_skip("pdftotext");
    const std::string file = trial.scratch_ / "page.pdf";
    trial.open_page(arguments, {}, {"--pdf", file});
    std::vector<std::string> pages = split(test::run({"pdftotext", "-layout", file, "-"}).out, '\f');
    while (!pages.empty() && trim(pages.back()).empty()) pages.pop_back();
    return pages;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE("browser: a printed list has its column heads on every page") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    struct List {
        std::vector<std::string> arguments;
        std::string cell, head; // each page with that cell of the list has that head
        std::size_t pages;      // that the list covers at least
    };
    for (const List& list : {List{{"tmf", "report", "MDL-201", "late"}, "EDL-", "Bucket", 2},
                             List{{"tmf", "report", "MDL-201", "quality"}, "accepted", "Outcome", 5},
                             List{{"tmf", "report", "MDL-201", "timeliness"}, "@1", "Artifact", 5},
                             List{{"tmf", "completeness", "MDL-201"}, "EDL-", "Rule", 2},
                             List{{"tmf", "report", "MDL-201", "dashboard"}, "EDL-", "Rule", 2}}) {
        INFO(join(list.arguments, " "));
        std::size_t pages = 0;
        for (const std::string& page : printed(trial, list.arguments)) {
            if (!holds(page, list.cell)) continue;
            ++pages;
            INFO(page);
            CHECK(holds(page, list.head));
        }
        CHECK(pages >= list.pages);
    }
}

TEST_CASE("browser: no table is cut off at the side of the paper, and every column of the page of all sites is on it") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    for (const char* kind : {"late", "timeliness", "quality", "ordering", "site", "overview", "dashboard"}) {
        INFO(kind);
        const auto values = trial.open_page(
            {"tmf", "report", "MDL-201", kind},
            {"document.documentElement.scrollWidth", "[...document.querySelectorAll('table')].filter(t => t.offsetWidth > 0).length"},
            {"--as-printed"});
        CHECK(values[0].integer() <= 1031);
        CHECK(values[1].integer() > 0);
    }
    std::string text;
    for (const std::string& page : printed(trial, {"tmf", "report", "MDL-201", "site"})) text += page;
    for (const char* head :
         {"Principal investigator", "Activated", "Due: satisfied", "Status", "Passed at once", "Last received", "Oldest open"}) {
        INFO(head);
        CHECK(holds(text, head));
    }
    // Site 101 is the first row of every part; sorted by another column, parts follow.
    const auto values =
        trial.open_page({"tmf", "report", "MDL-201", "site"},
                        {"[...document.querySelectorAll('.part')].length",
                         "[...document.querySelectorAll('.wide th button')].find(b => b.textContent === 'Site').click();"
                         "[...document.querySelectorAll('.wide th button')].find(b => b.textContent === 'Site').click();"
                         "[...document.querySelectorAll('.wide, .part')].map(t => t.tBodies[0].rows[0].cells[0].textContent).join()"});
    CHECK(values[0].integer() == 3);
    CHECK(values[1].text() == "303,303,303,303");
}

TEST_CASE("browser: a table of long words and many columns is on paper, too") {
    browser_test::browser_or_skip();
    tmf::Report report;
    report.kind = "late";
    report.title = "Wide";
    report.question.as_of = *parse_date("2026-06-30");
    tmf::ReportTable table{"wide", "Wide", {}, {}, ""};
    auto& row = table.rows.emplace_back();
    for (int i = 0; i < 30; ++i) {
        table.columns.push_back(
            {"c" + std::to_string(i), "Head" + std::to_string(i), i % 3 == 0 ? tmf::ColumnKind::number : tmf::ColumnKind::text});
        if (i % 3 == 0)
            row.push_back(std::int64_t{1234567890123456});
        else
            row.push_back(i % 3 == 1 ? std::string(64, 'W') : std::string("\u6F22\u5B57 \u0410\u0411\u0412"));
    }
    report.tables.push_back(std::move(table));
    const auto html = cli::report_html(cli::Context(), report);
    REQUIRE(html);
    const test::Scratch scratch;
    scratch.write("wide.html", *html);
    const auto values = browser_test::in_browser(
        scratch / "wide.html",
        {"document.documentElement.scrollWidth",
         "new Set([...document.querySelectorAll('th')].filter(h => h.offsetWidth > 0).map(h => h.textContent)).size"},
        {"--as-printed"});
    CHECK(values[0].integer() <= 1031);
    CHECK(values[1].integer() == 30);
}

TEST_CASE("browser: every sheet of paper and the title of the page say what it is about") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    const std::string day = ", as of 2026-06-30, audience unblinded";
    for (const auto& [arguments, subject] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"tmf", "report", "MDL-201", "quality"}, "MDL-201, Quality of the filed documents" + day},
             {{"tmf", "report", "MDL-201", "dashboard"}, "MDL-201, Trial master file" + day},
             {{"tmf", "completeness", "MDL-201"}, "MDL-201, Trial master file completeness" + day},
             {{"tmf", "report", "MDL-201", "quality", "--country", "USA", "--known-at", "2026-06-30", "--audience", "blinded"},
              "MDL-201, Quality of the filed documents, as of 2026-06-30, from what was known on 2026-06-30, audience blinded, only "
              "country USA"},
             {{"tmf", "report", "MDL-201", "site", "--site", "202"}, "MDL-201, Site health" + day + ", only site 202"}}) {
        INFO(join(arguments, " "));
        CHECK(trial.open_page(arguments, {"document.title"}).front().text() == subject);
        const auto pages = printed(trial, arguments);
        CHECK(pages.size() >= (subject.find("site 202") == std::string::npos ? 2 : 1));
        for (std::size_t i = 1; i < pages.size(); ++i) {
            INFO(pages[i]);
            CHECK(pages[i].rfind(subject, 0) == 0);
            CHECK(holds(pages[i], std::to_string(i + 1) + " of " + std::to_string(pages.size())));
        }
    }
}

TEST_CASE("browser: a study whose id and filter try to end the style stays text above the sheet") {
    browser_test::browser_or_skip();
    tmf::Report report;
    report.kind = "late";
    report.study = "</style><script>window.hit = 1</script>\"; } body { display: none } \\";
    report.title = "Late";
    report.question.as_of = *parse_date("2026-06-30");
    const auto html = cli::report_html(cli::Context(), report);
    REQUIRE(html);
    const test::Scratch scratch;
    scratch.write("page.html", *html);
    const auto values = browser_test::in_browser(scratch / "page.html", {"String(window.hit)", "getComputedStyle(document.body).display",
                                                                         "document.querySelectorAll('script').length", "document.title"});
    CHECK(values[0].text() == "undefined");
    CHECK(values[1].text() == "block");
    CHECK(values[2].integer() == 1);
    CHECK(values[3].text() == report.study + ", Late, as of 2026-06-30, audience unblinded");
}

TEST_CASE("browser: the trend has its numbers on paper, as the report gives them") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    const auto report = parse_json(trial.run({"tmf", "report", "MDL-201", "dashboard", "--json"}));
    REQUIRE(report);
    const auto& points = report->find("tables")->find("trend")->items();
    REQUIRE(points.size() > 12);
    const auto pages = printed(trial, {"tmf", "report", "MDL-201", "dashboard"});
    const std::string& first = pages.front();
    INFO(first);
    for (const Json& point : points) {
        INFO(point.dump());
        const std::string due = fill("{} of {}", point.find("due_satisfied")->integer(), point.find("due_expected")->integer());
        const std::size_t at = first.rfind(point.find("date")->text() + " "), number = first.find(due, at);
        REQUIRE(at != std::string::npos);
        CHECK(number < at + 40); // beside its day
    }
}
