// Clinical trial applications in the EU as people make them: what the commands say when something is wrong, and that nothing changed.
#include <catch2/catch.hpp>

#include "tests/ectd/ctis_bench.hpp"

using Bench = test::CtisBench;

namespace {

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

constexpr const char* untouched = "a.pdf\napplication.yaml\nb.pdf\nc.pdf\nplan.csv\n";
constexpr const char* letter = "B1,Cover letter,,,en,,1.0,2026-01-20,a.pdf,,,\n";

} // namespace

TEST_CASE("ectd new starts an EU application: the question of each condition, the rows of each member state") {
    const test::Scratch scratch;
    const auto run = test::dossier(
        {"ectd", "new", "app", "--region", "eu", "--type", "cta", "--number", "2026-512345-12-00", "--country", "DE", "--country", "BEL"},
        scratch.path());
    INFO(run.err);
    REQUIRE(run.code == 0);
    const std::string yaml = scratch.read("app/application.yaml"), plan = scratch.read("app/plan.csv");
    CHECK(has(yaml, "application: {region: eu, type: cta, number: \"2026-512345-12-00\"}"));
    CHECK(has(yaml, "paediatric:  # Are there minors"));
    CHECK(has(yaml, "{country: DEU, languages: [de], sites: []}"));
    CHECK(has(yaml, "{country: BEL, sites: []}")); // three languages: which ones is for the specialist to say
    CHECK(has(plan, "L1,Subject information and informed consent form,DEU,,de,for-publication"));
    CHECK(has(plan, "L1,Subject information and informed consent form,BEL,,,for-publication"));
    CHECK(has(plan, "F1,Manufacturing or import authorisation,,,en,not-for-publication,,,,,,,,\"only if: "));
    CHECK_FALSE(has(plan, "SM-D")); // documents of a modification come later
    // and the plan of it says what is missing, and what keeps it from being built
    const auto planned = test::dossier({"ectd", "plan", "app"}, scratch.path());
    CHECK(planned.code == 0);
    CHECK(has(planned.out, "before this can be built: app/application.yaml, line 6: trial: title is missing"));
    CHECK(has(planned.out, "missing        D2 Protocol synopsis, BEL, nl or fr or de"));
    CHECK(has(planned.out, "question open  D3 Charter"));
    CHECK(has(planned.out, "Not certain"));
}

TEST_CASE("a dossier is not packed for a gateway: the refusal names the command that makes one file of it") {
    const Bench bench;
    REQUIRE(bench.build("D1,Protocol,,,en,,2.0,,a.pdf,,2.0,\n").code == 0);
    for (const char* const path : {"cta/0001", "cta"}) {
        const auto run = test::dossier({"ectd", "package", path, "--to", "out.tar.gz"}, bench.scratch.path());
        CHECK(run.code == 3);
        CHECK(has(run.err, "it is a dossier for the EU's portal: its files are uploaded one by one"));
        CHECK(has(run.err, "Mend: to hand it over in one file, build it as one: dossier ectd build APP --sequence 0001 --zip"));
        CHECK(test::run({"test", "-e", bench.scratch / "out.tar.gz"}).code == 1);
    }
}

TEST_CASE("numbers and member states that are none are refused by ectd new") {
    const test::Scratch scratch;
    const auto refused = [&](const std::vector<std::string>& options, const char* words) {
        std::vector<std::string> all{"ectd", "new", "app", "--region", "eu", "--type", "cta"};
        all.insert(all.end(), options.begin(), options.end());
        const auto run = test::dossier(all, scratch.path());
        INFO(run.err);
        CHECK(run.code == 2);
        CHECK(has(run.err, words));
        CHECK(test::run({"ls", "-A"}, scratch.path()).out.empty());
    };
    refused({"--number", "2026-012345-12-00"}, "--number 2026-012345-12-00 is not an EU CT number. Mend: write it like 2026-512345-12-00");
    refused({"--number", "2026-512345-12"}, "is not an EU CT number");
    refused({"--number", "2026-512345-12-00", "--country", "USA"}, "--country USA is no member state of the EU or EEA");
}

