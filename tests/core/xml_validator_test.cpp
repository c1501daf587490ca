// Validity against made-up grammars: xmllint reads the same grammar and the same documents, and has to come to the same verdict.
#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "core/xml.hpp"
#include "tests/support/run.hpp"
#include "tests/support/skip.hpp"

using namespace dossier;

namespace {

class Dice { // the same numbers each time
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 2654435761u + 1) {}
    unsigned below(unsigned most) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<unsigned>(state_ >> 33) % most;
    }

private:
    std::uint64_t state_;
};

const std::vector<std::string> names = {"a", "b", "c", "d", "e", "f"};

// A content model that mentions each name at most once: it is deterministic then, as XML asks for.
std::string model(Dice& dice, std::vector<std::string>& left, int depth) {
    static const char* const occurs[] = {"", "?", "*", "+"};
    std::string text;
    if (depth == 0 || left.size() < 2 || dice.below(3) == 0) {
        text = left.back();
        left.pop_back();
    } else {
        const char* const separator = dice.below(2) == 0 ? ", " : " | ";
        const unsigned parts = 1 + dice.below(3);
        text = "(" + model(dice, left, depth - 1);
        for (unsigned i = 0; i < parts && !left.empty(); ++i) text += separator + model(dice, left, depth - 1);
        text += ")";
    }
    return text + occurs[dice.below(4)];
}

std::string grammar_of(Dice& dice) {
    std::vector<std::string> left = names;
    for (std::size_t i = left.size(); i > 1; --i) std::swap(left[i - 1], left[dice.below(static_cast<unsigned>(i))]);
    std::string grammar = "<!ELEMENT r (" + model(dice, left, 3) + ")>\n";
    const char* const contents[] = {"EMPTY", "ANY", "(#PCDATA)", "(#PCDATA | a | b)*"};
    for (const std::string& name : names) grammar += "<!ELEMENT " + name + " " + contents[dice.below(4)] + ">\n";
    return grammar + "<!ATTLIST a ID ID #IMPLIED n NMTOKEN #IMPLIED k (x | y) \"x\" l NMTOKENS #IMPLIED>\n"
                     "<!ATTLIST b ID ID #REQUIRED to IDREF #IMPLIED f CDATA #FIXED \"v w\">\n"
                     "<!ATTLIST c many IDREFS #IMPLIED>\n";
}

std::string element(Dice& dice, int depth) {
    const std::string name = dice.below(40) == 0 ? "z" : names[dice.below(6)];
    std::string text = "<" + name;
    const char* const of_a[] = {"",       " n='1x'",     " n=' x '", " n='x y'", " k='y'", " k=' x '",
                                " k='z'", " l=' a  b '", " ID='i1'", " ID='1'",  " q='1'", " n='&#10;x'"};
    const char* const of_b[] = {"", " ID='i2'", " ID='i3' to='i2'", " ID='i4' to='nobody'", " ID='i5' f='v w'", " ID='i6' f='v'"};
    if (name == "a") text += of_a[dice.below(12)];
    if (name == "b") text += of_b[dice.below(6)];
    if (name == "c" && dice.below(3) == 0) text += " many='i2  i3'";
    if (dice.below(3) > 0) return text + "/>";
    text += ">";
    const char* const texts[] = {"words", " \n", "<![CDATA[words]]>", "<![CDATA[ ]]>", "<![CDATA[]]>"};
    if (dice.below(3) == 0) text += texts[dice.below(5)];
    for (unsigned i = dice.below(3); i > 0 && depth > 0; --i) text += element(dice, depth - 1);
    return text + "</" + name + ">";
}

} // namespace

TEST_CASE("xmllint comes to the same verdict on 2000 random documents of 50 random grammars") {
    test::tool_or_skip("xmllint");
    int valid = 0, refused = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        Dice dice(seed);
        const test::Scratch scratch;
        const std::string grammar = grammar_of(dice);
        scratch.write("g.dtd", grammar);
        std::vector<std::string> command = {"xmllint", "--noout", "--nonet", "--dtdvalid", "g.dtd"}, documents;
        for (int i = 0; i < 40; ++i) {
            std::string document = "<r>";
            for (unsigned children = dice.below(4); children > 0; --children) document += element(dice, 1);
            documents.push_back(document + "</r>");
            // A DOCTYPE that names the grammar: xmllint takes blanks off values of lists and identifiers only where it has seen it.
            command.push_back(fill("d{}.xml", i));
            scratch.write(command.back(), "<!DOCTYPE r SYSTEM \"g.dtd\">" + documents.back());
        }
        command.insert(command.begin() + 1, "--dtdattr");
        const test::Run run = test::run(command, scratch.path());
        for (int i = 0; i < 40; ++i) {
            const bool by_xmllint = run.err.find(fill("Document d{}.xml does not validate", i)) == std::string::npos;
            const auto problems = validate_xml(documents[static_cast<std::size_t>(i)], "d.xml", grammar);
            REQUIRE(problems);
            INFO(grammar << documents[static_cast<std::size_t>(i)] << "\n" << run.err);
            CHECK(problems->empty() == by_xmllint);
            ++(by_xmllint ? valid : refused);
        }
    }
    CHECK(valid > 200);
    CHECK(refused > 200);
}

