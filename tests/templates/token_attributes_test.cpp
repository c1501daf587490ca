// Which attributes are words: exactly those that the grammars themselves do not declare as CDATA.
#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "core/xml.hpp"
#include "templates/ectd_catalogue.hpp"
#include "tests/support/run.hpp"

using namespace dossier;
using namespace dossier::templates;

TEST_CASE("attributes are words where their grammar says so, and only there") {
    const Result<EctdCatalogue> catalogue = read_ectd_catalogue(Source());
    REQUIRE(catalogue);
    int words = 0, texts = 0;
    for (const char* const name : {"ich-ectd-3-2", "us-regional-v3-3", "eu-regional-3-1", "ich-stf-v2-2"}) {
        const auto grammar = make_grammar(Source(), *catalogue, name);
        REQUIRE(grammar);
        const auto declarations = parse_dtd(*grammar, name);
        REQUIRE(declarations);
        for (const auto& [declared, type] : *declarations) {
            const std::size_t at = declared.find('@');
            if (at == std::string::npos) continue;
            const std::string whole = declared.substr(0, at), element = whole.substr(whole.rfind(':') + 1);
            const bool is_text = starts_with(type, "CDATA");
            INFO(name << ": " << declared << " " << type);
            CHECK(catalogue->token_attributes.contains(element, declared.substr(at + 1)) == !is_text);
            ++(is_text ? texts : words);
        }
    }
    CHECK(words > 300); // the official DTDs of ICH and FDA declare 164 and 150 identifiers
    CHECK(texts > 300);
}

TEST_CASE("one attribute is not words in one grammar and free text in another") {
    const test::Scratch scratch;
    scratch.write("ectd/grammar.tsv", "grammar\telement\tcontent\tattributes\ng\tx:a\t#text\tk[b|c]!\nh\ta\t#text\tk=b\n");
    const auto read = read_token_attributes(Source(scratch.path()));
    REQUIRE_FALSE(read);
    CHECK(read.error().where.line == 3);
    CHECK(read.error().message == "k of a is free text in one grammar and words in another");
}
