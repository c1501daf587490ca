// What a plan says besides its operations: what a leaf was called, what a person may have meant, what stays.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/digest.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using test::error_of;
using test::has;
using test::notes_of;
using test::with_documents;
using Lines = std::vector<std::string>;

namespace {

const std::string head = "section,title,source,operation,replaces,id\n";

} // namespace

TEST_CASE("a replace by its path alone says what the leaf was called, and asks") {
    auto bench = with_documents();
    bench.write("one/response.pdf", "one");
    bench.write("two/response.pdf", "two");
    REQUIRE(bench.build(head + "1.11.3,Response to the letter of March,one/response.pdf,,,resp\n", 1));
    const auto plan = bench.plan(head + "1.11.3,Narrative of subject 1002,two/response.pdf,,,\n", 2, true);
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 1.11.3 Narrative of subject 1002"});
    CHECK(plan->operations[0].reason ==
          "other bytes than 0001/m1/us/us-regional.xml#resp, which was called \"Response to the letter of March\"");
    CHECK(has(notes_of(*plan), "row 2, column path: the row replaces 0001#resp \"Response to the letter of March\" because their paths are "
                               "equal; title and content are other ones. Mend: where it is another document, give the row a path of its "
                               "own, e.g. m1/us/1-11-3-clinical-info-amendment/narrative-of-subject-1002.pdf"));
    // by replaces it was meant, and with the same title it is the next version
    CHECK_FALSE(has(notes_of(*bench.plan(head + "1.11.3,Narrative,two/response.pdf,,0001#resp,\n", 2, true)), "where it is another"));
    CHECK_FALSE(has(notes_of(*bench.plan(head + "1.11.3,Response to the letter of March,two/response.pdf,,,\n", 2, true)), "another doc"));
}

TEST_CASE("every replace and delete shows the title of its target, in text, JSON and the sheet") {
    auto bench = with_documents();
    REQUIRE(bench.build(head + "2.2,Old title,a.pdf,,,one\n2.4,Gone,b.pdf,,,two\n", 1));
    const auto plan = bench.plan(head + "2.2,New title,c.pdf,,0001#one,\n2.4,,,delete,0001#two,\n", 2, true);
    REQUIRE(plan);
    CHECK(has(to_text(*plan), "        of 0001#one \"Old title\"\n"));
    CHECK(has(to_text(*plan), "        of 0001#two \"Gone\"\n"));
    CHECK(to_json(*plan).find("operations")->items()[0].find("replaces")->find("title")->text() == "Old title");
    const Sheet sheet = to_sheet(*plan);
    const auto column = std::find(sheet.header.begin(), sheet.header.end(), "replaced_title") - sheet.header.begin();
    CHECK(sheet.rows.at(0).at(static_cast<std::size_t>(column)).text == "Old title");
}

TEST_CASE("a new document beside the only one of its place is pointed to it, whatever both are called") {
    auto bench = with_documents();
    const std::string wide = "section,title,source,study,file_tag,indication,id\n";
    REQUIRE(bench.build(wide + "2.5,Clinical overview,a.pdf,,,,one\n5.3.5.1,Full report,b.pdf,S1,study-report-body,Pain,rep\n"
                               "5.3.5.1,Summary,c.pdf,S1,synopsis,Pain,syn\n",
                        1));
    bench.write("e.pdf", "e");
    bench.write("f.pdf", "f");
    const auto plan = bench.plan(wide + "2.5,Reasons to believe,d.pdf,,,,\n5.3.5.1,Final CSR,e.pdf,S1,study-report-body,Pain,\n"
                                        "5.3.5.1,Other study,f.pdf,S2,study-report-body,Pain,\n",
                                 2, true);
    REQUIRE(plan);
    CHECK(plan->operations[0].likely == Lines{"0001#one \"Clinical overview\" (current here)"});
    CHECK(plan->operations[1].likely == Lines{"0001#rep \"Full report\" (current here)"}); // the one with its file tag
    CHECK(plan->operations[2].likely.empty());
    // one that a row keeps is no candidate
    CHECK(bench.plan(wide + "2.5,Clinical overview,a.pdf,,,,\n2.5,Reasons to believe,d.pdf,,,,\n", 2, true)->operations[0].likely.empty());
}

TEST_CASE("a plan of changes that brings bytes which are current elsewhere says where") {
    auto bench = with_documents();
    REQUIRE(bench.build(head + "2.2,Introduction,a.pdf,,,one\n", 1));
    bench.only_shows = true; // a build would read each document once more for it
    const auto plan = bench.plan(head + "2.4,Overview,a.pdf,,,\n", 2, true);
    REQUIRE(plan);
    CHECK(plan->operations[0].reason == "not in the current view; the same bytes are current as 0001#one \"Introduction\" (section 2.2); "
                                        "with the source 0001/m2/22-intro/a.pdf they would be referred to, not sent again");
}

TEST_CASE("a document of a trial master file is known by its number, whatever it is called now") {
    auto bench = with_documents();
    REQUIRE(bench.build(head + "1.14.4.1,Brochure of 2025,a.pdf,,,ib\n2.2,Introduction,b.pdf,,,\n", 1));
    const std::string md5 = md5_of(bench.read("a.pdf")).hex();
    bench.write("leaf-origins.csv", "sequence,file,leaf,checksum,repository,study,document,version,label\n"
                                    "0001,m1/us/us-regional.xml,ib," +
                                        md5 + ",R1,S1,D-000042,1,1.0\n");
    bench.bring("tmf:IB", {bench.fs, "/app/c.pdf", "ib.pdf", ectd::Origin{"R1", "S1", "D-000042", "2", "2.0"}});
    const auto plan = bench.plan(head + "1.14.4.1,IB,tmf:IB,,,\n2.4,Appendix,tmf:IB,,,\n", 2, true);
    REQUIRE(plan);
    CHECK(plan->operations[0].likely == Lines{"0001#ib \"Brochure of 2025\" (shows D-000042 version 1.0)"});
    CHECK(plan->operations[1].likely.empty()); // it stands in another place
    CHECK(has(plan->operations[1].reason, "0001#ib \"Brochure of 2025\" (section 1.14.4.1) shows D-000042 version 1.0 and stays current"));
}

