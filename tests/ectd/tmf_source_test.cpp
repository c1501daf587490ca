// Documents of a trial master file in a submission: named by what the list called them, with a version, and refused where they must not
// leave.
#include <catch2/catch.hpp>

#include "tests/support/run.hpp"

namespace {

std::string pdf(const std::string& text) {
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n%" +
           text + "\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";
}

struct Bench {
    test::Scratch scratch;
    std::vector<std::string> environment;

    Bench() : environment{"DOSSIER_REPO=" + scratch / "repo"} {
        for (const char* name : {"v1", "v2", "draft", "secret"}) scratch.write(std::string(name) + ".pdf", pdf(name));
        scratch.write("study.yaml", "study: {id: S-1, title: A trial}\ncountries: [{code: USA, approved: 2025-01-01}]\n");
        scratch.write("list.csv", "file,artifact,title,date,document,version,status,restricted\n"
                                  "v1.pdf,02.01.01,Brochure,2025-01-01,IB,1.0,final,\n"
                                  "v2.pdf,02.01.01,Brochure,2025-06-01,IB,2.0,final,\n"
                                  "draft.pdf,02.01.02,Protocol,2025-06-01,PROT,0.1,draft,\n"
                                  "secret.pdf,06.03.01,Allocation,2025-06-01,ALLOC,1.0,final,yes\n");
        scratch.write("app/application.yaml",
                      "application: {region: us, type: ind, number: \"123456\"}\n"
                      "applicant: {id: \"999999999\", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "
                      "\"1\"}], emails: [r@example.org]}]}\n"
                      "sequences: {\"0001\": {submission_id: \"0001\", submission_type: original-application, sub_type: application}}\n");
        for (const std::vector<std::string>& command : {std::vector<std::string>{"init", scratch / "repo"},
                                                        {"study", "apply", "study.yaml"},
                                                        {"tmf", "import", "list.csv", "--study", "S-1"}}) {
            const test::Run run = test::dossier(command, scratch.path(), environment);
            if (run.code != 0) FAIL(run.err);
        }
    }

    test::Run build(const std::string& source, const std::vector<std::string>& more = {}) const {
        scratch.write("app/plan.csv", "section,title,source,path\n1.14.4.1,Brochure," + source + ",m1/us/ib.pdf\n");
        std::vector<std::string> command{"ectd", "build", "app", "--sequence", "0001"};
        command.insert(command.end(), more.begin(), more.end());
        return test::dossier(command, scratch.path(), environment);
    }
    std::string status(const std::string& format, const std::string& file) const {
        return test::run({"stat", "-c", format, scratch / file}).out;
    }
    std::string built() const { return scratch.read("app/0001/m1/us/ib.pdf"); }
};

bool says(const test::Run& run, const std::string& words) { return run.err.find(words) != std::string::npos; }

} // namespace

TEST_CASE("with --link a document is a read-only second name of the repository's object, and never one whose bytes changed") {
    const Bench bench;
    REQUIRE(bench.build("tmf:IB@1.0", {"--link"}).code == 0);
    CHECK(bench.built() == pdf("v1"));
    const std::string file = "app/0001/m1/us/ib.pdf";
    CHECK(bench.status("%h", file) == "2\n"); // names of the file
    CHECK(bench.status("%a", file) == "444\n");
    const std::string inode = bench.status("%i", file);
    CHECK(test::run({"sh", "-c", "find repo/objects -inum " + inode.substr(0, inode.size() - 1) + " | wc -l"}, bench.scratch.path()).out ==
          "1\n");
    CHECK(test::run({"md5sum", bench.scratch / file}).out.substr(0, 32) == [&] { // as the backbone says
        const std::string xml = bench.scratch.read("app/0001/m1/us/us-regional.xml");
        const std::size_t at = xml.find("checksum=\"") + 10;
        return xml.substr(at, 32);
    }());
    // Without it, and again after it: a file of its own. The object stays what it was.
    REQUIRE(bench.build("tmf:IB@1.0", {"--rebuild"}).code == 0);
    CHECK(bench.status("%h", file) == "1\n");
    CHECK(test::dossier({"tmf", "check", "--read-data"}, bench.scratch.path(), bench.environment).code == 0);

    REQUIRE(test::run({"sh", "-c",
                       "for f in $(find repo/objects -type f); do chmod u+w $f; "
                       "printf X | dd of=$f bs=1 seek=9 conv=notrunc 2>/dev/null; done"},
                      bench.scratch.path())
                .code == 0);
    const test::Run changed = bench.build("tmf:IB@1.0", {"--link", "--rebuild"});
    CHECK(changed.code == 3);
    CHECK(says(changed, "are not those that were filed"));
    CHECK(bench.built() == pdf("v1")); // the draft of before
}

TEST_CASE("a document is drawn from the trial master file: the newest version, or the one that is named") {
    const Bench bench;
    const test::Run newest = bench.build("tmf:IB");
    INFO(newest.err);
    REQUIRE(newest.code == 0);
    CHECK(bench.built() == pdf("v2"));
    REQUIRE(test::run({"rm", "-r", bench.scratch / "app/0001"}).code == 0);
    REQUIRE(bench.build("tmf:S-1/IB@1.0").code == 0);
    CHECK(bench.built() == pdf("v1"));
}

