// What happened to a document, and what differs between two views. Expected chains and changes follow from the plans that were built.
#include <catch2/catch.hpp>

#include "ectd/leaf_chain.hpp"
#include "ectd/leaf_matcher.hpp"
#include "ectd/view_diff.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::ectd;
using Lines = std::vector<std::string>;

namespace {

// 0001: intro, overview, and a specification. 0002: intro replaced under another name and title, overview deleted, an annex to the
// specification. 0003: the overview comes back.
test::Workbench three_sequences() {
    test::Workbench bench;
    for (const char* name : {"intro.pdf", "over.pdf", "spec.pdf", "better.pdf", "annex.pdf"}) bench.write(name, name);
    const std::string head = "section,title,source,substance,manufacturer,operation,replaces,path\n";
    const auto build = [&](const std::string& rows, int sequence) {
        const auto built = bench.build(head + rows, sequence, true);
        if (!built) FAIL(to_text(built.error()));
    };
    build("2.2,Introduction,intro.pdf,,,,,\n2.4,Overview,over.pdf,,,,,\n3.2.S.4.1,Specification,spec.pdf,A,B,,,\n", 1);
    const auto id = [&bench](const std::string& title) {
        const Application history = bench.history();
        for (const Leaf& leaf : history.sequences[0].leaves)
            if (leaf.title == title) return "0001#" + leaf.at.id;
        return std::string();
    };
    build("2.2,Better introduction,better.pdf,,,," + id("Introduction") + ",\n2.4,,,,,delete,,m2/24-nonclin-over/over.pdf\n" +
              "3.2.S.4.1,Annex,annex.pdf,A,B,append," + id("Specification") + ",\n",
          2);
    build("2.4,Overview,over.pdf,,,,,\n", 3);
    return bench;
}

Lines operations(const LeafChain& chain) {
    Lines list;
    for (const LeafHistory* item : chain)
        list.push_back(item->leaf->at.sequence.text() + " " + item->leaf->operation + " " + item->leaf->title);
    return list;
}

Lines changes(const ViewDiff& diff) {
    Lines list;
    for (const ViewChange& change : diff.changes)
        list.push_back(change.change + " " + (change.before ? change.before->title : "-") + " " +
                       (change.after ? change.after->title : "-"));
    return list;
}

} // namespace

TEST_CASE("the chain of a document holds every operation on it, whichever of its leaves is named and however") {
    const auto bench = three_sequences();
    const Application application = bench.history();
    const Lifecycle lifecycle = compute_lifecycle(application);
    const Lines intro{"0001 new Introduction", "0002 replace Better introduction"};
    for (const char* name :
         {"m2/22-intro/intro.pdf", "m2/22-intro/better.pdf", "0002/m2/22-intro/better.pdf", "introduction", "Better introduction"}) {
        const auto chains = find_chains(lifecycle, name);
        INFO(name);
        REQUIRE(chains);
        REQUIRE(chains->size() == 1);
        CHECK(operations((*chains)[0]) == intro);
    }
    const auto specification = find_chains(lifecycle, "Annex");
    REQUIRE(specification);
    CHECK(operations(specification->at(0)) == Lines{"0001 new Specification", "0002 append Annex"});
    // Deleted and brought again: two chains of one path.
    const auto overview = find_chains(lifecycle, "m2/24-nonclin-over/over.pdf");
    REQUIRE(overview);
    REQUIRE(overview->size() == 2);
    CHECK(operations((*overview)[0]) == Lines{"0001 new Overview", "0002 delete Overview"});
    CHECK(operations((*overview)[1]) == Lines{"0003 new Overview"});
    const auto none = find_chains(lifecycle, "Introductoin");
    REQUIRE_FALSE(none);
    CHECK(to_text(none.error()).find("is Introduction meant?") != std::string::npos);
}

