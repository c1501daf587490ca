// What a sequence holds besides the rows of its plan, shown before it is written: submission form, study tagging files, the places they
// lie at; and what is said of a study and does not get in.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "core/json.hpp"
#include "core/text.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/ectd/workbench.hpp"
#include "tests/support/pdf.hpp"

using namespace dossier;
using test::has;
using test::notes_of;
using test::says;

namespace {

constexpr const char* ind = R"(application: {region: us, type: ind, number: "123456"}
applicant: {id: "999999999", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application, form: {type: 1571, source: forms/f1571.pdf}}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment, form: {type: 1571, source: forms/f1571.pdf}}
studies:
  S1: {title: Study one, categories: {type-of-control: placebo}}
)";

constexpr const char* report = "section,title,source,study,file_tag,indication\n5.3.5.1,Report,a.pdf,S1,study-report-body,Pain\n";

struct Bench : test::CommandBench {
    explicit Bench(const std::string& yaml = ind) {
        scratch.write("app/application.yaml", yaml);
        scratch.write("app/forms/f1571.pdf", test::make_pdf());
    }
    test::Run run(const std::string& verb, const std::string& plan, std::vector<std::string> more = {}) const {
        scratch.write("app/plan.csv", plan);
        more.insert(more.begin(), {"ectd", verb, "app"});
        return test::dossier(more, scratch.path());
    }
    Json json(const std::string& plan) const {
        const auto parsed = parse_json(run("plan", plan, {"--json"}).out);
        REQUIRE(parsed);
        return *parsed;
    }
};

std::string replaced(std::string text, const std::string& words, const std::string& by) {
    const std::size_t at = text.find(words);
    REQUIRE(at != std::string::npos);
    return text.replace(at, words.size(), by);
}

