// What may be built again: a draft that was built here and not sent, and nothing else.
#include <catch2/catch.hpp>

#include "tests/ectd/command_bench.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/skip.hpp"

using test::says;

namespace {

constexpr const char* two_sequences = R"(application: {region: us, type: ind, number: "123456"}
applicant: {id: "999999999", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
  "0003": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
)";

struct Bench : test::CommandBench {
    Bench() {
        scratch.write("app/application.yaml", two_sequences);
        scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    }
    test::Run dossier(std::vector<std::string> words) const {
        words.insert(words.begin(), {"--now", "2026-06-01T12:00:00Z"});
        return test::dossier(words, scratch.path());
    }
    test::Run build(std::vector<std::string> more) const {
        more.insert(more.begin(), {"ectd", "build", "app"});
        return dossier(more);
    }
    test::Run shell(const std::string& command) const { return test::run({"sh", "-c", command}, scratch.path()); }
    // Every file below a folder, with its MD5.
    std::string state(const std::string& folder) const {
        return shell("cd " + folder + " && find . -type f -exec md5sum {} + | sort -k2").out;
    }
    void change_a_document() const { scratch.write("app/a.pdf", test::make_pdf()); }
};

} // namespace

TEST_CASE("an imported sequence is not built again, though no application.yaml was there to say so") {
    const Bench bench;
    bench.scratch.write("app/application.yaml", test::canada_yaml);
    bench.scratch.write("app/plan.csv", "section,title,source\n1.0.1,Letter,a.pdf\n1.2.1,Form,sub/a.pdf\n");
    REQUIRE(bench.build({}).code == 0);
    REQUIRE(bench.shell("mkdir from && cp -r app/0000 from").code == 0);
    const test::Run imported = bench.dossier({"ectd", "import", "from", "--to", "here"});
    REQUIRE(imported.code == 0);
    CHECK(says(imported, "dossier ectd new OTHER --region ca --type cta --number N"));
    CHECK_FALSE(says(imported, "read and viewed, not built"));
    CHECK(imported.out.find("They count as sent and are not built again") != std::string::npos);
    const std::string before = bench.state("here/0000");
    // only now an application.yaml is put there; it does not say that anything was imported
    REQUIRE(bench.shell("cp app/application.yaml app/a.pdf here && echo 'section,title,source\n1.0.1,Letter,a.pdf' > here/plan.csv").code ==
            0);
    const test::Run again = bench.dossier({"ectd", "build", "here", "--sequence", "0000", "--rebuild"});
    CHECK(again.code == 3);
    CHECK(says(again, "sequence 0000 is no draft that was built here: it was sent, imported, copied here or changed since, and is never "
                      "built again"));
    CHECK(bench.state("here/0000") == before);
    const test::Run plan = bench.dossier({"ectd", "plan", "here", "--sequence", "0000"});
    CHECK(plan.code == 0);
    CHECK(plan.out.find("note: before this can be built: here/0000: sequence 0000 is no draft") != std::string::npos);
}

TEST_CASE("a draft over which the same sequence was imported is a draft no more") {
    const Bench bench;
    REQUIRE(bench.build({}).code == 0);
    REQUIRE(bench.shell("mkdir from && cp -r app/0001 from").code == 0);
    REQUIRE(bench.build({"--sequence", "0001", "--rebuild"}).code == 0);
    const test::Run imported = bench.dossier({"ectd", "import", "from", "--to", "app"});
    INFO(imported.err << imported.out);
    REQUIRE(imported.code == 0);
    bench.scratch.write("app/application.yaml", two_sequences); // the mark there is lost
    const test::Run again = bench.build({"--sequence", "0001", "--rebuild"});
    CHECK(again.code == 3);
    CHECK(says(again, "sequence 0001 is no draft that was built here"));
}

TEST_CASE("a sequence that somebody copied there is not built again, and none is built before it") {
    const Bench bench;
    REQUIRE(bench.build({}).code == 0);
    REQUIRE(bench.build({}).code == 0);
    REQUIRE(bench.shell("mkdir other && cp -r app/0001 app/0002 app/a.pdf app/plan.csv app/application.yaml other").code == 0);
    const std::string before = bench.state("other");
    for (const std::string number : {"0001", "0002"}) {
        const test::Run again = bench.dossier({"ectd", "build", "other", "--sequence", number, "--rebuild"});
        CHECK(again.code == 3);
        CHECK(says(again, "sequence " + number + " is no draft that was built here"));
        CHECK(says(again, "move it out of the folder and build it anew"));
    }
    REQUIRE(bench.shell("rm -r other/0001").code == 0);
    const test::Run earlier = bench.dossier({"ectd", "build", "other", "--sequence", "0001"});
    CHECK(earlier.code == 3);
    CHECK(says(earlier, "sequence 0002 is no draft that was built here; 0001 lies before it and is not written any more"));
    REQUIRE(bench.shell("cp -r app/0001 other").code == 0);
    CHECK(bench.state("other") == before);
    CHECK(bench.dossier({"ectd", "build", "other"}).code == 0); // the next one is built as ever
}

