// ectd view in a real browser: every view shows what an independent reader (tests/ectd/current_leaves.py) finds, links lead to files,
// nothing is on the console, nothing is asked of a network.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/filesystem.hpp"
#include "core/json.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using Lines = std::vector<std::string>;

namespace {

struct Opened {
    std::vector<Json> values;
    Lines requests;
    std::int64_t ready = 0; // milliseconds
};

Opened open_page(const std::string& page, const Lines& expressions, const std::string& size = "1280x900") {
    test::tool_or_skip("chromium");
    test::tool_or_skip("python3");
    Lines command{"python3", "-B", test::source_folder() + "/tests/browser/chromium.py", page, "--size", size};
    command.insert(command.end(), expressions.begin(), expressions.end());
    const auto result = test::run(command);
    INFO(result.err);
    REQUIRE(result.code == 0);
    const auto answer = parse_json(result.out);
    REQUIRE(answer);
    INFO(result.out.substr(0, 4000));
    CHECK(answer->find("console")->items().empty());
    Opened opened{answer->find("values")->items(), {}, answer->find("ready_ms")->integer()};
    for (const Json& request : answer->find("requests")->items()) opened.requests.push_back(request.text());
    std::printf("ready after %lld ms\n", static_cast<long long>(opened.ready));
    return opened;
}

void view(const std::string& application, const std::string& page) {
    const test::Run made = test::dossier({"ectd", "view", application, "--output", page});
    INFO(made.err);
    REQUIRE(made.code == 0);
}

// What a user does, in words of the page.
const std::string helpers =
    "const later = () => new Promise(done => setTimeout(done, 60));"
    "const go = async view => { document.getElementById('tab-' + view).click(); await later(); "
    "document.getElementById('open-all').click(); };"
    "const rows = () => [...document.querySelectorAll('#tree .leaf > .line > .title')];"
    "const find = async text => { const s = document.getElementById('search'); s.value = text; s.dispatchEvent(new Event('input')); await "
    "later(); };"
    "const after = async n => { const s = document.getElementById('after'); s.value = [...s.options].find(o => o.textContent === n).value; "
    "s.dispatchEvent(new Event('change')); await later(); document.getElementById('open-all').click(); };"
    "const pick = async n => { document.querySelectorAll('#picks button')[n].click(); await later(); "
    "document.getElementById('open-all').click(); };"
    "const all = () => { let b; while ((b = document.querySelector('#tree .more button'))) { b.click(); } };"
    "const said = () => rows().map(r => r.textContent + '|' + r.closest('.leaf').querySelector('.path').textContent).sort();";

std::string in_page(const std::string& code) { return "(async () => { " + helpers + code + " })()"; }

// "title|path" of the leaves that are current after a sequence, by the independent reader.
Lines expected(const std::string& application, const std::string& last) {
    const test::Run run = test::run({"python3", "-B", test::source_folder() + "/tests/ectd/current_leaves.py", application, last});
    INFO(run.err);
    REQUIRE(run.code == 0);
    Lines lines;
    for (const std::string& line : split(run.out, '\n'))
        if (!line.empty()) lines.push_back(line.substr(line.find('|') + 1));
    std::sort(lines.begin(), lines.end());
    return lines;
}

Lines texts(const Json& list) {
    Lines lines;
    for (const Json& item : list.items()) lines.push_back(item.text());
    std::sort(lines.begin(), lines.end());
    return lines;
}

const std::string yaml =
    "application: {region: us, type: nda, number: \"900172\"}\n"
    "applicant: {id: \"999999999\", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, "
    "number: \"1\"}], emails: [r@example.org]}]}\n"
    "sequences:\n"
    "  \"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}\n"
    "  \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment, description: Answers}\n"
    "  \"0003\": {submission_id: \"0003\", submission_type: labeling-supplement, sub_type: application}\n"
    "studies: {CDISCPILOT01: {title: Transdermal patch, categories: {type-of-control: placebo}}}\n";

// The documents of the CDISC pilot as an NDA of three sequences: ae.xpt is replaced twice, relrec.xpt deleted, an overview comes last.
struct Pilot {
    test::Scratch scratch;
    std::string app = scratch / "nda 900172"; // a blank: people's shares have them
    std::string root;
    Lines data;

