// What people write into plans and application.yaml, and what they are told about it.
#include <catch2/catch.hpp>

#include "core/table.hpp"
#include "tests/ectd/command_bench.hpp"

using namespace dossier;
using Bench = test::CommandBench;
using test::says;
constexpr const char* yaml = test::application_yaml;

TEST_CASE("a section typed as the number 1.20 arrives as 1.2: asked where the row speaks for 1.20, said where it may mean either") {
    const Bench bench;
    const auto plan = [&bench](double number, const std::string& title) {
        (void)test::run({"rm", "-f", bench.scratch / "app/plan.xlsx"});
        REQUIRE(write_xlsx(bench.scratch / "app/plan.xlsx", {{"plan", {"section", "title", "source"}, {{number, title, "a.pdf"}}}}));
        return test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    };
    const test::Run other = plan(1.20, "General investigational plan");
    INFO(other.err << other.out);
    CHECK(other.code == 3);
    CHECK(says(other,
               "app/plan.xlsx, sheet plan, row 2, column section: the cell holds the number 1.2, which a spreadsheet also makes of "
               "1.20 (General Investigational Plan for Initial IND), and the row looks like that one. Mend: format the column as text"));
    const test::Run either = plan(1.20, "Dear reader");
    CHECK(either.code == 0);
    CHECK(either.out.find("read as 1.2 (Cover Letters), not 1.20") != std::string::npos);
    const test::Run clear = plan(1.2, "Cover letter");
    CHECK(clear.code == 0);
    CHECK(clear.out.find("read as") == std::string::npos);
    const test::Run form = plan(1.10, "Formal request"); // 1.1 takes forms only
    CHECK(form.code == 3);
    CHECK(says(form, "1.10 (Dispute Resolution)"));
}

TEST_CASE("codes of lists that are not in the tables are checked by their form, and a code of another list is told") {
    const Bench bench;
    const std::string head = "section,title,source,promotional_material_audience_type\n1.15.1.11,Letter,a.pdf,";
    CHECK(bench.build(head + "consumer\n").code == 3);
    const test::Run word = bench.build(head + "consumer\n");
    INFO(word.err);
    CHECK(says(word,
               "row 2, column promotional_material_audience_type: consumer is no code of FDA's list promotional-material-audience-type "
               "(fda, letters, a number). Mend: write the code that FDA's file promotional-material-audience-type.xml gives"));
    CHECK(says(bench.build(head + "fdaft2\n"), "fdaft2 is a code of FDA's list form-type, not of promotional-material-audience-type"));
    CHECK(bench.nothing_written());
    std::string text = yaml;
    text.replace(text.find("sub_type: application"), 21, "sub_type: application, supplement_effective_date_type: fdasedt1");
    bench.scratch.write("app/application.yaml", text);
    CHECK(says(
        bench.build("section,title,source\n2.2,A,a.pdf\n"),
        "supplement_effective_date_type: only a supplement has one, and submission_type is original-application. Mend: remove the key"));
}

TEST_CASE("numbers without a folder before the planned sequence are said, and 0000 is not built for FDA") {
    const Bench bench;
    bench.scratch.write("app/plan.csv", "section,title,source\n2.2,A,a.pdf\n");
    const auto plan = [&bench](const char* number) {
        return test::dossier({"ectd", "plan", "app", "--sequence", number}, bench.scratch.path());
    };
    CHECK(plan("0004").out.find("note: sequences 0001 to 0003 are not in the folder; what they changed is not known") != std::string::npos);
    CHECK(plan("0002").out.find("note: sequence 0001 is not in the folder") != std::string::npos);
    CHECK(plan("0001").out.find("not in the folder") == std::string::npos);
    const test::Run zero = test::dossier({"ectd", "build", "app", "--sequence", "0000"}, bench.scratch.path());
    CHECK(zero.code == 3);
    CHECK(says(zero, "FDA counts from 0001"));
}

TEST_CASE("a path that is not legal, or lies outside of the modules, comes with one that is") {
    const Bench bench;
    const auto error = [&bench](const std::string& path) {
        return bench.build("section,title,source,path\n2.2,A,a.pdf," + path + "\n").err;
    };
    CHECK(error("../../x.pdf").find("Mend: write m2/22-intro/x.pdf") != std::string::npos);
    CHECK(error("util/x.pdf").find("lies outside the modules m1 to m5. Mend: write m2/22-intro/x.pdf") != std::string::npos);
    CHECK(error("M2/22 Intro/My Plan.PDF").find("Mend: write m2/22-intro/my-plan.pdf") != std::string::npos);
    REQUIRE(test::run({"ln", "-s", "nowhere.pdf", bench.scratch / "app/dead.pdf"}).code == 0);
    CHECK(says(bench.build("section,title,source\n2.2,A,dead.pdf\n"), "dead.pdf is a link, and what it points to cannot be opened"));
}
