// The real documents of the CDISC pilot study as an NDA of two sequences. Oracles: xmllint with the official DTDs, md5sum, and counts of
// the plan.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

#include "core/filesystem.hpp"
#include "core/json.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

const std::string package = "real/cdisc-pilot/updated-pilot-submission-package/900172";
const std::string study_folder = "m5/53-clin-stud-rep/535-rep-effic-safety-stud/alzheimers-disease/5351-stud-rep-contr/cdiscpilot01/";

const char* const application_yaml = R"(application: {region: us, type: nda, number: "900172"}
applicant:
  id: "999999999"
  name: CDISC pilot sponsor
  contacts:
    - {type: regulatory, name: R. Person, phones: [{type: business, number: "+1 202 555 0100"}], emails: [r@example.org]}
    - {type: technical, name: T. Person, phones: [{type: business, number: "+1 202 555 0101"}], emails: [t@example.org]}
sequences:
  "0001": {submission_id: "0001", submission_type: original-application, sub_type: application, description: CDISC pilot}
  "0002": {submission_id: "0001", submission_type: original-application, sub_type: amendment}
studies:
  CDISCPILOT01: {title: Safety and efficacy of a transdermal patch, categories: {type-of-control: placebo}}
)";

struct Row {
    std::string title, source, tag;
};

void add(std::vector<Row>& rows, const std::string& folder, const std::string& extension, const std::string& tag) {
    auto fs = make_disk_file_system();
    const auto entries = fs->list(folder);
    for (const FolderEntry& entry : *entries)
        if (path::extension(entry.name) == extension) rows.push_back({tag + " " + entry.name, path::join(folder, entry.name), tag});
}

std::vector<Row> study_rows(const std::string& root) {
    const std::string sdtm = root + "/m5/datasets/cdiscpilot01/tabulations/sdtm", adam = root + "/m5/datasets/cdiscpilot01/analysis/adam";
    std::vector<Row> rows;
    add(rows, sdtm, "xpt", "data-tabulation-dataset-sdtm");
    add(rows, adam + "/datasets", "xpt", "analysis-dataset-adam");
    add(rows, adam + "/programs", "sas", "analysis-program");
    rows.push_back({"define.xml of SDTM", sdtm + "/define.xml", "data-tabulation-data-definition"});
    rows.push_back({"Stylesheet of define.xml of SDTM", sdtm + "/define-v1-updated-html.xsl", "data-tabulation-data-definition"});
    rows.push_back({"Annotated CRF", sdtm + "/blankcrf.pdf", "annotated-crf"});
    rows.push_back({"define.xml of ADaM", adam + "/datasets/define.xml", "analysis-data-definition"});
    rows.push_back({"Stylesheet of define.xml of ADaM", adam + "/datasets/define-v1-updated-html.xsl", "analysis-data-definition"});
    rows.push_back({"Data guide", adam + "/datasets/dataguide.pdf", "analysis-data-definition"});
    return rows;
}

std::string plan_of(const std::vector<Row>& rows, const std::string& cover) {
    std::string csv = "section,title,source,study,file_tag,indication\n";
    if (!cover.empty()) csv += "1.2,Cover letter," + cover + ",,,\n";
    for (const Row& row : rows) csv += "5.3.5.1," + row.title + "," + row.source + ",CDISCPILOT01," + row.tag + ",Alzheimer's disease\n";
    return csv;
}

// Adds up the leaves of a backbone by operation, and checks each checksum with md5sum.
void collect(const XmlElement& element, const std::string& folder, std::map<std::string, int>& operations) {
    for (const XmlElement& child : element.children) {
        if (child.name == "leaf") {
            ++operations[*child.attribute("operation")];
            const std::string* href = child.attribute("xlink:href");
            if (!href) continue;
            const test::Run sum = test::run({"md5sum", folder + "/" + *href});
            REQUIRE(sum.code == 0);
            CHECK(sum.out.substr(0, 32) == *child.attribute("checksum"));
        }
        collect(child, folder, operations);
    }
}

std::map<std::string, int> operations_of(const std::string& sequence, const std::string& file) {
    std::map<std::string, int> operations;
    const auto document = parse_xml(test::read_bytes(sequence + "/" + file), file);
    REQUIRE(document);
    collect(document->root, path::parent(sequence + "/" + file), operations);
    return operations;
}

void check_valid(const std::string& sequence, const std::string& standards, const std::vector<std::string>& stfs) {
    CHECK(test::run({"xmllint", "--noout", "--nonet", "--valid", sequence + "/index.xml"}).code == 0);
    CHECK(test::run(
              {"xmllint", "--noout", "--nonet", "--dtdvalid", standards + "/us/us-regional-v3-3.dtd", sequence + "/m1/us/us-regional.xml"})
              .code == 0);
    for (const std::string& stf : stfs) CHECK(test::run({"xmllint", "--noout", "--nonet", "--valid", sequence + "/" + stf}).code == 0);
    CHECK(test::run({"md5sum", sequence + "/index.xml"}).out.substr(0, 32) == test::read_bytes(sequence + "/index-md5.txt"));
}