    Pilot() : root(test::shared_or_skip("real/cdisc-pilot/updated-pilot-submission-package/900172")) {
        const auto fs = make_disk_file_system();
        const std::string sdtm = root + "/m5/datasets/cdiscpilot01/tabulations/sdtm";
        const auto entries = fs->list(sdtm);
        REQUIRE(entries);
        for (const FolderEntry& entry : *entries)
            if (path::extension(entry.name) == "xpt") data.push_back(path::join(sdtm, entry.name));
        scratch.write("nda 900172/application.yaml", yaml);
        build(true, "");
        data.erase(std::remove_if(data.begin(), data.end(), [](const std::string& file) { return ends_with(file, "/relrec.xpt"); }),
                   data.end());
        change_ae(1);
        build(false, "");
        change_ae(2);
        build(false, "2.5,Clinical overview,overview.pdf,,,\n");
        const test::Run sent =
            test::dossier({"ectd", "sent", app, "0001", "--date", "2026-01-05", "--acknowledgement", scratch / "ae1.xpt"});
        INFO(sent.err);
        REQUIRE(sent.code == 0);
    }
    void change_ae(int times) {
        for (std::string& file : data)
            if (starts_with(path::file_name(file), "ae")) {
                const std::string name = "ae" + std::to_string(times) + ".xpt";
                scratch.write(name, test::read_bytes(file) + std::string(80, ' '));
                file = scratch / name;
            }
    }
    void build(bool cover, const std::string& more) {
        const std::string letter = root + "/m1/us/12-cov-let/cover.pdf";
        scratch.write("nda 900172/overview.pdf", test::read_bytes(letter));
        std::string plan = "section,title,source,study,file_tag,indication\n" + more;
        if (cover) plan += "1.2,Cover letter," + letter + ",,,\n";
        for (const std::string& file : data) {
            std::string title = path::file_name(file); // one title through its life: ae.xpt
            if (starts_with(title, "ae")) title = "ae.xpt";
            plan += "5.3.5.1," + title + "," + file + ",CDISCPILOT01,data-tabulation-dataset-sdtm,Alzheimer's disease\n";
        }
        scratch.write("nda 900172/plan.csv", plan);
        const test::Run built = test::dossier({"ectd", "build", app});
        INFO(built.err);
        REQUIRE(built.code == 0);
    }
};

} // namespace

TEST_CASE("browser: the CDISC pilot application of three sequences, in every view") {
    const Pilot pilot;
    const std::string page = pilot.scratch / "pages/view.html";
    REQUIRE(test::run({"mkdir", pilot.scratch / "pages"}).code == 0);
    view(pilot.app, page);
    const auto opened = open_page(
        page,
        {in_page("await go('current'); return said();"), in_page("await after('0002'); return said();"),
         in_page("await after('0001'); return said();"), in_page("await after('0003'); return 0;"),
         // the links of all views, as the browser would ask the disk for them
         in_page("await go('all'); return rows().filter(r => r.href).map(r => decodeURIComponent(new URL(r.href).pathname));"),
         in_page("return rows().length;"),
         in_page("await find('ae.xpt'); document.querySelector('.history').click(); await later();"
                 "return [...document.querySelectorAll('.chain li')].map(l => l.querySelector('.num').textContent + ' ' + "
                 "l.querySelector('.tag').textContent + ': ' + [...l.querySelectorAll('.soft')][0].textContent);"),
         in_page("await find(''); await go('sequences'); await pick(1); return document.getElementById('about').innerText;"),
         in_page("return rows().map(r => r.textContent);"),
         in_page("await pick(0); const a = document.querySelector('#about dd a'); return document.getElementById('about').innerText + "
                 "'|' + decodeURIComponent(new URL(a.href).pathname);"),
         in_page("await go('studies'); return document.getElementById('content').innerText;"),
         in_page(
             "await go('activities'); return [...document.querySelectorAll('#picks button')].map(b => b.innerText.replace(/\\s+/g, ' '));"),
         in_page("await go('findings'); return document.getElementById('tree').innerText;"),
         // Back leads to the view before, and a tab is reached by arrow keys
         in_page("history.back(); await later(); return document.querySelector('[aria-selected=true]').textContent;")});
    CHECK(opened.requests.empty());
    REQUIRE(opened.values.size() == 14);
    CHECK(texts(opened.values[0]) == expected(pilot.app, "0003"));
    CHECK(texts(opened.values[1]) == expected(pilot.app, "0002"));
    CHECK(texts(opened.values[2]) == expected(pilot.app, "0001"));
    const auto fs = make_disk_file_system();
    const Lines links = texts(opened.values[4]);
    for (const std::string& link : links) {
        INFO(link);
        CHECK(exists(*fs, link));
    }
    // 0001: data sets, cover letter, regional file, tagging file. 0002: ae, the deletion, regional and tagging file, 0003: ae, overview,
    // these two
    const std::size_t sets = pilot.data.size() + 1;
    CHECK(opened.values[5].integer() == static_cast<std::int64_t>(sets + 3 + 4 + 4));
    CHECK(links.size() == sets + 3 + 3 + 4); // the deletion has no file
    CHECK(texts(opened.values[6]) == Lines{"0001 new: replaced in 0002", "0002 replace: replaced in 0003", "0003 replace: current"});
    CHECK(opened.values[7].text().find("Sequence 0002: original-application, amendment") != std::string::npos);
    CHECK(opened.values[7].text().find("Answers") != std::string::npos);
    CHECK(texts(opened.values[8]) == Lines{"Study tagging file CDISCPILOT01", "US Regional", "ae.xpt", "relrec.xpt"});
    CHECK(opened.values[9].text().find("2026-01-05") != std::string::npos);
    CHECK(exists(*fs, opened.values[9].text().substr(opened.values[9].text().rfind('|') + 1))); // the acknowledgement
    CHECK(opened.values[10].text().find("Transdermal patch") != std::string::npos);
    CHECK(opened.values[10].text().find("data-tabulation-dataset-sdtm") != std::string::npos);
    CHECK(texts(opened.values[11]) == Lines{"0001 original-application 2 sequences", "0003 labeling-supplement 1 sequence"});
    CHECK(opened.values[12].text().find("Nothing missing, nothing dead.") != std::string::npos);
    CHECK(opened.values[13].text() == "Activities");
}

