// Our verdicts against those of others: xmllint with the official DTDs, and public sequences looked at by hand.
#include <catch2/catch.hpp>

#include <map>
#include <regex>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_facts.hpp"
#include "tests/rules/case.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

struct Compared {
    std::size_t valid = 0, invalid = 0;
    std::map<std::string, bool> known; // verdict of xmllint, by grammar and bytes: most cases leave most files alone
};

// xmllint is given the file alone in a folder, so that only the official DTD counts.
void compare(const test::Scratch& scratch, const ectd::XmlFileFact& fact, const std::string& bytes, const std::string& dtd,
             Compared& compared) {
    if (!fact.well_formed) return;
    // By the document's own DOCTYPE, led to the official DTD: --dtdvalid does not take blanks away nor look at the root's name. Of
    // documents without one xmllint says only that.
    static const std::regex doctype("(<!DOCTYPE\\s+\\S+\\s+SYSTEM\\s+)(\"[^\"]*\"|'[^']*')");
    if (!std::regex_search(bytes, doctype)) return;
    const auto [verdict, is_new] = compared.known.insert({dtd + bytes, false});
    std::string said;
    if (is_new) {
        scratch.write("alone.xml", std::regex_replace(bytes, doctype, "$1\"" + dtd + "\"", std::regex_constants::format_first_only));
        const test::Run run = test::run({"xmllint", "--noout", "--nonet", "--valid", scratch / "alone.xml"});
        verdict->second = run.code == 0;
        said = run.err;
    }
    INFO(fact.path << "\n" << said);
    CHECK(fact.problems.empty() == verdict->second);
    ++(verdict->second ? compared.valid : compared.invalid);
}

} // namespace

TEST_CASE("every XML file of every case is valid for us exactly where it is for xmllint with the official DTD") {
    test::tool_or_skip("xmllint");
    const std::string standards = test::shared_or_skip("standards");
    const test::Scratch alone;
    Compared compared;
    for (const std::string& file : test::rule_case_files()) {
        const test::RuleCase item = test::read_rule_case(file);
        if (!item.sizes.empty()) continue; // a gigabyte, and no XML of its own
        const test::Scratch scratch;
        test::write_case(item, scratch);
        auto fs = make_disk_file_system();
        const auto catalogue = test::case_catalogue();
        const std::string folder = test::application_folder(item, scratch);
        const auto facts = ectd::read_facts(*fs, templates::Source(), catalogue,
                                            {folder, ectd::SequenceNumber::parse(item.sequence), *parse_date(item.as_of), 1});
        REQUIRE(facts);
        const ectd::SequenceFacts& sequence = (*facts)->sequences.at(0);
        INFO(file);
        const auto bytes = [&](const ectd::XmlFileFact& fact) {
            return fact.present ? test::read_bytes(folder + "/" + fact.path) : std::string();
        };
        compare(alone, sequence.index, bytes(sequence.index), standards + "/ich/ich-ectd-3-2.dtd", compared);
        if (sequence.regional.grammar == "us-regional-v3-3")
            compare(alone, sequence.regional, bytes(sequence.regional), standards + "/us/us-regional-v3-3.dtd", compared);
        if (sequence.regional.grammar == "eu-regional-3-1" && sequence.regional.dtd_version != "3.0.1")
            compare(alone, sequence.regional, bytes(sequence.regional), standards + "/eu-3.1/eu-regional.dtd", compared);
        for (const ectd::StfFact& stf : sequence.stfs)
            compare(alone, stf.xml, bytes(stf.xml), standards + "/ich/ich-stf-v2-2.dtd", compared);
    }
    CHECK(compared.valid > 300);
    CHECK(compared.invalid >= 10);
}

