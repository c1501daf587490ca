// The commands as people use them: what they say when something is wrong, the exit code, and that nothing changed.
#include <catch2/catch.hpp>

#include "tests/ectd/command_bench.hpp"
#include "tests/support/skip.hpp"

using Bench = test::CommandBench;
using test::says;
constexpr const char* yaml = test::application_yaml;

TEST_CASE("bad plans: exit code 3, one clear message, nothing written") {
    const Bench bench;
    struct Case {
        const char* plan;
        const char* words;
    };
    const Case cases[] = {
        {"section,title,source\n3.2.S.9,A,a.pdf\n",
         "app/plan.csv, row 2, column section: there is no section 3.2.S.9. Mend: below 3.2.S there are 3.2.S.1, 3.2.S.2"},
        {"section,title,source\n2.2,A,b.pdf\n", "app/plan.csv, row 2, column source: there is no file app/b.pdf. Mend: is a.pdf meant?"},
        {"section,title,source\n2.2,A,a.pdf\n2.2,B,sub/a.pdf\n",
         "row 3, column path: m2/22-intro/a.pdf is already the path of row 2, with another source (a.pdf)"},
        {"section,titel,source\n2.2,A,a.pdf\n", "title"},
    };
    for (const Case& item : cases) {
        const test::Run run = bench.build(item.plan);
        INFO(item.plan << run.err);
        CHECK(run.code == 3);
        CHECK(says(run, item.words));
        CHECK(run.out.empty());
        CHECK(bench.nothing_written());
    }
}

TEST_CASE("a plan with semicolons in Windows-1252 is read, and what was assumed is said") {
    const Bench bench;
    const test::Run run = bench.build("section;title;source\n2.2;Einf\xFChrung;a.pdf\n");
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(says(run, "Windows-1252"));
    CHECK(bench.scratch.read("app/0001/index.xml").find("<title>Einf\xC3\xBChrung</title>") != std::string::npos);
}

TEST_CASE("a misspelt key in application.yaml names the line and the nearest key") {
    const Bench bench;
    std::string text = yaml;
    text.replace(text.find("submission_type"), 15, "submision_type");
    bench.scratch.write("app/application.yaml", text);
    const test::Run run = bench.build("section,title,source\n2.2,A,a.pdf\n");
    INFO(run.err);
    CHECK(run.code == 3);
    CHECK(says(run, "submission_type"));
    CHECK(says(run, "line 3"));
}

TEST_CASE("an application number that is not six digits, a wrong code, a later submission id: all at once") {
    const Bench bench;
    std::string text = yaml;
    text.replace(text.find("123456"), 6, "12345");
    text.replace(text.find("original-application"), 20, "original-aplication");
    bench.scratch.write("app/application.yaml", text);
    const test::Run run = bench.build("section,title,source\n2.2,A,a.pdf\n");
    INFO(run.err);
    CHECK(run.code == 3);
    CHECK(says(run, "12345 is not six digits"));
    CHECK(says(run, "is original-application meant?"));
}

TEST_CASE("an earlier sequence whose index.xml pulls in another file stops the plan, and the file is not read") {
    const Bench bench;
    bench.scratch.write("secret.txt", "canary-51f");
    bench.scratch.write("app/0001/m1/us/us-regional.xml", "<r/>");
    bench.scratch.write("app/0001/index.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + bench.scratch / "secret.txt" + "\">]><x>&e;</x>");
    const test::Run run = test::dossier({"ectd", "plan", "app", "--plan", "app/plan.csv", "--sequence", "0002"}, bench.scratch.path());
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    const test::Run again = test::dossier({"ectd", "plan", "app", "--sequence", "0002"}, bench.scratch.path());
    INFO(again.err);
    CHECK(run.code == 3);
    CHECK(again.code == 3);
    CHECK(says(again, "DOCTYPE declares entities"));
    CHECK(again.err.find("canary") == std::string::npos);
}

