#include "core/xml.hpp"

#include <memory>

#include <libxml/parser.h>
#include <libxml/tree.h>

#include "core/text.hpp"
#include "core/xml_library.hpp"

namespace dossier {

namespace {

std::string to_string(const xmlChar* text) { return text ? reinterpret_cast<const char*>(text) : ""; }

std::string prefixed(const xmlNs* ns, const xmlChar* name) {
    return ns && ns->prefix ? to_string(ns->prefix) + ":" + to_string(name) : to_string(name);
}

std::string attribute_value(const xmlAttr* attribute) {
    std::string value;
    for (const xmlNode* part = attribute->children; part; part = part->next)
        if (part->type == XML_TEXT_NODE) value += to_string(part->content);
    return value;
}

Result<void> to_element(const xmlNode* node, const std::string& path, const XmlLimits& limits, int depth, XmlElement& out) {
    out.name = prefixed(node->ns, node->name);
    out.line = xmlGetLineNo(const_cast<xmlNode*>(node));
    if (depth > limits.depth)
        return Error(ErrorKind::unsupported, fill("elements are nested deeper than {}, and this program reads no deeper", limits.depth),
                     {path, "", out.line, "", -1});
    for (const xmlNs* ns = node->nsDef; ns; ns = ns->next)
        out.attributes.push_back({ns->prefix ? "xmlns:" + to_string(ns->prefix) : "xmlns", to_string(ns->href)});
    for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next)
        out.attributes.push_back({prefixed(attribute->ns, attribute->name), attribute_value(attribute)});
    for (const xmlNode* child = node->children; child; child = child->next) {
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
            out.text += to_string(child->content);
        } else if (child->type == XML_ELEMENT_NODE) {
            out.children.emplace_back();
            DOSSIER_CHECK(to_element(child, path, limits, depth + 1, out.children.back()));
        }
    }
    return {};
}

bool declares(const xmlDtd* dtd) {
    for (const xmlNode* item = dtd ? dtd->children : nullptr; item; item = item->next)
        if (item->type != XML_COMMENT_NODE && item->type != XML_PI_NODE) return true;
    return false;
}

using Document = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;

// Reads without network, entity expansion or any other file; refuses a document that declares anything of its own.
Result<Document> read_document(std::string_view bytes, const std::string& path, const XmlLimits& limits) {
    DOSSIER_CHECK(xml_library::check_bounds(bytes, path, limits.bytes, limits.attributes));
    xml_library::start();
    xml_library::Messages messages;
    Document document(xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, XML_PARSE_NONET | XML_PARSE_BIG_LINES),
                      &xmlFreeDoc);
    if (document && declares(document->intSubset)) return own_declarations({path});
    if (!document || !xmlDocGetRootElement(document.get())) return messages.to_error(path);
    return document;
}

constexpr const char* own_declarations_message = "the DOCTYPE declares entities or elements of its own, which this program does not read";

} // namespace

Error own_declarations(Place where) {
    return {ErrorKind::unsupported, own_declarations_message, std::move(where), "remove the part in [ ] from the DOCTYPE"};
}

bool is_own_declarations(const Error& error) { return error.kind == ErrorKind::unsupported && error.message == own_declarations_message; }

const std::string* XmlElement::attribute(std::string_view wanted) const {
    for (const XmlAttribute& item : attributes)
        if (item.name == wanted) return &item.value;
    return nullptr;
}

const XmlElement* XmlElement::child(std::string_view wanted) const {
    for (const XmlElement& item : children)
        if (item.name == wanted) return &item;
    return nullptr;
}

std::string normalised_token(std::string_view value) {
    std::string result;
    for (const char c : value)
        if (c != ' ' || (!result.empty() && result.back() != ' ')) result += c;
    if (!result.empty() && result.back() == ' ') result.pop_back();
    return result;
}

Result<XmlDocument> parse_xml(std::string_view bytes, const std::string& path, const XmlLimits& limits) {
    DOSSIER_TRY(const Document document, read_document(bytes, path, limits));
    XmlDocument result;
    if (const xmlDtd* dtd = document->intSubset)
        result.doctype = {to_string(dtd->name), to_string(dtd->ExternalID), to_string(dtd->SystemID), true};
    for (const xmlNode* node = document->children; node && node->type != XML_ELEMENT_NODE; node = node->next)
        if (node->type == XML_PI_NODE) result.instructions.emplace_back(to_string(node->name), to_string(node->content));
    DOSSIER_CHECK(to_element(xmlDocGetRootElement(document.get()), path, limits, 1, result.root));
    return result;
}

} // namespace dossier
