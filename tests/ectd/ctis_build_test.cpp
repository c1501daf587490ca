// Dossiers for the EU clinical trials portal built, changed, sent: what lies in them, and what a wrong turn leaves behind.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "tests/ectd/ctis_bench.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using Bench = test::CtisBench;

namespace {

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

const std::string letter = "B1,Cover letter,,,en,,1.0,2026-01-20,a.pdf,,,\n";
const std::string sheet = "L1,Einverständnis,DE,,de,,1.0,2026-01-20,b.pdf,,2.0,\n";
const std::string reason = "G2,Safety,,,,,,,,in the brochure,,\n";

Json manifest(const Bench& bench, const std::string& number) {
    auto json = parse_json(bench.scratch.read("cta/" + number + "/manifest.json"));
    REQUIRE(json);
    return *json;
}

std::string field(const Json& json, const char* key) { return json.find(key) ? json.find(key)->text() : ""; }

// "operation code" of each document, in order.
std::vector<std::string> operations(const Json& json, const char* list) {
    std::vector<std::string> lines;
    for (const Json& item : json.find(list)->items()) lines.push_back(field(item, "operation") + " " + field(item, "code"));
    return lines;
}

} // namespace

TEST_CASE("a dossier holds its files under convention's names, with the checksums that sha256sum finds") {
    test::tool_or_skip("sha256sum");
    const Bench bench;
    const auto run = bench.build(letter + sheet + reason);
    INFO(run.err);
    REQUIRE(run.code == 0);
    const Json json = manifest(bench, "0001");
    const std::vector<Json>& documents = json.find("documents")->items();
    REQUIRE(documents.size() == 3); // in the order of the Annex: B1, G2, L1
    CHECK(field(documents[0], "path") == "part-1/B1_cover-letter_en_2026-512345-12-00_1-0.pdf");
    CHECK(field(documents[1], "reason") == "in the brochure");
    CHECK(documents[1].find("path") == nullptr);
    CHECK(field(documents[2], "path") == "part-2/DEU/L1_einverstaendnis_DEU_de_2026-512345-12-00_1-0.pdf");
    for (const std::size_t i : {0, 2}) {
        const auto sum = test::run({"sha256sum", "cta/0001/" + field(documents[i], "path")}, bench.scratch.path());
        CHECK(sum.out.substr(0, 64) == field(documents[i], "sha256"));
    }
    CHECK(has(run.out, "documents of Annex I are not there")); // build says it, and returns 0: judging is validation's business
    CHECK(test::dossier({"ectd", "validate", "cta/0001"}, bench.scratch.path()).code == 10);
}

TEST_CASE("the same inputs give the same bytes, as a folder and as an archive") {
    test::tool_or_skip("unzip");
    const Bench bench;
    REQUIRE(bench.build(letter + sheet).code == 0);
    const auto sums = [&] {
        return test::run({"sh", "-c", "cd cta/0001 && find . -type f | sort | xargs sha256sum"}, bench.scratch.path()).out;
    };
    const std::string first = sums();
    REQUIRE(bench.build(letter + sheet, {"--rebuild"}).code == 0);
    CHECK(sums() == first);
    // the archive holds the same files below its number
    REQUIRE(bench.build(letter + sheet, {"--zip", "--to", "out", "--sequence", "0001"}).code == 0);
    test::run({"sh", "-c", "cd out && unzip -q 0001.zip"}, bench.scratch.path());
    CHECK(test::run({"diff", "-r", "cta/0001", "out/0001"}, bench.scratch.path()).code == 0);
    const std::string archive = bench.scratch.read("out/0001.zip");
    test::run({"rm", "-r", "out/0001"}, bench.scratch.path());
    REQUIRE(bench.build(letter + sheet, {"--zip", "--to", "out", "--rebuild", "--sequence", "0001"}).code == 0);
    CHECK(bench.scratch.read("out/0001.zip") == archive);
    CHECK(test::run({"sh", "-c", "ls -A out"}, bench.scratch.path()).out == "0001.zip\n"); // no leftovers
}

