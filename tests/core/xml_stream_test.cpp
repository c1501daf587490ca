#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "core/xml_stream.hpp"

using namespace dossier;

namespace {

// Writes down what is called.
class Recorder final : public XmlHandler {
public:
    std::string log;
    int most_starts = 1'000'000;
    Result<void> doctype(const XmlDoctype& doctype) override {
        log += "!" + doctype.name + "|" + doctype.system_id + " ";
        return {};
    }
    Result<void> instruction(const std::string& target, const std::string& data) override {
        log += "?" + target + "|" + data + " ";
        return {};
    }
    Result<void> start(const XmlStart& element) override {
        if (element.name == "stop") return Error(ErrorKind::unsupported, "stopped by the handler", {"x", "", element.line, "", -1});
        log += "<" + element.name + "@" + std::to_string(element.line);
        for (const XmlAttribute& attribute : element.attributes) log += " " + attribute.name + "=" + attribute.value;
        log += "> ";
        ++starts_;
        return {};
    }
    Result<void> end(const std::string& name, std::int64_t line) override {
        if (!text_.empty()) log += "'" + text_ + "' ";
        text_.clear();
        log += "/" + name + "@" + std::to_string(line) + " ";
        return {};
    }
    Result<void> text(std::string_view piece) override {
        text_ += piece;
        return {};
    }
    bool is_done() const override { return starts_ >= most_starts; }

private:
    std::string text_;
    int starts_ = 0;
};

std::string log_of(const std::string& bytes) {
    Recorder recorder;
    const auto result = read_xml(bytes, "a.xml", recorder);
    if (!result) FAIL(to_text(result.error()));
    return recorder.log;
}

Error error_of(const std::string& bytes, const XmlLimits& limits = {}) {
    Recorder recorder;
    const auto result = read_xml(bytes, "a.xml", recorder, limits);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().where.path == "a.xml");
    return result.error();
}

} // namespace

TEST_CASE("xml is read element by element with prefixes, order and lines as written") {
    CHECK(log_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<?xml-stylesheet href=\"a.xsl\"?>\n"
                 "<!DOCTYPE ectd:ectd SYSTEM \"util/dtd/x.dtd\">\n"
                 "<ectd:ectd xmlns:ectd=\"urn:e\" z=\"1\" a=\"2\">\n"
                 "<leaf ID='n1'\n"
                 "      xlink:href='a&amp;b &#60;'/>\n"
                 "<title>A &lt; B <![CDATA[& C]]>&#x44;</title></ectd:ectd>\n") ==
          "?xml-stylesheet|href=\"a.xsl\" !ectd:ectd|util/dtd/x.dtd <ectd:ectd@4 xmlns:ectd=urn:e z=1 a=2> <leaf@6 ID=n1 xlink:href=a&b <> "
          "'\n' /leaf@6 <title@7> '\nA < B & CD' /title@7 /ectd:ectd@7 ");
}

TEST_CASE("xml in pieces of any size reads the same") {
    const std::string bytes = "<?xml version='1.0'?><!-- a > \"b --><r a=\"1 > 2\" b='x'><![CDATA[ ]] > ]]]><c/>text\xC3\xBC</r><!--- -->";
    const std::string whole = log_of(bytes);
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        Recorder recorder;
        XmlStream stream(recorder, "a.xml");
        for (std::size_t at = 0; at < bytes.size(); at += size) REQUIRE(stream.feed(std::string_view(bytes).substr(at, size)));
        REQUIRE(stream.finish());
        CHECK(recorder.log == whole);
    }
}

TEST_CASE("xml that declares, refers or hides is refused") {
    const std::string laughs = "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
    CHECK(error_of(laughs).message.find("declares entities") != std::string::npos);
    CHECK(is_own_declarations(error_of(laughs)));
    CHECK(error_of("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>").message.find("declares entities") !=
          std::string::npos);
    CHECK(error_of("<!DOCTYPE a [<!ATTLIST a b CDATA \"x\">]><a/>").message.find("declares entities") != std::string::npos);
    CHECK(error_of("<!DOCTYPE a [<!ATTLIST a b (x|y) \"x\">]><a/>").message.find("declares entities") != std::string::npos);
    CHECK(error_of("<!DOCTYPE a [<!ELEMENT a EMPTY>]><a/>").message.find("declares entities") != std::string::npos);
    CHECK(error_of("<!DOCTYPE a SYSTEM \"a.dtd\">\n<a>&nbsp;</a>").message == "the entity &nbsp; is not defined");
    CHECK(error_of("<!DOCTYPE a SYSTEM \"a.dtd\">\n<a b='&nbsp;'/>").where.line == 2);
    CHECK(log_of("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>") == "!a|http://example.org/a.dtd <a@1> /a@1 "); // named, not loaded
}

TEST_CASE("xml that is not well formed is refused with its line") {
    CHECK(error_of("<a>\n<b>\n</a>").where.line == 3);
    CHECK(error_of("").kind == ErrorKind::invalid);
    CHECK(error_of("   \n").kind == ErrorKind::invalid);
    CHECK(error_of("<a>").kind == ErrorKind::invalid);
    CHECK(error_of("<a/><b/>").kind == ErrorKind::invalid);
    CHECK(error_of("<a b='1' b='2'/>").kind == ErrorKind::invalid);
    CHECK(error_of("<a>\xFF</a>").kind == ErrorKind::invalid);
    CHECK(error_of("<a>\x01</a>").kind == ErrorKind::invalid);
    CHECK(error_of("%PDF-1.7").message.find("does not begin with '<'") != std::string::npos);
}

