// The generated grammars against the official DTDs, where those are at hand: the same declarations, the same verdicts.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "core/xml.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"
#include "tests/templates/random_backbone.hpp"

using namespace dossier;
using namespace dossier::templates;

namespace {

EctdCatalogue catalogue() {
    Result<EctdCatalogue> read = read_ectd_catalogue(Source());
    if (!read) FAIL(to_text(read.error()));
    return *read;
}

std::string grammar(const std::string& which) {
    const Result<std::string> made = make_grammar(Source(), catalogue(), which);
    if (!made) FAIL(to_text(made.error()));
    return *made;
}

// A DTD with the modules that it pulls in put in their places: parse_dtd loads nothing.
std::string with_modules(std::string dtd, const std::string& folder, const std::vector<std::string>& modules) {
    for (const std::string& module : modules) {
        const std::string name = "%" + module + "-module;";
        const std::size_t declared = dtd.find("<!ENTITY % " + module + "-module SYSTEM");
        REQUIRE(declared != std::string::npos);
        dtd.erase(declared, dtd.find('>', declared) + 1 - declared);
        REQUIRE(dtd.find(name) != std::string::npos);
        dtd = replace_all(dtd, name, test::read_bytes(folder + "/eu-" + module + ".mod"));
    }
    return dtd;
}

void compare_declarations(const std::string& which, const std::string& official_name, std::size_t elements,
                          const std::vector<std::string>& modules = {}) {
    const std::string path = test::standards_or_skip() + "/" + official_name;
    const auto official = parse_dtd(with_modules(test::read_bytes(path), path.substr(0, path.rfind('/')), modules), official_name);
    const auto ours = parse_dtd(grammar(which), "generated");
    REQUIRE(official);
    REQUIRE(ours);
    std::size_t declared = 0;
    for (const auto& [name, declaration] : *official) {
        INFO(name);
        declared += name.find('@') == std::string::npos;
        REQUIRE(ours->count(name) == 1);
        CHECK(ours->at(name) == declaration);
    }
    for (const auto& [name, declaration] : *ours) {
        INFO("too much: " << name << " " << declaration);
        CHECK(official->count(name) == 1);
    }
    CHECK(declared == elements);
}

struct Verdict {
    bool refused = false;
    std::string messages; // with the grammar's name taken out
};

// What xmllint says about each document. A namespace complaint alone refuses nothing: a fixed xmlns attribute may be left out.
std::map<std::string, Verdict> verdicts(const test::Scratch& scratch, const std::vector<std::string>& names, const std::string& dtd) {
    std::vector<std::string> command = {"xmllint", "--noout", "--nonet", "--dtdvalid", dtd};
    command.insert(command.end(), names.begin(), names.end());
    const test::Run run = test::run(command, scratch.path());
    std::map<std::string, Verdict> said;
    for (const std::string& name : names) said[name] = {};
    for (const std::string& line : split(run.err, '\n')) {
        const std::string clean = replace_all(line, dtd, "DTD");
        if (starts_with(clean, "Document ") && ends_with(clean, " does not validate against DTD"))
            said.at(split(clean, ' ')[1]).refused = true;
        const auto named = said.find(clean.substr(0, clean.find(':')));
        if (named != said.end()) named->second.messages += clean + "\n";
    }
    return said;
}

using Make = XmlElement (test::RandomBackbone::*)();

void compare_verdicts(const std::string& which, const std::string& official_name, Make make, std::uint32_t seed) {
    constexpr int documents = 400;
    const std::string official = test::standards_or_skip() + "/" + official_name;
    test::tool_or_skip("xmllint");
    const EctdCatalogue data = catalogue();
    const std::string ours = grammar(which);
    test::Scratch scratch;
    scratch.write("ours.dtd", ours);
    std::vector<std::string> names;
    for (int i = 0; i < documents; ++i) {
        test::RandomBackbone random(data, seed + static_cast<std::uint32_t>(i));
        XmlElement root = (random.*make)();
        for (std::size_t changes = random.below(3); changes > 0; --changes) random.mutate(root);
        names.push_back("d" + std::to_string(i) + ".xml");
        scratch.write(names.back(), test::to_xml(root));
    }
    const auto by_official = verdicts(scratch, names, official), by_ours = verdicts(scratch, names, scratch / "ours.dtd");
    int valid = 0, refused = 0;
    for (const std::string& name : names) {
        INFO(name << "\n" << scratch.read(name));
        const Verdict &a = by_official.at(name), &b = by_ours.at(name);
        REQUIRE(a.refused == b.refused);
        CHECK(a.messages == b.messages); // word for word the same complaints
        ++(a.refused ? refused : valid);
        const auto in_process = validate_xml(scratch.read(name), name, ours);
        REQUIRE(in_process);
        CHECK(in_process->empty() != a.refused);
    }
    CHECK(valid > documents / 8);
    CHECK(refused > documents / 4);
}

} // namespace

TEST_CASE("the generated index.xml grammar declares what the official ICH DTD declares") {
    compare_declarations("ich-ectd-3-2", "ich/ich-ectd-3-2.dtd", 165);
}

TEST_CASE("the generated us-regional grammar declares what the official FDA DTD declares") {
    compare_declarations("us-regional-v3-3", "us/us-regional-v3-3.dtd", 6 + 21 + 147);
}

TEST_CASE("the generated eu-regional grammar declares what the official EU DTD and its modules declare") {
    compare_declarations("eu-regional-3-1", "eu-3.1/eu-regional.dtd", 36 + 15 + 5, {"envelope", "leaf"});
}

TEST_CASE("the generated study tagging grammar declares what the official ICH DTD declares") {
    compare_declarations("ich-stf-v2-2", "ich/ich-stf-v2-2.dtd", 11);
}

TEST_CASE("xmllint gives 400 mutated index.xml the same verdict by both grammars") {
    compare_verdicts("ich-ectd-3-2", "ich/ich-ectd-3-2.dtd", &test::RandomBackbone::make_index, 1000);
}

TEST_CASE("xmllint gives 400 mutated us-regional.xml the same verdict by both grammars") {
    compare_verdicts("us-regional-v3-3", "us/us-regional-v3-3.dtd", &test::RandomBackbone::make_regional, 2000);
}

TEST_CASE("xmllint gives 400 mutated study tagging files the same verdict by both grammars") {
    compare_verdicts("ich-stf-v2-2", "ich/ich-stf-v2-2.dtd", &test::RandomBackbone::make_stf, 3000);
}
