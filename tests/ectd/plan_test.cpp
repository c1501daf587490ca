// What a plan means, rule by rule (docs/design.md, section 4). Expected operations are reasoned from the rules, named beside each case.
#include <catch2/catch.hpp>

#include "tests/ectd/workbench.hpp"

using namespace dossier;
using test::error_of;
using Lines = std::vector<std::string>;

namespace {

// Three documents: two of module 2 and 3, one cover letter.
const std::string first_plan = "section,title,source,substance,manufacturer\n"
                               "1.2,Cover letter,cover.pdf,,\n"
                               "2.2,Introduction,intro.pdf,,\n"
                               "3.2.S.4.1,Specification,spec.pdf,Drug A,Alpha\n";

test::Workbench with_first_sequence() {
    test::Workbench bench;
    bench.write("cover.pdf", "cover 1");
    bench.write("intro.pdf", "intro 1");
    bench.write("spec.pdf", "spec 1");
    const auto built = bench.build(first_plan, 1);
    if (!built) FAIL(to_text(built.error()));
    return bench;
}

} // namespace

TEST_CASE("a first sequence is all new, in the order of the standard") {
    auto bench = with_first_sequence();
    CHECK(bench.current() == Lines{"m1-2-cover-letters Cover letter 0001/m1/us/1-2-cover-letters/cover.pdf",
                                   "m2-2-introduction Introduction 0001/m2/22-intro/intro.pdf",
                                   "m3-2-s-4-1-specification Specification "
                                   "0001/m3/32-body-data/32s-drug-sub/drug-a-alpha/32s4-contr-drug-sub/32s41-spec/spec.pdf"});
}

TEST_CASE("equal bytes are unchanged, other bytes replace, no row deletes, cover letters are new each time") {
    auto bench = with_first_sequence();
    bench.write("cover2.pdf", "cover 2");
    bench.write("spec.pdf", "spec 2");
    const auto plan = bench.plan("section,title,source,substance,manufacturer\n1.2,Cover letter,cover2.pdf,,\n"
                                 "3.2.S.4.1,Specification,spec.pdf,Drug A,Alpha\n",
                                 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"new 1.2 Cover letter", "delete 2.2 Introduction", "replace 3.2.S.4.1 Specification"});
    CHECK(plan->operations[2].target->at.sequence.text() == "0001");
    CHECK(plan->unchanged.empty());
    const auto same = bench.plan(first_plan, 2); // intro unchanged; spec.pdf is now other bytes
    REQUIRE(same);
    CHECK(bench.lines(*same) == Lines{"new 1.2 Cover letter", "replace 3.2.S.4.1 Specification"});
    CHECK(same->unchanged.size() == 1);
}

TEST_CASE("a changed title alone replaces, and refers to the file that is there already") {
    auto bench = with_first_sequence();
    const std::string csv = "section,title,source\n2.2,A better introduction,intro.pdf\n";
    const auto plan = bench.plan(csv, 2, true);
    REQUIRE(plan);
    REQUIRE(plan->operations.size() == 1);
    CHECK(plan->operations[0].operation == "replace");
    REQUIRE(bench.build(csv, 2, true));
    const auto history = bench.history();
    const auto& leaf = history.sequences[1].leaves[1]; // after the regional leaf
    CHECK(leaf.title == "A better introduction");
    CHECK(leaf.href() == "../0001/m2/22-intro/intro.pdf");
    CHECK(leaf.checksum() == history.sequences[0].leaves[1].checksum());
    CHECK_FALSE(exists(*bench.fs, "/app/0002/m2/22-intro/intro.pdf"));
}

TEST_CASE("with --delta nothing is deleted unless a row says so") {
    auto bench = with_first_sequence();
    bench.write("intro2.pdf", "intro 2");
    const auto plan = bench.plan("section,title,source,path\n2.2,Introduction,intro2.pdf,m2/22-intro/intro.pdf\n", 2, true);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 2.2 Introduction"});
    const auto gone = bench.plan("section,title,path,operation\n2.2,Introduction,m2/22-intro/intro.pdf,delete\n", 2, true);
    REQUIRE(gone);
    CHECK(bench.lines(*gone) == Lines{"delete 2.2 Introduction"});
}

