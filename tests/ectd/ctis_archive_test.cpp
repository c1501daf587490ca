// Dossiers as ZIPs with entries that cannot be read: what is wrong with one entry is told of it, in the dossier that is judged and in those
// before it.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/json.hpp"
#include "tests/ectd/ctis_bench.hpp"
#include "tests/support/python.hpp"

using namespace dossier;

namespace {

const std::string letter = "B1,Cover letter,,,en,,1.0,2026-01-20,a.pdf,,,\n";
const std::string sheet = "L1,Einverständnis,DE,,de,,1.0,2026-01-20,b.pdf,,2.0,\n";
const std::string newer = "L1,Einverständnis,DE,,de,,1.1,2026-03-01,c.pdf,,2.0,\n";
const std::string letter_file = "part-1/B1_cover-letter_en_2026-512345-12-00_1-0.pdf";

// 0001 with two documents, 0002 that keeps the letter and replaces the sheet.
struct Bench : test::CtisBench {
    Bench() {
        REQUIRE(build(letter + sheet).code == 0);
        REQUIRE(build(letter + newer).code == 0);
    }
    // The dossier as a ZIP of its number in place of its folder: one file as a link, and an entry that leads outside.
    void pack(const std::string& number, const std::string& link) const {
        scratch.write("pack.py", R"(import os, sys, zipfile
number, link = sys.argv[1:]
with zipfile.ZipFile(number + '.zip', 'w') as out:
    for folder, _, names in sorted(os.walk(number)):
        for name in sorted(names):
            path = os.path.join(folder, name)
            entry = zipfile.ZipInfo(path)
            if path == number + '/' + link:
                entry.create_system, entry.external_attr = 3, 0o120777 << 16
            out.writestr(entry, open(path, 'rb').read())
    out.writestr(number + '/../../evil.txt', 'outside')
)");
        REQUIRE(test::run({test::python_with("zipfile"), "../pack.py", number, link}, scratch / "cta").code == 0);
        REQUIRE(test::run({"rm", "-r", scratch / ("cta/" + number)}).code == 0);
    }
    Json report(const std::string& path) const {
        const auto run = test::dossier({"ectd", "validate", path, "--as-of", "2026-04-01", "--format", "json"}, scratch.path());
        INFO(run.err);
        auto json = parse_json(run.out);
        REQUIRE(json);
        return std::move(*json);
    }
};

// "rule path: message" of each finding that is not among `before`.
std::vector<std::string> added(const Json& report, const Json& before) {
    const auto lines = [](const Json& json) {
        std::vector<std::string> list;
        for (const Json& finding : json.find("findings")->items())
            list.push_back(finding.find("rule")->text() + " " + finding.find("path")->text() + ": " + finding.find("message")->text());
        return list;
    };
    const std::vector<std::string> known = lines(before);
    std::vector<std::string> list = lines(report);
    list.erase(std::remove_if(list.begin(), list.end(),
                              [&](const std::string& line) { return std::find(known.begin(), known.end(), line) != known.end(); }),
               list.end());
    std::sort(list.begin(), list.end());
    return list;
}

std::vector<std::string> notes(const Json& report) {
    std::vector<std::string> list;
    for (const Json& note : report.find("notes")->items()) list.push_back(note.text());
    return list;
}

bool has_note(const Json& report, const std::string& words) {
    const std::vector<std::string> list = notes(report);
    return std::any_of(list.begin(), list.end(), [&](const std::string& note) { return note.find(words) != std::string::npos; });
}

} // namespace

