#include <catch2/catch.hpp>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "tests/ectd/workbench.hpp"

using namespace dossier;
using Lines = std::vector<std::string>;

namespace {

const std::string study_plan = "section,title,source,study,file_tag,indication\n"
                               "5.3.5.1,Report,report.pdf,S1,study-report-body,Pain\n"
                               "5.3.5.1,AE,ae.xpt,S1,data-tabulation-dataset-sdtm,Pain\n"
                               "5.3.5.1,DM,dm.xpt,S1,data-tabulation-dataset-sdtm,Pain\n"
                               "5.3.5.1,Other report,other.pdf,S2,study-report-body,Pain\n";

test::Workbench with_studies() {
    test::Workbench bench;
    for (const char* name : {"report.pdf", "ae.xpt", "dm.xpt", "other.pdf"}) bench.write(name, std::string(name) + " 1");
    const auto built = bench.build(study_plan, 1);
    if (!built) FAIL(to_text(built.error()));
    return bench;
}

Lines tree(test::Workbench& bench, const std::string& folder) {
    Lines names;
    const auto entries = list_tree(*bench.fs, "/app/" + folder);
    for (const TreeEntry& entry : *entries)
        if (entry.kind == FileKind::file) names.push_back(entry.path);
    return names;
}

const ectd::Stf& stf_of(const ectd::Sequence& sequence, const std::string& study) {
    for (const ectd::Stf& stf : sequence.stfs)
        if (stf.study_id == study) return stf;
    throw std::runtime_error("no study tagging file of " + study);
}

} // namespace

TEST_CASE("a sequence holds its content, backbones and one study tagging file a study, every checksum is that of the file") {
    auto bench = with_studies();
    const std::string study = "m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/";
    CHECK(tree(bench, "0001") == Lines{"index-md5.txt", "index.xml", "m1/us/us-regional.xml", study + "s1/report.pdf",
                                       study + "s1/stf-s1.xml", study + "s2/other.pdf", study + "s2/stf-s2.xml",
                                       "m5/datasets/s1/tabulations/sdtm/ae.xpt", "m5/datasets/s1/tabulations/sdtm/dm.xpt"});
    CHECK(bench.read("0001/index-md5.txt") == md5_of(bench.read("0001/index.xml")).hex()); // 32 digits, no name, no newline
    const auto history = bench.history();
    for (const ectd::Leaf& leaf : history.sequences[0].leaves) CHECK(leaf.checksum() == md5_of(bench.read(leaf.path)).hex());
    const ectd::Stf& stf = stf_of(history.sequences[0], "S1");
    CHECK(stf.contents.size() == 3);
    for (const auto& content : stf.contents) CHECK(history.find(content.leaf));
}

TEST_CASE("a later study tagging file is appended to the first, under the same title, and lists only what is added or replaced") {
    auto bench = with_studies();
    bench.write("ae.xpt", "ae 2");
    bench.write("lb.xpt", "lb 1");
    const std::string rows = "section,title,source,study,file_tag,indication\n5.3.5.1,AE,ae.xpt,S1,data-tabulation-dataset-sdtm,Pain\n"
                             "5.3.5.1,LB,lb.xpt,S1,data-tabulation-dataset-sdtm,Pain\n";
    REQUIRE(bench.build(rows, 2, true));
    bench.write("ae.xpt", "ae 3");
    REQUIRE(
        bench.build("section,title,source,study,file_tag,indication\n5.3.5.1,AE,ae.xpt,S1,data-tabulation-dataset-sdtm,Pain\n", 3, true));
    const auto history = bench.history();
    REQUIRE(history.sequences[1].stfs.size() == 1); // nothing of S2
    const ectd::Stf& second = history.sequences[1].stfs[0];
    CHECK(second.title == "Study one");
    CHECK(second.contents.size() == 2);
    const ectd::Stf& first = stf_of(history.sequences[0], "S1");
    CHECK(history.find(second.leaf)->operation == "append");
    CHECK(history.find(second.leaf)->modified_file == "../0001/index.xml#" + first.leaf.id);
    // the third is appended to the first, not to the second
    CHECK(history.find(history.sequences[2].stfs[0].leaf)->modified_file == "../0001/index.xml#" + first.leaf.id);
    CHECK(ectd::compute_lifecycle(history).problems.empty());
}