TEST_CASE("xmllint comes to the same verdict on DOCTYPEs, CDATA sections and blanks around words") {
    test::tool_or_skip("xmllint");
    const std::string grammar = "<!ELEMENT r (a*)><!ELEMENT a (#PCDATA)><!ELEMENT b EMPTY>"
                                "<!ATTLIST a k (x | y) #IMPLIED ID ID #IMPLIED c CDATA #FIXED 'v'>";
    const test::Scratch scratch;
    scratch.write("g.dtd", grammar);
    struct Case {
        const char *root, *document;
        bool valid;
    };
    for (const Case& item : {Case{"r", "<r/>", true},
                             {"foo", "<r/>", false},
                             {"a", "<r/>", false},
                             {"a", "<a/>", true},
                             {"r", "<r> <a/>\n</r>", true},
                             {"r", "<r><![CDATA[]]></r>", false},
                             {"r", "<r><![CDATA[ ]]><a/></r>", false},
                             {"r", "<r><![CDATA[x]]></r>", false},
                             {"r", "<r><a><![CDATA[x]]> y</a></r>", true},
                             {"b", "<b><![CDATA[]]></b>", false},
                             {"r", "<r><a k=' x\n'/></r>", true},
                             {"r", "<r><a k='&#10;x'/></r>", false},
                             {"r", "<r><a ID=' i '/><a ID='i'/></r>", false},
                             {"r", "<r><a c=' v'/></r>", false}}) {
        const std::string text = fill("<!DOCTYPE {} SYSTEM \"g.dtd\">{}", std::string_view(item.root), std::string_view(item.document));
        INFO(text);
        scratch.write("d.xml", text);
        CHECK((test::run({"xmllint", "--noout", "--nonet", "--valid", "d.xml"}, scratch.path()).code == 0) == item.valid);
        const auto problems = validate_xml(text, "d.xml", grammar);
        REQUIRE(problems);
        CHECK(problems->empty() == item.valid);
    }
}

TEST_CASE("xmllint comes to the same verdict on documents that call themselves standalone") {
    test::tool_or_skip("xmllint");
    const std::string grammar = "<!ELEMENT r (a*)><!ELEMENT a (#PCDATA)>"
                                "<!ATTLIST a k (x | y) \"x\" c CDATA #FIXED 'v' n NMTOKEN #IMPLIED>";
    const test::Scratch scratch;
    scratch.write("g.dtd", grammar);
    struct Case {
        const char *standalone, *document;
        bool valid;
    };
    for (const Case& item : {Case{"yes", "<r/>", true},
                             {"yes", "<r><a k='y' c='v'>t </a></r>", true},
                             {"yes", "<r><a k='x'/></r>", false}, // c comes from the grammar
                             {"yes", "<r><a c='v'/></r>", false}, // and k
                             {"yes", "<r> <a k='x' c='v'/></r>", false},
                             {"yes", "<r><a k='x' c='v'/>\n</r>", false},
                             {"yes", "<r><!-- --><a k='x' c='v' n=' q '/></r>", true},
                             {"no", "<r> <a/></r>", true}}) {
        const std::string text = fill("<?xml version=\"1.0\" standalone=\"{}\"?><!DOCTYPE r SYSTEM \"g.dtd\">{}",
                                      std::string_view(item.standalone), std::string_view(item.document));
        INFO(text);
        scratch.write("d.xml", text);
        CHECK((test::run({"xmllint", "--noout", "--nonet", "--valid", "d.xml"}, scratch.path()).code == 0) == item.valid);
        const auto problems = validate_xml(text, "d.xml", grammar);
        REQUIRE(problems);
        CHECK(problems->empty() == item.valid);
    }
    // One declaration is one problem, however much contradicts it.
    const auto problems = validate_xml("<?xml version='1.0' standalone='yes'?>\n<r>\n <a/>\n <a/></r>", "d.xml", grammar);
    REQUIRE(problems);
    REQUIRE(problems->size() == 1);
    CHECK(problems->front().line == 1);
    CHECK(problems->front().message ==
          "it says standalone=\"yes\", which is not so: only the grammar tells that the blanks in r are no text "
          "(line 2); leave standalone out");
}

TEST_CASE("what is wrong is said in words, once, with what the grammar has") {
    const std::string grammar = "<!ELEMENT r (a, (b | c)+)><!ELEMENT a EMPTY><!ELEMENT b (#PCDATA)><!ELEMENT c EMPTY>"
                                "<!ATTLIST b op (new | append) #REQUIRED ID ID #IMPLIED v CDATA #FIXED '3.2'>";
    const auto said = [&](const std::string& document) {
        const auto problems = validate_xml(document, "f", grammar);
        REQUIRE(problems);
        REQUIRE(problems->size() == 1);
        return problems->front().message;
    };
    CHECK(said("<r><c/></r>") == "c must not stand here in r (the grammar has a here)");
    CHECK(said("<r><a/><a/></r>") == "a must not stand here in r (the grammar has b, c here)");
    CHECK(said("<r><a/></r>") == "r ends too early: the grammar has b, c here");
    CHECK(said("<r><a/><c/>x</r>") == "r must not hold text of its own");
    CHECK(said("<r><a/><c/><![CDATA[ ]]></r>") == "r must not hold text of its own, nor a CDATA section");
    CHECK(said("<!DOCTYPE q SYSTEM 'g'><r><a/><c/></r>") == "the DOCTYPE announces the root element q, and the root element is r");
    CHECK(said("<r><a> </a><c/></r>") == "a has to be empty");
    CHECK(said("<r><a/><b/></r>") == "b lacks its attribute op");
    CHECK(said("<r><a/><b op='old'/></r>") == "attribute op of b is \"old\", none of new, append");
    CHECK(said("<r><a/><b op='new' v='3'/></r>") == "attribute v of b is \"3\", not \"3.2\"");
    CHECK(said("<r><a/><b op='new' x='3'/></r>") == "the grammar has no attribute x of b");
    CHECK(said("<r><a/><b op='new' ID='i'/><b op='new' ID='i'/></r>") == "the ID \"i\" stands already at another element");
    CHECK(said("<r><a/><d/></r>") == "the grammar has no element d");
}
