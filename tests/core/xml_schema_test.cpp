// The XML schema door: verdicts compared with xmllint's, and what must not be loaded.
#include <catch2/catch.hpp>

#include "core/xml.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

constexpr const char* schema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:complexType><xs:sequence>
<xs:element name="b" type="xs:integer" maxOccurs="2"/></xs:sequence><xs:attribute name="c" use="required"/></xs:complexType></xs:element></xs:schema>)";

} // namespace

TEST_CASE("a document is judged by a schema as xmllint judges it") {
    test::tool_or_skip("xmllint");
    const test::Scratch scratch;
    scratch.write("s.xsd", schema);
    for (const char* const document : {"<a c='1'><b>1</b></a>", "<a><b>1</b></a>", "<a c='1'><b>x</b></a>", "<a c='1'/>",
                                       "<a c='1'><b>1</b><b>2</b><b>3</b></a>", "<z/>"}) {
        scratch.write("d.xml", document);
        const bool valid = test::run({"xmllint", "--noout", "--nonet", "--schema", "s.xsd", "d.xml"}, scratch.path()).code == 0;
        const auto problems = validate_xml_schema(document, "d.xml", schema, "s.xsd");
        INFO(document);
        REQUIRE(problems);
        CHECK(problems->empty() == valid);
    }
    const auto wrong = validate_xml_schema("<a c='1'>\n<b>x</b></a>", "d.xml", schema, "s.xsd");
    REQUIRE(wrong);
    REQUIRE_FALSE(wrong->empty());
    CHECK(wrong->front().line == 2);
}

TEST_CASE("a schema that needs another file, and a broken one, are errors and load nothing") {
    const std::string include =
        R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:include schemaLocation="/etc/passwd"/><xs:element name="a" type="t"/></xs:schema>)";
    const auto outside = validate_xml_schema("<a/>", "d.xml", include, "s.xsd");
    CHECK_FALSE(outside);
    CHECK_FALSE(validate_xml_schema("<a/>", "d.xml", "<no/>", "s.xsd"));
    CHECK_FALSE(validate_xml_schema("<a>", "d.xml", schema, "s.xsd"));
    CHECK_FALSE(validate_xml_schema("<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/passwd'>]><a c='1'>&e;</a>", "d.xml", schema, "s.xsd"));
}

TEST_CASE("a namespace that is no absolute address is no problem of the document") {
    const std::string own =
        R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="made_up"><xs:element name="a"/></xs:schema>)";
    const auto problems = validate_xml_schema("<m:a xmlns:m=\"made_up\"/>", "d.xml", own, "s.xsd");
    REQUIRE(problems);
    CHECK(problems->empty());
}