namespace {

std::string index_of(const std::string& leaves) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" "
           "xmlns:xlink=\"http://www.w3c.org/1999/xlink\" dtd-version=\"3.2\"><m2-common-technical-document-summaries><m2-2-introduction>" +
           leaves + "</m2-2-introduction></m2-common-technical-document-summaries></ectd:ectd>\n";
}

std::string leaf(const std::string& id, const std::string& title, const std::string& href, const std::string& operation = "new",
                 const std::string& target = {}) {
    return "<leaf ID=\"" + id + "\" operation=\"" + operation + "\" checksum=\"\" checksum-type=\"md5\" xlink:href=\"" + href + "\"" +
           (target.empty() ? "" : " modified-file=\"" + target + "\"") + "><title>" + title + "</title></leaf>";
}

} // namespace

TEST_CASE("browser: titles that try to be markup, script or mirror writing stay text, and odd file names are opened") {
    const test::Scratch scratch;
    scratch.write("app/0001/m2/50% of #1?.pdf", "x");
    scratch.write("app/0001/m2/\u202Efdp.exe", "x");
    scratch.write("app/0001/index.xml",
                  index_of(leaf("a", "&lt;/script&gt;&lt;script&gt;window.hit = 1&lt;/script&gt;", "m2/50% of #1?.pdf") +
                           leaf("b", "&lt;img src=x onerror=\"window.hit=2\"&gt;&amp;amp;", "m2/\u202Efdp.exe") +
                           leaf("c", "\u202Egnihtemos &#x85;", "javascript:window.hit=3") + leaf("d", "gone", "m2/gone.pdf")));
    view(scratch / "app", scratch / "view.html");
    const auto opened =
        open_page(scratch / "view.html",
                  {in_page("await go('current'); return rows().map(r => r.textContent);"), in_page("return String(window.hit);"),
                   in_page("return document.querySelectorAll('script').length + ' ' + document.querySelectorAll('img').length;"),
                   in_page("return rows().map(r => r.href ? decodeURIComponent(new URL(r.href).pathname) : 'no link');"),
                   in_page("return /[\\u202A-\\u202E\\u2066-\\u2069]/.test(document.body.innerText);"),
                   in_page("return [...document.querySelectorAll('.problem')].map(p => p.textContent);")});
    CHECK(opened.requests.empty());
    REQUIRE(opened.values.size() == 6);
    CHECK(texts(opened.values[0]) == Lines{"</script><script>window.hit = 1</script>", "<img src=x onerror=\"window.hit=2\">&amp;",
                                           "[U+202E]gnihtemos [U+0085]", "gone"});
    CHECK(opened.values[1].text() == "undefined");
    CHECK(opened.values[2].text() == "2 0"); // the page's own two script elements
    const std::string below = scratch / "app/0001/m2/";
    Lines links{below + "50% of #1?.pdf", below + "\u202Efdp.exe", "no link", "no link"};
    std::sort(links.begin(), links.end());
    CHECK(texts(opened.values[3]) == links);
    CHECK_FALSE(opened.values[4].boolean());
    CHECK(texts(opened.values[5]) == Lines{"leads out of the application: javascript:window.hit=3", "the file is not there"});
}

