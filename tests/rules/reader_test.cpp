// Rule files that are wrong: the error names file and line, and says what would be right.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "ectd/rules.hpp"
#include "tests/support/run.hpp"

using namespace dossier;

namespace {

const char* const head = "schema: dossier-rules/1\nset: x\ntitle: X\nversion: \"1\"\nrules:\n"; // 5 lines

std::string rule(const std::string& more) {
    return "  - id: dossier:a\n    title: A\n    severity: warning\n    confidence: official\n    message: m\n    remedy: r\n" + more;
}

std::string error_of(const std::string& text) {
    const test::Scratch scratch;
    scratch.write("rules/x.yaml", text);
    const auto set = ectd::read_rule_set(templates::Source(scratch.path()), "x");
    return set ? "" : replace_all(to_text(set.error()), scratch.path() + "/", "");
}

bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

} // namespace

TEST_CASE("a rule file that is right is read: parameters, severities by date") {
    const test::Scratch scratch;
    scratch.write("rules/x.yaml", std::string(head) +
                                      "  - id: x:7\n    number: \"7\"\n    title: A\n    severity:\n      - {severity: low}\n"
                                      "      - {from: 2022-03-01, severity: high}\n    severity_confidence: official\n"
                                      "    confidence: official\n    message: \"{length} of {max}\"\n    remedy: r\n"
                                      "    check: leaf.path_length\n    parameters: {max: 5}\n    until: 2030-01-01\n");
    const auto set = ectd::read_rule_set(templates::Source(scratch.path()), "x");
    REQUIRE(set);
    const ectd::Rule* read = set->find("7");
    REQUIRE(read);
    CHECK(read->parameters.number("max") == 5);
    CHECK(read->severity(*parse_date("2022-02-28")) == "low");
    CHECK(read->severity(*parse_date("2022-03-01")) == "high");
    CHECK(read->in_force(*parse_date("2030-01-01")));
    CHECK_FALSE(read->in_force(*parse_date("2030-01-02")));
}

TEST_CASE("a wrong rule file is refused, with file, line and a way to mend it") {
    struct Case {
        std::string rules, words;
    };
    for (const Case& item : std::vector<Case>{
             {rule("    check: leaf.chekcsum\n"), "rules/x.yaml, line 6: there is no check leaf.chekcsum. Mend: nearest: leaf.checksum"},
             {rule("    check: leaf.checksum\n    parameters: {max: 3}\n"), "line 13"},
             {rule("    check: leaf.path_length\n"), "the check leaf.path_length needs the parameter max"},
             {rule("    check: leaf.path_length\n    parameters: {max: many}\n"), "max has to be a number"},
             {rule("    check: leaf.operation\n    parameters: {accepted: new}\n"), "accepted has to be a list"},
             {rule("    check: leaf.checksum\n    tilte: x\n"), "title"},
             {rule("    check: leaf.checksum\n    needs: [indx]\n"), "a rule cannot need indx"},
             {rule("    check: leaf.checksum\n    from: soon\n"), "soon is not a date"},
             {rule("    check: leaf.checksum\n") + rule("    check: leaf.checksum\n"), "the rule dossier:a is there twice"},
             {replace_all(rule("    check: leaf.checksum\n"), "message: m", "message: \"{who}\""),
              "has no value who for a message. Mend: it has expected, found"},
             {replace_all(rule("    check: leaf.checksum\n"), "severity: warning", "severity: high"),
              "high is no severity here. Mend: error, warning, info"},
             {replace_all(rule("    check: leaf.checksum\n"), "dossier:a", "x:1"), "x:1 has no number, so it is a house rule"},
             {replace_all(rule("    check: leaf.checksum\n    number: \"9\"\n    severity_confidence: official\n"), "dossier:a", "x:1"),
              "has to be called x:9"},
             {replace_all(replace_all(rule("    check: leaf.checksum\n    number: \"1\"\n    severity_confidence: unverified\n"),
                                      "dossier:a", "x:1"),
                          "severity: warning", "severity: high"),
              "high rejects under the number 1, and that severity is not official"},
             {replace_all(
                  replace_all(rule("    check: leaf.checksum\n    number: \"1\"\n    severity_confidence: official\n"), "dossier:a", "x:1"),
                  "confidence: official\n    message", "confidence: unverified\n    message"),
              "the number 1 is not official"},
         }) {
        const std::string error = error_of(head + item.rules);
        INFO(item.rules << error);
        CHECK(has(error, "rules/x.yaml, line "));
        CHECK(has(error, item.words));
    }
    CHECK(has(error_of("schema: other\nset: x\n"), "not a rule set of schema dossier-rules/1"));
    CHECK(has(error_of(std::string("schema: dossier-rules/1\nset: y\ntitle: X\nversion: \"1\"\nrules: []\n")),
              "the file is called x and the set y"));
    CHECK(
        has(error_of(std::string(head) + rule("    check: leaf.checksum\n    needs: [a]\n    from: b\n")), "the rule set x has 2 errors"));
}

TEST_CASE("the order of a gateway names rules of the set") {
    const std::string rules = rule("    check: leaf.checksum\n");
    CHECK(has(error_of(head + rules + "gateway_order: [\"1789\"]\n"), "the set has no rule 1789. Mend: name numbers of its rules"));
}

TEST_CASE("a set that is not there is refused with the names of those that are") {
    const auto set = ectd::read_rule_set(templates::Source(), "fda");
    REQUIRE_FALSE(set);
    CHECK(set.error().kind == ErrorKind::not_found);
    CHECK(set.error().remedy == "the rule sets are ctis, dossier, eu-8.2, fda-3.2.2, hc-5.2");
}
