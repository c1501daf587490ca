// Node extensions that a plan opens: what the agency takes, what was agreed with it, and nothing else.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "templates/source.hpp"
#include "tests/ectd/command_bench.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

const std::string canada =
    R"(application: {region: ca, type: cta, number: c123456, product_name: Acmol, dossier_type: pharmaceutical, activity_lead: Made-up Directorate, node_extensions: [{section: 3.2.R, title: Agreed group}]}
applicant: {name: Made-up Sponsor}
sequences:
  "0000": {submission_type: cta, submission_id: "0000", description: Initial application}
  "0001": {submission_type: cta, submission_id: "0000", description: Answer}
)";

struct Bench {
    test::Scratch scratch;
    explicit Bench(const std::string& yaml) {
        scratch.write("app/application.yaml", yaml);
        for (const char* name : {"a", "b", "c", "d"})
            scratch.write(std::string("app/") + name + ".pdf", test::make_pdf() + "%" + name + "\n");
    }
    test::Run run(const std::vector<std::string>& command, const std::string& rows) const {
        scratch.write("app/plan.csv", "section,title,source,extension\n" + rows);
        return test::dossier(command, scratch.path(), {"DOSSIER_STANDARDS=" + scratch / "none"});
    }
};

const std::string four = "1.0.1,Cover letter,a.pdf,\n"
                         "3.2.R,Lifecycle plan,b.pdf,R8 Product Lifecycle Management Information\n"
                         "3.2.R,Lifecycle table,c.pdf,R8 Product Lifecycle Management Information\n"
                         "3.2.R,Deep,d.pdf,Agreed group > Of our own\n";

} // namespace

TEST_CASE("node extensions that the agency takes, or agreed to, are opened once each and stay the same for later sequences") {
    const Bench bench(canada);
    const test::Run planned = bench.run({"ectd", "plan", "app", "--sequence", "0000"}, four);
    INFO(planned.out + planned.err);
    REQUIRE(planned.code == 0);
    CHECK(has(planned.out, "opens the node extension \"R8 Product Lifecycle Management Information\", which the agency takes"));
    CHECK(has(planned.out, "opens the node extension \"Agreed group > Of our own\", which application.yaml allows"));
    CHECK(has(planned.out, "not certain: the node extension \"R8 Product Lifecycle Management Information\" of section 3.2.R"));

    REQUIRE(bench.run({"ectd", "build", "app", "--sequence", "0000"}, four).code == 0);
    // ICH 3.2.2, DTD: node-extension = (title, (leaf | node-extension)+)
    const std::string paths = R"(
import sys, xml.etree.ElementTree as tree
section = tree.parse(sys.argv[1]).getroot().find('.//m3-2-r-regional-information')
for outer in section.findall('node-extension'):
    print(outer.find('title').text, [leaf.find('title').text for leaf in outer.findall('leaf')],
          [(inner.find('title').text, [leaf.find('title').text for leaf in inner.findall('leaf')]) for inner in outer.findall('node-extension')])
print(len(section.findall('leaf'))))";
    const test::Run read = test::run({"python3", "-c", paths, bench.scratch / "app/0000/index.xml"});
    INFO(read.err);
    CHECK(read.out == "R8 Product Lifecycle Management Information ['Lifecycle plan', 'Lifecycle table'] []\n"
                      "Agreed group [] [('Of our own', ['Deep'])]\n0\n");

    // the export brings nothing; a new version lies in the same extension
    REQUIRE(bench.run({"ectd", "plan", "app", "--export", "app/export.csv"}, four).code == 0);
    const test::Run again = bench.run({"ectd", "plan", "app", "--plan", "app/export.csv", "--sequence", "0001"}, four);
    CHECK(
        has(again.out, "Sequence 0001: 1 new, 0 replace, 0 append, 0 delete; 3 leaves unchanged")); // the cover letter is of each sequence
    const test::Run newer =
        bench.run({"ectd", "build", "app", "--delta", "--sequence", "0001"}, "1.0.1,Cover letter,a.pdf,\n3.2.R,Deep,a.pdf,\n");
    INFO(newer.out + newer.err);
    REQUIRE(newer.code == 0);
    CHECK(test::run({"python3", "-c", paths, bench.scratch / "app/0001/index.xml"}).out ==
          "Agreed group [] [('Of our own', ['Deep'])]\n0\n");
}

TEST_CASE("any other new node extension is refused with what is taken, and none is opened above the lowest level") {
    const Bench bench(canada);
    const test::Run other = bench.run({"ectd", "plan", "app", "--sequence", "0000"}, "3.2.R,A,a.pdf,Our group\n");
    CHECK(other.code == 3);
    INFO(other.err);
    CHECK(test::says(other, "row 2, column extension: no current leaf of section 3.2.R sits in a node extension \"Our group\""));
    CHECK(test::says(other, "\"Product Lifecycle Management Information\" in 3.2.R"));
    // the same title in another section
    CHECK(bench.run({"ectd", "plan", "app", "--sequence", "0000"}, "2.3,A,a.pdf,R8 Product Lifecycle Management Information\n").code == 3);
    // FDA takes none, unless it was agreed
    const std::string us = test::application_yaml;
    const Bench fda(us);
    CHECK(fda.run({"ectd", "plan", "app"}, "2.2,A,a.pdf,Group\n").code == 3);
    std::string agreed = us;
    agreed.replace(agreed.find("number: \"123456\""), 16, "number: \"123456\", node_extensions: [{section: \"2.2\", title: Group}]");
    const Bench after(agreed);
    const test::Run opened = after.run({"ectd", "plan", "app"}, "2.2,A,a.pdf,Group\n");
    INFO(opened.err);
    CHECK(opened.code == 0);
    CHECK(has(opened.out, "which application.yaml allows"));
}
