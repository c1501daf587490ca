#include <catch2/catch.hpp>

#include "core/json.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

Error error_of(const std::string& text) {
    auto result = parse_json(text, "a.json");
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::invalid);
    CHECK(result.error().where.path == "a.json");
    return result.error();
}

} // namespace

TEST_CASE("json keeps keys in the order they were set") {
    Json json = Json::object({{"z", 1}, {"a", Json::texts(std::vector<std::string>{"x", "y"})}});
    json.set("m", true).set("z", 2);
    CHECK(json.dump(0) == "{\n\"z\": 2,\n\"a\": [\n\"x\",\n\"y\"\n],\n\"m\": true\n}");
    CHECK(json.dump(-1) == R"({"z":2,"a":["x","y"],"m":true})");
    CHECK(Json::array().dump() == "[]");
    CHECK(Json::object().dump() == "{}");
    CHECK(Json().dump() == "null");
}

TEST_CASE("json text is escaped and bytes that are not UTF-8 are replaced") {
    CHECK(Json("a\"b\\c\n\x01").dump() == "\"a\\\"b\\\\c\\n\\u0001\"");
    CHECK(Json("M\xC3\xBCller").dump() == "\"M\xC3\xBCller\"");
    CHECK(Json("M\xFCller").dump() == "\"M\xEF\xBF\xBDller\"");
}

TEST_CASE("json is read back with its kinds") {
    const auto json = parse_json(R"({"t":"x","i":-5,"big":18446744073709551615,"d":1.5,"b":true,"n":null,"l":[1,[2]],"o":{"k":{}}})");
    REQUIRE(json);
    CHECK(json->find("t")->text() == "x");
    CHECK(json->find("i")->integer() == -5);
    CHECK(json->find("big")->number() == Approx(1.8446744073709552e19));
    CHECK(json->find("d")->number() == 1.5);
    CHECK(json->find("b")->boolean());
    CHECK(json->find("n")->is_null());
    CHECK(json->find("l")->items().size() == 2);
    CHECK(json->find("l")->items()[1].items()[0].integer() == 2);
    CHECK(json->find("o")->find("k")->is_object());
    CHECK(json->find("absent") == nullptr);
    CHECK(json->find("t")->items().empty());
    CHECK(json->find("t")->integer() == 0);
}

TEST_CASE("json that is not sound is refused with its line") {
    CHECK(error_of("{\n \"a\": 1,\n \"b\": }\n").where.line == 3);
    CHECK(error_of("").message.find("not valid JSON") == 0);
    CHECK(error_of("{} {}").message.find("not valid JSON") == 0);
    CHECK(error_of("[1e999]").message.find("not valid JSON") == 0);
    CHECK(error_of("\"\xFF\"").message.find("not valid JSON") == 0);
    CHECK(error_of("{\"a\":1,\"a\":2}").message == "the key a is there twice");
    CHECK(parse_json(std::string(200, '[') + std::string(200, ']')));
    CHECK(error_of(std::string(201, '[') + std::string(201, ']')).message == "nested deeper than 200");
    error_of(std::string(1'000'000, '['));
}

TEST_CASE("python reads the json that we write") {
    test::tool_or_skip("python3");
    test::Scratch scratch;
    Json json =
        Json::object({{"text", "tab\t quote\" \xE2\x82\xAC"}, {"number", std::int64_t(12345678901234)}, {"real", 0.1}, {"none", Json()}});
    scratch.write("a.json", json.dump());
    const auto run = test::run(
        {"python3", "-c", "import json,sys; d=json.load(open(sys.argv[1], encoding='utf-8')); print(ascii(d))", scratch / "a.json"});
    CHECK(run.err.empty());
    CHECK(run.out == "{'text': 'tab\\t quote\" \\u20ac', 'number': 12345678901234, 'real': 0.1, 'none': None}\n");
}

// The audit trail is made of it: a byte that changes here changes hashes. Expected texts follow RFC 8259 and what was written before.
TEST_CASE("compact JSON is written byte by byte as ever") {
    Json json = Json::object({{"a", 1}, {"b", true}, {"c", Json()}, {"d", 2.5}, {"plain", "x/y"}});
    json.set("quoted \"key\"", "tab\tnew\nline \\ \x01 \x7F Zo\u00eb \U0001F600");
    json.set("broken", std::string("a\xFFz"));
    json.set("list", Json(Json::Array{Json(-3), Json::array(), Json::object()}));
    CHECK(json.dump(-1) == "{\"a\":1,\"b\":true,\"c\":null,\"d\":2.5,\"plain\":\"x/y\",\"quoted \\\"key\\\"\":"
                           "\"tab\\tnew\\nline \\\\ \\u0001 \x7F Zo\u00eb \U0001F600\",\"broken\":\"a\uFFFDz\",\"list\":[-3,[],{}]}");
}