constexpr const char* studies = R"(
application: {region: us, type: nda, number: "123456"}
applicant: {id: "999999999", name: M, contacts: [{type: regulatory, name: R, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
studies:
)";

} // namespace

// ---- shown before it is written ----
TEST_CASE("the plan shows the form and the study tagging files that the build writes, each once, under the IDs they get") {
    const Bench bench;
    const Json plan = bench.json(report);
    CHECK(plan.find("operations")->items().size() == 1); // the rows, as ever
    const auto& besides = plan.find("accompanying")->items();
    REQUIRE(besides.size() == 2);
    CHECK(besides[0].find("kind")->text() == "submission form");
    CHECK(besides[0].find("operation")->text() == "new");
    CHECK(besides[0].find("section")->text() == "1.1");
    CHECK(besides[0].find("title")->text() == "Form FDA 1571");
    CHECK(besides[0].find("source")->text() == "forms/f1571.pdf");
    CHECK(besides[1].find("kind")->text() == "study tagging file");
    CHECK(besides[1].find("operation")->text() == "new");
    CHECK(besides[1].find("section")->text() == "5.3.5.1");
    CHECK(besides[1].find("study")->text() == "S1");

    const test::Run text = bench.run("plan", report);
    CHECK(has(text.out, "Written besides them: 1 study tagging file, 1 submission form"));
    CHECK(has(text.out, "new     1.1          Form FDA 1571 (submission form)\n        " + besides[0].find("path")->text()));
    const test::Run sheet = bench.run("plan", report, {"--format", "csv"});
    CHECK(has(sheet.out, ",kind\r\n"));
    CHECK(has(sheet.out, ",document\r\n"));
    CHECK(has(sheet.out, ",submission form\r\n"));
    CHECK(has(sheet.out, ",study tagging file\r\n"));

    REQUIRE(bench.run("build", report).code == 0);
    for (const Json& leaf : besides) { // what was announced is what is written
        CHECK_FALSE(bench.scratch.read("app/0001/" + leaf.find("path")->text()).empty());
        const std::string backbone = leaf.find("kind")->text() == "submission form" ? "m1/us/us-regional.xml" : "index.xml";
        CHECK(has(bench.scratch.read("app/0001/" + backbone), "ID=\"" + leaf.find("id")->text() + "\""));
    }

    bench.scratch.write("app/a.pdf", test::make_pdf());
    const Json next = bench.json(report);
    const Json& append = next.find("accompanying")->items()[1];
    CHECK(append.find("operation")->text() == "append");
    CHECK(append.find("replaces")->find("sequence")->text() == "0001");
    CHECK(append.find("replaces")->find("id")->text() == besides[1].find("id")->text());
}

TEST_CASE("a form that is not there, not whole or empty, and a missing one, are found by the plan") {
    const Bench bench;
    const std::string rows = "section,title,source\n2.2,A,a.pdf\n";
    const auto with = [&](const std::string& form) {
        bench.scratch.write("app/application.yaml", replaced(ind, ", form: {type: 1571, source: forms/f1571.pdf}", form));
    };
    struct Case {
        std::string source, words;
    };
    bench.scratch.write("app/half.pdf", "%PDF-1.4\nhalf");
    bench.scratch.write("app/empty.pdf", "");
    for (const Case& one :
         {Case{"gone.pdf", "form: "}, Case{"half.pdf", "form: half.pdf: "}, Case{"empty.pdf", "form: empty.pdf is empty"}}) {
        with(", form: {type: 1571, source: " + one.source + "}");
        const test::Run plan = bench.run("plan", rows);
        INFO(one.source << plan.out << plan.err);
        CHECK(plan.code == 0);
        CHECK(has(plan.out, "note: before this can be built: app/application.yaml, line 4: " + one.words));
        CHECK(has(plan.out, one.source));
        const test::Run build = bench.run("build", rows);
        CHECK(build.code == 3);
        CHECK(says(build, one.source));
        CHECK(test::run({"ls", bench.scratch / "app"}).out.find("0001") == std::string::npos);
    }
    with("");
    CHECK(has(bench.run("plan", rows).out, "note: sequence 0001 has no submission form; name it in application.yaml: sequences: \"0001\": "
                                           "{form: {type: 1571, source: …}}"));
}

TEST_CASE("the submission form as a row of section 1.1 is not counted as there, and the row is told where it belongs") {
    const Bench bench(replaced(ind, ", form: {type: 1571, source: forms/f1571.pdf}", ""));
    const test::Run plan =
        bench.run("plan", "section,title,source,form_type\n1.1,Form 1571,forms/f1571.pdf,1571\n1.1,Form 3674,a.pdf,3674\n");
    INFO(plan.out);
    CHECK(plan.code == 0);
    CHECK(has(plan.out, "note: app/plan.csv, row 2, column form_type: form 1571 is the submission form, which belongs into the envelope"));
    CHECK_FALSE(has(plan.out, "row 3, column form_type"));
    CHECK(has(plan.out, "absent   1.1 "));
    CHECK(has(plan.out, "form FDA 1571, named in application.yaml (form of the sequence), not in the plan"));
    // the same row in a build
    const test::Run build = bench.run("build", "section,title,source,form_type\n1.1,Form 1571,forms/f1571.pdf,1571\n");
    CHECK(says(build, "row 2, column form_type: form 1571 is the submission form"));
}

// ---- places that the build writes to ----
TEST_CASE("a path where the build writes a file of its own is an error of its row") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    bench.write("a.xml", "<a/>");
    const std::string study = "m5/53-clin-stud-rep/535-rep-effic-safety-stud/pain/5351-stud-rep-contr/s1/";
    struct Case {
        std::string row, words;
    };
    for (const Case& one : {Case{"1.2,L,a.xml,m1/us/us-regional.xml,,,",
                                 "row 3, column path: m1/us/us-regional.xml is where the build writes the regional file"},
                            Case{"5.3.5.1,X,a.xml," + study + "stf-s1.xml,S1,synopsis,Pain",
                                 "stf-s1.xml is where the build writes the study tagging file of S1"},
                            Case{"1.2,L,a.xml,util/dtd/a.xml,,,", "row 3, column path: util/dtd/a.xml lies outside the modules m1 to m5"},
                            Case{"1.2,L,a.xml,index.xml,,,", "row 3, column path: index.xml is not a legal path"}}) {
        const auto plan = bench.plan(
            "section,title,source,path,study,file_tag,indication\n5.3.5.1,R,a.pdf,,S1,study-report-body,Pain\n" + one.row + "\n", 1);
        INFO(one.row);
        REQUIRE_FALSE(plan);
        CHECK(has(to_text(plan.error()), one.words));
    }
}

// ---- studies ----
TEST_CASE(
    "a title and categories that changed after a study was sent: the title stays, the categories go with the next file, both are said") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    bench.write("b.pdf", "b");
    bench.set_application(std::string(studies) + "  S1: {title: One, categories: {type-of-control: placebo}}\n");
    const std::string first = "section,title,source,study,file_tag,indication\n5.3.5.1,R,a.pdf,S1,study-report-body,Pain\n";
    const std::string second = first + "5.3.5.1,S,b.pdf,S1,synopsis,Pain\n";
    REQUIRE(bench.build(first, 1));
    bench.set_application(std::string(studies) + "  S1: {title: Two, categories: {type-of-control: external}}\n");
    const auto waits = bench.plan(first, 2);
    REQUIRE(waits);
    CHECK(has(notes_of(*waits), "study S1: the title \"Two\" is not sent; it stays \"One\", as in 0001"));
    CHECK(has(notes_of(*waits),
              "study S1: the categories (type-of-control: external) are others than those sent in 0001 (type-of-control: placebo); "
              "nothing of the study is sent now"));
    const auto goes = bench.plan(second, 2);
    REQUIRE(goes);
    CHECK(has(notes_of(*goes), "the study tagging file of this sequence carries them"));
    REQUIRE(bench.build(second, 2));
    const auto history = bench.history();
    REQUIRE(history.sequences[1].stfs.size() == 1);
    const ectd::Stf& sent = history.sequences[1].stfs[0];
    CHECK(sent.title == "One");
    CHECK(sent.category_values() == std::vector<std::pair<std::string, std::string>>{{"type-of-control", "external"}});
    // once sent, nothing is left to say of the categories
    bench.set_application(replaced(std::string(studies) + "  S1: {title: One, categories: {type-of-control: external}}\n", "\"0002\"",
                                   "\"0003\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}\n  "
                                   "\"0002\""));
    const auto after = bench.plan(second, 3);
    REQUIRE(after);
    CHECK_FALSE(has(notes_of(*after), "study S1"));
}