TEST_CASE("a delete alone needs no study tagging file") {
    auto bench = with_studies();
    const auto built = bench.build("section,title,path,operation,indication\n"
                                   "5.3.5.1,DM,m5/datasets/s1/tabulations/sdtm/dm.xpt,delete,Pain\n",
                                   2, true);
    REQUIRE(built);
    CHECK(built->stfs == 0);
    const auto history = bench.history();
    const ectd::Leaf& leaf = history.sequences[1].leaves.back();
    CHECK(leaf.operation == "delete");
    CHECK(leaf.has_checksum);
    CHECK(leaf.checksum().empty());
    CHECK_FALSE(leaf.has_href);
}

TEST_CASE("the current view after each sequence is what the plan said") {
    auto bench = with_studies();
    const auto at = [](const std::string& sequence, const std::string& rest) { return sequence + "/m5/" + rest; };
    const std::string heading = "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication ";
    const std::string study = "53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/";
    bench.write("report.pdf", "report 2");
    REQUIRE(bench.build("section,title,source,study,file_tag,indication\n"
                        "5.3.5.1,Report,report.pdf,S1,study-report-body,Pain\n"
                        "5.3.5.1,AE,ae.xpt,S1,data-tabulation-dataset-sdtm,Pain\n"
                        "5.3.5.1,Other report,other.pdf,S2,study-report-body,Pain\n",
                        2));
    CHECK(bench.current() == Lines{heading + "AE " + at("0001", "datasets/s1/tabulations/sdtm/ae.xpt"),
                                   heading + "Other report " + at("0001", study + "s2/other.pdf"),
                                   heading + "Report " + at("0002", study + "s1/report.pdf")});
}

TEST_CASE("building twice gives the same bytes, a draft is replaced only when asked, a sent sequence never") {
    auto bench = with_studies();
    std::map<std::string, std::string> before;
    for (const std::string& name : tree(bench, "0001")) before[name] = bench.read("0001/" + name);
    const auto again = bench.build(study_plan, 1);
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::conflict);
    bench.write("0001/stray.txt", "left by hand");
    REQUIRE(bench.build(study_plan, 1, false, true));
    std::map<std::string, std::string> after;
    for (const std::string& name : tree(bench, "0001")) after[name] = bench.read("0001/" + name);
    CHECK(after == before);
    bench.set_application(
        "application: {region: us, type: nda, number: \"123456\"}\n"
        "applicant: {id: \"999999999\", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: \"1\"}], emails: "
        "[r@example.org]}]}\n"
        "sequences: {\"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application, sent: 2026-01-02}}\n"
        "studies: {S1: {title: Study one}, S2: {title: Study two}}\n");
    const auto sent = bench.build(study_plan, 1, false, true);
    REQUIRE_FALSE(sent);
    CHECK(to_text(sent.error()).find("was sent and is never changed again") != std::string::npos);
}

TEST_CASE("a build that fails half way leaves the target as it was") {
    auto bench = with_studies();
    auto plan = bench.plan(study_plan, 1);
    REQUIRE(plan);
    const Lines before = tree(bench, "0001");
    (void)bench.fs->remove("/app/other.pdf").has_value(); // goes away between planning and copying
    auto region = ectd::make_us_region(bench.catalogue);
    auto source = ectd::make_file_source(bench.fs, "/app");
    const templates::OfficialFiles official;
    const auto built = ectd::build_sequence({bench.fs, bench.catalogue, *region, *plan, official, "/app", true, false, false, 2, {}});
    REQUIRE_FALSE(built);
    CHECK(tree(bench, "0001") == before);
    CHECK_FALSE(exists(*bench.fs, "/app/.0001.part"));
}

TEST_CASE("what an interrupted build left is cleared, an interrupted rebuild gives the old draft back") {
    auto bench = with_studies();
    bench.write(".0002.part/index.xml", "half");
    bench.write(".0007.part/index.xml", "half, of another sequence");
    bench.write("x.pdf", "x");
    REQUIRE(bench.build("section,title,source\n2.2,X,x.pdf\n", 2, true));
    CHECK_FALSE(exists(*bench.fs, "/app/.0002.part"));
    CHECK_FALSE(exists(*bench.fs, "/app/.0007.part"));
    // killed between the two renames of a rebuild
    REQUIRE(bench.fs->rename("/app/0002", "/app/.0002.old"));
    const auto built = bench.build("section,title,source\n2.2,X,x.pdf\n", 2, true);
    REQUIRE_FALSE(built); // it is there again
    CHECK(built.error().kind == ErrorKind::conflict);
    CHECK(exists(*bench.fs, "/app/0002/index.xml"));
}
