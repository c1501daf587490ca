// The rule about FDA's centres where it has nothing to compare: it says what to state, and what to compare by hand.
#include <catch2/catch.hpp>

#include <algorithm>

#include "core/text.hpp"
#include "tests/rules/case.hpp"

using namespace dossier;

namespace {

ectd::ValidationReport report_with(const std::string& application_yaml) {
    test::RuleCase item = test::base_case("us");
    item.sequence = "0002";
    if (!application_yaml.empty()) item.files["application.yaml"] = application_yaml;
    test::fill_in(item);
    const test::Scratch scratch;
    test::write_case(item, scratch);
    return test::validate_case(item, scratch);
}

std::string stated(const std::string& application, const std::string& sequences) {
    return "application: {region: us, type: nda, number: \"900001\"" + application + "}\napplicant: {name: M}\nsequences: {" + sequences +
           "}\n";
}

std::string why_not_applicable(const ectd::ValidationReport& report) {
    for (const RuleOutcome& outcome : report.not_applicable)
        if (outcome.rule == "dossier:center") return outcome.reason;
    return "";
}

} // namespace

TEST_CASE("where nothing is stated about the centre, the rule says what to state and what to compare by hand") {
    const std::string nothing = R"(application.yaml does not say where the sequence goes (sequences: {"0002": {center: ...}}): )"
                                "before sending, compare the centre chosen at the gateway with the one that writes the agency's letters on "
                                "this application";
    for (const std::string& yaml : {std::string(), stated("", ""), stated("", R"("0001": {center: cder})")}) {
        const auto report = report_with(yaml);
        CHECK(report.findings.empty());
        CHECK(report.not_run.empty()); // a sequence of which nobody stated anything is not incomplete
        CHECK(report.verdict == ectd::Verdict::clean);
        CHECK(why_not_applicable(report) == nothing);
    }
}

TEST_CASE("one half of what is to be compared is no comparison") {
    CHECK(why_not_applicable(report_with(stated(", center: cder", ""))) ==
          R"(application.yaml does not say where the sequence goes (sequences: {"0002": {center: ...}}): before sending, compare the )"
          "centre chosen at the gateway with CDER, the centre of the application");
    CHECK(
        why_not_applicable(report_with(stated("", R"("0002": {center: cder})"))) ==
        "application.yaml says that the sequence goes to CDER, and nothing to compare that with: state the centre of the application there "
        "(application: {center: ...})");
}

TEST_CASE("an application.yaml that cannot be read leaves the rule open, with the line and what is wrong there") {
    const auto report =
        report_with("application: {region: us, type: nda, number: \"900001\"}\napplicant: {name: M}\nsequences:\n  \"2\": {}\n");
    CHECK(report.verdict == ectd::Verdict::incomplete);
    REQUIRE(report.not_run.size() == 1);
    CHECK(report.not_run.front().rule == "dossier:center");
    CHECK(report.not_run.front().reason == "what application.yaml states does not count: line 4: sequence 2 is not four digits");
    const std::string note = "what application.yaml states does not count: line 4: sequence 2 is not four digits";
    CHECK(std::count(report.notes.begin(), report.notes.end(), note) == 1);
}

TEST_CASE("a centre that does not exist leaves the rule open") {
    const auto report = report_with(stated(", center: cdrh", R"("0002": {center: cder})"));
    REQUIRE(report.not_run.size() == 1);
    CHECK(report.not_run.front().reason ==
          "application.yaml, line 1: center of the application: cdrh is no centre that takes applications (write cder or cber)");
}

// 123456 is the IND that the application refers to, and not the application.
TEST_CASE("what is stated of another application does not count") {
    for (const std::string number : {"900002", "123456"}) {
        const auto report = report_with("application: {region: us, type: nda, number: \"" + number +
                                        "\", center: cder}\napplicant: {name: M}\nsequences: {\"0002\": {center: cber}}\n");
        CHECK(report.findings.empty());
        REQUIRE(report.not_run.size() == 1);
        CHECK(report.not_run.front().reason ==
              "what application.yaml states does not count: it is of application " + number + ", and sequence 0001 of 900001");
    }
}

TEST_CASE("an application.yaml that lies elsewhere is named with --application, and is that of the application") {
    test::RuleCase item = test::base_case("us");
    test::fill_in(item);
    const test::Scratch scratch;
    for (const auto& [name, bytes] : item.files) scratch.write("app/" + name, bytes);
    const auto validate = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"ectd", "validate", "app/0001", "--as-of", "2026-03-01"});
        return test::dossier(more, scratch.path());
    };
    const std::string finding = "error dossier:center", yaml = stated(", center: cder", R"("0001": {center: cber})");
    CHECK(validate({}).out.find(finding) == std::string::npos);
    scratch.write("stated/facts.yaml", yaml);
    const test::Run named = validate({"--application", "stated/facts.yaml"});
    CHECK(named.code == 10);
    CHECK(named.out.find(finding) != std::string::npos);
    scratch.write("stated/facts.yaml", replace_all(yaml, "900001", "900002"));
    const test::Run other = validate({"--application", "stated/facts.yaml"});
    CHECK(other.code == 2);
    CHECK(other.err.find("--application: it is of application 900002, and sequence 0001 of 900001") != std::string::npos);
    CHECK(validate({"--application", "nowhere.yaml"}).code == 3);
    scratch.write("stated/facts.yaml", "application: {}\n");
    const test::Run wrong = validate({"--application", "stated/facts.yaml"});
    CHECK(wrong.code == 3);
    CHECK(wrong.err.find("region is missing") != std::string::npos);
}