TEST_CASE("a diff follows replaces, in both directions of time") {
    const auto bench = three_sequences();
    const auto view = [&bench](int last) { return *read_application(*bench.fs, "/app", bench.catalogue, SequenceNumber(last)); };
    const Application first = view(1), second = view(2), third = view(3);
    const Lifecycle one = compute_lifecycle(first), two = compute_lifecycle(second), three = compute_lifecycle(third);
    const ViewDiff forward = diff_views({first, one}, {second, two});
    CHECK(changes(forward) == Lines{"replaced Introduction Better introduction", "added - Annex", "removed Overview -"});
    CHECK(forward.same == 1); // the specification
    const ViewDiff back = diff_views({second, two}, {first, one});
    CHECK(changes(back) == Lines{"replaced Better introduction Introduction", "removed Annex -", "added - Overview"});
    // The overview went and came back with the same bytes.
    const ViewDiff whole = diff_views({first, one}, {third, three});
    CHECK(changes(whole) == Lines{"replaced Introduction Better introduction", "added - Annex"});
    CHECK(whole.same == 2);
}

TEST_CASE("blame and diff need no application.yaml, and what cannot be read is said") {
    const test::Scratch scratch;
    scratch.write(
        "app/application.yaml",
        "application: {region: us, type: ind, number: \"123456\"}\n"
        "applicant: {id: \"999999999\", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "
        "\"1\"}], emails: [r@example.org]}]}\n"
        "sequences:\n  \"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}\n"
        "  \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment, description: Answers}\n");
    const auto dossier = [&scratch](std::vector<std::string> words) { return test::dossier(words, scratch.path()); };
    const auto build = [&](const std::string& text, const std::string& plan) {
        scratch.write("app/a.pdf", "%PDF-1.4\n" + text + "\nstartxref\n0\n%%EOF\n");
        scratch.write("app/plan.csv", plan);
        REQUIRE(dossier({"ectd", "build", "app"}).code == 0);
    };
    build("a", "section,title,source\n2.2,A,a.pdf\n");
    build("b", "section,title,source\n2.2,A better,a.pdf\n");
    REQUIRE(test::run({"rm", scratch / "app/application.yaml"}).code == 0);
    const test::Run blame = dossier({"ectd", "blame", "app", "m2/22-intro/a.pdf"});
    INFO(blame.err << blame.out);
    REQUIRE(blame.code == 0);
    CHECK(blame.out.find("2.2 A (") == 0);
    CHECK(blame.out.find("  0001  new     A\n") != std::string::npos);
    CHECK(blame.out.find("  0002  replace A better\n") != std::string::npos);
    CHECK(blame.out.find("in original-application, amendment: Answers\n") != std::string::npos);
    CHECK(blame.out.find("now replaced by 0002#") != std::string::npos);
    CHECK(dossier({"ectd", "blame", "app", "nothing-like-it"}).code == 3);
    const test::Run diff = dossier({"ectd", "diff", "app/0001", "app/0002", "--json"});
    CHECK(diff.code == 0);
    CHECK(diff.out.find("\"change\": \"replaced\"") != std::string::npos);
    CHECK(dossier({"ectd", "diff", "app/0002", "app"}).out.find("0 added, 0 removed, 0 replaced") == 0);
    CHECK(dossier({"ectd", "diff", "app/0001", "elsewhere"}).code == 3);
    REQUIRE(test::run({"mv", scratch / "app/0001", scratch / "gone"}).code == 0);
    const test::Run hole = dossier({"ectd", "blame", "app", "A better"});
    CHECK(hole.code == 0);
    CHECK(hole.err.find("sequence 0001 is not in the folder") != std::string::npos);
    CHECK(hole.out.find("(not a leaf that was current)") != std::string::npos);
}

