// Histories that another tool wrote: node extensions, leaves on headings that have sections below them, several file tags, names that we
// would not give. They are read as they are, exported, planned back to nothing, and continued.
#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Lines = std::vector<std::string>;

namespace {

const std::string heading_5351 = "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication";

// A leaf of sequence 0001 whose file is written beside it.
std::string leaf(test::Workbench& bench, const std::string& id, const std::string& path, const std::string& title,
                 const std::string& sequence = "0001", const std::string& operation = "new", const std::string& target = {}) {
    bench.write(sequence + "/" + path, id + sequence);
    return "<leaf ID=\"" + id + "\" operation=\"" + operation + "\" checksum=\"" + md5_of(bench.read(sequence + "/" + path)).hex() +
           "\" checksum-type=\"md5\" xlink:href=\"" + path + "\"" + (target.empty() ? "" : " modified-file=\"" + target + "\"") +
           "><title>" + title + "</title></leaf>";
}

std::string index(const std::string& m2, const std::string& m3, const std::string& m5) {
    return "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\">"
           "<m2-common-technical-document-summaries>" +
           m2 + "</m2-common-technical-document-summaries><m3-quality><m3-2-body-of-data>" + m3 +
           "</m3-2-body-of-data></m3-quality><m5-clinical-study-reports><m5-3-clinical-study-reports>"
           "<m5-3-5-reports-of-efficacy-and-safety-studies indication=\"Pain\">" +
           m5 + "</m5-3-5-reports-of-efficacy-and-safety-studies></m5-3-clinical-study-reports></m5-clinical-study-reports></ectd:ectd>";
}

const char* const regional = "<fda-regional:fda-regional xmlns:fda-regional=\"http://www.ich.org/fda\"/>";

// Two sequences. 0002 brings a file under the path and with the ID of a leaf of 0001 that stays current.
test::Workbench foreign() {
    test::Workbench bench;
    bench.write("0001/m1/us/us-regional.xml", regional);
    bench.write("0002/m1/us/us-regional.xml", regional);
    const std::string study = "m5/53-clin-stud-rep/s1/";
    const std::string stf_leaf = leaf(bench, "stf", study + "stf-s1.xml", "STF");
    const std::string stf_href = "../../../index.xml#";
    bench.write("0001/" + study + "stf-s1.xml",
                "<ectd:study xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><study-identifier>"
                "<title>Their study</title><study-id>THEIRS</study-id></study-identifier><study-document><doc-content xlink:href=\"" +
                    stf_href +
                    "rep\"><file-tag name=\"study-report-body\" info-type=\"ich\"/><file-tag name=\"synopsis\" info-type=\"ich\"/>"
                    "</doc-content></study-document></ectd:study>");
    bench.write("0001/index.xml",
                index("<m2-2-introduction>" + leaf(bench, "intro", "m2/Intro_Final.pdf", "An\n      introduction") +
                          "<node-extension><title>Group A</title>" + leaf(bench, "in-a", "m2/22-intro/a.pdf", "In A") +
                          "<node-extension><title>Deeper</title>" + leaf(bench, "deep", "m2/22-intro/deep.pdf", "Deep") +
                          "</node-extension></node-extension></m2-2-introduction>",
                      "<m3-2-s-drug-substance substance=\"Drug A\" manufacturer=\"Alpha \">" +
                          leaf(bench, "whole", "m3/whole.pdf", "The whole of 3.2.S") + "</m3-2-s-drug-substance>",
                      "<" + heading_5351 + ">" + leaf(bench, "rep", study + "rep.pdf", "Report") + stf_leaf + "</" + heading_5351 + ">"));
    bench.write("0002/index.xml",
                index("<m2-2-introduction>" +
                          leaf(bench, "intro", "m2/Intro_Final.pdf", "Annex", "0002", "append", "../0001/index.xml#intro") +
                          "</m2-2-introduction>",
                      "", ""));
    return bench;
}

std::string exported(const test::Workbench& bench) {
    const Application history = bench.history();
    return to_csv(export_plan(history, bench.catalogue).sheet);
}

// The export without the row that has `text` in it.
std::string without(const std::string& csv, const std::string& text) {
    const std::size_t at = csv.find(text), start = csv.rfind('\n', at) + 1;
    REQUIRE(at != std::string::npos);
    return csv.substr(0, start) + csv.substr(csv.find('\n', at) + 1);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

std::string error_of(const Result<Plan>& plan) { return plan ? "" : to_text(plan.error()); }

} // namespace

TEST_CASE("the export of another tool's application plans back to nothing") {
    auto bench = foreign();
    const auto plan = bench.plan(exported(bench), 3);
    INFO(exported(bench) << error_of(plan));
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{});
    CHECK(plan->unchanged.size() == 6); // intro, its annex, in-a, deep, whole, rep
    CHECK(plan->notes.empty());
}

TEST_CASE("a leaf in a node extension is deleted and replaced in it") {
    auto bench = foreign();
    const std::string csv = exported(bench);
    bench.write("deep2.pdf", "deeper");
    const std::string changed = replaced(without(csv, "In A"), "0001/m2/22-intro/deep.pdf", "deep2.pdf");
    const auto plan = bench.plan(changed, 3);
    INFO(error_of(plan));
    REQUIRE(plan);
    CHECK(bench.lines(*plan) == Lines{"replace 2.2 Deep", "delete 2.2 In A"});
    REQUIRE(bench.build(changed, 3));
    const Application history = bench.history();
    const Lifecycle lifecycle = compute_lifecycle(history);
    CHECK(lifecycle.problems.empty()); // each in the section of its target, the extensions with it
    for (const Leaf& item : history.sequences[2].leaves) {
        if (item.title == "Deep") CHECK(item.place->extensions == Lines{"Group A", "Deeper"});
        if (item.title == "In A") CHECK(item.place->extensions == Lines{"Group A"});
    }
}

