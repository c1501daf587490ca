#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ectd/content_bench.hpp"
#include "tests/support/hostile.hpp"
#include "tests/support/pdf.hpp"
#include "tests/support/trial_summary.hpp"

using namespace dossier;
using namespace dossier::ectd;

namespace {

std::string verdict(const ContentFact& fact) {
    switch (fact.unknown) {
    case Unknown::nothing:
        break;
    case Unknown::invalid:
        return "refused";
    case Unknown::time:
    case Unknown::memory:
    case Unknown::crash:
        return "stopped";
    case Unknown::beyond:
        return "beyond";
    default:
        return "not read";
    }
    if (fact.xml) return fact.xml->well_formed ? "read" : "refused";
    if (fact.xpt) return fact.xpt->problem.empty() ? "read" : "refused";
    return fact.pdf && fact.pdf->damaged ? "damaged" : "read";
}

bool fits(const std::string& expected, const std::string& seen) { return seen == expected || (expected == "any" && seen != "not read"); }

} // namespace

TEST_CASE("every hostile file gets a verdict within its time, and files between them get what they get alone") {
    test::Files good;
    for (int i = 0; i < 12; ++i) good["0001/good-" + std::to_string(i) + ".pdf"] = test::make_pdf_of_pages(i + 1);
    test::LookOptions options;
    options.content.limits.cpu_seconds = 10;
    options.content.limits.memory = 300u << 20;
    const auto alone = test::as_bytes(test::look_into(good, options));

    std::vector<test::HostileFile> hostile = test::hostile_pdfs();
    const auto xml = test::hostile_xml();
    hostile.insert(hostile.end(), xml.begin(), xml.end());
    test::Files all = good;
    for (const test::HostileFile& file : hostile) all["0001/" + file.name] = file.bytes;
    const ContentFacts facts = test::look_into(all, options);
    for (const test::HostileFile& file : hostile) {
        const ContentFact* fact = facts.find("0001/" + file.name);
        REQUIRE(fact);
        INFO(file.name << ": " << verdict(*fact) << ", expected " << file.verdict << "; " << fact->reason
                       << (fact->xml ? fact->xml->problem : ""));
        CHECK(fits(file.verdict, verdict(*fact)));
        if (fact->unknown != Unknown::nothing) CHECK_FALSE(fact->reason.empty());
    }
    const auto together = test::as_bytes(facts);
    for (const auto& [path, bytes] : alone) {
        INFO(path);
        CHECK(together.at(path) == bytes);
    }
}

TEST_CASE("a PDF that cannot be opened without its password says so and nothing else") {
    const auto facts = test::look_into({{"a.pdf", test::qpdf_of(test::make_pdf(), {"--encrypt", "user", "owner", "256", "--"})}});
    const ContentFact& fact = *facts.find("a.pdf");
    REQUIRE(fact.pdf);
    CHECK(fact.unknown == Unknown::nothing);
    CHECK(fact.pdf->security.needs_password);
    CHECK(fact.pdf->pages.total == 0);
}

TEST_CASE("a transport file that is cut anywhere is told from a whole one") {
    const std::string whole = test::trial_summary("S1", "SSTDTC", "2020-01-02");
    test::Files files;
    for (std::size_t length = 30; length < whole.size(); length += 61) files[std::to_string(length) + ".xpt"] = whole.substr(0, length);
    files["whole.xpt"] = whole;
    const auto facts = test::look_into(files);
    for (const auto& [path, fact] : facts.files) {
        if (fact.type != ContentType::xpt) continue;
        INFO(path);
        REQUIRE(fact.xpt);
        const bool has_rows = path == "whole.xpt" || std::stoul(path) > whole.size() - 160; // its last two records hold the only row
        if (!has_rows) CHECK((!fact.xpt->problem.empty() || (fact.xpt->members.size() == 1 && fact.xpt->members[0].rows == 0)));
    }
    CHECK(facts.find("whole.xpt")->xpt->problem.empty());
}
