// Dossiers for the EU portal with one file that was made to hurt its reader: one finding, about that file.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "core/text.hpp"
#include "ectd/ctis/validation.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/hostile.hpp"
#include "tests/support/pdf.hpp"

using namespace dossier;

namespace {

constexpr const char* hurt = "part-1/E1.pdf";

ectd::ValidationReport validate(const std::string& bytes, const ectd::ContentOptions* content) {
    test::RuleCase item = test::base_case("ctis");
    item.files[std::string("0001/") + hurt] = bytes;
    test::fill_in(item); // the manifest knows this very file
    const test::Scratch scratch;
    test::write_case(item, scratch);
    const templates::Source source;
    const auto catalogue = templates::read_ctis_catalogue(source);
    const auto forms = templates::read_number_forms(source);
    const auto rules = ectd::read_rule_set(source, ectd::ctis::rule_set_name);
    REQUIRE(catalogue);
    REQUIRE(forms);
    REQUIRE(rules);
    ectd::ctis::DossierReader reader({*catalogue, *forms, make_disk_file_system(), scratch.path(), *parse_date("2026-03-01"), 2, content});
    const auto facts = reader.read(*ectd::SequenceNumber::parse("0001"));
    REQUIRE(facts);
    return ectd::ctis::run_rules(*rules, **facts);
}

void check_one_finding(const ectd::ValidationReport& report, const std::string& words) {
    REQUIRE(report.findings.size() == 1);
    CHECK(report.findings[0].rule == "dossier:ctis-pdf-content");
    CHECK(report.findings[0].path == hurt);
    CHECK_THAT(report.findings[0].message, Catch::StartsWith("it cannot be read as a PDF: ") && Catch::Contains(words));
    CHECK(report.not_run.empty());
}

// Does to its process what no file may do.
std::string play(std::string_view, std::unique_ptr<InputFile> file) {
    std::string start(20, '\0');
    start.resize(file->read(start.data(), start.size()).value_or(0));
    volatile bool forever = true;
    if (starts_with(start, "%PDF-crash")) std::abort();
    if (starts_with(start, "%PDF-hang"))
        while (forever) {}
    return "\xFF\xFF\xFF\xFF";
}

} // namespace

TEST_CASE("a PDF of a dossier that kills its reader, or keeps it busy, is one finding for that file") {
    const std::string ends = "\nstartxref\n0\n%%EOF\n";
    ectd::ContentOptions content;
    content.reader = play;
    content.limits.cpu_seconds = 0.3;
    const auto of_hurt = [](const ectd::ValidationReport& report) {
        std::vector<std::string> said;
        for (const Finding& finding : report.findings)
            if (finding.path == hurt) said.push_back(finding.rule + " " + finding.message);
        return said;
    };
    CHECK(of_hurt(validate("%PDF-crash" + ends, &content)) ==
          std::vector<std::string>{"dossier:ctis-pdf-content it cannot be read as a PDF: the process that read it died (signal 6)"});
    CHECK(of_hurt(validate("%PDF-hang" + ends, &content)) ==
          std::vector<std::string>{
              "dossier:ctis-pdf-content it cannot be read as a PDF: reading it took more than 0.3 seconds of the processor"});
}

TEST_CASE("a PDF of a dossier that no reader gets through is one finding, and the rest of the dossier is judged as always") {
    ectd::ContentOptions content;
    content.limits.cpu_seconds = 5;
    content.limits.memory = 200u << 20;
    int stopped = 0, refused = 0;
    for (const test::HostileFile& file : test::hostile_pdfs()) {
        if (file.verdict != "stopped" && file.verdict != "refused") continue;
        INFO(file.name);
        check_one_finding(validate(file.bytes, &content), "");
        ++(file.verdict == "stopped" ? stopped : refused);
    }
    CHECK(stopped > 0);
    CHECK(refused > 0);
}

TEST_CASE("a dossier whose files nobody looked into says so, and passes nothing by it") {
    const auto report = validate(test::make_pdf(), nullptr);
    std::vector<std::string> not_run;
    for (const RuleOutcome& result : report.not_run) not_run.push_back(result.rule);
    CHECK(report.findings.empty());
    CHECK(not_run == std::vector<std::string>{"dossier:ctis-pdf-content", "dossier:ctis-pdf-encrypted", "dossier:ctis-content-damaged",
                                              "dossier:ctis-content-password"});
}
