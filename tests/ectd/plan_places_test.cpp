// Where a plan puts files and leaves: modules, files of earlier sequences, new nodes, node extensions.
#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using test::error_of;
using Lines = std::vector<std::string>;

TEST_CASE("a path in another module than its section is refused, with the one that is right") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    CHECK(error_of(bench.plan("section,title,source,path\n2.2,A,a.pdf,m3/32-body-data/a.pdf\n", 1)) ==
          "/app/plan.csv, row 2, column path: m3/32-body-data/a.pdf lies in module 3, and section 2.2 is of module 2. "
          "Mend: leave path empty, or write m2/22-intro/a.pdf");
    // one file under headings of several modules lies in the module of one of them
    CHECK(bench.plan("section,title,source,path\n5.4,A,a.pdf,m4/43-lit-ref/a.pdf\n4.3,A,a.pdf,m4/43-lit-ref/a.pdf\n", 1));
}

TEST_CASE("a file of an earlier sequence as the source is referred to and not sent again") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    bench.write("b.pdf", "b");
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n2.4,B,b.pdf\n", 1));
    // under another heading, and in the place of another document; the leaf that it came with stays
    const std::string rows = "section,title,source,operation\n2.5,A again,0001/m2/22-intro/a.pdf,\n2.4,B,0001/m2/22-intro/a.pdf,\n";
    const auto plan = bench.plan(rows, 2, true);
    REQUIRE(plan);
    CHECK(plan->operations[1].reason == "not in the current view; its file is 0001/m2/22-intro/a.pdf and is not sent again");
    REQUIRE(bench.build(rows, 2, true));
    CHECK(bench.current() == Lines{"m2-2-introduction A 0001/m2/22-intro/a.pdf", "m2-4-nonclinical-overview B 0001/m2/22-intro/a.pdf",
                                   "m2-5-clinical-overview A again 0001/m2/22-intro/a.pdf"});
    CHECK_FALSE(exists(*bench.fs, "/app/0002/m2"));
    const auto history = bench.history();
    const ectd::Leaf& leaf = history.sequences[1].leaves[1]; // after the regional file
    CHECK(leaf.href() == "../0001/m2/22-intro/a.pdf");
    CHECK(leaf.checksum() == md5_of(bench.read("0001/m2/22-intro/a.pdf")).hex());
}

TEST_CASE("a file of an earlier sequence that was changed since is no source") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n", 1));
    bench.write("0001/m2/22-intro/a.pdf", "somebody wrote over it");
    const std::string error = error_of(bench.plan("section,title,source\n2.5,A,0001/m2/22-intro/a.pdf\n", 2, true));
    CHECK(error.find("0001/m2/22-intro/a.pdf is not any more the file that 0001/index.xml#") != std::string::npos);
    // nor is it taken for the document that was sent
    CHECK(error_of(bench.plan("section,title,source\n2.2,A,0001/m2/22-intro/a.pdf\n", 2)).find("is not any more the file") !=
          std::string::npos);
}

TEST_CASE("an attribute value that no leaf has opens a node of its own, and the plan says so") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    bench.write("b.pdf", "b");
    const std::string head = "section,title,source,substance,manufacturer\n";
    REQUIRE(bench.build(head + "3.2.S.4.1,A,a.pdf,Alpha,Plant One\n", 1));
    const auto plan = bench.plan(head + "3.2.S.4.1,A,a.pdf,Alpha,Plant One\n3.2.S.4.1,B,b.pdf,Beta,Plant One\n", 2);
    REQUIRE(plan);
    REQUIRE(plan->operations.size() == 1);
    CHECK(plan->operations[0].reason ==
          "not in the current view; opens a node of its own of section 3.2.S: substance Beta, manufacturer Plant One");
    // a further document under a value that is there opens nothing
    const auto known = bench.plan(head + "3.2.S.4.1,A,a.pdf,Alpha,Plant One\n3.2.S.4.2,B,b.pdf,Alpha,Plant One\n", 2);
    REQUIRE(known);
    CHECK(known->operations[0].reason == "not in the current view");
}

TEST_CASE("titles of node extensions with > and backslash in them are written and read back") {
    const Lines titles{"pH > 7", "a\\b", "plain"};
    const std::string cell = ectd::join_titles(titles);
    CHECK(cell == "pH \\> 7 > a\\\\b > plain");
    CHECK(ectd::split_titles(cell) == titles);
    CHECK(ectd::split_titles("Group A > Deeper") == Lines{"Group A", "Deeper"}); // as people write it
    CHECK(ectd::split_titles("").empty());
    CHECK(ectd::split_titles("C:\\x") == Lines{"C:\\x"}); // a lone backslash is itself
}

TEST_CASE("data sets lie below datasets of their module, by study and kind, and long paths are pointed out") {
    test::Workbench bench;
    bench.write("ex.xpt", "ex");
    bench.write("ae.xpt", "ae");
    bench.write("adae.xpt", "adae");
    const auto plan = bench.plan("section,title,source,study,file_tag,indication\n"
                                 "4.2.3.2,EX,ex.xpt,S1,data-tabulation-dataset-send,\n"
                                 "5.3.5.1,AE,ae.xpt,S2,data-tabulation-dataset-sdtm,Pain\n"
                                 "5.3.5.1,ADAE,adae.xpt,S2,analysis-dataset-adam,Pain\n",
                                 1);
    REQUIRE(plan);
    Lines paths; // FDA, study data technical conformance guide
    for (const auto& item : plan->operations) paths.push_back(item.path);
    CHECK(paths == Lines{"m4/datasets/s1/tabulations/send/ex.xpt", "m5/datasets/s2/tabulations/sdtm/ae.xpt",
                         "m5/datasets/s2/analysis/adam/datasets/adae.xpt"});
    CHECK(plan->notes.empty());
    bench.write("a.pdf", "a");
    const std::string path = "m2/" + std::string(60, 'a') + "/" + std::string(60, 'b') + "/" + std::string(30, 'c') + "/a.pdf"; // 161
    const auto longer = bench.plan("section,title,source,path\n2.2,A,a.pdf," + path + "\n", 1);
    REQUIRE(longer);
    CHECK(longer->notes == Lines{"/app/plan.csv, row 2, column path: the path has 161 characters, the agency advises at most 150: " + path +
                                 ". Mend: write a shorter one in path"});
}
