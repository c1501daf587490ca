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

struct Document {
    std::string root, bytes;
    // With a DOCTYPE that names the grammar, which xmllint needs to know the fixed namespaces that a document leaves out. Line numbers
    // stay.
    std::string with_doctype(const std::string& dtd) const {
        std::string text = bytes;
        return text.insert(text.find('\n'), "<!DOCTYPE " + root + " SYSTEM \"" + dtd + "\">");
    }
};

// What xmllint says about each document, in their order.
std::vector<Verdict> verdicts(const test::Scratch& scratch, const std::vector<Document>& documents, const std::string& dtd) {
    std::vector<std::string> command = {"xmllint", "--noout", "--nonet", "--dtdattr", "--dtdvalid", dtd};
    std::map<std::string, std::size_t> numbers;
    for (const Document& document : documents) {
        const std::string name = "d" + std::to_string(numbers.size()) + ".xml";
        scratch.write(name, document.with_doctype(dtd));
        numbers.emplace(name, numbers.size());
        command.push_back(name);
    }
    const test::Run run = test::run(command, scratch.path());
    std::vector<Verdict> said(documents.size());
    for (const std::string& line : split(run.err, '\n')) {
        const std::string clean = replace_all(line, dtd, "DTD");
        if (starts_with(clean, "Document ") && ends_with(clean, " does not validate against DTD"))
            said[numbers.at(split(clean, ' ')[1])].refused = true;
        const auto named = numbers.find(clean.substr(0, clean.find(':')));
        if (named != numbers.end()) said[named->second].messages += clean + "\n";
    }
    return said;
}

using Make = XmlElement (test::RandomBackbone::*)();

struct Kind {
    std::string grammar, official; // ours, below the folder of the standards
    Make make;
    std::uint32_t seed;
};
const Kind index_xml{"ich-ectd-3-2", "ich/ich-ectd-3-2.dtd", &test::RandomBackbone::make_index, 1000};
const Kind us_regional{"us-regional-v3-3", "us/us-regional-v3-3.dtd", &test::RandomBackbone::make_regional, 2000};
const Kind study_tagging{"ich-stf-v2-2", "ich/ich-stf-v2-2.dtd", &test::RandomBackbone::make_stf, 3000};
const Kind eu_regional{"eu-regional-3-1", "eu-3.1/eu-regional.dtd", &test::RandomBackbone::make_eu_regional, 4000};

void compare_verdicts(const Kind& kind) {
    constexpr std::uint32_t count = 400;
    const std::string official = test::standards_or_skip() + "/" + kind.official;
    test::tool_or_skip("xmllint");
    const EctdCatalogue data = catalogue();
    const std::string ours = grammar(kind.grammar);
    test::Scratch scratch;
    scratch.write("ours.dtd", ours);
    std::vector<Document> documents;
    for (std::uint32_t i = 0; i < count; ++i) {
        test::RandomBackbone random(data, kind.seed + i);
        XmlElement root = (random.*kind.make)();
        for (std::size_t changes = random.below(3); changes > 0; --changes) random.mutate(root);
        documents.push_back({root.name, test::to_xml(root)});
    }
    const auto by_official = verdicts(scratch, documents, official), by_ours = verdicts(scratch, documents, scratch / "ours.dtd");
    unsigned valid = 0, refused = 0;
    for (std::size_t i = 0; i < count; ++i) {
        INFO(documents[i].bytes << "\n" << by_official[i].messages);
        REQUIRE(by_official[i].refused == by_ours[i].refused);
        CHECK(by_official[i].messages == by_ours[i].messages); // word for word the same complaints
        ++(by_official[i].refused ? refused : valid);
        const auto in_process = validate_xml(documents[i].bytes, "d.xml", ours);
        REQUIRE(in_process);
        CHECK(in_process->empty() != by_official[i].refused);
    }
    CHECK(valid > count / 8);
    CHECK(refused > count / 4);
}

// Bytes are changed, so some documents are no XML any more: accepted, refused by the grammar, or not well formed, by xmllint and by us.
void compare_damaged(const Kind& kind) {
    constexpr int documents = 150;
    const std::string official = test::standards_or_skip() + "/" + kind.official;
    test::tool_or_skip("xmllint");
    const EctdCatalogue data = catalogue();
    const std::string ours = grammar(kind.grammar);
    test::Scratch scratch;
    int valid = 0, invalid = 0, malformed = 0;
    for (int i = 0; i < documents; ++i) {
        test::RandomBackbone random(data, kind.seed + 500 + static_cast<std::uint32_t>(i));
        const std::string document = random.mutate_bytes(test::to_xml((random.*kind.make)()));
        scratch.write("d.xml", document);
        const test::Run run = test::run({"xmllint", "--noout", "--nonet", "--dtdvalid", official, "d.xml"}, scratch.path());
        INFO(document << "\n" << run.err);
        REQUIRE((run.code == 0 || run.code == 1 || run.code == 3)); // of xmllint: well, not well formed, not valid
        const auto said = validate_xml(document, "d.xml", ours);
        CHECK(said.has_value() == (run.code != 1));
        if (said) CHECK(said->empty() == (run.code == 0));
        ++(run.code == 0 ? valid : run.code == 1 ? malformed : invalid);
    }
    CHECK(valid > 10);
    CHECK(invalid > 5);
    CHECK(malformed > documents / 4);
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

TEST_CASE("xmllint gives 400 mutated index.xml the same verdict by both grammars") { compare_verdicts(index_xml); }
TEST_CASE("xmllint gives 400 mutated us-regional.xml the same verdict by both grammars") { compare_verdicts(us_regional); }
TEST_CASE("xmllint gives 400 mutated study tagging files the same verdict by both grammars") { compare_verdicts(study_tagging); }
TEST_CASE("xmllint gives 400 mutated eu-regional.xml the same verdict by both grammars") { compare_verdicts(eu_regional); }

TEST_CASE("xmllint and we agree on 600 backbones whose bytes were damaged") {
    for (const Kind& kind : {index_xml, us_regional, study_tagging, eu_regional}) compare_damaged(kind);
}
