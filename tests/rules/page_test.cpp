#include <catch2/catch.hpp>

#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

TEST_CASE("docs/rules.md is what scripts/rules_page.py makes of the rules") {
    test::tool_or_skip("python3");
    const test::Scratch scratch;
    REQUIRE(test::dossier({"rules", "list", "--json", "--now", "2026-03-01T00:00:00Z", "--output", scratch / "rules.json"}).code == 0);
    const std::string script = test::source_folder() + "/scripts/rules_page.py";
    const test::Run page = test::run({"sh", "-c", "python3 " + script + " < rules.json"}, scratch.path());
    REQUIRE(page.code == 0);
    CHECK(page.out == test::read_bytes(test::source_folder() + "/docs/rules.md"));
}

TEST_CASE("templates/rules/examples.tsv is what scripts/rule_examples.py makes of the cases") {
    test::tool_or_skip("python3");
    const test::Scratch scratch;
    REQUIRE(test::dossier({"rules", "list", "--json", "--output", scratch / "rules.json"}).code == 0);
    const std::string source = test::source_folder();
    const test::Run made =
        test::run({"sh", "-c", "python3 " + source + "/scripts/rule_examples.py " + source + "/tests/rules < rules.json"}, scratch.path());
    REQUIRE(made.code == 0);
    CHECK(made.out == test::read_bytes(source + "/templates/rules/examples.tsv"));
}
