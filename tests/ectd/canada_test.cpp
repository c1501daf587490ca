// Canada, module 1 schema 2.2: a clinical trial application, as far as the tables know it.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "core/json.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/ectd/canada_schema.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

constexpr const char* application =
    R"(application: {region: ca, type: cta, number: c123456, product_name: Acmol, dossier_type: pharmaceutical, activity_lead: Made-up Directorate}
applicant: {name: Made-up Sponsor}
sequences:
  "0000": {submission_type: cta, submission_id: "0000", description: Initial application}
)";

// The elements that hold leaves, in the order of the file, and whether each file a leaf names is there with its MD5.
constexpr const char* read_back = R"(
import hashlib, os, sys, xml.etree.ElementTree as tree
ns = '{hcsc_ectd}'
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == ns + 'hcsc_ectd' and root.get('schema-version') == '2.2', root.tag
info, m1 = list(root)
print([(f.tag.replace(ns, ''), f.text) for f in info])
names = []
for heading in m1:
    names.append(heading.tag.replace(ns, ''))
    leaf, = heading
    file = os.path.join(os.path.dirname(sys.argv[1]), leaf.get('{http://www.w3.org/1999/xlink}href'))
    assert hashlib.md5(open(file, 'rb').read()).hexdigest() == leaf.get('checksum'), file
print(len(names), len(set(names)), names[0], names[-1])
)";

struct Bench {
    test::Scratch scratch;
    explicit Bench(const std::string& yaml = application) {
        scratch.write("app/application.yaml", yaml);
        scratch.write("app/a.pdf", test::make_pdf());
    }
    test::Run run(const std::vector<std::string>& command, const std::string& plan, const std::string& standards = "none") const {
        scratch.write("app/plan.csv", plan);
        return test::dossier(command, scratch.path(), {"DOSSIER_STANDARDS=" + scratch / standards});
    }
};

constexpr const char* letter = "section,title,source\n1.0.1,Cover letter,a.pdf\n";

} // namespace

TEST_CASE("every Canadian heading is built once, with the transaction, as sequence 0000") {
    test::tool_or_skip("python3");
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    const Bench bench;
    std::string plan = "section,title,source\n";
    for (const templates::Heading& heading : catalogue->ca_module1.all()) {
        const std::string file = "doc-" + replace_all(heading.number, ".", "-") + ".pdf";
        test::PdfSample sample;
        sample.title = heading.number;
        bench.scratch.write("app/" + file, test::make_pdf(sample));
        plan += heading.number + ",Document of " + heading.number + "," + file + "\n";
    }
    const auto built = bench.run({"ectd", "build", "app"}, plan);
    INFO(built.err);
    REQUIRE(built.code == 0);
    const auto read = test::run({"python3", "-c", read_back, bench.scratch / "app/0000/m1/ca/ca-regional.xml"});
    INFO(read.err);
    CHECK(read.out == "[('applicant', 'Made-up Sponsor'), ('product-name', 'Acmol'), ('dossier-identifier', 'c123456'), "
                      "('dossier-type', 'Pharmaceutical Dossier'), ('regulatory-activity-type', 'CTA'), "
                      "('regulatory-activity-lead', 'Made-up Directorate'), ('sequence-number', '0000'), "
                      "('sequence-description', 'Initial application')]\n"
                      // 7 in 1.0, 16 in 1.2, 11 in 1.3, 3 in 1.4, 1.5, 4 in 1.6, 4 in 1.7: counted in the stylesheet's list
                      "46 46 m1-0-1-cover-letter m1-7-4-information-on-prior-related-applications\n");
    CHECK(has(bench.scratch.read("app/0000/index.xml"), "xlink:href=\"m1/ca/ca-regional.xml\""));
}

TEST_CASE("a Canadian application goes on: the export brings nothing, a new version replaces the old one") {
    const Bench bench(std::string(application) +
                      "  \"0001\": {submission_type: cta, submission_id: \"0000\", description: Answer to questions}\n");
    const std::string first = std::string(letter) + "1.2.3,Certification,a.pdf\n";
    const test::Run built = bench.run({"ectd", "build", "app", "--sequence", "0000"}, first);
    INFO(built.out + built.err);
    REQUIRE(built.code == 0);
    REQUIRE(bench.run({"ectd", "plan", "app", "--export", "app/export.csv"}, first).code == 0);
    // The certification stands in the export as it is; the cover letter is of each sequence.
    const test::Run again = bench.run({"ectd", "plan", "app", "--plan", "app/export.csv", "--sequence", "0001"}, first);
    INFO(again.out + again.err);
    CHECK(has(again.out, "Sequence 0001: 1 new, 0 replace, 0 append, 0 delete; 1 leaves unchanged"));
    bench.scratch.write("app/certification-2.pdf", test::make_pdf() + "%\n");
    const test::Run newer = bench.run({"ectd", "plan", "app", "--delta", "--sequence", "0001"},
                                      "section,title,source\n1.2.3,Certification,certification-2.pdf\n");
    INFO(newer.out + newer.err);
    CHECK(has(newer.out, "Sequence 0001: 0 new, 1 replace, 0 append, 0 delete"));
}

