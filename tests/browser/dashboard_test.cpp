// The dashboard in a real browser: drawn, answering clicks and keys, silent, asking for nothing.
#include <catch2/catch.hpp>

#include "tests/browser/trial.hpp"

using namespace dossier;
using browser_test::Trial;

namespace {

// Finds the cell of a place (by the start of its label) and a milestone, and goes to it as a click does.
const std::string find_cell =
    "const cell = (place, milestone) => { const head = [...document.querySelectorAll('#places thead .code')]"
    ".findIndex(e => e.textContent === milestone); return [...document.querySelectorAll('#places tbody tr')]"
    ".find(r => r.cells[0].textContent.startsWith(place)).cells[head + 1].querySelector('a'); };"
    "const later = () => new Promise(done => setTimeout(done, 50));"
    "const rows = () => { document.getElementById('all-rows').click(); return document.querySelectorAll('#rows tbody tr').length; };";

std::string in_page(const std::string& code) { return "(async () => { " + find_cell + code + " })()"; }

const std::string samples = test::build_folder() + "/samples";

} // namespace

TEST_CASE("browser: the sample trial's heat map is drawn and a click on a cell opens its list") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    const std::int64_t expected = trial.open_slots("102", "03");
    REQUIRE(expected > 0);
    const auto values = trial.open({
        in_page("return document.querySelectorAll('#places tbody tr').length;"),
        in_page("cell('102', '03').click(); await later(); return rows();"),
        in_page("return document.getElementById('list-title').textContent;"),
        in_page("return [...document.querySelectorAll('#rows tbody tr')].every(r => r.cells[2].textContent.startsWith('102') && "
                "r.cells[4].textContent === '03');"),
        // the search narrows the list, the reset widens it to all that is open
        in_page("const s = document.getElementById('search'); s.value = 'EDL-087-01'; s.dispatchEvent(new Event('input')); return rows();"),
        in_page("document.getElementById('reset').click(); await later(); return rows();"),
        // arrow keys: from a cell of site 101 down to one of site 102
        in_page("const from = cell('101', '03'); from.focus(); from.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: "
                "true}));"
                "return document.activeElement === cell('102', '03');"),
        in_page("document.getElementById('tab-zones').click(); return [getComputedStyle(document.getElementById('places')).display,"
                "getComputedStyle(document.getElementById('zones')).display].join();"),
        in_page("return [...document.querySelectorAll('.trend circle')].length;"),
    });
    REQUIRE(values.size() == 9);
    // the trial, three countries, eight sites
    CHECK(values[0].integer() == 12);
    CHECK(values[1].integer() == expected);
    CHECK(values[2].text().find("102 Riverbend") != std::string::npos);
    CHECK(values[3].boolean());
    // Dr. Okafor's curriculum vitae at site 102 has expired: the only open slot of that rule there
    CHECK(values[4].integer() == 1);
    CHECK(values[5].integer() > expected);
    CHECK(values[6].boolean());
    CHECK(values[7].text() == "none,block");
    // the study began on 2024-11-04: from the first month's end with something due to the day itself, 20 month ends at most and one
    CHECK(values[8].integer() > 12);
    CHECK(values[8].integer() <= 21);
}

TEST_CASE("browser: names that try to be markup, script or mirror writing stay text") {
    test::Scratch scratch;
    scratch.write(
        "study.yaml",
        "study: {id: H, title: '</title><script>window.hit = 1</script>', start: 2026-01-01}\n"
        "countries: [{code: USA, approved: 2026-01-10}]\n"
        "sites: [{id: '1', country: USA, name: '</script><img src=x onerror=\"window.hit=2\">\"''&amp;', activated: 2026-02-01}]\n"
        "people: [{id: P1, name: \"\\u202Egnihtemos </bdi><b>\", role: principal_investigator, site: '1', from: 2026-01-15}]\n");
    const Trial trial(scratch / "study.yaml", "H");
    const auto values = trial.open({
        in_page("return String(window.hit);"),
        in_page("return document.querySelectorAll('img, b:not(header b, .states b), script').length;"),
        in_page("return document.querySelector('.sub').textContent;"),
        in_page("cell('1', '03').click(); await later(); return [...document.querySelectorAll('#rows tbody tr')].map(r => "
                "r.cells[3].textContent).find(t => t);"),
        in_page("return document.querySelector('#rows tbody tr').cells[2].textContent;"),
        in_page("return /[\\u202A-\\u202E\\u2066-\\u2069]/.test(document.documentElement.outerHTML);"),
    });
    REQUIRE(values.size() == 6);
    CHECK(values[0].text() == "undefined");
    CHECK(values[1].integer() == 2); // the page's own two script elements
    CHECK(values[2].text() == "</title><script>window.hit = 1</script>");
    CHECK(values[3].text() == "[U+202E]gnihtemos </bdi><b> (P1)");
    CHECK(values[4].text() == "1 </script><img src=x onerror=\"window.hit=2\">\"'&amp;");
    CHECK_FALSE(values[5].boolean());
}