TEST_CASE("without the official files a sequence is built and says that it cannot be sent") {
    const Bench bench;
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    const test::Run run =
        test::dossier({"ectd", "build", "app", "--json"}, bench.scratch.path(), {"DOSSIER_STANDARDS=" + bench.scratch / "none"});
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(run.out.find("dossier:util-missing") != std::string::npos);
    CHECK(run.out.find("dossier standards add") != std::string::npos);
}

TEST_CASE("official files are taken by checksum from a folder, listed, and put into util") {
    const std::string standards = test::standards_or_skip();
    const Bench bench;
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    const std::vector<std::string> home{"XDG_DATA_HOME=" + bench.scratch / "data", "DOSSIER_STANDARDS="};
    REQUIRE(test::dossier({"standards", "add", standards + "/ich"}, bench.scratch.path(), home).code == 0);
    CHECK(test::dossier({"standards", "list"}, bench.scratch.path(), home).out.find("here     ich-ectd-3-2.dtd") != std::string::npos);
    REQUIRE(test::dossier({"ectd", "build", "app"}, bench.scratch.path(), home).code == 0);
    // published by ICH
    CHECK(test::run({"md5sum", "app/0001/util/dtd/ich-ectd-3-2.dtd"}, bench.scratch.path()).out.substr(0, 32) ==
          "1d6f631cc6b6357f0f4fe378e5f79a27");
    const test::Run none = test::dossier({"standards", "add", "app/sub"}, bench.scratch.path(), home);
    CHECK(none.code == 3);
    CHECK(says(none, "published checksum"));
}

TEST_CASE("a new application can be planned at once and says what is missing, nothing is overwritten") {
    for (const char* type : {"ind", "nda"}) {
        const test::Scratch scratch;
        const std::vector<std::string> make{"ectd", "new", "app", "--region", "us", "--type", type, "--number", "012345"};
        REQUIRE(test::dossier(make, scratch.path()).code == 0);
        const test::Run plan = test::dossier({"ectd", "plan", "app"}, scratch.path());
        INFO(plan.err << plan.out);
        CHECK(plan.code == 0);
        CHECK(plan.out.find("name: the applicant has no name") != std::string::npos);
        CHECK(plan.out.find("1.2          Cover letter") != std::string::npos); // a row of both check lists
        // 1.9 takes no documents itself
        CHECK(scratch.read("app/plan.csv").find("write the section that fits: 1.9.1, 1.9.2, 1.9.3, 1.9.4, 1.9.6 …") != std::string::npos);
        const test::Run build = test::dossier({"ectd", "build", "app"}, scratch.path());
        CHECK(build.code == 3);
        const std::string before = scratch.read("app/application.yaml");
        const test::Run again = test::dossier(make, scratch.path());
        CHECK(again.code == 3);
        CHECK(says(again, "it is there already"));
        CHECK(scratch.read("app/application.yaml") == before);
    }
    const test::Scratch scratch;
    CHECK(test::dossier({"ectd", "new", "app", "--region", "us", "--type", "ind", "--number", "12345"}, scratch.path()).code == 2);
    CHECK(test::dossier({"ectd", "new", "app", "--region", "ca", "--type", "ind", "--number", "123456"}, scratch.path()).code == 3);
}

TEST_CASE("a row that waits for its document keeps the leaf it stands for, and cannot be built") {
    const Bench bench;
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n").code == 0);
    bench.scratch.write("app/application.yaml",
                        "application: {region: us, type: ind, number: \"123456\"}\n"
                        "applicant: {id: \"999999999\", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "
                        "\"1\"}], emails: [r@example.org]}]}\n"
                        "sequences: {\"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}}\n");
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,A,\n");
    const test::Run plan = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    INFO(plan.err << plan.out);
    CHECK(plan.out.find("0 new, 0 replace, 0 append, 0 delete") != std::string::npos);
    CHECK(plan.out.find("row 2    2.2          A") != std::string::npos);
    const test::Run build = test::dossier({"ectd", "build", "app"}, bench.scratch.path());
    CHECK(build.code == 3);
    CHECK(says(build, "rows of the plan without a source: 1"));
}