TEST_CASE("what of the Canadian module 1 is not certain is said by plan and build") {
    const Bench bench;
    const auto planned = bench.run({"ectd", "plan", "app"}, letter);
    CHECK(planned.code == 0);
    CHECK(has(planned.out, "not certain: of the Canadian transaction applicant, product-name"));
    CHECK(has(planned.out, "Regulatory Transaction XML (REP)"));
    CHECK(has(planned.out, "Protocol Safety and Efficacy Assessment Template")); // the check list: absent
    const auto built = bench.run({"ectd", "build", "app"}, letter);
    CHECK(built.code == 0);
    CHECK(has(built.out, "m1/ca/ca-regional.xml was not checked: the official ca-regional-2-2.xsd is not at hand"));
    CHECK(has(built.out, "util lacks the official"));
}

TEST_CASE("a schema that is added is known by its name and content, goes into util and judges the file") {
    const Bench bench;
    bench.scratch.write("none-of-them/ca-regional-2-2.xsd", "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>");
    bench.scratch.write("them/ca-regional-2-2.xsd", test::canada_schema);
    const std::vector<std::string> home{"XDG_DATA_HOME=" + bench.scratch / "home"};
    CHECK(test::dossier({"standards", "add", "none-of-them"}, bench.scratch.path(), home).code == 3);
    const auto added = test::dossier({"standards", "add", "them"}, bench.scratch.path(), home);
    INFO(added.err);
    CHECK(added.code == 0);
    CHECK(has(added.out, "ca-regional-2-2.xsd 2.2 (ca, known by its name and content: no checksum is published)"));
    bench.scratch.write("app/plan.csv", letter);
    const auto built = test::dossier({"ectd", "build", "app"}, bench.scratch.path(), home);
    INFO(built.err << built.out);
    CHECK(built.code == 0);
    CHECK_FALSE(has(built.out, "was not checked"));
    CHECK_FALSE(has(built.out, "does not follow"));
    CHECK(bench.scratch.read("app/0000/util/dtd/ca-regional-2-2.xsd") == test::canada_schema);
    // an identifier of seven digits: our table knows the form, this schema does not
    std::string yaml = application;
    yaml.replace(yaml.find("c123456"), 7, "c1234567");
    bench.scratch.write("app/application.yaml", yaml);
    const auto refused = test::dossier({"ectd", "build", "app", "--sequence", "0000", "--rebuild"}, bench.scratch.path(), home);
    CHECK(has(refused.out, "it does not follow ca-regional-2-2.xsd"));
    CHECK(has(refused.out, "c1234567"));
}