// The public IND of four sequences, by hand. Of every sequence: no util folder (util-missing); the application type, submission type and
// sub-type, contact and telephone type are plain words where FDA wants codes (five findings; of them only the application type's list is
// official, so only that one rejects); the applicant's id 000001 is no DUNS number; there is no form. The PDFs are not published, so every
// leaf that brings a PDF has no file (1323). In 0000 two study reports (4.2.3.2 and 5.3.5.1) have no study tagging file (1789) and stand in
// node extensions. 0001 replaces alpha-spec-v1 of 0000, 0002 appends to alpha-spec-v2 of 0001, 0003 deletes beta-spec-v1 of 0000: all
// targets are current and under the same heading and attributes, so no lifecycle rule speaks. The
// MD5 of nothing on the delete leaf is accepted.
TEST_CASE("the public IND has the findings that a look at it gives") {
    const std::string folder = test::shared_or_skip("sequences/us-ind-lifecycle");
    const templates::Source source;
    const auto catalogue = templates::read_ectd_catalogue(source);
    const auto rules = ectd::read_rule_set(source, "fda-3.2.2");
    auto fs = make_disk_file_system();
    const ectd::ContentOptions content;
    const auto facts = ectd::read_facts(*fs, source, *catalogue, {folder, std::nullopt, *parse_date("2026-03-01"), 2, &content});
    REQUIRE(facts);
    REQUIRE((*facts)->sequences.size() == 4);
    const std::size_t files_missing[] = {10, 1, 2, 0}, reports[] = {2, 0, 0, 0};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto report = ectd::run_rules(*rules, (*facts)->sequences[i]);
        INFO(report.target);
        std::map<std::string, std::size_t> found;
        for (const Finding& finding : report.findings) ++found[finding.rule];
        std::map<std::string, std::size_t> expected{{"dossier:util-missing", 1},       {"dossier:m1-application-type", 1},
                                                    {"dossier:m1-submission-type", 1}, {"dossier:m1-submission-sub-type", 1},
                                                    {"dossier:m1-contact-type", 1},    {"dossier:m1-telephone-type", 1},
                                                    {"dossier:m1-applicant-id", 1},    {"dossier:form-missing", 1}};
        if (files_missing[i] > 0) expected["fda-3.2.2:1323"] = files_missing[i];
        if (reports[i] > 0) expected["fda-3.2.2:1789"] = expected["dossier:node-extension"] = reports[i];
        CHECK(found == expected);
        // Nobody can look into a file that is not there: each rule about what is in files is not run, with the name of each.
        std::set<std::string> unseen;
        for (const auto& outcome : report.not_run) unseen.insert(outcome.reason);
        CHECK(unseen.size() == files_missing[i]);
        for (const std::string& reason : unseen) CHECK(ends_with(reason, ".pdf: it is not there"));
        CHECK(report.gateway_reports == (reports[i] > 0 ? "1789" : ""));
        CHECK(report.counts.at("error") == 2); // util-missing, application type
        CHECK(report.verdict == ectd::Verdict::rejected);
    }
}

TEST_CASE("the trial summary of the CDISC pilot has no study start date, which 1734 says") {
    const std::string file =
        test::shared_or_skip("real/cdisc-pilot/updated-pilot-submission-package/900172/m5/datasets/cdiscpilot01/tabulations/sdtm/ts.xpt");
    const std::string bytes = test::read_bytes(file);
    REQUIRE(bytes.find("SSTDTC") == std::string::npos);
    test::RuleCase item = test::read_rule_case("fda-3.2.2-1734/pass-base.yaml");
    item.sequence = "0001";
    const std::string path = "m5/datasets/s1/tabulations/sdtm/ts.xpt";
    item.files["0001/" + path] = bytes;
    const test::Scratch scratch;
    test::write_case(item, scratch);
    const auto report = test::validate_case(item, scratch);
    bool said = false;
    for (const Finding& finding : report.findings)
        said = said || (finding.number == "1734" && finding.path == path && finding.message.find("SSTDTC") != std::string::npos);
    CHECK(said);
}

TEST_CASE("one flipped byte in any content file is exactly the checksum finding of that file") {
    const test::RuleCase base = test::read_rule_case("dossier-index-missing/pass-base.yaml");
    std::size_t flipped = 0;
    for (const auto& [name, bytes] : base.files) {
        // backbones and tagging files are XML that would say more; util has its own checksums; ts.xpt and the first bytes of a PDF are
        // looked into
        if (path::extension(name) == "xml" || name.find("/util/") != std::string::npos || starts_with(name, "0002/") ||
            ends_with(name, "ts.xpt") || ends_with(name, ".txt"))
            continue;
        test::RuleCase item = base;
        item.files[name].back() = static_cast<char>(item.files[name].back() ^ 0x40);
        const test::Scratch scratch;
        test::write_case(item, scratch);
        const auto report = test::validate_case(item, scratch);
        INFO(name);
        REQUIRE(report.findings.size() == 1);
        CHECK(report.findings[0].rule == "dossier:leaf-checksum");
        CHECK("0001/" + report.findings[0].path == name);
        ++flipped;
    }
    CHECK(flipped == 14);
}
