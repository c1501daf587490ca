#include <catch2/catch.hpp>

#include "core/yaml.hpp"

using namespace dossier;

namespace {

Error error_of(const std::string& text) {
    auto result = parse_yaml(text, "study.yaml");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().where.path == "study.yaml");
    CHECK(result.error().kind == ErrorKind::invalid);
    return result.error();
}

} // namespace

TEST_CASE("yaml keeps scalars as text and knows the line of each value") {
    const auto yaml = parse_yaml("study:\n"
                                 "  id: 0001\n"
                                 "  paediatric: no\n"
                                 "  note:\n"
                                 "sites: [{id: \"701\", name: 'A: B'},\n"
                                 "        {id: 702}]\n"
                                 "text: |\n"
                                 "  one\n"
                                 "  two\n",
                                 "study.yaml");
    REQUIRE(yaml);
    REQUIRE(yaml->kind == Yaml::Kind::map);
    const Yaml* study = yaml->find("study");
    REQUIRE(study);
    CHECK(study->line == 1);
    CHECK(study->text("id") == "0001");
    CHECK(study->find("id")->line == 2);
    CHECK(study->text("paediatric") == "no");
    REQUIRE(study->find("note"));
    CHECK(study->find("note")->is_null());
    CHECK(study->find("note")->line == 4);
    const Yaml* sites = yaml->find("sites");
    REQUIRE(sites->list.size() == 2);
    CHECK(sites->list[0].text("name") == "A: B");
    CHECK(sites->list[1].line == 6);
    CHECK(sites->list[1].place().path == "study.yaml");
    CHECK(yaml->text("text") == "one\ntwo\n");
    CHECK(yaml->find("absent") == nullptr);
    CHECK(yaml->text("sites").empty());
}

TEST_CASE("yaml keeps the order of the file and what is quoted is never null") {
    const auto yaml = parse_yaml("\xEF\xBB\xBFz: '~'\na: ~\nm: \"\"\n", "a.yaml");
    REQUIRE(yaml);
    REQUIRE(yaml->map.size() == 3);
    CHECK(yaml->map[0].first == "z");
    CHECK(yaml->map[0].second.scalar == "~");
    CHECK(yaml->map[1].second.is_null());
    CHECK(yaml->map[2].second.kind == Yaml::Kind::scalar);
}

TEST_CASE("an empty yaml file is null, not an error") {
    CHECK(parse_yaml("", "a.yaml")->is_null());
    CHECK(parse_yaml("# only a comment\n", "a.yaml")->is_null());
}

TEST_CASE("yaml refuses what could expand, hide or contradict") {
    CHECK(error_of("a: &x 1\nb: *x\n").where.line == 1);
    CHECK(error_of("a: 1\nb: *x\n").where.line == 2);
    CHECK(error_of("a: &x [1]\n").message.find("anchors") != std::string::npos);
    const Error twice = error_of("a: 1\nb: 2\na: 3\n");
    CHECK(twice.where.line == 3);
    CHECK(twice.message == "the key a is there twice");
    CHECK(error_of("a: {b: 1, b: 2}\n").where.line == 1);
    CHECK(error_of("a: 1\n---\nb: 2\n").where.line == 2);
    CHECK(error_of("a: !custom 1\n").where.line == 1);
    CHECK(error_of("a: 1\n? [x]\n: 2\n").where.line == 2);
    CHECK(error_of("ok: 1\nbad: \x04\nlost: 2\n").where.line == 2); // yaml-cpp alone would end the file here
    CHECK(error_of("ok: 1\nbad: M\xFCller\n").where.line == 2);
    CHECK(error_of("a: [1, 2\n").message.find("not valid YAML") == 0);
    CHECK(error_of("a: 1\nb: c: d\n").message.find("not valid YAML, at character 5 of the line: ") == 0); // the second colon
    const Error tab = error_of("study:\n\tid: S1\n");
    CHECK(tab.where.line == 2);
    CHECK(tab.message == "not valid YAML: this line is indented with a tab");
    CHECK(tab.remedy == "put blanks in its place: YAML indents with blanks only");
    CHECK(error_of("a: b: c\n").where.line == 1);
    CHECK(error_of("a: 1\n}\n").where.line == 2);
}

TEST_CASE("yaml is nested at most 64 deep") {
    auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(parse_yaml(nested(64), "a.yaml"));
    CHECK(error_of(nested(65)).message == "nested deeper than 64");
    error_of(std::string(200000, '['));
    std::string blocks;
    for (int i = 0; i < 5000; ++i) blocks += "- ";
    error_of(blocks + "x\n");
}

TEST_CASE("yaml is bounded in size and in number of values") {
    CHECK(error_of(std::string((64u << 20) + 1, ' ')).message.find("larger than the 64 MiB") == 0);
    std::string commas = "[";
    for (int i = 0; i < 2'000'000; ++i) commas += "a,";
    CHECK(error_of(commas + "]").message == "more than 2000000 values"); // the list itself is one more
}

TEST_CASE("unknown yaml keys name the nearest known one and their line") {
    const auto yaml = parse_yaml("id: 1\ntitel: x\nzzzzzzzzzz:\n  deep: 1\n", "study.yaml");
    REQUIRE(yaml);
    const auto errors = yaml->unknown_keys({"id", "title"});
    REQUIRE(errors.size() == 2);
    CHECK(to_text(errors[0]) == "study.yaml, line 2: unknown key titel. Mend: did you mean title?");
    CHECK(to_text(errors[1]) == "study.yaml, line 3: unknown key zzzzzzzzzz. Mend: known here: id, title");
    CHECK(yaml->unknown_keys({"id", "titel", "zzzzzzzzzz"}).empty());
}