TEST_CASE("a row meets its leaf by replaces, by id, by path, by title, in this order") {
    auto bench = with_first_sequence();
    const std::string id = bench.history().sequences[0].leaves[1].at.id; // Introduction
    bench.write("other-name.pdf", "intro 2");
    // (c) same section and title, other file name
    CHECK(bench.lines(*bench.plan("section,title,source\n2.2,Introduction,other-name.pdf\n", 2, true)) ==
          Lines{"replace 2.2 Introduction"});
    // nothing in common: new, and the near title is offered
    const auto fresh = bench.plan("section,title,source\n2.2,Introductions,other-name.pdf\n", 2, true);
    REQUIRE(fresh);
    CHECK(bench.lines(*fresh) == Lines{"new 2.2 Introductions"});
    REQUIRE(fresh->operations[0].likely.size() == 1);
    CHECK(fresh->operations[0].likely[0] == "0001#" + id + " \"Introduction\"");
    // (a) replaces and id
    CHECK(bench.lines(*bench.plan("section,title,source,replaces\n2.2,Other,other-name.pdf,0001#" + id + "\n", 2, true)) ==
          Lines{"replace 2.2 Other"});
    CHECK(bench.lines(*bench.plan("section,title,source,id\n2.2,Other,other-name.pdf," + id + "\n", 2, true)) ==
          Lines{"replace 2.2 Other"});
}

TEST_CASE("the same document under another attribute is delete and new, and said so") {
    auto bench = with_first_sequence();
    const auto plan = bench.plan("section,title,source,substance,manufacturer\n2.2,Introduction,intro.pdf,,\n"
                                 "3.2.S.4.1,Specification,spec.pdf,Drug A,Beta\n",
                                 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"new 3.2.S.4.1 Specification", "delete 3.2.S.4.1 Specification"});
    CHECK(plan->operations[0].reason.find(" with manufacturer Beta instead of Alpha: delete and new; with the source 0001/") !=
          std::string::npos);
    CHECK(plan->operations[1].reason == "its document moves to manufacturer Beta");
}

TEST_CASE("more deletes by absence than allowed are an error that lists them") {
    auto bench = with_first_sequence();
    const std::string csv = "section,title,source\n1.2,Cover letter,cover.pdf\n";
    const auto refused = bench.plan(csv, 2, false, 1);
    REQUIRE_FALSE(refused);
    CHECK(to_text(refused.error()).find("--allow-deletes 2") != std::string::npos);
    CHECK(refused.error().details.size() == 2);
    CHECK(bench.plan(csv, 2, false, 2));
}

TEST_CASE("a replaced or deleted leaf cannot be a target again, a deleted document comes back as new") {
    auto bench = with_first_sequence();
    const std::string id = bench.history().sequences[0].leaves[1].at.id;
    bench.write("intro.pdf", "intro 2");
    REQUIRE(bench.build("section,title,source\n2.2,Introduction,intro.pdf\n", 2, true));
    bench.write("intro.pdf", "intro 3");
    const std::string dead = "section,title,source,replaces\n2.2,Introduction,intro.pdf,0001#" + id + "\n";
    CHECK(error_of(bench.plan(dead, 3, true)).find("was already replaced in 0002") != std::string::npos);
    REQUIRE(bench.build("section,title,path,operation\n2.2,Introduction,m2/22-intro/intro.pdf,delete\n", 3, true));
    const auto back = bench.plan("section,title,source\n2.2,Introduction,intro.pdf\n", 4, true);
    REQUIRE(back);
    CHECK(bench.lines(*back) == Lines{"new 2.2 Introduction"});
}

TEST_CASE("one file under several headings is one path with several leaves") {
    test::Workbench bench;
    bench.write("qos.pdf", "qos");
    const auto built = bench.build("section,title,source\n2.2,Introduction,qos.pdf\n2.4,Overview,qos.pdf\n", 1);
    REQUIRE(built);
    CHECK(bench.current() ==
          Lines{"m2-2-introduction Introduction 0001/m2/22-intro/qos.pdf", "m2-4-nonclinical-overview Overview 0001/m2/22-intro/qos.pdf"});
}

