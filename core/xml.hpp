// XML: reading (libxml2 behind it), validating against a grammar given as a DTD text, and a deterministic writer. The network is never
// used, entities are never expanded, nothing but the given grammar is loaded; a document that declares entities is refused.
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier {

struct XmlAttribute {
    std::string name; // with prefix, as written ("xlink:href"); namespace declarations ("xmlns:xlink") are attributes too
    std::string value;
};

struct XmlElement {
    std::string name;                     // with prefix, as written
    std::vector<XmlAttribute> attributes; // in document order; without defaults from a DTD
    std::string text;                     // the character data directly inside, entities resolved (the five and numeric ones only)
    std::vector<XmlElement> children;
    std::int64_t line = 0;
    const std::string* attribute(std::string_view name) const; // null when absent
    const XmlElement* child(std::string_view name) const;      // first of that name
};

struct XmlDoctype {
    std::string name, public_id, system_id;
    bool present = false;
};

struct XmlDocument {
    XmlDoctype doctype;
    std::vector<std::pair<std::string, std::string>> instructions; // target, data; before the root
    XmlElement root;
};

// What lies beyond is unsupported, not invalid: such a document may be well formed.
struct XmlLimits {
    std::uint64_t bytes = 256u << 20;
    int depth = 64;
    std::size_t attributes = 256;               // of one element
    std::uint64_t elements = ~std::uint64_t{0}; // of the document; streams only
};

// The value of an attribute of any type but CDATA, as XML 1.0 section 3.3.3 asks for: no spaces around, single ones inside. `value` comes
// from a reader, so other blanks than spaces can only be meant (&#10;), and stay.
std::string normalised_token(std::string_view value);

// Entities, elements, attributes or notations declared in the document's own DOCTYPE: refused (unsupported) wherever XML is read here, at
// the first of them and before anything is expanded.
Error own_declarations(Place where);
bool is_own_declarations(const Error& error);

// A small or middling document as a tree. Errors: invalid, with line; unsupported for what is beyond the limits, for an encoding that is
// not read and for own declarations.
Result<XmlDocument> parse_xml(std::string_view bytes, const std::string& path, const XmlLimits& limits = {});

enum class XmlProblemKind { content, unknown_element, unknown_attribute, attribute_missing, attribute_value, id_repeated, other };

struct XmlProblem {
    std::int64_t line = 0;
    std::string message;
    XmlProblemKind kind = XmlProblemKind::other;
    std::string element, attribute; // where the problem is about one; attribute is "ID" for id_repeated
};

// Validity against the grammar (DTD text), whatever DTD the document's own DOCTYPE names. Empty list = valid. The document must be well
// formed and within the limits (else an Error). Problems beyond `most` are not listed.
Result<std::vector<XmlProblem>> validate_xml(std::string_view bytes, const std::string& path, std::string_view dtd, std::size_t most = 200);

// Validity against an XML schema (XSD 1.0). Nothing is loaded but `xsd` itself and, where it imports them, the attributes of XLink, in our
// words. Errors: invalid when the document is not well formed or the schema cannot be used alone.
Result<std::vector<XmlProblem>> validate_xml_schema(std::string_view bytes, const std::string& path, std::string_view xsd,
                                                    const std::string& xsd_path, std::size_t most = 200);

// A grammar as its declarations, normalised so that two DTDs can be compared: element name -> content model, and
// "element@attribute" -> "TYPE default" (enumerations sorted). Comments and order of declarations do not count.
Result<std::map<std::string, std::string>> parse_dtd(std::string_view dtd, const std::string& path);

// Writes UTF-8 with two-space indent, "\n" line ends, attributes in the order given. Text and attribute values are escaped; characters that
// XML 1.0 forbids are dropped.
class XmlWriter {
public:
    void declaration(bool standalone_no = false);
    void doctype(std::string_view name, std::string_view system_id);
    void instruction(std::string_view target, std::string_view data);
    void start(std::string_view name, const std::vector<XmlAttribute>& attributes = {});
    void text_element(std::string_view name, std::string_view text, const std::vector<XmlAttribute>& attributes = {});
    void end();
    std::string finish(); // closes what is open

private:
    void indent();
    std::string out_;
    std::vector<std::string> open_;
    bool start_pending_ = false;
};

std::string escape_xml(std::string_view text); // also for attribute values and HTML

} // namespace dossier