TEST_CASE("a dossier in a ZIP with a bad entry is judged in all that can be read of it") {
    const Bench bench;
    const Json before = bench.report("cta/0002");
    bench.pack("0002", "part-2/DEU/L1_einverstaendnis_DEU_de_2026-512345-12-00_1-1.pdf");
    const Json report = bench.report("cta/0002.zip");
    const std::vector<std::string> found = added(report, before);
    REQUIRE(found.size() == 2);
    CHECK(found[0].find("dossier:ctis-archive-entry ../../evil.txt: an entry of the ZIP archive was not read") == 0);
    CHECK(found[1].find("dossier:ctis-file-missing part-2/DEU/L1_einverstaendnis_DEU_de_2026-512345-12-00_1-1.pdf: ") == 0);
    CHECK(found[1].find("cannot be read") != std::string::npos);
    CHECK(found[1].find("is a link or a device") != std::string::npos);
    CHECK(report.find("verdict")->text() == "rejected");
    // the ZIP alone, under another name, as it is handed on
    REQUIRE(test::run({"mv", "cta/0002.zip", "handed-on.zip"}, bench.scratch.path()).code == 0);
    CHECK(added(bench.report("handed-on.zip"), report).empty());
}

TEST_CASE("a ZIP of a whole application: a bad entry is of the dossier that its name begins with, else of the first") {
    const Bench bench;
    bench.scratch.write("pack.py", R"(import os, zipfile
with zipfile.ZipFile('all.zip', 'w') as out:
    for number in ('0001', '0002'):
        for folder, _, names in sorted(os.walk('cta/' + number)):
            for name in sorted(names):
                out.write(os.path.join(folder, name))
    out.writestr('cta/0002/../../second.txt', 'outside')
    out.writestr('../first.txt', 'outside')
)");
    REQUIRE(test::run({test::python_with("zipfile"), "pack.py"}, bench.scratch.path()).code == 0);
    const Json whole = bench.report("all.zip");
    const std::vector<Json>& reports = whole.find("sequences")->items();
    REQUIRE(reports.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const std::vector<std::string> found = added(reports[i], bench.report(i == 0 ? "cta/0001" : "cta/0002"));
        REQUIRE(found.size() == 1);
        CHECK(found[0].find(i == 0 ? "dossier:ctis-archive-entry ../first.txt: "
                                   : "dossier:ctis-archive-entry cta/0002/../../second.txt: ") == 0);
    }
}

TEST_CASE("a bad entry of an earlier dossier's ZIP is told where the present one rests on it, and noted where it does not") {
    const Bench bench;
    const Json before = bench.report("cta/0002");
    bench.pack("0001", "part-2/DEU/L1_einverstaendnis_DEU_de_2026-512345-12-00_1-0.pdf"); // replaced since
    const Json beside = bench.report("cta/0002");
    CHECK(added(beside, before).empty());
    CHECK(has_note(beside, "of the ZIP of dossier 0001 these entries were not read: 0001/../../evil.txt"));
    CHECK_FALSE(has_note(before, "ZIP of dossier"));
}

TEST_CASE("a document in an earlier dossier's ZIP that cannot be read is a finding with its reason") {
    const Bench bench;
    const Json before = bench.report("cta/0002");
    bench.pack("0001", letter_file); // kept
    const std::vector<std::string> found = added(bench.report("cta/0002"), before);
    REQUIRE(found.size() == 1);
    CHECK(found[0].find("dossier:ctis-file-missing ../0001/" + letter_file + ": ") == 0);
    CHECK(found[0].find("cannot be read") != std::string::npos);
    // what builds on it still refuses: a state that rests on what cannot be read is no state to go on from
    bench.replace_in_yaml("\"0002\"", "\"0003\"");
    REQUIRE(test::run({"rm", "-r", bench.scratch / "cta/0002"}).code == 0);
    CHECK(test::dossier({"ectd", "build", "cta", "--sequence", "0003"}, bench.scratch.path()).code == 3);
}

TEST_CASE("an earlier dossier whose ZIP cannot be opened is not called absent") {
    const Bench bench;
    REQUIRE(test::run({"rm", "-r", bench.scratch / "cta/0001"}).code == 0);
    bench.scratch.write("cta/0001.zip", "no archive");
    const Json report = bench.report("cta/0002");
    std::string reason;
    for (const Json& item : report.find("not_run")->items())
        if (item.find("rule")->text() == "dossier:ctis-file-missing") reason = item.find("reason")->text();
    CHECK(reason.find("dossier 0001 cannot be read") != std::string::npos);
    CHECK(report.find("verdict")->text() != "clean");
}
