// The verdict of an agency's schema on a regional file is found in a worker process: what a stranger wrote cannot stop the validation.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_reader.hpp"
#include "ectd/validation.hpp"
#include "tests/ectd/canada_schema.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

constexpr const char* file = "0001/m1/ca/ca-regional.xml";

// The transaction has no dossier-type: line 6 has an element that the schema does not expect there.
std::string regional(const std::string& m1 = "") {
    return "<?xml version=\"1.0\"?>\n<h:hcsc_ectd xmlns:h=\"hcsc_ectd\" "
           "schema-version=\"2.2\">\n<h:ectd-regulatory-transaction-information>\n"
           "<h:applicant>A</h:applicant><h:product-name>P</h:product-name>\n<h:dossier-identifier>c123456</h:dossier-identifier>\n"
           "<h:regulatory-activity-type>CTA</h:regulatory-activity-type><h:regulatory-activity-lead>L</h:regulatory-activity-lead>\n"
           "<h:sequence-number>0001</h:sequence-number><h:sequence-description>D</h:sequence-description>\n"
           "</h:ectd-regulatory-transaction-information><h:m1-administrative-and-product-information>" +
           m1 + "</h:m1-administrative-and-product-information></h:hcsc_ectd>\n";
}

struct Judged {
    std::unique_ptr<ApplicationFacts> facts;
    const SchemaFact& schema() const { return facts->sequences.at(0).schema.value(); }
    // Of the house rules, as "rule path"; those that have been run.
    std::vector<std::string> findings() const {
        const auto rules = read_rule_set(templates::Source(), "hc-5.2");
        REQUIRE(rules);
        std::vector<std::string> found;
        for (const Finding& finding : run_rules(*rules, facts->sequences.at(0)).findings)
            found.push_back(finding.rule + " " + finding.path);
        return found;
    }
};

Judged judge(const std::string& bytes, WorkFunction reader = nullptr, const WorkerLimits& limits = {}) {
    static const auto catalogue = templates::read_ectd_catalogue(templates::Source());
    REQUIRE(catalogue);
    const auto fs = make_memory_file_system();
    REQUIRE(fs->create_folders("/app/0001/m1/ca"));
    REQUIRE(write_new_file(*fs, path::join("/app", file), bytes));
    ContentOptions options;
    options.reader = reader;
    options.limits = limits;
    FactsRequest request{"/app", SequenceNumber(1), *parse_date("2026-03-01"), 1, &options};
    request.schema_of = [](const std::string& region) -> Result<std::optional<SchemaText>> {
        if (region != "ca") return std::optional<SchemaText>();
        return std::optional<SchemaText>({"ca-regional-2-2.xsd", "/them/ca-regional-2-2.xsd", test::canada_schema});
    };
    auto facts = read_facts(*fs, templates::Source(), *catalogue, request);
    if (!facts) FAIL(to_text(facts.error()));
    return {std::move(*facts)};
}

// Stand for the reader, and do what a file must not do to the program.
std::string die(std::string_view, std::unique_ptr<InputFile>) { std::abort(); }
std::string hang(std::string_view, std::unique_ptr<InputFile>) {
    for (volatile bool forever = true; forever;) {}
    return "";
}
std::string talk_nonsense(std::string_view, std::unique_ptr<InputFile>) { return "\xFF\xFF\xFF"; }

std::size_t count(const std::vector<std::string>& findings, const std::string& rule) {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(), [&](const std::string& one) { return starts_with(one, rule + " "); }));
}

} // namespace

TEST_CASE("a worker process finds of a regional file what the schema says of it") {
    const std::string bytes = regional();
    const auto expected =
        validate_xml_schema(bytes, "m1/ca/ca-regional.xml", test::canada_schema, "s.xsd"); // compared with xmllint elsewhere
    REQUIRE((expected && expected->size() == 1));
    const Judged judged = judge(bytes);
    CHECK(judged.schema().schema == "ca-regional-2-2.xsd");
    CHECK(judged.schema().not_judged.empty());
    REQUIRE(judged.schema().problems.size() == 1);
    const XmlProblem& problem = judged.schema().problems.front();
    CHECK(problem.line == 6);
    CHECK(problem.message == expected->front().message);
    CHECK(problem.element == "h:regulatory-activity-type");
    CHECK(count(judged.findings(), "dossier:content-stopped") == 0);
}

TEST_CASE("a regional file that kills, hangs or confuses the process that asks its schema is one finding") {
    WorkerLimits limits;
    limits.cpu_seconds = 0.3;
    const std::vector<std::string> before = judge(regional()).findings();
    for (const WorkFunction reader : {die, hang, talk_nonsense}) {
        const Judged judged = judge(regional(), reader, limits);
        CHECK(judged.schema().problems.empty());
        CHECK_FALSE(judged.schema().not_judged.empty());
        CHECK((judged.schema().stopped));
        const std::vector<std::string> findings = judged.findings();
        CHECK(findings.size() == before.size() + 1);
        CHECK(std::count(findings.begin(), findings.end(), "dossier:content-stopped m1/ca/ca-regional.xml") == 1);
    }
}

// Each element is some hundred bytes of the tree that libxml2 makes: 1,500,000 of them fit neither into 100 MB nor into what tests before
// have left free.
TEST_CASE("a regional file whose tree is too large for the process that asks its schema is one finding") {
    std::string many;
    for (int i = 0; i < 1'500'000; ++i) many += "<a b=\"1\"/>";
    WorkerLimits limits;
    limits.memory = 100u << 20;
    const Judged judged = judge(regional(many), nullptr, limits);
    const auto& lacks = judged.facts->content->unprotected;
    if (!lacks.empty() && starts_with(lacks.front(), "no limit on memory")) return; // sanitizer builds
    CHECK(judged.facts->sequences.at(0).regional.well_formed);
    CHECK(judged.schema().stopped);
    CHECK_THAT(judged.schema().not_judged, Catch::Contains("memory"));
    CHECK(count(judged.findings(), "dossier:content-stopped") == 1);
}

TEST_CASE("a schema that cannot be used is no fault of the regional file") {
    static const auto broken = [](std::string_view request, std::unique_ptr<InputFile> bytes) {
        (void)request;
        return content::read(content::request_for("m1/ca/ca-regional.xml", {"s.xsd", "/them/s.xsd", "<no/>"}), std::move(bytes));
    };
    const Judged judged = judge(regional(), +broken);
    CHECK_THAT(judged.schema().not_judged, Catch::Contains("/them/s.xsd"));
    CHECK_FALSE(judged.schema().stopped);
    CHECK(count(judged.findings(), "dossier:content-stopped") == 0);
}
