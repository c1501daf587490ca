// What is wrong with a plan is told at once, and the remedy is one.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ectd/workbench.hpp"

using namespace dossier;
using test::error_of;
using test::has;
using test::with_documents;

namespace {

const std::string head = "section,title,source,path,operation,replaces,id,study,file_tag,indication\n";

} // namespace

TEST_CASE("errors of different kinds in different rows come in one go") {
    auto bench = with_documents();
    REQUIRE(bench.build(head + "2.2,Introduction,a.pdf,,,,one,,,\n", 1));
    const auto plan = bench.plan(head + "2.2,A,a.pdf,,raplace,,,,,\n"               // 2: no operation
                                        "2.4,B,b.pdf,,,0001#nobody,,,,\n"           // 3: target missing
                                        "2.5,C,c.pdf,m2/25 clin/C.pdf,,,,,,\n"      // 4: illegal path
                                        "2.6.1,D,d.pdf,m3/x/d.pdf,,,,,,\n"          // 5: other module
                                        "2.7.4,E,none.pdf,m2/27 X/E.pdf,new,,,,,\n" // 6: no source, illegal path
                                        "2.4,,,,delete,,,,,\n"                      // 7: nothing to delete
                                        "2.6.3,F,b.pdf,,,,one,,,\n"                 // 8 and 9: one ID
                                        "2.6.5,G,c.pdf,,,,one,,,\n",
                                 2, true);
    REQUIRE_FALSE(plan);
    const std::string error = to_text(plan.error());
    INFO(error);
    CHECK(has(error, "row 2, column operation: raplace is no operation"));
    CHECK(has(error, "row 3, column replaces: no current leaf is called 0001#nobody"));
    CHECK(has(error, "row 4, column path: m2/25 clin/C.pdf is not a legal path"));
    CHECK(has(error, "row 5, column path: m3/x/d.pdf lies in module 3"));
    CHECK(has(error, "row 6, column source: there is no file"));
    CHECK(has(error, "row 6, column path: m2/27 X/E.pdf is not a legal path"));
    CHECK(has(error, "row 7, column operation: there is no current leaf to delete here"));
    CHECK(has(error, "row 9, column id: the ID one is used twice"));
    CHECK(plan.error().details.size() == 8); // and no others
}

TEST_CASE("a title in replaces is recognised, and the IDs of its leaves are given") {
    auto bench = with_documents();
    REQUIRE(bench.build(head + "2.2,Protocol,a.pdf,,,,one,,,\n2.4,Protocol,b.pdf,,,,two,,,\n", 1));
    CHECK(
        error_of(bench.plan(head + "2.2,New,c.pdf,,,protocol,,,,\n", 2, true)) ==
        "/app/plan.csv, row 2, column replaces: a leaf is named by its ID, and \"protocol\" is a title. Mend: write 0001#one or 0001#two");
}

TEST_CASE("the remedy differs from the fault") {
    auto bench = with_documents();
    CHECK(error_of(bench.plan(head + "2.2,A,a.pdf,m2/22-intro/a,,,,,,\n", 1)) ==
          "/app/plan.csv, row 2, column path: m2/22-intro/a has no extension, which tells the format of the file. Mend: write "
          "m2/22-intro/a.pdf");
    REQUIRE(bench.build(head + "2.2,A,a.pdf,,,,one,,,\n2.4,B,b.pdf,,,,two,,,\n", 1));
    REQUIRE(bench.build(head + "2.2,,,,delete,0001#one,,,,\n", 2, true));
    CHECK(has(error_of(bench.plan(head + "2.2,,,,delete,0001#one,,,,\n", 3, true)),
              "0001#one was already deleted in 0002. Mend: remove the row: there is nothing left to delete"));
    CHECK(has(error_of(bench.plan(head + "2.2,A,a.pdf,,,0001#one,,,,\n", 3, true)), "Mend: leave replaces empty: the document comes back"));
}

TEST_CASE("a short word for a file tag finds the tags that hold it") {
    auto bench = with_documents();
    CHECK(has(error_of(bench.plan(head + "5.3.5.1,Protocol,a.pdf,,,,,S1,protocol,Pain\n", 1)),
              "column file_tag: protocol is not a file tag of ICH valid-values 6.0. Mend: is protocol-or-amendment or protocol-deviations "
              "meant?"));
}
