#include <catch2/catch.hpp>

#include "core/xml.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

// XML 1.0, section 3.3.3: spaces (#x20) only; a tab or line end that is left after reading was written as &#9; or &#10;.
TEST_CASE("a value that is words loses the spaces around it, and keeps one between two words") {
    CHECK(normalised_token("replace") == "replace");
    CHECK(normalised_token("  a   b c ") == "a b c");
    CHECK(normalised_token("   ").empty());
    CHECK(normalised_token("").empty());
    CHECK(normalised_token("\na\t") == "\na\t");
}

TEST_CASE("a document is read as written: prefixes, order of attributes, text, lines, instructions") {
    const auto document = parse_xml("<?xml version=\"1.0\"?>\n<?style href=\"a\"?><!DOCTYPE p:r SYSTEM \"x.dtd\">\n"
                                    "<p:r xmlns:p=\"urn:p\" b=\"1\" a=\"&lt;&#65;\">\n<t>x&amp;<![CDATA[<y>]]></t></p:r>",
                                    "f.xml");
    REQUIRE(document);
    CHECK(document->doctype.name == "p:r");
    CHECK(document->doctype.system_id == "x.dtd");
    REQUIRE(document->instructions.size() == 1);
    CHECK(document->instructions[0].second == "href=\"a\"");
    CHECK(document->root.name == "p:r");
    REQUIRE(document->root.attributes.size() == 3);
    CHECK(document->root.attributes[1].name == "b");
    CHECK(*document->root.attribute("a") == "<A");
    CHECK(document->root.child("t")->text == "x&<y>");
    CHECK(document->root.child("t")->line == 4);
}

TEST_CASE("an external entity is refused and its file is not read") {
    const test::Scratch scratch;
    scratch.write("secret", "canary-7c1");
    const std::string bytes = "<!DOCTYPE r [<!ENTITY e SYSTEM \"file://" + scratch / "secret" + "\">]><r>&e;</r>";
    const auto document = parse_xml(bytes, "f.xml");
    REQUIRE_FALSE(document);
    CHECK(document.error().kind == ErrorKind::unsupported);
    CHECK(to_text(document.error()).find("DOCTYPE declares entities") != std::string::npos);
    CHECK(to_text(document.error()).find("canary") == std::string::npos);
    CHECK_FALSE(validate_xml(bytes, "f.xml", "<!ELEMENT r (#PCDATA)>"));
}

TEST_CASE("a DOCTYPE that declares something is told from other refusals, and a comment in it declares nothing") {
    for (const char* const declares :
         {"<!ENTITY e \"x\">", "<!ELEMENT r ANY>", "<!ATTLIST r a CDATA #IMPLIED>", "<!-- --><!ENTITY e \"x\">"}) {
        const auto document = parse_xml("<!DOCTYPE r [" + std::string(declares) + "]><r/>", "f.xml");
        INFO(declares);
        REQUIRE_FALSE(document);
        CHECK(is_own_declarations(document.error()));
    }
    CHECK(parse_xml("<!DOCTYPE r [<!-- <!ENTITY e \"x\"> --><?note?>]><r/>", "f.xml"));
    const auto encoding = parse_xml("<?xml version=\"1.0\" encoding=\"UTF-7\"?><r/>", "f.xml");
    REQUIRE_FALSE(encoding);
    CHECK(encoding.error().kind == ErrorKind::unsupported);
    CHECK_FALSE(is_own_declarations(encoding.error()));
}

TEST_CASE("broken and oversized XML is an error with its line") {
    const auto cut = parse_xml("<r>\n<a>\n", "f.xml");
    REQUIRE_FALSE(cut);
    CHECK(cut.error().where.line == 3);
    std::string many = "<r\n";
    for (int i = 0; i < 300; ++i) many += " a" + std::to_string(i) + "='1'";
    CHECK_FALSE(parse_xml(many + "/>", "f.xml"));
    std::string deep;
    for (int i = 0; i < 80; ++i) deep += "<a>";
    for (int i = 0; i < 80; ++i) deep += "</a>";
    CHECK_FALSE(parse_xml(deep, "f.xml"));
    CHECK_FALSE(parse_xml("", "f.xml"));
    CHECK(parse_xml("<r a='>'/><!-- <b a='1' -->", "f.xml"));
}