TEST_CASE("the public IND: the chain of its specification, in node extensions too") {
    const std::string folder = test::shared_or_skip("sequences/us-ind-lifecycle");
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    auto fs = make_disk_file_system();
    const auto application = read_application(*fs, folder, *catalogue);
    REQUIRE(application);
    const Lifecycle lifecycle = compute_lifecycle(*application);
    CHECK(lifecycle.problems.empty());
    const auto chains = find_chains(lifecycle, "alpha-spec-v1");
    REQUIRE(chains);
    REQUIRE(chains->size() == 1);
    std::vector<std::string> ids;
    for (const LeafHistory* item : (*chains)[0]) ids.push_back(item->leaf->operation + " " + short_text(*item->leaf));
    CHECK(ids == Lines{"new 0000#alpha-spec-v1", "replace 0001#alpha-spec-v2", "append 0002#alpha-addendum"});
    // One ID in two backbones of a sequence is two leaves.
    const auto overview = find_chains(lifecycle, "0000#overview");
    REQUIRE(overview);
    CHECK(overview->size() == 2);
    const PlanExport exported = export_plan(*application, *catalogue);
    CHECK(exported.left_out.empty());
    CHECK(exported.sheet.rows.size() == 10); // the ten leaves of index.xml; the cover letter is that of an earlier sequence
    const auto extension = std::find(exported.sheet.header.begin(), exported.sheet.header.end(), "extension");
    REQUIRE(extension != exported.sheet.header.end());
    std::size_t in_extensions = 0;
    for (const auto& row : exported.sheet.rows)
        in_extensions += row[static_cast<std::size_t>(extension - exported.sheet.header.begin())].text.empty() ? 0 : 1;
    CHECK(in_extensions == 2); // Study NC-001, Study CL-001
}

TEST_CASE("two copies of an application are the same, though its sequences use file names and titles again") {
    const test::Scratch scratch;
    const std::string yaml = std::string(test::application_yaml);
    std::string more = yaml;
    more.insert(more.find("}\nstudies"),
                ", \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}");
    scratch.write("app/application.yaml", more);
    for (const char* const text : {"first", "second"}) {
        scratch.write("app/cover.pdf", std::string("%PDF-1.4\n") + text + "\nstartxref\n0\n%%EOF\n");
        scratch.write("app/plan.csv", "section,title,source\n1.2,Cover letter,cover.pdf\n");
        REQUIRE(test::dossier({"ectd", "build", "app"}, scratch.path()).code == 0);
    }
    REQUIRE(test::run({"cp", "-r", "app", "copy"}, scratch.path()).code == 0);
    const test::Run diff = test::dossier({"ectd", "diff", "app/0002", "copy/0002"}, scratch.path());
    INFO(diff.err);
    CHECK(diff.out.find("0 added, 0 removed, 0 replaced, 0 with another title; ") == 0);
}

TEST_CASE("blame and view say of an appendix that what it was appended to is there no more") {
    test::Workbench bench;
    const test::Scratch scratch;
    for (const char* const name : {"a.pdf", "b.pdf", "c.pdf"}) bench.write(name, name);
    const std::string head = "section,title,source,operation,replaces,id\n";
    REQUIRE(bench.build(head + "2.2,Base,a.pdf,,,base\n", 1));
    REQUIRE(bench.build(head + "2.2,Annex,b.pdf,append,0001#base,annex\n", 2, true));
    REQUIRE(bench.build(head + "2.2,Base,c.pdf,,0001#base,better\n", 3, true));
    for (const std::string file : {"0001/index.xml", "0001/m1/us/us-regional.xml", "0002/index.xml", "0002/m1/us/us-regional.xml",
                                   "0003/index.xml", "0003/m1/us/us-regional.xml"})
        scratch.write("app/" + file, bench.read(file));
    const test::Run blame = test::dossier({"ectd", "blame", "app", "base"}, scratch.path());
    INFO(blame.err << blame.out);
    REQUIRE(blame.code == 0);
    CHECK(blame.out.find("        now current\n        what it was appended to is replaced by 0003#better: delete or replace it too, if it "
                         "went with that\n") != std::string::npos);
    const test::Run view = test::dossier({"ectd", "view", "app", "--format", "json"}, scratch.path());
    INFO(view.err);
    CHECK(view.out.find("what it was appended to, 0001/index.xml#base, is replaced by 0003/index.xml#better") != std::string::npos);
    CHECK(view.out.find("\"kind\": \"lone-appendix\"") != std::string::npos);
}
