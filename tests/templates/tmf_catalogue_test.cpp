#include <catch2/catch.hpp>

#include <set>

#include "core/filesystem.hpp"
#include "core/text.hpp"
#include "templates/tmf_catalogue.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

TmfCatalogue load() {
    auto catalogue = read_tmf_catalogue(Source());
    INFO((catalogue ? "" : to_text(catalogue.error())));
    REQUIRE(catalogue);
    return std::move(*catalogue);
}

// The built-in templates in a folder, one text replaced by another.
void copy_with_fault(const test::Scratch& scratch, const std::string& file, const std::string& from, const std::string& to) {
    const Source built_in;
    for (const std::string& name : built_in.list("tmf/")) {
        std::string bytes = *built_in.read(name);
        if (name == file) {
            const std::size_t at = bytes.find(from);
            REQUIRE(at != std::string::npos);
            bytes.replace(at, from.size(), to);
        }
        scratch.write(name, bytes);
    }
}

} // namespace

TEST_CASE("the reference model is whole: 250 artifacts, 11 zones, 48 sections") {
    const TmfCatalogue catalogue = load();
    CHECK(catalogue.artifacts.size() == 250);
    std::set<std::string> zones, sections;
    std::size_t isf_only = 0, core = 0;
    for (const Artifact& artifact : catalogue.artifacts) {
        zones.insert(artifact.zone);
        sections.insert(artifact.section);
        isf_only += artifact.isf_only ? 1 : 0;
        core += artifact.core ? 1 : 0;
    }
    CHECK(zones.size() == 11);
    CHECK(sections.size() == 48);
    CHECK(isf_only == 2);
    CHECK(core == 197);
    REQUIRE(catalogue.artifact(181));
    CHECK(catalogue.artifact(181)->number == "01.01.18"); // identifiers are not in number order
    CHECK(catalogue.artifact(21) == nullptr);             // retired
    CHECK(catalogue.artifact_by_number("05.04.10")->isf_only);
    CHECK(catalogue.artifacts_by_name("filenote").size() == 11); // one in every zone's general section
}

TEST_CASE("all 367 expected-document rules are understood") {
    const TmfCatalogue catalogue = load();
    CHECK(catalogue.rules.size() == 367);
    std::set<int> covered;
    for (const Rule& rule : catalogue.rules) covered.insert(rule.unique_id);
    CHECK(covered.size() == 250);
    const Rule* rule = catalogue.rule("EDL-090-02");
    REQUIRE(rule);
    CHECK(rule->per == Per::person_licence);
    CHECK(rule->role == "site_team");
    CHECK(rule->condition.size() == 1);
    CHECK(rule->validity.kind == Validity::Kind::document_expires);
    CHECK(catalogue.rule("EDL-055-03")->due.reported == "10"); // end of trial is reported with the final report
    CHECK(catalogue.rule("EDL-107-01")->due.reported == "04");
    CHECK(catalogue.rule("EDL-073-01")->due.reported == "06");
    CHECK(catalogue.rule("EDL-020-01")->due.reported == "05");
    CHECK(catalogue.rule("EDL-059-01")->due.reported == "11");
}

TEST_CASE("milestones, switches and countries are whole") {
    const TmfCatalogue catalogue = load();
    CHECK(catalogue.milestones.size() == 50);
    CHECK(catalogue.switches.size() == 47);
    CHECK(catalogue.countries.size() == 249);
    CHECK(catalogue.country("de")->alpha3 == "DEU");
    CHECK(catalogue.country("GBR")->alpha2 == "GB");
    CHECK(catalogue.country("XX") == nullptr);
}

TEST_CASE("an unknown reference model is refused with the ones that are known") {
    const auto catalogue = read_tmf_catalogue(Source(), "9.9");
    REQUIRE_FALSE(catalogue);
    CHECK(to_text(catalogue.error()) == "there is no reference model 9.9. Mend: the program knows 3.3.1");
}

TEST_CASE("a malformed rule is refused with file, line and column") {
    const char* const file = "tmf/expected-documents.tsv";
    const auto fault = [&](const std::string& from, const std::string& to) {
        test::Scratch scratch;
        copy_with_fault(scratch, file, from, to);
        const auto catalogue = read_tmf_catalogue(Source(scratch.path()));
        REQUIRE_FALSE(catalogue);
        return fill("line {}, {}: {}", catalogue.error().where.line, catalogue.error().where.column, catalogue.error().message);
    };
    // Line 3 is the first rule: a comment and the header stand before it.
    CHECK(fault("\t02@study\t0\t1\tP1Y", "\t02@nowhere\t0\t1\tP1Y") == "line 3, due_anchor: \"02@nowhere\" is not known here");
    CHECK(fault("\t02@study\t0\t1\tP1Y", "\t77@study\t0\t1\tP1Y") == "line 3, due_anchor: \"77@study\" is not known here");
    CHECK(fault("\tP1Y\tno", "\tP9Y\tno") == "line 3, validity: \"P9Y\" is not known here");
    CHECK(fault("expected\tstudy\t", "expected\tstudies\t") == "line 3, per: \"studies\" is not known here");
    CHECK(fault("trial\texpected\tstudy\t", "site\texpected\tstudy\t") == "line 3, level: documents per study are not filed at site level");
    CHECK(fault("\tstudy\t\t\t02@study", "\tstudy\tmonitor\t\t02@study") == "line 3, role: \"monitor\" is not known here");
    CHECK(fault("\tstudy\t\t\t02@study", "\tstudy\t\timpp\t02@study") == "line 3, condition: \"impp\" is not known here");
    CHECK(fault("EDL-001-02\t001", "EDL-001-01\t001") == "line 4, rule: rule EDL-001-01 stands already in line 3");
    CHECK(fault("EDL-001-02\t001", "EDL-001-02\t021") == "line 4, unique_id: \"021\" is not known here");
    CHECK(fault("Trial Master File Plan", "Trial Master Plan") == "line 3, name: \"Trial Master Plan\" is not known here");
}

TEST_CASE("a malformed artifact is refused with file and line") {
    test::Scratch scratch;
    copy_with_fault(scratch, "tmf/reference-model-3.3.1.tsv", "\n002\t01.01.02", "\n001\t01.01.02");
    const auto catalogue = read_tmf_catalogue(Source(scratch.path()));
    REQUIRE_FALSE(catalogue);
    CHECK(catalogue.error().where.line == 4);
    CHECK(catalogue.error().message == "this unique identifier is used twice");
}

TEST_CASE("the tables carry the published facts unchanged") {
    const std::string facts = test::shared_or_skip("facts/tmf");
    const TmfCatalogue catalogue = load();
    const std::string rules = test::read_bytes(facts + "/edl.tsv");
    std::size_t lines = 0;
    for (const std::string& line : split(rules, '\n')) {
        if (!starts_with(line, "EDL-")) continue;
        ++lines;
        CHECK(Source().read("tmf/expected-documents.tsv")->find(line) != std::string::npos);
    }
    CHECK(lines == catalogue.rules.size());
}