TEST_CASE("a version is named in any spelling of its label, as in lists, and what can be two versions is refused") {
    const Bench bench;
    bench.scratch.write("more.csv", "file,artifact,title,date,document,version,status\n"
                                    "v2.pdf,02.01.01,Brochure,2025-02-01,LATE,2.0,final\n" // the first that was filed
                                    "v1.pdf,02.01.01,Brochure,2025-03-01,LATE,v3,final\n"
                                    "v1.pdf,02.01.01,Brochure,2025-01-01,TWO,0.9,final\n"
                                    "draft.pdf,02.01.01,Brochure,2025-02-01,TWO,,final\n"
                                    "v2.pdf,02.01.01,Brochure,2025-03-01,TWO,2,final\n");
    REQUIRE(test::dossier({"tmf", "import", "more.csv", "--study", "S-1"}, bench.scratch.path(), bench.environment).code == 0);
    const auto drawn = [&](const std::string& source) {
        const test::Run run = bench.build(source, {"--rebuild"});
        INFO(source << run.err);
        REQUIRE(run.code == 0);
        return bench.built();
    };
    REQUIRE(bench.build("tmf:IB@1.0").code == 0);
    for (const char* label : {"1", "v1", "1.0", "01.0", "V1.0"}) CHECK(drawn(std::string("tmf:IB@") + label) == pdf("v1"));
    for (const char* label : {"2", "2.0", "v2"}) CHECK(drawn(std::string("tmf:LATE@") + label) == pdf("v2")); // not the second one
    for (const char* label : {"3", "3.0", "v3"}) CHECK(drawn(std::string("tmf:LATE@") + label) == pdf("v1"));
    CHECK(drawn("tmf:LATE@1") == pdf("v2")); // no label: the first that was filed
    CHECK(drawn("tmf:TWO@0.9") == pdf("v1"));
    // A draft that became final as it was is one version of one label: what a list says of its status is told, a correction makes it final.
    bench.scratch.write("final.csv", "file,artifact,title,document,version,status\ndraft.pdf,02.01.02,Protocol,PROT,0.1,final\n");
    const auto tmf = [&](const std::vector<std::string>& words) { return test::dossier(words, bench.scratch.path(), bench.environment); };
    const test::Run again = tmf({"tmf", "import", "final.csv", "--study", "S-1"});
    CHECK(again.code == 0);
    CHECK(says(again, "--status final --reason"));
    CHECK(says(bench.build("tmf:PROT@0.1", {"--rebuild"}), "version 0.1 is a draft"));
    REQUIRE(tmf({"tmf", "reindex", "D-000002@1", "--status", "final", "--reason", "approved as it was"}).code == 0);
    for (const char* label : {"0.1", "v0.1"}) CHECK(drawn(std::string("tmf:PROT@") + label) == pdf("draft"));
    // The second version has no label and is shown as 2, the third is labelled 2.
    const test::Run two = bench.build("tmf:TWO@2", {"--rebuild"});
    CHECK(two.code == 3);
    CHECK(says(two, "version 2 of D-"));
    CHECK(says(two, "@2 without a label or D-"));
    CHECK(says(two, "@3 labelled 2"));
    CHECK(says(two, "dossier tmf reindex D-"));
}

TEST_CASE("a repository that is not there is said once, not with every row that draws from it") {
    const Bench bench;
    bench.scratch.write("app/plan.csv", "section,title,source,path\n1.14.4.1,Brochure,tmf:IB@1.0,m1/us/ib.pdf\n"
                                        "1.14.4.1,Brochure 2,tmf:IB@2.0,m1/us/ib2.pdf\n1.14.4.1,Protocol,tmf:PROT,m1/us/p.pdf\n");
    for (const char* command : {"plan", "build"}) {
        const test::Run run =
            test::dossier({"ectd", command, "app", "--sequence", "0001"}, bench.scratch.path(), {"DOSSIER_REPO=not/here"});
        CHECK(run.code == 3);
        const std::string said = "not/here: this is no repository";
        const std::size_t at = run.err.find(said);
        INFO(run.err);
        REQUIRE(at != std::string::npos);
        CHECK(run.err.find(said, at + 1) == std::string::npos);
        CHECK(run.err.find("no repository", at + said.size()) == std::string::npos);
        CHECK(says(run, "name it in full, for it is looked for where you are now"));
    }
}

TEST_CASE("drafts, restricted documents and unknown ones are refused with the row") {
    const Bench bench;
    const test::Run draft = bench.build("tmf:PROT");
    CHECK(draft.code == 3);
    CHECK(says(draft, "app/plan.csv, row 2, column source: "));
    CHECK(says(draft, "is a draft"));
    CHECK(says(bench.build("tmf:ALLOC"), "is restricted"));
    CHECK(says(bench.build("tmf:NOBODY"), "has no document NOBODY"));
    CHECK(says(bench.build("tmf:IB@9.9"), "has no version 9.9"));
}

TEST_CASE("an object whose bytes changed in the store does not get into a submission") {
    const Bench bench;
    const std::string change = "f=$(grep -rl '%v2' repo/objects) && chmod u+w $f && sed -i 's/%v2/%v3/' $f";
    REQUIRE(test::run({"sh", "-c", change}, bench.scratch.path()).code == 0);
    const test::Run run = bench.build("tmf:IB");
    INFO(run.err);
    CHECK(run.code == 3);
    CHECK(says(run, "are not those that were filed"));
    CHECK(test::run({"ls", bench.scratch / "app"}).out == "application.yaml\nplan.csv\n");
}