TEST_CASE("every error of every row comes at once, with row, column and remedy") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    bench.write("b.pdf", "b");
    const auto plan = bench.plan("section,title,source,path,study,file_tag,substance,operation\n"
                                 "9.9,X,a.pdf,,,,,\n"                         // row 2: no such section
                                 "2.2,X,missing.pdf,,,,,\n"                   // row 3: no such file
                                 "3.2.S.4.1,X,a.pdf,,,,Drug A,\n"             // row 4: manufacturer is required
                                 "2.7,X,a.pdf,,,,,\n"                         // row 5: a container
                                 "2.2,X,a.pdf,m2/22-intro/My File.PDF,,,,\n"  // row 6: not a legal path
                                 "5.3.5.1,X,a.pdf,,S1,protocol,,\n"           // row 7: unknown file tag, indication missing
                                 "2.4,X,a.pdf,,,,,renew\n"                    // row 8: no such operation
                                 "2.2,X,a.pdf,,,,Drug A,\n"                   // row 9: 2.2 takes no substance
                                 "4.2.3.1,X,a.pdf,,S9,study-report-body,,\n", // row 10: study not in application.yaml
                                 1);
    REQUIRE_FALSE(plan);
    const std::string text = to_text(plan.error());
    INFO(text);
    CHECK(text.find("row 2, column section: there is no section 9.9") != std::string::npos);
    CHECK(text.find("row 3, column source: there is no file /app/missing.pdf") != std::string::npos);
    CHECK(text.find("row 4, column manufacturer: section 3.2.S needs a manufacturer") != std::string::npos);
    CHECK(text.find("row 5, column section: section 2.7") != std::string::npos);
    CHECK(text.find("choose one of 2.7.1") != std::string::npos);
    CHECK(text.find("write m2/22-intro/my-file.pdf") != std::string::npos);
    CHECK(text.find("row 7, column file_tag: protocol is not a file tag") != std::string::npos);
    CHECK(text.find("row 7, column indication") != std::string::npos);
    CHECK(text.find("row 8, column operation: renew is no operation") != std::string::npos);
    CHECK(text.find("row 9, column substance: section 2.2 takes no substance") != std::string::npos);
    CHECK(text.find("row 10, column study: study S9 is not in application.yaml") != std::string::npos);
}

TEST_CASE("two rows with one path and different sources, and the same document twice under one heading, are errors") {
    test::Workbench bench;
    bench.write("x/a.pdf", "1");
    bench.write("y/a.pdf", "2");
    CHECK(error_of(bench.plan("section,title,source\n2.2,A,x/a.pdf\n2.2,B,y/a.pdf\n", 1)).find("already the path of row 2") !=
          std::string::npos);
    CHECK(error_of(bench.plan("section,title,source\n2.2,A,x/a.pdf\n2.2,B,x/a.pdf\n", 1)).find("stands twice under section 2.2") !=
          std::string::npos);
}

TEST_CASE("rows without a source wait and are shown, they send nothing") {
    test::Workbench bench;
    bench.write("a.pdf", "1");
    const auto plan = bench.plan("section,title,source,note\n2.2,A,a.pdf,\n2.4,Nonclinical overview,,what belongs here\n", 1);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"new 2.2 A"});
    REQUIRE(plan->without_source.size() == 1);
    CHECK(plan->without_source[0]->place.line == 3);
}

TEST_CASE("building the exported plan changes nothing") {
    auto bench = with_first_sequence();
    const Sheet sheet = ectd::export_plan(bench.history(), bench.catalogue).sheet;
    const auto plan = bench.plan(to_csv(sheet), 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"new 1.2 Cover letter"}); // what every sequence sends anew
    CHECK(plan->unchanged.size() == 2);
}

TEST_CASE("what is sent new in every sequence replaces nothing") {
    auto bench = with_first_sequence();
    for (const char* operation : {"replace", "append"})
        CHECK(error_of(
                  bench.plan("section,title,source,operation,replaces\n1.2,Cover letter,cover.pdf," + std::string(operation) + ",0001#x\n",
                             2, true))
                  .find("sent new in every sequence") != std::string::npos);
    CHECK(error_of(bench.plan("section,title,source,replaces\n1.2,Cover letter,cover.pdf,0001#x\n", 2, true)).find("it replaces nothing") !=
          std::string::npos);
}