TEST_CASE("a leaf in a node extension is met by replaces and by path without naming the extension, and a new extension is not opened") {
    auto bench = foreign();
    bench.write("new.pdf", "new");
    for (const std::string& cells : {std::string("2.2,Deep,new.pdf,,0001#deep,"), std::string("2.2,X,new.pdf,m2/22-intro/deep.pdf,,")}) {
        const auto plan = bench.plan("section,title,source,path,replaces,extension\n" + cells + "\n", 3, true);
        INFO(error_of(plan));
        REQUIRE(plan);
        REQUIRE(plan->operations.size() == 1);
        CHECK(plan->operations[0].operation == "replace");
        CHECK(plan->operations[0].target->at.id == "deep");
    }
    const auto gone = bench.plan("section,path,operation\n2.2,m2/22-intro/a.pdf,delete\n", 3, true);
    REQUIRE(gone);
    CHECK(bench.lines(*gone) == Lines{"delete 2.2 In A"});
    CHECK(error_of(bench.plan("section,title,source,extension\n2.2,New,new.pdf,Group B\n", 3, true))
              .find("row 2, column extension: no current leaf of section 2.2 sits in a node extension \"Group B\"") != std::string::npos);
    CHECK(bench.lines(*bench.plan("section,title,source,extension\n2.2,New,new.pdf,Group A > Deeper\n", 3, true)) == Lines{"new 2.2 New"});
}

TEST_CASE("what another tool could write we do not: each fault is an error as soon as the row sends something") {
    auto bench = foreign();
    const std::string csv = exported(bench);
    bench.write("x.pdf", "x");
    CHECK(error_of(bench.plan(replaced(csv, "0001/m3/whole.pdf", "x.pdf"), 3)).find("section 3.2.S (Drug Substance") != std::string::npos);
    CHECK(error_of(bench.plan(replaced(csv, "0001/m2/Intro_Final.pdf", "x.pdf"), 3))
              .find("m2/Intro_Final.pdf is not a legal path (a-z, 0-9 and hyphen, names of at most 64 characters). Mend: write "
                    "m2/intro-final.pdf") != std::string::npos);
}

TEST_CASE("several file tags are written to the study tagging file, and one that is missing is a change") {
    auto bench = foreign();
    const std::string csv = exported(bench);
    CHECK(csv.find("study-report-body;synopsis") != std::string::npos);
    bench.write("rep2.pdf", "rep 2");
    const std::string changed = replaced(csv, "0001/m5/53-clin-stud-rep/s1/rep.pdf", "rep2.pdf");
    REQUIRE(bench.build(changed, 3));
    const Application history = bench.history();
    REQUIRE(history.sequences[2].stfs.size() == 1);
    const Stf& stf = history.sequences[2].stfs[0];
    CHECK(stf.title == "Their study"); // though application.yaml has no study THEIRS
    REQUIRE(stf.contents.size() == 1);
    CHECK(stf.contents[0].file_tags.size() == 2);
    const auto fewer = bench.plan(replaced(csv, "study-report-body;synopsis", "synopsis"), 3);
    REQUIRE(fewer);
    REQUIRE(fewer->operations.size() == 1);
    CHECK(fewer->operations[0].reason.find("the file tag changed from study-report-body, synopsis to synopsis") == 0);
}

TEST_CASE("an attribute value that differs only by case, blanks or punctuation is pointed out: it would open a twin node") {
    auto bench = foreign();
    bench.write("spec.pdf", "spec");
    const std::string head = "section,title,source,substance,manufacturer\n";
    const auto twin = bench.plan(head + "3.2.S.4.1,Specification,spec.pdf,Drug A,ALPHA\n", 3, true);
    REQUIRE(twin);
    REQUIRE(twin->notes.size() == 1);
    CHECK(twin->notes[0].find("row 2, column manufacturer: \"ALPHA\" opens a second node of section 3.2.S beside \"Alpha \" of sequence "
                              "0001, for good. Mend: where the same is meant, write \"Alpha \"") != std::string::npos);
    // A cell cannot keep the blank at the end: the node that is there is meant.
    CHECK(bench.plan(head + "3.2.S.4.1,Specification,spec.pdf,Drug A,Alpha\n", 3, true)->notes.empty());
    CHECK(bench.plan(head + "3.2.S.4.1,Specification,spec.pdf,Drug A,Beta\n", 3, true)->notes.empty());
    bench.write("two.pdf", "two");
    const auto rows = bench.plan(head + "3.2.S.4.1,One,spec.pdf,Drug B,Gamma\n3.2.S.4.2,Two,two.pdf,drug b,Gamma\n", 3, true);
    REQUIRE(rows);
    REQUIRE(rows->notes.size() == 1);
    CHECK(rows->notes[0].find("row 3, column substance: \"drug b\" opens a second node of section 3.2.S beside \"Drug B\" of row 2") !=
          std::string::npos);
}