TEST_CASE("another sequence under the number of a draft is no draft, a draft is one wherever it lies") {
    const Bench bench;
    REQUIRE(bench.build({"--to", "out"}).code == 0);
    REQUIRE(bench.shell("mv out/0001 app").code == 0);
    bench.change_a_document();
    CHECK(bench.build({"--sequence", "0001", "--rebuild"}).code == 0);
    CHECK(bench.shell("ls -A app").out == "0001\na.pdf\napplication.yaml\ndrafts.csv\nplan.csv\nsub\n");
    // the one that was really sent, from a colleague's share
    REQUIRE(bench.shell("mkdir theirs && cp app/application.yaml theirs && cp app/sub/a.pdf theirs && cp app/plan.csv theirs").code == 0);
    REQUIRE(bench.dossier({"ectd", "build", "theirs"}).code == 0);
    REQUIRE(bench.shell("rm -r app/0001 && cp -r theirs/0001 app").code == 0);
    const std::string before = bench.state("app/0001");
    const test::Run again = bench.build({"--sequence", "0001", "--rebuild"});
    CHECK(again.code == 3);
    CHECK(says(again, "sequence 0001 is no draft that was built here"));
    CHECK(bench.state("app/0001") == before);
}

TEST_CASE("a sequence that was sent stays so when the mark in application.yaml is lost, as a folder and as a ZIP") {
    const Bench bench;
    const bool zip = GENERATE(false, true);
    REQUIRE(bench.build(zip ? std::vector<std::string>{"--zip"} : std::vector<std::string>{}).code == 0);
    REQUIRE(bench.build(zip ? std::vector<std::string>{"--zip", "--rebuild"} : std::vector<std::string>{"--rebuild"}).code == 0);
    REQUIRE(bench.dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-01"}).code == 0);
    bench.scratch.write("app/application.yaml", two_sequences);
    const test::Run again = bench.build(zip ? std::vector<std::string>{"--zip", "--rebuild"} : std::vector<std::string>{"--rebuild"});
    CHECK(again.code == 3);
    CHECK(says(again, "sequence 0001 is no draft that was built here"));
    CHECK(says(again, zip ? "app/0001.zip: " : "app/0001: "));
}

TEST_CASE("who builds elsewhere waits while somebody writes in the application folder: no row of drafts.csv gets lost") {
    test::tool_or_skip("flock");
    const Bench bench;
    for (const char* const zip : {"", " --zip"}) {
        const std::string build = test::program() + " --now 2026-06-01T12:00:00Z ectd build app --sequence 0001 --to elsewhere" + zip;
        const test::Run held = bench.shell("mkdir elsewhere && flock app " + build);
        INFO(zip << held.err);
        CHECK(held.code == 3);
        CHECK(says(held, "app: another dossier process is writing here"));
        CHECK(bench.shell("ls -A elsewhere").out.empty());
        CHECK(bench.shell(build).code == 0);
        CHECK(bench.scratch.read("app/drafts.csv").find("0001,") != std::string::npos);
        REQUIRE(bench.shell("rm -r elsewhere").code == 0);
    }
    REQUIRE(bench.shell("ln -s app alias").code == 0); // its own folder, by another name
    CHECK(bench.build({"--sequence", "0001", "--to", "alias"}).code == 0);
}

TEST_CASE("a damaged list of drafts is said with its row, and nothing is overwritten") {
    const Bench bench;
    REQUIRE(bench.build({}).code == 0);
    bench.scratch.write("app/drafts.csv", "sequence,sha256\nfirst,00\n");
    const test::Run again = bench.build({"--rebuild"});
    CHECK(again.code == 3);
    CHECK(says(again, "app/drafts.csv, row 2, column sequence: \"first\" is no sequence of four digits"));
}

TEST_CASE("nothing is built on a sequence that was sent and is not there, or lies there as a ZIP only") {
    const Bench bench;
    REQUIRE(bench.build({"--zip"}).code == 0);
    const test::Run plan = bench.dossier({"ectd", "plan", "app"});
    CHECK(plan.code == 0);
    CHECK(plan.out.find("no --sequence was given: 0002 is next") != std::string::npos);
    CHECK(plan.out.find("note: before this can be built: app/0001.zip: sequence 0001 is here only as a ZIP, which is not read") !=
          std::string::npos);
    const test::Run archived = bench.build({"--sequence", "0003"});
    CHECK(archived.code == 3);
    CHECK(says(archived, "unpack it there, so that 0001 is a folder beside the others"));
    const test::Run exported = bench.dossier({"ectd", "plan", "app", "--export", "rows.csv"});
    CHECK(exported.code == 3);

    REQUIRE(bench.dossier({"ectd", "sent", "app", "0001", "--date", "2026-03-01"}).code == 0);
    REQUIRE(bench.shell("mv app/0001.zip elsewhere.zip").code == 0);
    const test::Run gone = bench.build({});
    CHECK(gone.code == 3);
    CHECK(says(gone, "sequence 0001 is marked as sent and is not in the folder: what the application contains is not known"));
    CHECK(says(gone, "put the complete sequence there, as folder 0001"));
    CHECK(bench.shell("ls app").out.find("0002") == std::string::npos);
}