TEST_CASE("a plan may be an XLSX: the exported one is read back and changes nothing") {
    const Bench bench;
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n2.4,B,sub/a.pdf\n").code == 0);
    REQUIRE(test::dossier({"ectd", "plan", "app", "--export", "app/again.xlsx"}, bench.scratch.path()).code == 0);
    const test::Run plan = test::dossier({"ectd", "plan", "app", "--plan", "app/again.xlsx"}, bench.scratch.path());
    INFO(plan.err << plan.out);
    CHECK(plan.code == 0);
    CHECK(plan.out.find("Sequence 0002: 0 new, 0 replace, 0 append, 0 delete; 2 leaves unchanged") != std::string::npos);
}

TEST_CASE("a PDF that was cut off, or is none, is refused with its row") {
    const Bench bench;
    bench.scratch.write("app/a.pdf", "%PDF-1.7\n1 0 obj <</Type /Catalog");
    const test::Run cut = bench.build("section,title,source\n2.2,A,a.pdf\n");
    INFO(cut.err);
    CHECK(cut.code == 3);
    CHECK(says(cut, "app/plan.csv, row 2, column source: a.pdf: the PDF was cut off at byte 33: its end is missing"));
    CHECK(bench.nothing_written());
    bench.scratch.write("app/a.pdf", "PK\x03\x04 a Word document in truth");
    const test::Run other = bench.build("section,title,source\n2.2,A,a.pdf\n");
    CHECK(other.code == 3);
    CHECK(says(other, "it is named .pdf and is no PDF"));
}

namespace {

const char* const three_sequences = R"(application: {region: us, type: ind, number: "123456"}
applicant: {id: "999999999", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
  "0003": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
)";

} // namespace

TEST_CASE("the submission form and a document of the plan never share one file by accident") {
    const Bench bench;
    bench.scratch.write("app/forms/a.pdf", "%PDF-1.4\nform\nstartxref\n0\n%%EOF\n");
    std::string text = three_sequences;
    text.replace(text.find("sub_type: application"), 21, "sub_type: application, form: {type: 1571, source: a.pdf}");
    bench.scratch.write("app/application.yaml", text);
    const test::Run run = bench.build("section,title,source,form_type\n1.1,Certification,forms/a.pdf,3674\n");
    INFO(run.err);
    CHECK(run.code == 3);
    CHECK(says(run, "form: a.pdf would lie where the document of row 2 does"));
    CHECK(test::run({"sh", "-c", "ls -A app"}, bench.scratch.path()).out == "a.pdf\napplication.yaml\nforms\nplan.csv\nsub\n");
}

TEST_CASE("two builds at once: one is done, the other is told to wait") {
    const Bench bench;
    std::string plan = "section,title,source,path\n";
    for (int i = 0; i < 400; ++i) plan += "2.2,T" + std::to_string(i) + ",a.pdf,m2/22-intro/f" + std::to_string(i) + ".pdf\n";
    bench.scratch.write("app/plan.csv", plan);
    const std::string both = test::program() + " ectd build app --sequence 0001 >one 2>&1 & " + test::program() +
                             " ectd build app --sequence 0001 >two 2>&1; wait";
    REQUIRE(test::run({"sh", "-c", both}, bench.scratch.path()).code == 0);
    const std::string out = bench.scratch.read("one") + bench.scratch.read("two");
    INFO(out);
    CHECK(out.find("written to") != std::string::npos);
    CHECK(out.find("written to") == out.rfind("written to"));
    CHECK(test::run({"sh", "-c", "ls app/0001/m2/22-intro | wc -l"}, bench.scratch.path()).out == "400\n");
}