TEST_CASE("the next dossier brings what changed, and says what stays and what is withdrawn") {
    const Bench bench;
    REQUIRE(bench.build(letter + sheet + reason).code == 0);
    const std::string newer = "L1,Einverständnis,DE,,de,,1.1,2026-03-01,c.pdf,,2.0,\n";
    const auto planned = bench.plan(letter + newer);
    CHECK(has(planned.out, "Dossier 0002 of 2026-512345-12-00, response: 0 new, 1 replaced, 1 withdrawn; 1 unchanged"));
    CHECK(has(planned.out, "because: other bytes, version \"1.1\" instead of \"1.0\""));
    REQUIRE(bench.build(letter + newer).code == 0);
    const Json json = manifest(bench, "0002");
    CHECK(operations(json, "documents") == std::vector<std::string>{"unchanged B1", "replace L1"});
    CHECK(operations(json, "withdrawn") == std::vector<std::string>{"withdraw G2"});
    CHECK(field(json.find("documents")->items()[0], "dossier") == "0001"); // where the file lies
    CHECK(test::run({"sh", "-c", "cd cta/0002 && find . -type f | sort"}, bench.scratch.path()).out ==
          "./index.html\n./manifest.json\n./part-2/DEU/L1_einverstaendnis_DEU_de_2026-512345-12-00_1-1.pdf\n");
    // the page finds the file of the dossier before
    CHECK(has(bench.scratch.read("cta/0002/index.html"), "href=\"../0001/part-1/B1_cover-letter_en_2026-512345-12-00_1-0.pdf\""));
    // a plan of what changed alone leaves the rest
    const auto delta = bench.plan(newer, {"--delta", "--sequence", "0002"});
    CHECK(has(delta.out, "0 new, 1 replaced, 0 withdrawn; 2 unchanged"));
    // and exporting the state gives rows that change nothing
    REQUIRE(test::dossier({"ectd", "plan", "cta", "--export", "cta/state.csv"}, bench.scratch.path()).code == 0);
    bench.replace_in_yaml("\"0002\"", "\"0003\"");
    const auto again = test::dossier({"ectd", "plan", "cta", "--plan", "cta/state.csv", "--sequence", "0003"}, bench.scratch.path());
    CHECK(has(again.out, "Dossier 0003 of 2026-512345-12-00, response: 0 new, 0 replaced, 0 withdrawn; 2 unchanged"));
}

TEST_CASE("many withdrawals have to be asked for") {
    const Bench bench;
    std::string rows;
    for (const char* const title : {"A", "B", "C", "D", "E", "F", "G"}) rows += std::string("D5,") + title + ",,,en,,1.0,,a.pdf,,,\n";
    REQUIRE(bench.build(rows).code == 0);
    const auto refused = bench.build(letter);
    CHECK(refused.code == 3);
    CHECK(has(refused.err, "7 documents of the dossier before have no row and would be withdrawn; at most 5 are without being asked"));
    CHECK(bench.build(letter, {"--allow-deletes", "7"}).code == 0);
}

TEST_CASE("a sent dossier is never touched again, a draft only when asked") {
    const Bench bench;
    REQUIRE(bench.build(letter).code == 0);
    const auto twice = bench.build(letter, {"--sequence", "0001"});
    CHECK(twice.code == 3);
    CHECK(has(twice.err, "sequence 0001 is already there. Mend: add --rebuild"));
    CHECK(has(bench.build(letter, {"--sequence", "0001", "--rebuild", "--zip"}).err, "sequence 0001 is already there as a folder"));
    REQUIRE(test::dossier({"ectd", "sent", "cta", "0001", "--date", "2026-02-01"}, bench.scratch.path()).code == 0);
    const std::string before = bench.scratch.read("cta/0001/manifest.json");
    const auto run = bench.build(sheet, {"--sequence", "0001", "--rebuild"});
    CHECK(run.code == 3);
    CHECK(has(run.err, "dossier 0001 was sent and is never changed again"));
    CHECK(bench.scratch.read("cta/0001/manifest.json") == before);
}

TEST_CASE("a dossier before without its manifest stops the next one") {
    const Bench bench;
    REQUIRE(bench.build(letter).code == 0);
    test::run({"rm", "cta/0001/manifest.json"}, bench.scratch.path());
    const auto run = bench.build(letter);
    CHECK(run.code == 3);
    CHECK(has(run.err, "dossier 0001 has no manifest.json, so what was sent before is not known"));
    CHECK_FALSE(has(bench.listing(), "0002"));
}

TEST_CASE("a killed build leaves the folder as it was after the next one") {
    const Bench bench;
    bench.scratch.write("cta/.0001.part/part-1/half.pdf", "%PDF");
    bench.scratch.write("cta/.0001.zip.part", "PK");
    REQUIRE(bench.build(letter, {"--zip"}).code == 0);
    CHECK(bench.listing() == "0001.zip\na.pdf\napplication.yaml\nb.pdf\nc.pdf\ndrafts.csv\nplan.csv\n");
}