// "rule path" of each finding, sorted.
std::vector<std::string> findings_of(const std::string& sequence, const std::vector<std::string>& environment) {
    const test::Run run = test::dossier({"ectd", "validate", sequence, "--as-of", "2026-03-01", "--json"}, "", environment);
    INFO(run.err);
    REQUIRE(run.code == 10);
    const auto report = parse_json(run.out);
    REQUIRE(report);
    CHECK(report->find("not_run")->items().empty());
    CHECK(report->find("gateway_reports")->text() == "1734"); // 1789 comes before it, and does not fail
    std::vector<std::string> lines;
    for (const Json& finding : report->find("findings")->items())
        lines.push_back(finding.find("rule")->text() + " " + finding.find("path")->text());
    std::sort(lines.begin(), lines.end());
    return lines;
}

} // namespace

TEST_CASE("the CDISC pilot application: built, valid by the official DTDs, rebuilt to the same bytes, continued") {
    test::tool_or_skip("xmllint");
    const std::string root = test::shared_or_skip(package), standards = test::standards_or_skip();
    const std::vector<std::string> environment{"DOSSIER_STANDARDS=" + standards};
    const test::Scratch scratch;
    const std::string app = scratch / "900172";
    scratch.write("900172/application.yaml", application_yaml);
    std::vector<Row> rows = study_rows(root);
    scratch.write("900172/plan.csv", plan_of(rows, root + "/m1/us/12-cov-let/cover.pdf"));

    const test::Run built = test::dossier({"ectd", "build", app, "--sequence", "0001"}, "", environment);
    INFO(built.err);
    REQUIRE(built.code == 0);
    const std::string stf = study_folder + "stf-cdiscpilot01.xml";
    check_valid(app + "/0001", standards, {stf});
    // every study row, the regional file and the study tagging file
    CHECK(operations_of(app + "/0001", "index.xml") == std::map<std::string, int>{{"new", static_cast<int>(rows.size()) + 2}});
    CHECK(operations_of(app + "/0001", "m1/us/us-regional.xml") == std::map<std::string, int>{{"new", 1}});
    const std::string stf_bytes = test::read_bytes(app + "/0001/" + stf);
    CHECK(static_cast<std::size_t>(std::count(stf_bytes.begin(), stf_bytes.end(), '#')) == rows.size()); // one reference a leaf
    CHECK(test::run({"test", "-f", app + "/0001/m5/datasets/cdiscpilot01/tabulations/sdtm/ae.xpt"}).code == 0);
    CHECK(test::run({"test", "-f", app + "/0001/m5/datasets/cdiscpilot01/analysis/adam/programs/adae.sas"}).code == 0);

    // docs/findings_checked.md says why each is true.
    const std::string summary = "m5/datasets/cdiscpilot01/tabulations/sdtm/ts.xpt", form = "dossier:form-missing m1/us/us-regional.xml";
    const std::string cover = " m1/us/1-2-cover-letters/cover.pdf", crf = " m5/datasets/cdiscpilot01/tabulations/sdtm/blankcrf.pdf",
                      guide = " m5/datasets/cdiscpilot01/analysis/adam/datasets/dataguide.pdf";
    const std::string file = "dossier:bookmark-file", web = "dossier:link-web" + cover, linear = "dossier:pdf-not-linearized",
                      opening = "dossier:pdf-opening";
    CHECK(findings_of(app + "/0001", environment) ==
          std::vector<std::string>{file + cover, file + guide, file + crf, file + crf, "dossier:bookmark-zoom" + cover, form, web, web, web,
                                   "dossier:pdf-fonts" + cover, linear + cover, linear + guide, linear + crf, opening + cover,
                                   opening + guide, "fda-3.2.2:1734 " + summary});

    REQUIRE(test::run({"cp", "-r", app + "/0001", scratch / "first"}).code == 0);
    REQUIRE(test::dossier({"ectd", "build", app, "--sequence", "0001", "--rebuild"}, "", environment).code == 0);
    CHECK(test::run({"diff", "-r", app + "/0001", scratch / "first"}).code == 0);

    // 0002: ae.xpt changed, relrec.xpt went; the cover letter has no row and stays
    const auto gone = std::find_if(rows.begin(), rows.end(), [](const Row& row) { return ends_with(row.source, "/relrec.xpt"); });
    REQUIRE(gone != rows.end());
    rows.erase(gone);
    for (Row& row : rows)
        if (ends_with(row.source, "/sdtm/ae.xpt")) {
            scratch.write("ae.xpt", test::read_bytes(row.source) + std::string(80, ' '));
            row.source = scratch / "ae.xpt";
        }
    scratch.write("900172/plan.csv", plan_of(rows, ""));
    const test::Run second = test::dossier({"ectd", "build", app}, "", environment);
    INFO(second.err);
    REQUIRE(second.code == 0);
    check_valid(app + "/0002", standards, {stf});
    CHECK(operations_of(app + "/0002", "index.xml") ==
          std::map<std::string, int>{{"new", 1}, {"replace", 1}, {"delete", 1}, {"append", 1}}); // regional, ae, relrec, STF
    const std::string later = test::read_bytes(app + "/0002/" + stf);
    CHECK(std::count(later.begin(), later.end(), '#') == 1);
    CHECK(findings_of(app + "/0002", environment) == std::vector<std::string>{form, "fda-3.2.2:1734 ../0001/" + summary});
}
