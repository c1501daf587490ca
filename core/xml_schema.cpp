// XML schemas: validity of a document against an agency's XSD.
#include "core/xml.hpp"

#include <memory>

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include "core/text.hpp"
#include "core/xml_library.hpp"
#include "core/xml_stream.hpp"

namespace dossier {

namespace {

// W3C XLink 1.0, section 3: the attributes. Agencies' schemas import them from a file that they do not always deliver.
constexpr const char* xlink_attributes =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xlink">
<xs:attribute name="href" type="xs:string"/><xs:attribute name="type" type="xs:string"/><xs:attribute name="title" type="xs:string"/>
<xs:attribute name="role" type="xs:string"/><xs:attribute name="arcrole" type="xs:string"/><xs:attribute name="show" type="xs:string"/>
<xs:attribute name="actuate" type="xs:string"/><xs:attribute name="label" type="xs:string"/></xs:schema>)";

template <class T> using Owned = std::unique_ptr<T, void (*)(T*)>;

class Passing final : public XmlHandler { // nothing is kept: the tree of the judge is large enough
    Result<void> start(const XmlStart&) override { return {}; }
    Result<void> end(const std::string&, std::int64_t) override { return {}; }
};

} // namespace

Result<std::vector<XmlProblem>> validate_xml_schema(std::string_view bytes, const std::string& path, std::string_view xsd,
                                                    const std::string& xsd_path, std::size_t most) {
    Passing nothing;
    DOSSIER_CHECK(read_xml(bytes, path, nothing)); // bounds, entities, well-formedness
    DOSSIER_CHECK(parse_xml(xsd, xsd_path));
    xml_library::Messages of_schema;
    const xml_library::Served served("xlink.xsd", xlink_attributes);
    const Owned<xmlSchemaParserCtxt> parser(xmlSchemaNewMemParserCtxt(xsd.data(), static_cast<int>(xsd.size())), xmlSchemaFreeParserCtxt);
    const Owned<xmlSchema> schema(parser ? xmlSchemaParse(parser.get()) : nullptr, xmlSchemaFree);
    if (!schema) return of_schema.to_error(xsd_path);
    xml_library::Messages of_document; // warnings about relative namespaces, which an agency's may be
    const Owned<xmlDoc> document(
        xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_NOWARNING), xmlFreeDoc);
    const Owned<xmlSchemaValidCtxt> context(xmlSchemaNewValidCtxt(schema.get()), xmlSchemaFreeValidCtxt);
    if (!document || !context) return of_document.to_error(path);
    xml_library::Messages messages(most);
    const int verdict = xmlSchemaValidateDoc(context.get(), document.get());
    std::vector<XmlProblem> problems;
    for (const auto& message : messages.all())
        problems.push_back({message.line, replace_all(message.text, "\n", " "), XmlProblemKind::other, message.element, ""});
    if (verdict != 0 && problems.empty()) problems.push_back({0, "it does not follow the schema", XmlProblemKind::other, "", ""});
    return problems;
}

} // namespace dossier
