// The check list of a first submission against a plan. Items and clauses: 21 CFR 312.23, as templates/ectd/checklist-ind.tsv has them.
#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "tests/ectd/command_bench.hpp"

using namespace dossier;
using test::CommandBench;

namespace {

// "state documents" of the item with that clause and section.
std::string item(const Json& plan, const std::string& cfr, const std::string& section, const std::string& form = {}) {
    for (const Json& entry : plan.find("checklist")->items())
        if (entry.find("cfr")->text() == cfr && entry.find("section")->text() == section &&
            (form.empty() || entry.find("form")->text() == form))
            return entry.find("state")->text() + " " + std::to_string(entry.find("documents")->integer());
    return "not asked for";
}

Json planned(const CommandBench& bench, const std::string& plan) {
    bench.scratch.write("app/plan.csv", plan);
    const test::Run run = test::dossier({"ectd", "plan", "app", "--json"}, bench.scratch.path());
    INFO(run.err);
    REQUIRE(run.code == 0);
    const auto json = parse_json(run.out);
    REQUIRE(json);
    return *json;
}

} // namespace

TEST_CASE("the plan of a first submission is measured by the check list: there, unclear, waiting, absent") {
    const CommandBench bench;
    const Json plan = planned(bench, "section,title,source,form_type,substance,manufacturer\n"
                                     "1.1,Certification,,3674,,\n"            // waits
                                     "1.20,Plan,a.pdf,,,\n"                   // there
                                     "1.14.4.1,Brochure,,,,\n"                // waits
                                     "3.2.S.4.1,Specification,a.pdf,,A,B\n"); // below 3.2.S
    CHECK(item(plan, "312.23(a)(3)", "1.20") == "there 1");
    CHECK(item(plan, "312.23(a)(5)", "1.14.4.1") == "waiting 0");
    CHECK(item(plan, "402(j)(5)(B) PHS Act", "1.1", "FDA 3674") == "waiting 0");
    CHECK(item(plan, "312.23(a)(1)", "1.1", "FDA 1571") == "absent 0"); // belongs into application.yaml
    CHECK(item(plan, "312.23(a)(7)", "3.2.S") == "there 1");
    CHECK(item(plan, "312.23(a)(7)", "3.2.P") == "absent 0");
    CHECK(item(plan, "312.23(a)(2)", "-") == "not asked for"); // the table of contents is index.xml
}

TEST_CASE("fewer documents than items of a section are unclear, never there") {
    const CommandBench bench;
    // 4.2 takes the toxicology (a)(8) and, of a radioactive drug, the dosimetry (a)(10)(ii): nothing tells their documents apart
    const std::string head = "section,title,source\n", one = "4.2.3.1,Toxicity,a.pdf\n";
    std::string yaml = test::application_yaml;
    yaml.replace(yaml.find("studies: {}"), 11, "studies: {T1: {title: One}}");
    bench.scratch.write("app/application.yaml", yaml);
    const Json plan = planned(bench, "section,title,source,study,file_tag\n4.2.3.1,Toxicity,a.pdf,T1,pre-clinical-study-report\n");
    CHECK(item(plan, "312.23(a)(8)", "4.2") == "unclear 1");
    CHECK(item(plan, "312.23(a)(10)(ii)", "4.2") == "unclear 1");
}

TEST_CASE("file tags and form numbers tell which item a document is for, and each study is asked for its own") {
    const CommandBench bench;
    std::string yaml = test::application_yaml;
    yaml.replace(yaml.find("studies: {}"), 11, "studies: {S1: {title: One}, S2: {title: Two}}");
    bench.scratch.write("app/application.yaml", yaml);
    const std::string head = "section,title,source,study,file_tag,indication\n";
    const std::string protocol = "5.3.5.1,Protocol,a.pdf,S1,protocol-or-amendment,Pain\n";
    Json plan = planned(bench, head + protocol);
    CHECK(item(plan, "312.23(a)(6)", "5.3.5") == "there 1");
    CHECK(item(plan, "312.23(a)(6)(iii)(b)", "5.3.5") == "absent 0"); // the protocol is none of its documents
    CHECK(item(plan, "312.23(a)(9)", "5.3") == "absent 0");           // nor is it experience in man

    bench.scratch.write("app/b.pdf", bench.scratch.read("app/a.pdf") + "%\n");
    plan = planned(bench, head + protocol + "5.3.5.1,Forms FDA 1572,b.pdf,S2,list-description-investigator-site,Pain\n");
    CHECK(item(plan, "312.23(a)(6)", "5.3.5") == "unclear 1"); // S2 has no protocol
    CHECK(item(plan, "312.23(a)(6)(iii)(b)", "5.3.5") == "unclear 1");
    const test::Run shown = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    CHECK(shown.out.find("unclear  5.3.5      Protocol of each planned study, none for S2 (312.23(a)(6); unverified)") !=
          std::string::npos);
    CHECK(shown.out.find("Investigator data, form FDA 1572, none for S1") != std::string::npos);
}

TEST_CASE("the text says what is missing before day 0, with clause and confidence, and only for the first sequence") {
    const CommandBench bench;
    bench.scratch.write("app/plan.csv", "section,title,source\n1.20,Plan,a.pdf\n");
    const test::Run first = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    CHECK(first.out.find("Check list of the first submission") != std::string::npos);
    CHECK(first.out.find("absent   1.14.4.1   Investigator's brochure (312.23(a)(5); secondary)") != std::string::npos);
    CHECK(first.out.find("1.20       Introductory statement") == std::string::npos); // that is there
    REQUIRE(bench.build("section,title,source\n1.20,Plan,a.pdf\n").code == 0);
    const test::Run second = test::dossier({"ectd", "plan", "app"}, bench.scratch.path());
    CHECK(second.out.find("Check list") == std::string::npos);
}
