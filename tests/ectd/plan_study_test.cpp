// What a row says of its study: a document belongs to one, and what no study tagging file can carry is refused.
#include <catch2/catch.hpp>

#include "templates/ectd_checklist.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using test::error_of;
using test::has;
using test::notes_of;
using Lines = std::vector<std::string>;

namespace {

const std::string head = "section,title,source,study,file_tag,site,indication,language,id,operation,replaces\n";

// A report of study S1, its leaf with the ID rep.
test::Workbench with_report() {
    test::Workbench bench;
    bench.write("r.pdf", "r");
    bench.write("other.pdf", "other");
    REQUIRE(bench.build(head + "5.3.5.1,Report,r.pdf,S1,study-report-body,,Pain,,rep,,\n", 1));
    return bench;
}

} // namespace

TEST_CASE("a row with an id that changes its study is delete and new, and both say so") {
    auto bench = with_report();
    const std::string row = head + "5.3.5.1,Report,r.pdf,S2,study-report-body,,Pain,,rep,,\n";
    const auto plan = bench.plan(row, 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"new 5.3.5.1 Report", "delete 5.3.5.1 Report"});
    CHECK(has(plan->operations[0].reason, "0001/index.xml#rep of study S2 instead of S1: delete and new"));
    CHECK(plan->operations[1].reason == "its document moves to study S2");
    REQUIRE(bench.build(row, 2));
    const auto history = bench.history();
    REQUIRE(history.sequences[1].stfs.size() == 1);
    CHECK(history.sequences[1].stfs[0].study_id == "S2");

    // a plan of changes ends nothing by itself: the leaf that stays is named
    const auto delta = bench.plan(head + "5.3.5.1,Report,r.pdf,S1,study-report-body,,Pain,,rep,,\n", 3, true);
    REQUIRE(delta);
    CHECK(bench.lines(*delta) == Lines{"new 5.3.5.1 Report"});
    CHECK(has(notes_of(*delta), "row 2, column id: 0002/index.xml#rep is of study S2, the row of S1: the row is a new document, and that "
                                "leaf stays current. Mend: to move it, add a row with operation delete and replaces 0002#rep"));
}

TEST_CASE("a study or file tag emptied in a row with an id is an error of the row") {
    auto bench = with_report();
    CHECK(has(error_of(bench.plan(head + "5.3.5.1,Report,r.pdf,,study-report-body,,Pain,,rep,,\n", 2)), "the row names no study"));
    CHECK(has(error_of(bench.plan(head + "5.3.5.1,Report,r.pdf,S1,,,Pain,,rep,,\n", 2)), "the row has no file_tag"));
}

TEST_CASE("replaces does not reach a leaf of another study, whatever the operation") {
    auto bench = with_report();
    for (const std::string operation : {"", "replace", "append", "delete"}) {
        const std::string source = operation == "delete" ? "" : "other.pdf";
        const auto plan =
            bench.plan(head + "5.3.5.1,Report 2," + source + ",S2,study-report-body,,Pain,,," + operation + ",0001#rep\n", 2, true);
        INFO(operation);
        CHECK(error_of(plan) == "/app/plan.csv, row 2, column replaces: 0001#rep is of study S1, the row of S2. Mend: a leaf is only "
                                "replaced in its own place and study; leave replaces empty to move it (delete and new; with --delta the "
                                "delete needs a row of its own)");
    }
    // a delete need not say the study
    CHECK(bench.lines(*bench.plan(head + "5.3.5.1,,,,,,Pain,,,delete,0001#rep\n", 2, true)) == Lines{"delete 5.3.5.1 Report"});
}

