// The completeness page over a tiny trial: what a person would read off it.
#include <catch2/catch.hpp>

#include "cli/completeness_page.hpp"
#include "core/yaml.hpp"

using namespace dossier;

namespace {

// One site with two investigators; the first one's CV is there, the second one's is not; nothing else is looked at.
struct Bench {
    templates::TmfCatalogue catalogue;
    tmf::Study study;
    cli::Context context;

    Bench() {
        catalogue = *templates::read_tmf_catalogue(templates::Source());
        const auto yaml = parse_yaml("study: {id: PAGE-1, title: 'A <made-up> trial', grace_days: 10}\n"
                                     "countries: [{code: USA, approved: 2025-01-01}]\n"
                                     "sites: [{id: '701', country: USA, name: General & Sons, activated: 2025-03-01}]\n"
                                     "people:\n"
                                     "  - {id: P1, name: Ann One, role: principal_investigator, site: '701', from: 2025-01-15}\n"
                                     "  - {id: P2, name: Bob Two, role: principal_investigator, site: '701', from: 2025-01-15}\n",
                                     "study.yaml");
        study = tmf::read_study(*yaml, catalogue)->study;
    }

    tmf::CompletenessReport report() const {
        tmf::DocumentFacts cv;
        cv.document = "D-1";
        cv.unique_id = 87; // principal investigator curriculum vitae
        cv.site = "701";
        cv.persons = {"P1"};
        cv.date = cv.received = cv.final = parse_date("2025-02-01");
        tmf::CompletenessQuestion question;
        question.as_of = *parse_date("2025-04-01");
        question.site = "701";
        question.milestone = "03";
        return tmf::completeness(catalogue, study, {cv}, {}, question);
    }
};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t number = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++number;
    return number;
}

} // namespace

TEST_CASE("the page shows the totals, a cell for the site, and the open document under it") {
    const Bench bench;
    const auto report = bench.report();
    const auto html = cli::completeness_html(bench.context, report, bench.study, bench.catalogue);
    REQUIRE(html);
    CHECK(html->find("A &lt;made-up&gt; trial") != std::string::npos);
    CHECK(html->find("701 General &amp; Sons") != std::string::npos);
    // P1's CV is satisfied, P2's is 31 days late: 03@site is 2025-03-01, with 10 days of grace it is overdue
    CHECK(html->find("Bob Two") != std::string::npos);
    CHECK(html->find("<a href=\"#open-site-USA-701-03\"") != std::string::npos);
    CHECK(count(*html, "id=\"open-site-USA-701-03\"") == 1);
    CHECK(html->find("EDL-087-01/USA/701/P2//") != std::string::npos);
    CHECK(html->find("EDL-087-01/USA/701/P1//") == std::string::npos); // it is there: not open
    CHECK(html->find(">31<") != std::string::npos);
    CHECK(html->find("only site 701, milestone 03") != std::string::npos);
}

TEST_CASE("the page asks for nothing from outside") {
    const Bench bench;
    const auto html = cli::completeness_html(bench.context, bench.report(), bench.study, bench.catalogue);
    REQUIRE(html);
    for (const char* part : {"http://", "https://", "src=", "@import", "url("}) CHECK(html->find(part) == std::string::npos);
}