TEST_CASE("a category or value that ICH does not have is pointed out with those that it has") {
    test::Workbench bench;
    bench.write("a.pdf", "a");
    bench.set_application(std::string(studies) + "  S1: {title: One, categories: {type-of-control: Placebo, control: placebo}}\n");
    const auto plan = bench.plan("section,title,source,study,file_tag,indication\n5.3.5.1,R,a.pdf,S1,study-report-body,Pain\n", 1);
    REQUIRE(plan);
    CHECK(has(notes_of(*plan), "study S1: Placebo is no type-of-control of ICH valid-values 6.0. Mend: one of placebo, no-treatment"));
    CHECK(has(notes_of(*plan),
              "study S1: control is no category of ICH valid-values 6.0. Mend: one of species, route-of-admin, duration, type-of-control"));
}

TEST_CASE("Canada gets no study tagging file, also where rows name study and file tag, and what is dropped is said") {
    const Bench bench(test::canada_yaml);
    const std::string rows =
        "section,title,source,study,file_tag,indication\n1.0.1,Letter,sub/a.pdf,,,\n5.3.5.1,Report,a.pdf,S1,study-report-body,Pain\n";
    const test::Run plan = bench.run("plan", rows);
    INFO(plan.out << plan.err);
    CHECK(has(plan.out,
              "study, file_tag and site of rows 3 do not get into the sequence: no study tagging files are written for this region"));
    std::map<std::string, int> notes;
    for (const std::string& line : split(plan.out, '\n'))
        if (starts_with(line, "note: ")) ++notes[line];
    for (const auto& [note, count] : notes) {
        INFO(note);
        CHECK(count == 1);
    }
    CHECK_FALSE(has(plan.out, "Written besides them"));
    const test::Run built = bench.run("build", rows);
    INFO(built.err);
    REQUIRE(built.code == 0);
    CHECK(has(built.out, "0 study tagging files"));
    CHECK(test::run({"sh", "-c", "find app/0000 -name '*stf*'"}, bench.scratch.path()).out.empty());
    CHECK_FALSE(has(bench.scratch.read("app/0000/index.xml"), "stf-"));
    // the next plan of the same rows finds its documents again
    CHECK(has(bench.run("plan", rows).out, "Sequence 0001: 1 new, 0 replace, 0 append, 0 delete; 1 leaves unchanged"));
    // by their title too: a study that nothing tells does not make another document of it
    bench.scratch.write("app/renamed.pdf", test::make_pdf() + "% other bytes\n");
    const std::string newer = "section,title,source,study,file_tag,indication\n5.3.5.1,Report,renamed.pdf,S1,study-report-body,Pain\n";
    CHECK(has(bench.run("plan", newer, {"--delta"}).out, "Sequence 0001: 0 new, 1 replace, 0 append, 0 delete; 0 leaves unchanged"));
}

TEST_CASE("an e-mail address that is none is pointed out with its contact") {
    const Bench bench(replaced(ind, "[r@example.org]", "[r@example.org, not an email, a@b, r@example.org]"));
    const test::Run plan = bench.run("plan", "section,title,source\n2.2,A,a.pdf\n");
    CHECK(has(plan.out, "contact R. Person: \"not an email\" does not look like an e-mail address"));
    CHECK(has(plan.out, "contact R. Person: \"a@b\" does not look like"));
    CHECK_FALSE(has(plan.out, "\"r@example.org\" does not"));
}

TEST_CASE("a form that was sent with an earlier sequence is pointed out, and sent all the same") {
    const Bench bench;
    const std::string rows = "section,title,source\n2.2,A,a.pdf\n";
    REQUIRE(bench.run("build", rows).code == 0);
    const test::Run again = bench.run("plan", rows);
    CHECK(has(again.out, "application.yaml, line 5: form: forms/f1571.pdf has the same bytes as 0001/m1/us/1-1-forms/f1571.pdf"));
    CHECK(has(again.out, "Mend: name the form of sequence 0002"));
    test::PdfSample another;
    another.title = "Form of 0002";
    bench.scratch.write("app/forms/f1571.pdf", test::make_pdf(another));
    CHECK_FALSE(has(bench.run("plan", rows).out, "has the same bytes"));
}
