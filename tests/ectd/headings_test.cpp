// Every heading of ICH 3.2.2 and of the US module 1 that takes documents, with its attributes, built once. Which headings there are is
// asked of the official DTDs, and xmllint holds the result against them.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

const char* const application =
    R"(application: {region: us, type: nda, number: "123456", cross_references: [{type: dmf, number: "012345"}, {type: 510k, number: "K123456"}]}
applicant: {id: "999999999", name: Made-up Sponsor, contacts: [{type: regulatory, name: R. Person, phones: [{type: business, number: "1"}], emails: [r@example.org]}]}
sequences: {"0001": {submission_id: "0001", submission_type: original-application, sub_type: application, form: {type: 356h, source: a.pdf}}}
studies: {S1: {title: Study one, categories: {type-of-control: placebo, species: rat, route-of-admin: oral, duration: short}}}
)";

// Headings with leaves of their own and no headings below them, as the DTD declares them; then those that the backbone has filled.
const char* const headings = R"(
import re, sys
import xml.etree.ElementTree as ElementTree
text = re.sub(r'<!--.*?-->', '', open(sys.argv[1], encoding='latin-1').read(), flags=re.S)
models = dict(re.findall(r'<!ELEMENT\s+(m\d\S*)\s+(.*?)>', text, flags=re.S))
declared = {name for name, model in models.items() if re.search(r'\b(leaf|form)\b', model) and not re.search(r'\bm\d-', model)}
filled = {element.tag for element in ElementTree.parse(sys.argv[2]).iter() if element.find('leaf') is not None or element.find('form') is not None}
print(len(declared), sorted(declared - filled))
)";

std::string value_of(const std::string& attribute) {
    if (starts_with(attribute, "promotional-material-")) return attribute == "promotional-material-type" ? "fdapmt1" : "fdapmx1";
    return attribute == "issue-date" ? "2026-01-02" : "Value of " + attribute;
}

std::string column_of(const std::string& attribute) {
    if (attribute == "product-name") return "product";
    if (attribute == "dosageform") return "dosage_form";
    return replace_all(attribute, "-", "_");
}

const std::vector<std::string> attributes{"substance",
                                          "manufacturer",
                                          "product-name",
                                          "dosageform",
                                          "excipient",
                                          "indication",
                                          "promotional-material-audience-type",
                                          "promotional-material-doc-type",
                                          "promotional-material-type",
                                          "material-id",
                                          "issue-date"};

std::string source_of(const templates::Heading& heading) { return "documents/" + heading.number + ".pdf"; }

std::string row_of(const templates::HeadingTree& tree, const templates::Heading& heading) {
    std::map<std::string, std::string> cells;
    for (const templates::Heading* part : tree.path_to(heading))
        for (const auto& attribute : part->attributes) cells[attribute.name] = value_of(attribute.name);
    std::string row = heading.number + ",Document of " + heading.number + "," + source_of(heading);
    for (const std::string& attribute : attributes) row += "," + cells[attribute];
    row += heading.study ? ",S1,pre-clinical-study-report" : ",,";
    return row + (heading.holds == templates::Holds::forms ? ",3397\n" : ",\n");
}

} // namespace

TEST_CASE("every heading of ICH and of the US module 1 is built once, with its attributes, and is valid by the official DTDs") {
    test::tool_or_skip("xmllint");
    test::tool_or_skip("python3");
    const std::string standards = test::standards_or_skip();
    const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    const test::Scratch scratch;
    scratch.write("app/application.yaml", application);
    scratch.write("app/a.pdf", test::make_pdf());
    std::string plan = "section,title,source";
    for (const std::string& attribute : attributes) plan += "," + column_of(attribute);
    plan += ",study,file_tag,form_type\n";
    for (const templates::HeadingTree* tree : {&catalogue->us_module1, &catalogue->ctd})
        for (const templates::Heading& heading : tree->all())
            if (heading.holds != templates::Holds::nothing && heading.children.empty() && heading.number != "1") {
                plan += row_of(*tree, heading);
                scratch.write("app/" + source_of(heading), test::make_pdf());
            }
    scratch.write("app/plan.csv", plan);
    const test::Run built = test::dossier({"ectd", "build", "app"}, scratch.path(), {"DOSSIER_STANDARDS=" + standards});
    INFO(built.err);
    REQUIRE(built.code == 0);

    const std::string index = scratch / "app/0001/index.xml", regional = scratch / "app/0001/m1/us/us-regional.xml";
    const test::Run ich = test::run({"xmllint", "--noout", "--nonet", "--valid", index});
    CHECK(ich.code == 0);
    const test::Run us = test::run({"xmllint", "--noout", "--nonet", "--dtdvalid", standards + "/us/us-regional-v3-3.dtd", regional});
    CHECK(us.code == 0);
    // 125 lowest headings of ICH (counted in the DTD), all of them filled
    CHECK(test::run({"python3", "-c", headings, standards + "/ich/ich-ectd-3-2.dtd", index}).out == "125 []\n");
    const std::string of_us = test::run({"python3", "-c", headings, standards + "/us/us-regional-v3-3.dtd", regional}).out;
    INFO(of_us);
    CHECK(ends_with(of_us, " []\n"));
    CHECK(of_us != "0 []\n");
    const std::string admin = scratch.read("app/0001/m1/us/us-regional.xml");
    CHECK(admin.find("<cross-reference-application-number application-type=\"fdaat5\">012345</cross-reference-application-number>") !=
          std::string::npos);
    CHECK(admin.find("<cross-reference-application-number application-type=\"fdaat10\">K123456</cross-reference-application-number>") !=
          std::string::npos);
}