TEST_CASE("a leaf is not appended to and replaced in one plan, a row that appends keeps its base") {
    auto bench = with_first_sequence();
    const std::string id = bench.history().sequences[0].leaves[1].at.id; // Introduction
    bench.write("more.pdf", "more");
    bench.write("intro.pdf", "intro 2");
    const std::string both =
        "section,title,source,operation,replaces\n2.2,Introduction,intro.pdf,,\n2.2,More,more.pdf,append,0001#" + id + "\n";
    CHECK(error_of(bench.plan(both, 2, true)).find("also appended to in this plan") != std::string::npos);
    const auto alone = bench.plan("section,title,source,operation,replaces,substance,manufacturer\n2.2,More,more.pdf,append,0001#" + id +
                                      ",,\n3.2.S.4.1,Specification,spec.pdf,,,Drug A,Alpha\n",
                                  2);
    REQUIRE(alone);
    CHECK(bench.lines(*alone) == Lines{"append 2.2 More"});
}

TEST_CASE("where a row may mean several leaves, it is asked and not guessed") {
    test::Workbench bench;
    for (const char* name : {"a.pdf", "b.pdf", "c.pdf"}) bench.write(name, name);
    REQUIRE(bench.build("section,title,source\n2.2,Intro,a.pdf\n2.2,Intro,b.pdf\n", 1));
    const std::string text = error_of(bench.plan("section,title,source\n2.2,Intro,c.pdf\n", 2, true));
    CHECK(text.find("the row may mean any of 0001#") != std::string::npos);
    CHECK(text.find("write the one that is meant in replaces") != std::string::npos);
}

TEST_CASE("a changed title of a file under several headings stays one replace") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n2.4,B,a.pdf\n", 1));
    const auto plan = bench.plan("section,title,source\n2.4,B better,a.pdf\n2.2,A,a.pdf\n", 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 2.4 B better"});
}

TEST_CASE("a corrected file tag is sent again in a study tagging file, the document is not") {
    test::Workbench bench;
    bench.write("r.pdf", "r");
    const std::string head = "section,title,source,study,file_tag,indication\n5.3.5.1,Report,r.pdf,";
    REQUIRE(bench.build(head + "S1,study-report-body,Pain\n", 1));
    const auto plan = bench.plan(head + "S1,synopsis,Pain\n", 2);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 5.3.5.1 Report"});
    CHECK_FALSE(plan->operations[0].reused.empty());
    REQUIRE(bench.build(head + "S1,synopsis,Pain\n", 2));
    const auto history = bench.history();
    REQUIRE(history.sequences[1].stfs.size() == 1);
    CHECK(history.sequences[1].stfs[0].contents.at(0).file_tags.at(0).first == "synopsis");
    // another study: the entry of the first one ends, a new one begins
    CHECK(bench.lines(*bench.plan(head + "S2,synopsis,Pain\n", 3)) == Lines{"new 5.3.5.1 Report", "delete 5.3.5.1 Report"});
}

TEST_CASE("history with a hole is said, and not built upon where a later sequence depends on it") {
    auto bench = with_first_sequence();
    bench.write("intro.pdf", "intro 2");
    REQUIRE(bench.build("section,title,source\n2.2,Introduction,intro.pdf\n", 2, true));
    bench.write("intro.pdf", "intro 3");
    REQUIRE(bench.build("section,title,source\n2.2,Introduction,intro.pdf\n", 3, true));
    REQUIRE(bench.fs->rename("/app/0002", "/gone"));
    const auto plan = bench.plan("section,title,source\n2.2,Introduction,intro.pdf\n", 4, true);
    CHECK(error_of(plan).find("sequence 0002 is not in the folder, and 0003/index.xml#") != std::string::npos);
}

TEST_CASE("empty files, names without extension, line breaks in titles and taken IDs are errors of their row") {
    test::Workbench bench;
    bench.write("empty.xpt", "");
    bench.write("noext", "x");
    bench.write("a.pdf", "a");
    CHECK(error_of(bench.plan("section,title,source\n2.2,A,empty.xpt\n", 1)).find("empty.xpt is empty") != std::string::npos);
    CHECK(error_of(bench.plan("section,title,source\n2.2,A,noext\n", 1)).find("has no extension") != std::string::npos);
    CHECK(error_of(bench.plan("section,title,source\n2.2,\"A\nB\",a.pdf\n", 1)).find("line break") != std::string::npos);
    CHECK(error_of(bench.plan("section,title,source,id\n2.2,A,a.pdf,us-regional\n", 1)).find("used twice") != std::string::npos);
    CHECK(error_of(bench.plan("section,title,source\n2003-07-02,A,a.pdf\n", 1)).find("the spreadsheet made a date of it") !=
          std::string::npos);
}