TEST_CASE("a draft below later ones is rebuilt only when they still stand on it") {
    const Bench bench;
    bench.scratch.write("app/application.yaml", three_sequences);
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n").code == 0);
    REQUIRE(bench.build("section,title,source\n2.2,A better,a.pdf\n").code == 0); // 0002 replaces the leaf of 0001
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    CHECK(test::dossier({"ectd", "build", "app", "--sequence", "0001", "--rebuild"}, bench.scratch.path()).code == 0); // the same again
    bench.scratch.write("app/plan.csv", "section,title,source\n2.4,Other,a.pdf\n");
    const test::Run run = test::dossier({"ectd", "build", "app", "--sequence", "0001", "--rebuild"}, bench.scratch.path());
    INFO(run.err);
    CHECK(run.code == 3);
    CHECK(says(run, "which this build would no longer hold"));
}

TEST_CASE("a sequence is not written into another one, devices and pipes are no documents, and another region's folder is refused") {
    const Bench bench;
    bench.scratch.write("app/application.yaml", three_sequences);
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n").code == 0);
    const test::Run inside = test::dossier({"ectd", "build", "app", "--to", "app/0001"}, bench.scratch.path());
    CHECK(inside.code == 3);
    CHECK(says(inside, "lies in, a sequence"));
    CHECK(bench.build("section,title,source,path\n2.2,A,/dev/zero,m2/22-intro/z.pdf\n").code == 3);
    REQUIRE(test::run({"mkfifo", bench.scratch / "app/pipe.pdf"}).code == 0);
    CHECK(bench.build("section,title,source\n2.2,A,pipe.pdf\n").code == 3);
    bench.scratch.write("app/0000/index.xml", "<x/>");
    bench.scratch.write("app/0000/m1/eu/eu-regional.xml", "<x/>");
    REQUIRE(test::run({"rm", "-r", bench.scratch / "app/0001"}).code == 0);
    const test::Run region = bench.build("section,title,source\n2.2,A,a.pdf\n");
    CHECK(region.code == 3);
    CHECK(says(region, "the sequences in the folder are for eu"));
}

TEST_CASE("a rebuild that was interrupted between two names is put right before anything is read") {
    const Bench bench;
    bench.scratch.write("app/application.yaml", three_sequences);
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n").code == 0);
    REQUIRE(bench.build("section,title,source\n2.2,A better,a.pdf\n").code == 0);
    REQUIRE(test::run({"mv", bench.scratch / "app/0002", bench.scratch / "app/.0002.old"}).code == 0);
    const test::Run plan = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    CHECK(plan.code == 3);
    CHECK(says(plan, "a rebuild of sequence 0002 was interrupted"));
    const test::Run build = test::dossier({"ectd", "build", "app", "--rebuild"}, bench.scratch.path());
    INFO(build.err);
    CHECK(build.code == 0);
    CHECK(says(build, "0002, the highest there is"));
    CHECK(test::run({"ls", "-A", bench.scratch / "app"}).out == "0001\n0002\na.pdf\napplication.yaml\ndrafts.csv\nplan.csv\nsub\n");
}

TEST_CASE("a file of an earlier sequence that was altered and given its old time again is not taken for the one that was sent") {
    const Bench bench;
    bench.scratch.write("app/application.yaml", three_sequences);
    REQUIRE(bench.build("section,title,source\n2.2,A,a.pdf\n").code == 0);
    const std::string plan = "section,title,source\n2.2,A,0001/m2/22-intro/a.pdf\n";
    bench.scratch.write("app/plan.csv", plan);
    const test::Run same = test::dossier({"ectd", "plan", "app", "--sequence", "0002"}, bench.scratch.path());
    INFO(same.err);
    REQUIRE(same.code == 0);
    // as cp -p, rsync -t or an unpacked archive leave it: other bytes of the same length, the old time of writing
    const std::string alter = "f=app/0001/m2/22-intro/a.pdf; touch -r $f stamp; sed -i 's/^a$/b/' $f; touch -r stamp $f";
    REQUIRE(test::run({"sh", "-c", alter}, bench.scratch.path()).code == 0);
    const test::Run altered = test::dossier({"ectd", "plan", "app", "--sequence", "0002"}, bench.scratch.path());
    INFO(altered.out);
    CHECK(altered.code == 3);
    CHECK(says(altered, "0001/m2/22-intro/a.pdf is not any more the file that 0001/"));
}
