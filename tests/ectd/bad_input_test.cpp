// What people get wrong most, and the exact words they get for it. Each message names the place, what is wrong there and how to mend it;
// nothing is written.
#include <catch2/catch.hpp>

#include "tests/ectd/command_bench.hpp"

using test::CommandBench;

namespace {

// What the build says on stderr.
std::string refused(const CommandBench& bench, const std::string& plan) {
    const test::Run run = bench.build(plan);
    CHECK(run.code == 3);
    return run.err;
}

std::string in_row_2(const std::string& column, const std::string& rest) {
    return "dossier: app/plan.csv, row 2, column " + column + ": " + rest + "\n";
}

void set_yaml(const CommandBench& bench, const std::string& from, const std::string& to) {
    std::string yaml = test::application_yaml;
    yaml.replace(yaml.find(from), from.size(), to);
    bench.scratch.write("app/application.yaml", yaml);
}

} // namespace

TEST_CASE("a plan that is not there: where one is, or how to name it") {
    const CommandBench bench;
    bench.scratch.write("app/mine.csv", "section,title,source\n2.2,X,a.pdf\n");
    const auto plan = [&](const std::string& name) { return test::dossier({"ectd", "plan", "app", "--plan", name}, bench.scratch.path()); };
    CHECK(plan("mine.csv").err == "dossier: mine.csv: there is no such plan. Mend: is app/mine.csv meant?\n");
    CHECK(plan("other.csv").err == "dossier: other.csv: there is no such plan. Mend: name a CSV or XLSX file, seen from where you are\n");
    CHECK(plan("app/mine.csv").code == 0);
}

TEST_CASE("an unknown section, a wrong attribute, a study that is not there: the row, and what to write") {
    const CommandBench bench;
    CHECK(refused(bench, "section,title,source\n9.9,X,a.pdf\n") ==
          in_row_2("section", "there is no section 9.9. Mend: write a section number such as 1.2, 2.7.3 or 3.2.S.4.1"));
    CHECK(refused(bench, "section,title,source\n2.9,X,a.pdf\n") ==
          in_row_2("section", "there is no section 2.9. Mend: below 2 there are 2.2, 2.3, 2.4, 2.5, 2.6, 2.7"));
    CHECK(refused(bench, "section,title,source,substance\n2.2,X,a.pdf,Alpha\n") ==
          in_row_2("substance", "section 2.2 takes no substance. Mend: empty the cell"));
    CHECK(refused(bench, "section,title,source,study,file_tag,indication\n5.3.5.1,X,a.pdf,S9,synopsis,Pain\n") ==
          in_row_2("study", "study S9 is not in application.yaml. Mend: add it under studies: S9: {title: …}"));
    CHECK(bench.nothing_written());
}

TEST_CASE("names with upper case and spaces, and paths that are too long: a legal one is proposed") {
    const CommandBench bench;
    CHECK(refused(bench, "section,title,source,path\n2.2,X,a.pdf,m2/22-intro/My File 1.PDF\n") ==
          in_row_2("path", "m2/22-intro/My File 1.PDF is not a legal path (a-z, 0-9 and hyphen, names of at most 64 characters). "
                           "Mend: write m2/22-intro/my-file-1.pdf"));
    const std::string folder = "/" + std::string(60, 'x');                        // legal, but four of them are not
    const std::string path = "m2" + folder + folder + folder + folder + "/a.pdf"; // 2 + 4 * 61 + 6 = 252
    CHECK(refused(bench, "section,title,source,path\n2.2,X,a.pdf," + path + "\n") ==
          in_row_2("path", "the path has 252 characters, ICH allows 230: " + path + ". Mend: write a shorter one in path"));
    CHECK(bench.nothing_written());
    // the source's own name may be anything: it is made legal
    bench.scratch.write("app/My Introduction (final).PDF", "%PDF-1.4\na\nstartxref\n0\n%%EOF\n");
    REQUIRE(bench.build("section,title,source\n2.2,X,My Introduction (final).PDF\n").code == 0);
    CHECK(test::run({"test", "-f", bench.scratch / "app/0001/m2/22-intro/my-introduction-final.pdf"}).code == 0);
}

TEST_CASE("sources that cannot be read: missing, a folder, a link to nowhere") {
    const CommandBench bench;
    CHECK(refused(bench, "section,title,source\n2.2,X,b.pdf\n") == in_row_2("source", "there is no file app/b.pdf. Mend: is a.pdf meant?"));
    CHECK(refused(bench, "section,title,source\n2.2,X,sub\n") ==
          in_row_2("source", "sub is a folder, a file is wanted. Mend: give each file in it a row"));
    REQUIRE(test::run({"ln", "-s", "nowhere", bench.scratch / "app/link.pdf"}).code == 0);
    CHECK(refused(bench, "section,title,source\n2.2,X,link.pdf\n") ==
          in_row_2("source", "link.pdf is a link, and what it points to cannot be opened. Mend: put the file itself there"));
    REQUIRE(test::run({"rm", bench.scratch / "app/link.pdf"}).code == 0);
    CHECK(bench.nothing_written());
}