namespace {

// 40 sequences of 500 leaves; from the second on, 100 of them replace leaves of the one before. One file a sequence.
void write_large(const test::Scratch& scratch) {
    for (int n = 1; n <= 40; ++n) {
        const std::string number = std::string(n < 10 ? "000" : "00") + std::to_string(n),
                          before = std::string(n < 11 ? "000" : "00") + std::to_string(n - 1);
        std::string leaves;
        for (int i = 0; i < 500; ++i) {
            const std::string name = "n" + std::to_string(n) + "-" + std::to_string(i),
                              old = "n" + std::to_string(n - 1) + "-" + std::to_string(i);
            const bool replaces = n > 1 && i < 100;
            leaves += leaf(name, "Document " + name, "m2/all.pdf", replaces ? "replace" : "new",
                           replaces ? "../" + before + "/index.xml#" + old : "");
        }
        scratch.write("app/" + number + "/index.xml", index_of(leaves));
        scratch.write("app/" + number + "/m2/all.pdf", "x");
    }
}

} // namespace

TEST_CASE("browser: 20,000 leaves open in one page, and in a page with files beside it") {
    const test::Scratch scratch;
    write_large(scratch);
    view(scratch / "app", scratch / "one.html");
    view(scratch / "app", scratch / "many");
    const std::int64_t current = 20000 - 39 * 100;
    const Lines questions{
        in_page("return document.getElementById('found').textContent;"),
        in_page("const start = performance.now(); await find('n40-499'); return [rows().length, document.getElementById('found')"
                ".textContent, Math.round(performance.now() - start)].join('|');"),
        in_page("await find(''); await go('all'); return document.getElementById('found').textContent;"),
        in_page("await find('n40-5 '); await find('n40-50'); rows()[0].closest('.leaf').querySelector('.history').click(); return "
                "document.querySelectorAll('.chain li').length;")};
    for (const std::string& page : {scratch / "one.html", scratch / "many/index.html"}) {
        const auto opened = open_page(page, questions);
        INFO(page);
        REQUIRE(opened.values.size() == 4);
        CHECK(opened.values[0].text() == std::to_string(current) + " leaves");
        CHECK(starts_with(opened.values[1].text(), "1|1 leaf of " + std::to_string(current)));
        CHECK(opened.values[2].text() == "20000 leaves");
        CHECK(opened.values[3].integer() == 40); // n1-50 and the 39 that replaced it, one after the other
        std::printf("search: %s\n", opened.values[1].text().c_str());
        CHECK(opened.requests.size() == (ends_with(page, "one.html") ? 0 : 2)); // 10,000 leaves a file
        for (const std::string& request : opened.requests) CHECK(starts_with(request, "file://" + scratch.path() + "/many/leaves-"));
    }
    // Made again: the same files and no others.
    scratch.write("app/0041/index.xml", index_of(leaf("x", "x", "../0001/m2/all.pdf")));
    view(scratch / "app", scratch / "many");
    CHECK(split(trim(test::run({"ls", scratch / "many"}).out), '\n').size() == 4); // index.html and three files of leaves
}

TEST_CASE("browser: the tree is worked by keys, and paper shows it without controls") {
    const test::Scratch scratch;
    scratch.write("app/0001/m2/a.pdf", "x");
    scratch.write("app/0001/index.xml", index_of(leaf("a", "A", "m2/a.pdf") + leaf("b", "B", "m2/a.pdf")));
    view(scratch / "app", scratch / "view.html");
    const std::string press =
        "const press = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: "
        "true}));";
    const auto opened = open_page(
        scratch / "view.html",
        {in_page(press + "document.querySelector('.head').focus(); press('ArrowDown'); press('ArrowDown'); press('ArrowDown'); return "
                         "document.activeElement.textContent;"),
         in_page(press + "press('ArrowLeft'); press('ArrowLeft'); return document.querySelectorAll('.leaf').length + ' ' + "
                         "document.activeElement.getAttribute('aria-expanded');"),
         in_page(press + "press('ArrowRight'); press('End'); return document.activeElement.textContent;"),
         in_page(
             press +
             "document.activeElement.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true})); return "
             "document.activeElement.id;"),
         in_page("document.getElementById('tab-current').focus(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: "
                 "'ArrowRight', "
                 "bubbles: true})); await later(); return document.activeElement.id + document.querySelector('[aria-selected=true]').id;")},
        "420x900");
    REQUIRE(opened.values.size() == 5);
    CHECK(opened.values[0].text() == "B");       // module 2, 2.2, A, B
    CHECK(opened.values[1].text() == "2 false"); // to the heading 2.2, which closes
    CHECK(opened.values[2].text() == "B");
    CHECK(opened.values[3].text() == "search");
    CHECK(opened.values[4].text() == "tab-alltab-all");
}