TEST_CASE("a study given to a document that no study tagging file names yet is sent in one, the document is not") {
    auto bench = with_report();
    std::string index = bench.read("0001/index.xml");
    const std::size_t stf = index.find("<leaf", index.find("</leaf>", index.find("m5-3-5-1"))); // the second leaf there: the tagging file
    REQUIRE(has(index.substr(stf, 400), "stf-s1.xml"));
    index.erase(stf, index.find("</leaf>", stf) + 7 - stf);
    bench.write("0001/index.xml", index);
    const auto plan = bench.plan(head + "5.3.5.1,Report,r.pdf,S2,study-report-body,,Pain,,rep,,\n", 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 5.3.5.1 Report"});
    CHECK(plan->operations[0].reason == "no study tagging file names it yet; the file is the same and is not sent again");
}

TEST_CASE("study, file tag and site are refused where no study tagging file carries them") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    const auto error = [&](const std::string& cells) { return error_of(bench.plan(head + cells + "\n", 1)); };
    CHECK(error("5.4,Literature,a.pdf,S1,,,,,,,") ==
          "/app/plan.csv, row 2, column study: section 5.4 takes no study: no study tagging file "
          "is written there. Mend: empty the cell");
    CHECK(has(error("2.7.4,Summary,a.pdf,,synopsis,,,,,,"), "column file_tag: section 2.7.4 takes no file_tag"));
    CHECK(has(error("5.3.6,Reports,a.pdf,,,101,,,,,"), "column site: section 5.3.6 takes no site"));
    CHECK(has(error("5.3.7,Case report forms,a.pdf,S1,case-report-forms,101,,,,,"),
              "column file_tag: section 5.3.7 takes no file_tag: no study tagging file is written there. Mend: empty the cell; the case "
              "report forms of a study go under the section of its report, e.g. 5.3.5.1, with this file tag"));
    // under 5.3.7 the study names the folder
    const auto plan = bench.plan(head + "5.3.7,Case report forms,a.pdf,S1,,,,,,,\n", 1);
    REQUIRE(plan);
    CHECK(has(plan->operations[0].path, "/537-crf-ipl/s1/"));
    CHECK(has(notes_of(*plan), "column study: section 5.3.7 has no study tagging file: the study only names the folder there"));
}

TEST_CASE("columns that only other regions have are refused") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    const std::string error = error_of(bench.plan("section,title,source,country,document_type\n2.2,A,a.pdf,DE,\n2.4,B,a.pdf,,spc\n", 1));
    CHECK(has(error, "row 2, column country: there is no place for a country in this region's sequences. Mend: empty the cell"));
    CHECK(has(error, "row 3, column document_type: there is no place for a document_type in this region's sequences"));
}

TEST_CASE("the language of a document is written, read back, exported, and a changed one replaces") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    const std::string rows = head + "2.5,Overview,a.pdf,,,,,fr,,,\n1.12.1,Minutes,a.pdf,,,,,en-US,,,\n";
    REQUIRE(bench.build(rows, 1));
    CHECK(has(bench.read("0001/index.xml"), "xml:lang=\"fr\""));
    CHECK(has(bench.read("0001/m1/us/us-regional.xml"), "xml:lang=\"en-US\""));
    const auto exported = ectd::export_plan(bench.history(), bench.catalogue).sheet;
    CHECK(has(to_csv(exported), ",fr,"));
    CHECK(has(to_csv(exported), ",en-US,"));
    const auto plan = bench.plan(head + "2.5,Overview,a.pdf,,,,,de,,,\n1.12.1,Minutes,a.pdf,,,,,,,,\n", 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 2.5 Overview"}); // an empty cell changes nothing
    CHECK(plan->operations[0].reason == "the language changed from fr to de; the file is the same and is not sent again");
    CHECK(has(error_of(bench.plan(head + "2.5,Overview,a.pdf,,,,,French,,,\n", 2)),
              "column language: \"French\" is no language code. Mend: write two letters, e.g. en, fr, or en-US"));
}

TEST_CASE("a study under two headings gets a tagging file in each, and the plan says what that means") {
    auto bench = with_report();
    const auto plan = bench.plan(head + "5.3.5.2,Report of the extension,other.pdf,S1,synopsis,,Pain,,,,\n", 2, true);
    REQUIRE(plan);
    CHECK(has(notes_of(*plan),
              "row 2, column section: study S1 has its study tagging file under section 5.3.5.1 (indication Pain), and gets "
              "a second one under 5.3.5.2 (indication Pain): reviewers see two studies of one name"));
    // once for each heading, and not where the heading is the study's own
    const auto same = bench.plan(head + "5.3.5.1,Synopsis,other.pdf,S1,synopsis,,Pain,,,,\n", 2, true);
    REQUIRE(same);
    CHECK_FALSE(has(notes_of(*same), "study tagging file"));
}

TEST_CASE("the check list of an application writes file tags only where a study tagging file can carry them") {
    const test::Workbench bench;
    for (const std::string list : {"ind", "nda"}) {
        const auto rows = templates::read_checklist(templates::Source(), list);
        REQUIRE(rows);
        for (const auto& row : *rows) {
            if (row.file_tags.empty()) continue;
            const templates::Heading* heading = bench.catalogue.ctd.by_number(row.section);
            INFO(list << " " << row.section << " " << row.item);
            REQUIRE(heading);
            CHECK((heading->study || !heading->children.empty())); // of a heading with others below: one of them is chosen
        }
    }
}
