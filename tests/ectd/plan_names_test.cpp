// Folders and files are named after what the plan says; and what is sent anew is not what was sent before.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using test::has;
using test::notes_of;

namespace {

constexpr const char* header = "section,title,source,path,substance,manufacturer,indication,study,file_tag\n";

test::Workbench with_files() {
    test::Workbench bench;
    for (const char* const name : {"a.pdf", "b.pdf", "c.pdf"}) bench.write(name, name);
    bench.write("日本.pdf", "j");
    return bench;
}

} // namespace

TEST_CASE("letters with accents are spelt out in folders and file names") {
    test::Workbench bench = with_files();
    bench.write("Prüfplan ß.pdf", "p");
    const auto plan = bench.plan(std::string(header) + "3.2.S.1.1,N,Prüfplan ß.pdf,,Ölsäure,Müller,,,\n", 1);
    REQUIRE(plan);
    CHECK(plan->operations[0].path == "m3/32-body-data/32s-drug-sub/oelsaeure-mueller/32s1-gen-info/pruefplan-ss.pdf");
}

TEST_CASE("what cannot be written in a-z asks for a path, and no two such names are one folder") {
    test::Workbench bench = with_files();
    const auto plan = bench.plan(std::string(header) + "3.2.S.1.1,N,a.pdf,,日本,東京,,,\n"
                                                       "3.2.S.1.1,N,日本.pdf,,A,M,,,\n",
                                 1);
    REQUIRE_FALSE(plan);
    const std::string said = to_text(plan.error());
    INFO(said);
    CHECK(has(said, "row 2, column substance: \"日本\" has no letter of a-z and no digit that a folder name could be made of"));
    CHECK(has(said, "row 2, column manufacturer: \"東京\""));
    CHECK(has(said, "row 3, column source: \"日本.pdf\" has no letter of a-z and no digit that a file name could be made of"));
    CHECK(has(said, "write a path that tells it from others, in the way of m3/32-body-data/32s-drug-sub/"));
    // with paths of their own they are sent
    CHECK(bench.plan(std::string(header) + "3.2.S.1.1,N,a.pdf,m3/32-body-data/32s-drug-sub/nihon-tokyo/32s1-gen-info/n.pdf,日本,東京,,,\n",
                     1));
    // no folder is named after the manufacturer of a product, or after anything of 2.3.S
    CHECK(bench.plan(std::string(header) + "2.3.S,N,a.pdf,,日本,東京,,,\n", 1));
}

TEST_CASE("different substances in one folder are pointed out, within a plan and against what was sent") {
    test::Workbench bench = with_files();
    const std::string one = std::string(header) + "3.2.S.1.1,N,a.pdf,,Ölsäure,M,,,\n", other = "3.2.S.1.1,O,b.pdf,,Oelsäure,M,,,\n";
    const auto both = bench.plan(one + other, 1);
    REQUIRE(both);
    CHECK(
        has(notes_of(*both),
            "documents of manufacturer \"M\", substance \"Ölsäure\" and of manufacturer \"M\", substance \"Oelsäure\" lie in one folder"));
    CHECK(has(notes_of(*both), "lie in one folder: m3/32-body-data/32s-drug-sub/oelsaeure-m/32s1-gen-info"));
    REQUIRE(bench.build(one, 1));
    const auto later = bench.plan(one + other, 2);
    REQUIRE(later);
    CHECK(has(notes_of(*later), "lie in one folder"));
    const auto apart = bench.plan(one + "3.2.S.1.1,O,b.pdf,,Another,M,,,\n", 2);
    REQUIRE(apart);
    CHECK_FALSE(has(notes_of(*apart), "lie in one folder"));
}

TEST_CASE("a cover letter that was sent before is pointed out, whether the row names the old sequence or an old file") {
    test::Workbench bench = with_files();
    const std::string rows = "section,title,source\n2.2,A,a.pdf\n1.2,Cover letter,";
    REQUIRE(bench.build(rows + "b.pdf\n", 1));
    for (const std::string source : {"0001/m1/us/1-2-cover-letters/b.pdf", "b.pdf"}) {
        const auto plan = bench.plan(rows + source + "\n", 2);
        REQUIRE(plan);
        CHECK(has(notes_of(*plan),
                  "row 3, column source: \"Cover letter\" (section 1.2) has the same bytes as 0001/m1/us/1-2-cover-letters/b.pdf"));
        CHECK(has(notes_of(*plan), "name the document of sequence 0002"));
        CHECK(test::Workbench::lines(*plan) == std::vector<std::string>{"new 1.2 Cover letter"}); // sent all the same: a person decides
    }
    const auto fresh = bench.plan(rows + "c.pdf\n", 2);
    REQUIRE(fresh);
    CHECK_FALSE(has(notes_of(*fresh), "same bytes"));
}

TEST_CASE("two studies whose names are one folder: their tagging files never lie in one place, and the folder is pointed out") {
    test::Workbench bench = with_files();
    bench.set_application(R"(
application: {region: us, type: nda, number: "123456"}
applicant: {id: "999999999", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
studies:
  S/1: {title: One}
  S-1: {title: Two}
)");
    const std::string one = std::string(header) + "5.3.5.1,R,a.pdf,,,,Pain,S/1,study-report-body\n",
                      other = "5.3.5.1,R,b.pdf,,,,Pain,S-1,study-report-body\n";
    const auto both = bench.plan(one + other, 1);
    REQUIRE_FALSE(both);
    CHECK(has(to_text(both.error()), "row 3, column study: Study tagging file S-1 would lie where the study tagging file of S/1 does"));
    REQUIRE(bench.build(one, 1));
    const auto later = bench.plan(one + other, 2);
    REQUIRE(later);
    CHECK(has(notes_of(*later), "documents of study \"S/1\" and of study \"S-1\" lie in one folder"));
}