TEST_CASE("the plan names what has no twin and what is about another protocol version") {
    const Bench bench;
    const auto run = bench.plan("D1,Protocol,,,en,not-for-publication,2.0,,a.pdf,,,\n"
                                "L1,Sheet,DE,,de,,1.0,,b.pdf,,1.0,\n");
    CHECK(has(run.out, "Not for publication, without a redacted twin or a reason\n  D1 Protocol, en\n"));
    CHECK(has(run.out, "Another protocol version than 2.0\n  L1 Sheet, DEU, de: 1.0\n"));
    const auto mended = bench.plan("D1,Protocol,,,en,not-for-publication,2.0,,a.pdf,,,\nD1,Protocol,,,en,for-publication,2.0,,c.pdf,,,\n"
                                   "L1,Sheet,DE,,de,,1.0,,b.pdf,,2.0,\n");
    CHECK_FALSE(has(mended.out, "Not for publication"));
    CHECK_FALSE(has(mended.out, "Another protocol version"));
}

TEST_CASE("Part II after Part I: what is asked for grows with the kind of submission") {
    const Bench bench;
    bench.replace_in_yaml("submission_type: initial}", "submission_type: initial-part-1}");
    REQUIRE(bench.build(letter).code == 0);
    CHECK_FALSE(has(bench.plan(letter).out, "K1 ")); // a response: what had to be complete before
    std::string yaml = bench.scratch.read("cta/application.yaml");
    const std::string response = "submission_type: response, answers: RFI-1";
    yaml.replace(yaml.find(response), response.size(), "submission_type: part-2");
    bench.scratch.write("cta/application.yaml", yaml);
    CHECK(has(bench.plan(letter).out, "missing        K1 Recruitment arrangements, DEU, de"));
}

TEST_CASE("a redacted twin with the bytes or of another version than the confidential one is pointed out before it is built") {
    const Bench bench;
    const std::string hidden = "D1,Protocol,,,en,not-for-publication,2.0,2026-01-01,a.pdf,,2.0,\n";
    const auto same = bench.plan(hidden + "D1,Protocol,,,en,for-publication,2.0,2026-01-01,a.pdf,,2.0,\n");
    CHECK(has(same.out, "D1 Protocol, en: the file for publication has the same bytes as the one that is not for publication"));
    const auto other = bench.plan(hidden + "D1,Protocol,,,en,for-publication,1.0,2026-01-01,b.pdf,,2.0,\n");
    CHECK(has(other.out, "D1 Protocol, en: the file for publication is version 1.0, the one that is not for publication version 2.0"));
    CHECK_FALSE(has(other.out, "same bytes"));
    const auto right = bench.plan(hidden + "D1,Protocol,,,en,for-publication,2.0,2026-01-01,b.pdf,,2.0,\n");
    CHECK_FALSE(has(right.out, "the file for publication"));
    CHECK(has(bench.build(hidden + "D1,Protocol,,,en,for-publication,2.0,2026-01-01,a.pdf,,2.0,\n").err,
              "note: D1 Protocol, en: the file for"));
}

TEST_CASE("whoever wants to pack a dossier is told what to do with this one") {
    const Bench bench;
    REQUIRE(bench.build(letter, {"--zip"}).code == 0);
    const auto zip = test::dossier({"ectd", "package", "cta/0001.zip", "--to", "x.tar.gz"}, bench.scratch.path());
    CHECK(zip.code == 3);
    CHECK(has(zip.err, "it is one file already: hand that over"));
    CHECK_FALSE(has(zip.err, "--sequence"));
}

TEST_CASE("nothing is compared with a dossier that was sent and is not here") {
    const Bench bench;
    REQUIRE(bench.build(letter).code == 0);
    REQUIRE(test::dossier({"ectd", "sent", "cta", "0001", "--date", "2026-03-01"}, bench.scratch.path()).code == 0);
    REQUIRE(test::run({"mv", "cta/0001", "elsewhere"}, bench.scratch.path()).code == 0);
    const auto plan = bench.plan(letter);
    CHECK(has(plan.out + plan.err, "0002 is next"));
    CHECK(has(plan.out + plan.err, "before this can be built: cta/application.yaml"));
    const auto build = bench.build(letter);
    CHECK(build.code == 3);
    CHECK(has(build.err, "dossier 0001 is marked as sent and is not in the folder: what the application contains is not known"));
    CHECK_FALSE(has(bench.listing(), "0002"));
    // one that somebody put there is history, and no draft
    REQUIRE(test::run({"cp", "-r", "elsewhere", "cta/0001"}, bench.scratch.path()).code == 0);
    bench.replace_in_yaml("initial}", "initial}");
    CHECK(has(bench.build(letter, {"--sequence", "0001", "--rebuild"}).err, "sequence 0001 is no draft that was built here"));
}