TEST_CASE("validity against a grammar names the line, of the document's own DOCTYPE only the root's name counts") {
    const std::string grammar =
        "<!ELEMENT r (a?, b*)><!ELEMENT a EMPTY><!ELEMENT b (#PCDATA)><!ATTLIST b ID ID #REQUIRED k CDATA #FIXED \"v\">";
    CHECK(validate_xml("<r><a/><b ID='x'>t</b></r>", "f", grammar)->empty());
    CHECK(validate_xml("<!DOCTYPE r SYSTEM 'no.dtd'><r/>", "f", grammar)->empty());
    CHECK(validate_xml("<!DOCTYPE other SYSTEM 'no.dtd'><r/>", "f", grammar)->size() == 1); // XML 1.0, 2.8: root element type
    const auto order = validate_xml("<r>\n<b ID='x'/><a/></r>", "f", grammar);
    REQUIRE(order->size() == 1);
    CHECK(order->front().line == 1);
    CHECK(validate_xml("<r><b/></r>", "f", grammar)->size() == 1);                   // ID is required
    CHECK(validate_xml("<r><b ID='x'/><b ID='x'/></r>", "f", grammar)->size() == 1); // and unique
    CHECK(validate_xml("<r><b ID='1x'/></r>", "f", grammar)->size() == 1);           // and a name
    CHECK_FALSE(validate_xml("<r><b ID='x' k='w'/></r>", "f", grammar)->empty());    // the fixed value
    CHECK_FALSE(validate_xml("<r><c/></r>", "f", grammar)->empty());
}

TEST_CASE("a validity problem says what it is about, whatever the values in the document say") {
    const std::string grammar = "<!ELEMENT r (b*)><!ELEMENT b (#PCDATA)><!ATTLIST b ID ID #REQUIRED op (x|y) #REQUIRED k CDATA #FIXED 'v'>"
                                "<!ATTLIST r xmlns:p CDATA #FIXED 'urn:p'>";
    struct Expected {
        std::string document;
        XmlProblemKind kind;
        std::string element, attribute;
    };
    for (const Expected& expected :
         std::vector<Expected>{{"<r><b ID='i' op='an attribute of c'/></r>", XmlProblemKind::attribute_value, "b", "op"},
                               {"<r><b ID='1' op='x'/></r>", XmlProblemKind::attribute_value, "b", "ID"},
                               {"<r><b op='x'/></r>", XmlProblemKind::attribute_missing, "b", "ID"},
                               {"<r><b ID='i' op='x'/><b ID='i' op='x'/></r>", XmlProblemKind::id_repeated, "b", "ID"},
                               {"<r><b ID='i' op='x' k='w'/></r>", XmlProblemKind::attribute_value, "b", "k"},
                               {"<r><b ID='i' op='x' z='w'/></r>", XmlProblemKind::unknown_attribute, "b", "z"},
                               {"<r xmlns:p='urn:q'/>", XmlProblemKind::attribute_value, "r", "xmlns:p"},
                               {"<r><b ID='i' op='x'><r/></b></r>", XmlProblemKind::content, "b", ""}}) {
        INFO(expected.document);
        const auto problems = validate_xml(expected.document, "f", grammar);
        REQUIRE(problems);
        REQUIRE_FALSE(problems->empty());
        CHECK(problems->front().kind == expected.kind);
        CHECK(problems->front().element == expected.element);
        CHECK(problems->front().attribute == expected.attribute);
    }
    // one defect, one problem: not what the element around it may hold, nor what an unknown element says of itself
    const auto unknown = validate_xml("<r><c k='v'/></r>", "f", grammar);
    REQUIRE(unknown->size() == 1);
    CHECK(unknown->front().kind == XmlProblemKind::unknown_element);
}

TEST_CASE("two spellings of one grammar compare equal, a changed one does not") {
    const auto a = parse_dtd("<!ELEMENT r (a, (b, c)?)><!ATTLIST r t (x|y) #IMPLIED>", "a");
    const auto b = parse_dtd("<!ATTLIST r t (y | x) #IMPLIED> <!-- c --> <!ELEMENT r (a,((b,c)?))>", "b");
    const auto c = parse_dtd("<!ELEMENT r (a, (b, c)*)><!ATTLIST r t (x|y) #IMPLIED>", "c");
    REQUIRE((a && b && c));
    CHECK(*a == *b);
    CHECK(*a != *c);
    CHECK(a->at("r") == "(a, (b, c)?)");
    CHECK(a->at("r@t") == "(x | y) #IMPLIED");
}

TEST_CASE("the writer's output is read back as it was meant") {
    XmlWriter writer;
    writer.declaration();
    writer.doctype("r", "d.dtd");
    writer.start("r", {{"a", "x\"<&\n'"}});
    writer.text_element("t", "1 < 2 & \x01 3");
    writer.start("e");
    writer.end();
    const std::string bytes = writer.finish();
    const auto document = parse_xml(bytes, "w.xml");
    REQUIRE(document);
    CHECK(*document->root.attribute("a") == "x\"<&\n'");
    CHECK(document->root.child("t")->text == "1 < 2 &  3");
    CHECK(bytes.find("<e/>\n</r>\n") != std::string::npos);
}

TEST_CASE("a document over the limit is beyond this program, as a tree and as a stream, and not called damage") {
    XmlLimits limits;
    limits.bytes = 10;
    CHECK(parse_xml("<a>123</a>", "/a.xml", limits));
    const auto larger = parse_xml("<a>1234</a>", "/a.xml", limits);
    REQUIRE_FALSE(larger);
    CHECK(larger.error().kind == ErrorKind::unsupported);
    CHECK(larger.error().message == "larger than the 10 bytes that this program reads of an XML file");
}
