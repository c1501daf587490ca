// The completeness page over a tiny trial: what a person would read off it.
#include <catch2/catch.hpp>

#include "cli/study_page.hpp"
#include "core/json.hpp"
#include "core/text.hpp"
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

// What the page's script reads.
Json data_of(const std::string& html) {
    const std::string start = "id=\"data\">";
    const std::size_t at = html.find(start);
    REQUIRE(at != std::string::npos);
    const auto data = parse_json(html.substr(at + start.size(), html.find("</script>", at) - at - start.size()));
    REQUIRE(data);
    return *data;
}

} // namespace

TEST_CASE("the completeness page shows the totals, a cell for the site, and holds its rows, what is open first") {
    const Bench bench;
    const auto report = bench.report();
    const auto html = cli::completeness_html(bench.context, report, bench.study, bench.catalogue);
    REQUIRE(html);
    CHECK(html->find("A &lt;made-up&gt; trial") != std::string::npos);
    CHECK(html->find("701 General &amp; Sons") != std::string::npos);
    CHECK(html->find("<a href=\"#p=0&amp;m=03\"") != std::string::npos); // the only place
    CHECK(html->find("only site 701, milestone 03") != std::string::npos);
    CHECK(html->find("grace days 10") != std::string::npos);
    CHECK(html->find("This page holds") == std::string::npos); // nothing is left out

    const Json data = data_of(*html);
    const Json& rows = *data.find("rows");
    REQUIRE(rows.find("rule")->items().size() == report.rows.size());
    const auto text_at = [&](const char* column, const char* list, std::size_t row) {
        const Json& entry = data.find(list)->items()[static_cast<std::size_t>(rows.find(column)->items()[row].integer())];
        return entry.is_array() ? entry.items().front().text() : entry.text();
    };
    std::vector<std::string> states, cvs;
    for (std::size_t i = 0; i < report.rows.size(); ++i) {
        states.push_back(text_at("state", "states", i));
        if (text_at("rule", "rules", i) == "EDL-087-01") cvs.push_back(text_at("person", "people", i) + " " + states.back());
    }
    // P2's CV is not there, due on 2025-03-01 and 31 days late with 10 days of grace; P1's is: it comes after all that is open.
    CHECK(cvs == std::vector<std::string>{"P2 overdue", "P1 satisfied"});
    CHECK(states.back() == "satisfied");
    for (std::size_t i = 0; i < states.size(); ++i)
        if (states[i] == "overdue" && text_at("rule", "rules", i) == "EDL-087-01") CHECK(rows.find("age")->items()[i].integer() == 31);
}

TEST_CASE("a page that cannot hold every row says how many it leaves out, of which state, and keeps what is open") {
    const Bench bench;
    const auto report = bench.report();
    const std::size_t satisfied = 1; // P1's CV; nothing else was filed
    const auto html = cli::completeness_html(bench.context, report, bench.study, bench.catalogue, report.rows.size() - satisfied);
    REQUIRE(html);
    CHECK(html->find(fill("This page holds {} of {} rows", report.rows.size() - 1, report.rows.size())) != std::string::npos);
    CHECK(html->find("Not in it: 1 satisfied.") != std::string::npos);
    const Json data = data_of(*html);
    CHECK(data.find("rows")->find("rule")->items().size() == report.rows.size() - 1);
    CHECK(data.find("left_out")->find("satisfied")->integer() == 1);
    CHECK(data.find("states")->dump(-1).find("satisfied") == std::string::npos);
    CHECK(data.find("command")->text() == "dossier tmf completeness PAGE-1 --as-of 2025-04-01 --audience unblinded");
}

TEST_CASE("the page asks for nothing from outside, and a text cannot end its data") {
    Bench bench;
    bench.study.people.front().name = "</script><script src=x>";
    const auto html = cli::completeness_html(bench.context, bench.report(), bench.study, bench.catalogue);
    REQUIRE(html);
    for (const char* part : {"http://", "https://", "src=\"", "@import", "url("}) CHECK(html->find(part) == std::string::npos);
    CHECK(html->find("<script src=x>") == std::string::npos);
    CHECK(data_of(*html).find("people")->dump(-1).find("</script><script src=x> (P1)") != std::string::npos);
}

TEST_CASE("a study without sites has a page that says what is expected of the trial, or that nothing is") {
    const Bench bench;
    const auto yaml = parse_yaml("study: {id: EMPTY, title: Nothing yet}\n", "study.yaml");
    const tmf::Study study = tmf::read_study(*yaml, bench.catalogue)->study;
    tmf::CompletenessQuestion question;
    question.as_of = *parse_date("2025-04-01");
    question.milestone = "04"; // monitoring: nothing without a site
    const auto report = tmf::completeness(bench.catalogue, study, {}, {}, question);
    const auto html = cli::completeness_html(bench.context, report, study, bench.catalogue);
    REQUIRE(html);
    CHECK(html->find("Nothing is expected here by the study's facts.") != std::string::npos);
    CHECK(data_of(*html).find("rows")->find("rule")->items().empty());
}