TEST_CASE("what was appended to a leaf that is replaced or deleted stays, and the plan says so") {
    auto bench = with_documents();
    REQUIRE(bench.build(head + "2.2,Base,a.pdf,,,base\n", 1));
    REQUIRE(bench.build(head + "2.2,Annex,b.pdf,append,0001#base,annex\n", 2, true));
    const std::string replaced = "0002#annex \"Annex\" was appended to 0001#base \"Base\", which this plan replaces, and stays current: "
                                 "delete or replace it too";
    CHECK(has(notes_of(*bench.plan(head + "2.2,Base,c.pdf,,0001#base,\n", 3, true)), replaced));
    CHECK(has(notes_of(*bench.plan(head + "2.2,,,delete,0001#base,\n", 3, true)), "which this plan deletes, and stays current"));
    CHECK_FALSE(has(notes_of(*bench.plan(head + "2.2,Base,c.pdf,,0001#base,\n2.2,,,delete,0002#annex,\n", 3, true)), "appended"));
}

TEST_CASE("what stays is counted and listed, with a plan of changes as with a whole one") {
    auto bench = with_documents();
    const std::string rows =
        head + "1.2,Cover letter,d.pdf,,,\n2.2,Introduction,a.pdf,,,one\n2.4,Overview,b.pdf,,,two\n2.5,Other,c.pdf,,,three\n";
    REQUIRE(bench.build(rows, 1));
    const auto delta = bench.plan(head + "2.4,Overview,d.pdf,,,\n", 2, true);
    REQUIRE(delta);
    CHECK(has(to_text(*delta), "Sequence 0002: 0 new, 1 replace, 0 append, 0 delete; 2 leaves unchanged\n"));
    Lines stays;
    const Json json = to_json(*delta);
    for (const Json& item : json.find("stays")->items()) stays.push_back(item.find("id")->text());
    CHECK(stays == Lines{"one", "three"}); // cover letters are sent each time
    CHECK(to_sheet_of_unchanged(*delta).rows.at(1).at(0).text == "0001#three");
    CHECK(bench.plan(rows, 2)->unchanged.size() == 3);
}

TEST_CASE("documents that move are no lost rows: too many of them are refused as what they are") {
    auto bench = with_documents();
    const std::string wide = "section,title,source,substance,manufacturer\n";
    REQUIRE(bench.build(wide + "3.2.S.1.1,A,a.pdf,Alpha,Old\n3.2.S.1.2,B,b.pdf,Alpha,Old\n2.2,C,c.pdf,,\n", 1));
    bench.write("b.pdf", "b2");
    const auto plan = bench.plan(wide + "3.2.S.1.1,A,a.pdf,Alpha,New\n3.2.S.1.2,B,b.pdf,Alpha,New\n", 2, false, 2);
    const std::string error = error_of(plan);
    CHECK(has(error, "3 leaves of the application would be deleted: 2 that move from one node to another (delete and new), 1 that have no "
                     "row in the plan; at most 2 are without being asked. Mend: if that is meant, add --allow-deletes 3; if the documents "
                     "are to stay where they are, write section, attributes and study as the application has "
                     "them; if the plan lists only"));
    CHECK(has(error, "\"A\" moves: row 2 has it with manufacturer New instead of Old"));
    CHECK(has(error, "\"B\" moves: row 3 has it with manufacturer New instead of Old")); // by its title
    CHECK(has(error, "no row for 0001/index.xml#"));
}

TEST_CASE("titles that are too long, hold their section's number or are missing are pointed out") {
    auto bench = with_documents();
    const std::string cut(512, 'x'), longer(513, 'x');
    const auto plan = bench.plan(head + "2.2," + longer + ",a.pdf,,,\n2.4," + cut +
                                     ",b.pdf,,,\n2.5,2.5 Clinical overview,c.pdf,,,\n"
                                     "2.7.4,,d.pdf,,,\n",
                                 1);
    REQUIRE(plan);
    const std::string notes = notes_of(*plan);
    CHECK(has(notes, "row 2, column title: the title has 513 characters, 512 are allowed"));
    CHECK_FALSE(has(notes, "row 3, column title"));
    CHECK(has(notes, "row 4, column title: the title begins with the number of its section, which reviewers see beside it anyway. Mend: "
                     "write \"Clinical overview\""));
    CHECK(has(notes, "1 row without a title gets the name of its file as one: row 5"));
}

TEST_CASE("of several attribute values that look alike the nearest is named") {
    auto bench = with_documents();
    const std::string wide = "section,title,source,substance,manufacturer\n";
    const auto plan = bench.plan(wide + "3.2.S.1.1,A,a.pdf,alpha,-B-\n3.2.S.1.1,B,b.pdf,Alpha,B\n3.2.S.1.1,C,c.pdf,alpha,B\n", 1);
    REQUIRE(plan);
    // row 4 differs from rows 2 and 3 in one value each
    CHECK(has(notes_of(*plan), "row 4, column manufacturer: \"B\" opens a second node of section 3.2.S beside \"-B-\" of row 2"));
    CHECK(has(notes_of(*plan), "row 4, column substance: \"alpha\" opens a second node of section 3.2.S beside \"Alpha\" of row 3"));
}