TEST_CASE("browser: a study with 500 sites opens, and each cell has its list") {
    test::Scratch scratch;
    std::string study = "study: {id: BIG, title: Many sites, start: 2025-01-01}\ncountries:\n";
    const std::vector<std::string> countries = {"USA", "CAN", "DEU", "FRA", "ITA"};
    for (const auto& country : countries) study += "  - {code: " + country + ", approved: 2025-02-01, languages: [en]}\n";
    std::string sites = "sites:\n", people = "people:\n";
    for (int i = 0; i < 500; ++i) {
        const std::string id = std::to_string(1000 + i);
        sites += "  - {id: '" + id + "', country: " + countries[i % 5] + ", name: Hospital " + id + ", activated: 2025-06-01}\n";
        people += "  - {id: P" + id + ", name: Doctor " + id + ", role: principal_investigator, site: '" + id + "', from: 2025-03-01}\n";
        people += "  - {id: S" + id + ", name: Helper " + id + ", role: sub_investigator, site: '" + id + "', from: 2025-03-01}\n";
    }
    scratch.write("study.yaml", study + sites + people);
    const Trial trial(scratch / "study.yaml", "BIG");
    const auto values = trial.open({
        in_page("return document.querySelectorAll('#places tbody tr.site').length;"),
        in_page("cell('1234', '03').click(); await later(); return rows();"),
        in_page("const f = document.getElementById('place-filter'); f.value = 'hospital 1234'; f.dispatchEvent(new Event('input'));"
                "return [...document.querySelectorAll('#places tbody tr')].filter(r => getComputedStyle(r).display !== 'none').length;"),
    });
    REQUIRE(values.size() == 3);
    CHECK(values[0].integer() == 500);
    CHECK(values[1].integer() == trial.open_slots("1234", "03"));
    CHECK(values[2].integer() == 1);
}

TEST_CASE("browser: dashboard and completeness page fit a narrow screen, are read in any shade and worked by keys alone") {
    const Trial trial(samples + "/trial/study.yaml", "MDL-201", samples + "/trial/documents.csv");
    const std::string fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
    // The least contrast of text on the shades (WCAG 2: at least 4.5), by the formula of the standard.
    const std::string contrast =
        "(() => { const light = c => { const [r, g, b] = c.match(/\\d+/g).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : "
        "((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };"
        "return Math.min(...[...document.querySelectorAll('.legend span[class], .tag, .note, .facts, .rnote')].map(e => { "
        "const s = getComputedStyle(e); let back = e; while (getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)' && "
        "back.parentElement) "
        "back = back.parentElement; const ground = getComputedStyle(back).backgroundColor;"
        "const [a, b] = [light(s.color), light(ground === 'rgba(0, 0, 0, 0)' ? 'rgb(255, 255, 255)' : ground)].sort((x, y) => y - x); "
        "return (a + 0.05) / (b + 0.05); })); })()";
    // One stop of the Tab key in the map; an arrow moves it; the link it stands on opens its list.
    const std::string keys =
        "const stops = () => [...document.querySelectorAll('#places tbody a')].filter(a => a.tabIndex === 0); const one = stops().length; "
        "stops()[0].focus(); stops()[0].dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true}));"
        "const at = document.activeElement; at.click(); await later(); return [one, stops().length, stops()[0] === at, "
        "location.hash === at.getAttribute('href')].join();";
    for (const std::vector<std::string>& page :
         {std::vector<std::string>{"tmf", "report", "MDL-201", "dashboard"}, std::vector<std::string>{"tmf", "completeness", "MDL-201"},
          std::vector<std::string>{"tmf", "completeness", "MDL-201", "--country", "CAN"}}) {
        INFO(join(page, " "));
        const auto values = trial.open_page(page, {fits, contrast, in_page(keys)}, {"--size", "420x900"});
        CHECK(values[0].boolean());
        CHECK(values[1].number() >= 4.5);
        CHECK(values[2].text() == "1,1,true,true");
    }
    // On paper there is no more than what the paper holds, and no control.
    const auto values = trial.open_page(
        {"tmf", "completeness", "MDL-201"},
        {in_page("window.dispatchEvent(new Event('beforeprint')); return document.querySelectorAll('#rows tbody tr').length;"),
         "document.getElementById('not-printed').hidden"});
    CHECK(values[0].integer() == 35); // 34 late rows (tests/samples/reports_test.cpp) and site 303's report, in review before it is due
    CHECK(values[1].boolean());
}

TEST_CASE("browser: a study with nothing in it, and one with a country and no site, have their pages") {
    test::Scratch scratch;
    scratch.write("study.yaml", "study: {id: NEW, title: Nothing yet}\n");
    const Trial empty(scratch / "study.yaml", "NEW");
    scratch.write("country.yaml",
                  "study: {id: ONE, title: One country, start: 2026-01-01}\ncountries: [{code: DEU, approved: 2026-02-01}]\n");
    const Trial country(scratch / "country.yaml", "ONE");
    const auto nothing =
        empty.open({"document.querySelectorAll('#places tbody tr').length", "document.querySelectorAll('.trend circle').length"});
    CHECK(nothing[0].integer() <= 1); // the trial's own row, if anything is expected of it
    CHECK(nothing[1].integer() == 1);
    const auto one = country.open({in_page("return [...document.querySelectorAll('#places tbody th')].map(e => e.textContent).join();"),
                                   in_page("cell('Germany', '01').click(); await later(); return rows();")});
    CHECK(one[0].text() == "Trial,Germany");
    CHECK(one[1].integer() > 0);
    for (const Trial* trial : {&empty, &country})
        trial->open_page({"tmf", "completeness", trial == &empty ? "NEW" : "ONE"}, {"document.getElementById('list-title').textContent"});
}