TEST_CASE("bad rows: exit code 3, one clear message each, nothing written") {
    const Bench bench;
    struct Case {
        const char* rows;
        const char* words;
    };
    const Case cases[] = {
        {"X1,A,,,en,,1.0,,a.pdf,,,\n", "row 2, column section: there is no section X1. Mend: "},
        {"D,A,,,en,,1.0,,a.pdf,,,\n", "section D has several documents. Mend: write which one: D1 Protocol, D2 Protocol synopsis"},
        {"C1,A,,,en,,1.0,,a.pdf,,,\n", "column source: C1 EU application form has no file: entered in the portal, nothing is uploaded"},
        {"L1,A,,,de,,1.0,,a.pdf,,,\n", "column country: L1 is a document of a member state, and the row names none"},
        {"L1,A,FR,,fr,,1.0,,a.pdf,,,\n", "column country: FR is no member state of this trial. Mend: those of application.yaml are DEU"},
        {"B1,A,DE,,en,,1.0,,a.pdf,,,\n", "column country: B1 is one document for the whole trial"},
        {"M1,A,DE,999,de,,1.0,,a.pdf,,,\n", "column site: site 999 is not among those of DEU. Mend: application.yaml has 301"},
        {"K1,A,DE,301,de,,1.0,,a.pdf,,,\n", "column site: K1 is no document of a site"},
        {"B1,A,,,,,1.0,,a.pdf,,,\n", "column language: the row does not say in which language the document is"},
        {"B1,A,,,english,,1.0,,a.pdf,,,\n", "column language: english is no language code"},
        {"D1,A,,,en,secret,1.0,,a.pdf,,,\n",
         "column publication: secret is no word for publication. Mend: for-publication or not-for-publication"},
        {"B1,A,,,en,for-publication,1.0,,a.pdf,,,\n", "column publication: B1 Cover letter is not published by the authority"},
        {"B1,A,,,en,,1.0,soon,a.pdf,,,\n", "column date: soon is not a date"},
        {"B1,A,,,en,,1.0,,d.pdf,,,\n", "column source: there is no file cta/d.pdf"},
        {"B1,A,,,en,,1.0,,a.pdf,,,../a.pdf\n", "column path: ../a.pdf is not a legal path in a dossier"},
        {"B1,A,,,en,,1.0,,a.pdf,,,part-1/a b.pdf\n", "column path: part-1/a b.pdf is not a legal path in a dossier"},
        {"B1,A,,,en,,1.0,,a.pdf,,,\nB1,A,,,en,,1.0,,b.pdf,,,\n", "row 3, column title: row 2 is the same document: B1 A, en"},
        {"B1,A b,,,en,,1.0,,a.pdf,,,\nB1,A-b,,,en,,1.0,,b.pdf,,,\n", "row 3, column title: the file would be called as that of row 2"},
        {"sektion,A\n", "section"},
    };
    for (const Case& item : cases) {
        const auto run = bench.build(item.rows);
        INFO(item.rows << run.err);
        CHECK(run.code == 3);
        CHECK(has(run.err, item.words));
        CHECK(run.out.empty());
        CHECK(bench.listing() == untouched);
    }
}

TEST_CASE("a row without source and without reason keeps a dossier from being built, not from being planned") {
    const Bench bench;
    const std::string rows = std::string(letter) + "E1,Brochure,,,,,,,,,,\n";
    CHECK(has(bench.plan(rows).out, "Waiting for a document (1 rows without source and reason)\n  row 3   E1   Brochure"));
    const auto run = bench.build(rows);
    CHECK(run.code == 3);
    CHECK(has(run.err, "rows of the plan without source and without reason: 1; nothing was changed"));
    CHECK(bench.listing() == untouched);
}

TEST_CASE("application.yaml: every error of its head at once, each with its line and what to write") {
    const Bench bench;
    struct Case {
        const char *text, *with, *words;
    };
    const Case cases[] = {
        {"title: A made-up trial", "title: ", "line 3: trial: title is missing"},
        {"version: \"2.0\"", "version: ", "protocol: version is missing"},
        {"country: DE,", "country: US,", "US is no member state of the EU or EEA"},
        {"paediatric: no", "pediatric: no", "there is no question pediatric. Mend: is paediatric meant?"},
        {"dsmb: no", "dsmb: perhaps", "dsmb: perhaps is no answer. Mend: write yes or no"},
        {"submission_type: initial", "submission_type: intial",
         "submission_type: intial is no kind of submission. Mend: is initial meant?"},
        {"submission_type: initial", "submission_type: substantial-modification", "needs a dossier before it, and there is none"},
        {"trial:\n", "trail:\n", "trial"},
        {"name: Made-up Sponsor", "name: ", "applicant: name is missing"},
        {"  conditions:", "  deferrals: [{document: B1, reason: x}]\n  conditions:",
         "deferral: B1 Cover letter is not published, so there is nothing to defer"},
    };
    for (const Case& item : cases) {
        bench.replace_in_yaml(item.text, item.with);
        const auto run = bench.build(letter);
        INFO(item.with << run.err);
        CHECK(run.code == 3);
        CHECK(has(run.err, item.words));
        CHECK(bench.listing() == untouched);
    }
}

TEST_CASE("a dossier for sequences' rules, and a sequence for dossiers' rules, are refused") {
    const Bench bench;
    REQUIRE(bench.build(letter).code == 0);
    const auto run = test::dossier({"ectd", "validate", "cta/0001", "--rules", "fda-3.2.2"}, bench.scratch.path());
    CHECK(run.code == 2);
    CHECK(has(run.err, "the rule set fda-3.2.2 is for eCTD sequences, and this is a dossier for the EU clinical trials portal"));
}

TEST_CASE("what needs leaves says that a dossier has none") {
    const Bench bench;
    REQUIRE(bench.build(letter).code == 0);
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"ectd", "blame", "cta", "B1"}, {"ectd", "diff", "cta", "cta"}}) {
        const auto run = test::dossier(command, bench.scratch.path());
        INFO(run.err);
        CHECK(run.code == 3);
        CHECK(has(run.err, "it holds dossiers for the EU clinical trials portal, which have no leaves"));
    }
}