TEST_CASE("an application number without six digits, and a sequence that stands in application.yaml twice") {
    const CommandBench bench;
    set_yaml(bench, "123456", "12345");
    CHECK(refused(bench, "section,title,source\n2.2,X,a.pdf\n") ==
          "dossier: app/application.yaml, line 1: number: 12345 is not six digits. Mend: write all six in quotes, leading zeros included: "
          "\"012345\"\n");
    set_yaml(bench, "sequences: {", "sequences: {\"0001\": {}, ");
    const std::string twice = refused(bench, "section,title,source\n2.2,X,a.pdf\n");
    INFO(twice);
    CHECK(twice.find("app/application.yaml, line 3") != std::string::npos);
    CHECK(twice.find("the key 0001 is there twice. Mend: keep one of the two") != std::string::npos);
    CHECK(bench.nothing_written());
}

TEST_CASE("a sequence number that is taken, as a folder or as a ZIP") {
    const CommandBench bench;
    const std::string plan = "section,title,source\n2.2,X,a.pdf\n";
    REQUIRE(bench.build(plan).code == 0);
    const test::Run again = test::dossier({"ectd", "build", "app", "--sequence", "0001"}, bench.scratch.path());
    CHECK(again.code == 3);
    CHECK(again.err ==
          "dossier: app/0001: sequence 0001 is already there. Mend: add --rebuild to build this draft again, or --sequence for "
          "another number\n");
    const test::Run zip = test::dossier({"ectd", "build", "app", "--sequence", "0001", "--zip"}, bench.scratch.path());
    CHECK(zip.code == 3);
    CHECK(zip.err == "dossier: app/0001: sequence 0001 is already there as a folder. Mend: build it again there with --rebuild, without "
                     "--zip; or name another folder with --to\n");
    REQUIRE(test::dossier({"ectd", "build", "app", "--sequence", "0001", "--zip", "--to", "out"}, bench.scratch.path()).code == 0);
    const test::Run folder = test::dossier({"ectd", "build", "app", "--sequence", "0001", "--to", "out"}, bench.scratch.path());
    CHECK(folder.code == 3);
    CHECK(folder.err ==
          "dossier: out/0001.zip: sequence 0001 is already there as a ZIP. Mend: remove the draft, or build it again with --zip "
          "--rebuild\n");
    CHECK(test::run({"ls", "-A", bench.scratch / "out"}).out == "0001.zip\n");
}

TEST_CASE("a target that was deleted already, and too many deletes") {
    const CommandBench bench;
    set_yaml(bench, "application}}",
             "application}, \"0002\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}, "
             "\"0003\": {submission_id: \"0001\", submission_type: original-application, sub_type: amendment}}");
    std::string seven = "section,title,source,id\n";
    for (int i = 1; i <= 7; ++i) seven += "5.4,Paper " + std::to_string(i) + ",sub/a.pdf,paper-" + std::to_string(i) + "\n";
    for (int i = 1; i <= 7; ++i) {
        const std::string name = "p" + std::to_string(i) + ".pdf";
        bench.scratch.write("app/" + name, "%PDF-1.4\n" + name + "\nstartxref\n0\n%%EOF\n");
        seven.replace(seven.find("sub/a.pdf"), 9, name);
    }
    REQUIRE(bench.build(seven).code == 0);
    const std::string six = refused(bench, "section,title,source,id\n5.4,Paper 1,p1.pdf,paper-1\n");
    CHECK(
        six.find("app/plan.csv: 6 leaves of the application have no row in the plan and would be deleted; at most 5 are without being "
                 "asked. Mend: if that is meant, add --allow-deletes 6; if the plan lists only what this sequence brings, add --delta\n") !=
        std::string::npos);
    CHECK(six.find("no row for 0001/index.xml#paper-7 \"Paper 7\"") != std::string::npos);
    bench.scratch.write("app/plan.csv", "section,title,operation,replaces\n5.4,Paper 7,delete,0001#paper-7\n");
    const std::vector<std::string> delta{"ectd", "build", "app", "--delta"};
    REQUIRE(test::dossier(delta, bench.scratch.path()).code == 0);
    const test::Run dead = test::dossier(delta, bench.scratch.path());
    CHECK(dead.code == 3);
    CHECK(dead.err ==
          "dossier: app/plan.csv, row 2, column replaces: 0001#paper-7 was already deleted in 0002. Mend: remove the row: there is "
          "nothing left to delete\n");
    CHECK(test::run({"ls", bench.scratch / "app"}).out.find("0003") == std::string::npos);
}

TEST_CASE("an application folder may be the present one") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,X,a.pdf\n");
    const test::Run run = test::dossier({"ectd", "build", "."}, bench.scratch / "app");
    INFO(run.err);
    CHECK(run.code == 0);
    CHECK(test::run({"test", "-f", bench.scratch / "app/0001/index.xml"}).code == 0);
}