TEST_CASE("a validation of a Canadian sequence holds the schema's verdict, or says that it was not asked, and what is not certain") {
    const Bench bench;
    REQUIRE(bench.run({"ectd", "build", "app"}, letter).code == 0);
    const auto rules = [](const Json& report, const char* key) {
        std::vector<std::string> found;
        for (const Json& item : report.find(key)->items()) found.push_back(item.find("rule")->text());
        return found;
    };
    const auto validate = [&](const std::string& standards, int code) {
        const auto run = bench.run({"ectd", "validate", "app/0000", "--json"}, letter, standards);
        INFO(run.out << run.err);
        CHECK(run.code == code);
        auto report = parse_json(run.out);
        REQUIRE(report);
        return std::move(*report);
    };
    const Json without = validate("none", 10); // util lacks the official files
    CHECK(without.find("rules")->text() == "hc-5.2");
    CHECK(rules(without, "not_run") == std::vector<std::string>{"dossier:regional-schema"});
    const auto page = bench.run({"ectd", "validate", "app/0000", "--format", "html"}, letter, "none");
    CHECK(has(page.out, "Regional file that the agency's own schema does not allow"));
    CHECK(has(without.find("notes")->items().at(0).text(), "the text of Health Canada's list 5.2 is not at hand as a whole"));
    CHECK(has(without.find("notes")->items().at(1).text(), "not certain: of the Canadian transaction"));

    bench.scratch.write("them/ca-regional-2-2.xsd", test::canada_schema);
    const Json with = validate("them", 10);
    CHECK(rules(with, "not_run").empty());
    // A cover letter alone, not linearized, in a folder called app, without the files of util and of the enrolment process: six documents
    // of an application are not there.
    std::map<std::string, int> found;
    for (const std::string& rule : rules(with, "findings")) ++found[rule];
    CHECK(found == std::map<std::string, int>{{"dossier:ca-util-missing", 1},
                                              {"dossier:ca-top-folder", 1},
                                              {"dossier:ca-pdf-linearized", 1},
                                              {"dossier:ca-rep-missing", 1},
                                              {"dossier:ca-cta-content", 6}});

    const std::string file = "app/0000/m1/ca/ca-regional.xml";
    bench.scratch.write(file, replace_all(bench.scratch.read(file), "c123456", "cc23456"));
    const Json refused = validate("them", 10);
    std::string message;
    for (const Json& item : refused.find("findings")->items())
        if (item.find("rule")->text() == "dossier:regional-schema")
            message = item.find("message")->text() + " " + item.find("location")->text();
    CHECK(has(message, "it does not follow ca-regional-2-2.xsd"));
    CHECK(has(message, "cc23456"));
    CHECK(has(message, "line 7")); // declaration 1, stylesheet 2, root 3, transaction 4, applicant 5, product-name 6, dossier-identifier 7
    CHECK(refused.find("verdict")->text() == "rejected");
    const auto sarif = parse_json(bench.run({"ectd", "validate", "app/0000", "--format", "sarif"}, letter, "them").out);
    REQUIRE(sarif);
    std::set<std::string> known;
    const Json& run = sarif->find("runs")->items().at(0);
    for (const Json& rule : run.find("tool")->find("driver")->find("rules")->items()) known.insert(rule.find("id")->text());
    for (const Json& result : run.find("results")->items()) CHECK(known.count(result.find("ruleId")->text()) == 1);
    CHECK(known.count("dossier:regional-schema") == 1);
}

TEST_CASE("wrong Canadian inputs: exit code 3, what to write, nothing written") {
    struct Case {
        const char *text, *with, *words;
    };
    const Case cases[] = {
        {"c123456", "123456", "number: 123456 is not a dossier identifier. Mend: write it like c123456 or c1234567"},
        {"c123456", "C123456", "number: C123456 is not a dossier identifier"},
        {"product_name: Acmol", "product_name: ", "product_name is missing (product-name of the transaction)"},
        {"pharmaceutical", "farmaceutical",
         "dossier_type: farmaceutical is not known (the list is not complete or official). Mend: is pharmaceutical meant?"},
        {"submission_type: cta", "submission_type: ind", "submission_type: ind is not known"},
        {"submission_id: \"0000\"", "submission_id: \"0007\"", "submission_id: sequence 0007 is not before 0000 in the application"},
        {"description: Initial application", "form: {type: 1571, source: a.pdf}", "form: the Canadian transaction has none"},
    };
    for (const Case& item : cases) {
        std::string yaml = application;
        yaml.replace(yaml.find(item.text), std::string(item.text).size(), item.with);
        const Bench bench(yaml);
        const auto run = bench.run({"ectd", "build", "app"}, letter);
        INFO(item.with << run.err);
        CHECK(run.code == 3);
        CHECK(has(run.err, item.words));
        CHECK(test::run({"ls", "-A", "app"}, bench.scratch.path()).out == "a.pdf\napplication.yaml\nplan.csv\n");
    }
    const Bench bench;
    const auto run = bench.run({"ectd", "build", "app"}, "section,title,source\n1.14.4.1,Brochure,a.pdf\n");
    CHECK(run.code == 3);
    CHECK(has(run.err, "there is no section 1.14.4.1"));
}

TEST_CASE("ectd new starts a Canadian application with its check list") {
    const test::Scratch scratch;
    const auto run = test::dossier({"ectd", "new", "app", "--region", "ca", "--type", "cta", "--number", "c123456"}, scratch.path());
    INFO(run.err);
    REQUIRE(run.code == 0);
    CHECK(has(scratch.read("app/application.yaml"), "submission_type: cta   # cta, cta-a (amendment), cta-n (notification), pre-cta"));
    CHECK(has(scratch.read("app/plan.csv"), "1.4.1,Protocol Safety and Efficacy Assessment Template (PSEAT-CTA)"));
    CHECK(test::dossier({"ectd", "plan", "app"}, scratch.path()).code == 0);
    const auto refused = test::dossier({"ectd", "new", "b", "--region", "ca", "--type", "cta", "--number", "12"}, scratch.path());
    CHECK(refused.code == 2);
    CHECK(has(refused.err, "--number 12 is not a dossier identifier. Mend: write it like c123456 or c1234567"));
}