TEST_CASE("xml bounds: depth, attributes, size") {
    auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i) text += "<a>";
        for (int i = 0; i < depth; ++i) text += "</a>";
        return text;
    };
    log_of(nested(64));
    CHECK(error_of(nested(65)).message == "elements are nested deeper than 64, and this program reads no deeper");
    auto wide = [](int count) {
        std::string text = "<a";
        for (int i = 0; i < count; ++i) text += fill(" a{}='\"'", i);
        return text + "/>";
    };
    log_of(wide(256));
    CHECK(error_of("\n" + wide(257)).where.line == 2);
    const Error million = error_of(wide(1'000'000));
    CHECK(million.kind == ErrorKind::unsupported); // it is well formed
    CHECK(million.message == "an element has more than 256 attributes, and this program reads no more");
    XmlLimits limits;
    limits.bytes = 10;
    CHECK(error_of("<a>1234</a>", limits).message.find("larger than the 10 bytes") != std::string::npos);
}

TEST_CASE("a part over 10 MB is beyond the library, and not called damage") {
    const std::string much(11'000'000, 'x');
    for (const std::string& bytes :
         {"<a><!--" + much + "--></a>", "<a><?p " + much + "?></a>", "<a><![CDATA[" + much + "]]></a>", "<a b='" + much + "'/>"}) {
        INFO(bytes.substr(0, 12));
        CHECK(error_of(bytes).kind == ErrorKind::unsupported);
        const auto whole = parse_xml(bytes, "f.xml");
        REQUIRE_FALSE(whole);
        CHECK(whole.error().kind == ErrorKind::unsupported);
    }
    CHECK(error_of("<a><!-- cut off</a>").kind == ErrorKind::invalid);
}

TEST_CASE("xml encodings that could hide markup are refused, the common ones are read") {
    CHECK(error_of("<?xml version='1.0' encoding='UTF-7'?><a/>").message.find("the encoding utf-7 is not read") == 0);
    CHECK(error_of("<?xml version='1.0' encoding=\"ibm037\"?><a/>").message.find("ibm037") != std::string::npos);
    CHECK(error_of("<?xml version='1.0'" + std::string(2000, ' ') + "encoding='UTF-7'?><a/>").message.find("does not end") !=
          std::string::npos);
    CHECK(error_of(std::string("\x4C\x6F\xA7\x94", 4)).message.find("not XML") != std::string::npos); // "<?xm" in EBCDIC
    CHECK(log_of("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xFC</a>") == "<a@1> '\xC3\xBC' /a@1 ");
    CHECK(log_of("\xEF\xBB\xBF<a/>") == "<a@1> /a@1 ");
    for (const bool big_endian : {true, false}) {
        std::string wide = big_endian ? "\xFE\xFF" : "\xFF\xFE";
        for (const char c : std::string("<?xml version='1.0' encoding='UTF-16'?><a>x</a>"))
            wide += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
        CHECK(log_of(wide) == "<a@1> 'x' /a@1 ");
    }
    CHECK(error_of("<?xml version='1.0' encoding='UTF-16LE'?><a/>").message.find("utf-16le") != std::string::npos);
    // The byte 0x22 of U+3022 is no quote: a value with '>' must not end the count of attributes.
    std::string hidden = std::string("\xFF\xFE") + std::string("<\0a\0\x22\x30", 6);
    for (const char c : std::string(" b='>'")) hidden += std::string{c, '\0'};
    for (int i = 0; i < 256; ++i)
        for (const char c : fill(" c{}=\"\"", i)) hidden += std::string{c, '\0'};
    hidden += std::string("/\0>\0", 4);
    CHECK(error_of(hidden).message.find("more than 256 attributes") != std::string::npos);
}

TEST_CASE("a handler can stop the reading, with an error or because it has seen enough") {
    const Error error = [] {
        Recorder recorder;
        return read_xml("<a>\n<b/><stop/></a>", "a.xml", recorder).error();
    }();
    CHECK(error.kind == ErrorKind::unsupported);
    CHECK(error.where.line == 2);
    Recorder recorder;
    recorder.most_starts = 2;
    CHECK(read_xml("<a><b/><c/><d></wrong>", "a.xml", recorder));
    CHECK(recorder.log == "<a@1> <b@1> ");
}

TEST_CASE("a large xml file is read in little memory") {
    const auto fs = make_memory_file_system();
    std::string bytes = "<r>";
    for (int i = 0; i < 200'000; ++i) bytes += fill("<leaf ID=\"n{}\"><title>Title {}</title></leaf>\n", i, i);
    REQUIRE(write_new_file(*fs, "big.xml", bytes + "</r>"));
    struct Counter final : XmlHandler {
        int leaves = 0;
        std::int64_t last_line = 0;
        Result<void> start(const XmlStart& element) override {
            leaves += element.name == "leaf" ? 1 : 0;
            last_line = element.line;
            return {};
        }
        Result<void> end(const std::string&, std::int64_t) override { return {}; }
    } counter;
    REQUIRE(read_xml_file(*fs, "big.xml", counter));
    CHECK(counter.leaves == 200'000);
    CHECK(counter.last_line == 200'000); // beyond the 65,535 that libxml2 keeps in a tree
    CHECK(read_xml_file(*fs, "none.xml", counter).error().kind == ErrorKind::not_found);
}
