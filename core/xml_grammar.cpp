// DTDs: validity of a document against a grammar text, and a grammar as comparable declarations.
#include "core/xml.hpp"

#include <algorithm>
#include <memory>

#include <libxml/parser.h>
#include <libxml/valid.h>
#include <libxml/xmlerror.h>

#include "core/text.hpp"
#include "core/xml_library.hpp"

namespace dossier {

namespace {

using Dtd = std::unique_ptr<xmlDtd, decltype(&xmlFreeDtd)>;

Result<Dtd> read_dtd(std::string_view text, const std::string& path) {
    xml_library::start();
    xml_library::Messages messages;
    xmlParserInputBufferPtr buffer = xmlParserInputBufferCreateMem(text.data(), static_cast<int>(text.size()), XML_CHAR_ENCODING_NONE);
    Dtd dtd(buffer ? xmlIOParseDTD(nullptr, buffer, XML_CHAR_ENCODING_NONE) : nullptr, &xmlFreeDtd); // takes the buffer over
    if (!dtd) return messages.to_error(path);
    return dtd;
}

std::string name_of(const xmlChar* prefix, const xmlChar* name) {
    std::string text = prefix ? reinterpret_cast<const char*>(prefix) + std::string(":") : "";
    return text + (name ? reinterpret_cast<const char*>(name) : "");
}

const char* occurrence(xmlElementContentOccur ocur) {
    switch (ocur) {
    case XML_ELEMENT_CONTENT_OPT:
        return "?";
    case XML_ELEMENT_CONTENT_MULT:
        return "*";
    case XML_ELEMENT_CONTENT_PLUS:
        return "+";
    default:
        return "";
    }
}

// libxml2 keeps "a, b, c" as a right-leaning tree; groups without an occurrence of their own are flattened.
void add_parts(const xmlElementContent* content, xmlElementContentType type, std::vector<std::string>& parts);

std::string content_text(const xmlElementContent* content) {
    if (content->type == XML_ELEMENT_CONTENT_PCDATA) return "#PCDATA";
    if (content->type == XML_ELEMENT_CONTENT_ELEMENT) return name_of(content->prefix, content->name) + occurrence(content->ocur);
    std::vector<std::string> parts;
    add_parts(content->c1, content->type, parts);
    add_parts(content->c2, content->type, parts);
    return "(" + join(parts, content->type == XML_ELEMENT_CONTENT_SEQ ? ", " : " | ") + ")" + occurrence(content->ocur);
}

void add_parts(const xmlElementContent* content, xmlElementContentType type, std::vector<std::string>& parts) {
    if (!content) return;
    if (content->type == type && content->ocur == XML_ELEMENT_CONTENT_ONCE) {
        add_parts(content->c1, type, parts);
        add_parts(content->c2, type, parts);
    } else {
        parts.push_back(content_text(content));
    }
}

std::string element_text(const xmlElement* element) {
    switch (element->etype) {
    case XML_ELEMENT_TYPE_EMPTY:
        return "EMPTY";
    case XML_ELEMENT_TYPE_ANY:
        return "ANY";
    default:
        return element->content ? content_text(element->content) : "UNDECLARED";
    }
}

std::string attribute_text(const xmlAttribute* attribute) {
    static const char* const types[] = {"", "CDATA", "ID", "IDREF", "IDREFS", "ENTITY", "ENTITIES", "NMTOKEN", "NMTOKENS", "", "NOTATION"};
    std::string text;
    if (attribute->atype == XML_ATTRIBUTE_ENUMERATION) {
        std::vector<std::string> values;
        for (const xmlEnumeration* value = attribute->tree; value; value = value->next)
            values.emplace_back(reinterpret_cast<const char*>(value->name));
        std::sort(values.begin(), values.end());
        text = "(" + join(values, " | ") + ")";
    } else {
        text = types[attribute->atype];
    }
    switch (attribute->def) {
    case XML_ATTRIBUTE_REQUIRED:
        text += " #REQUIRED";
        break;
    case XML_ATTRIBUTE_IMPLIED:
        text += " #IMPLIED";
        break;
    case XML_ATTRIBUTE_FIXED:
        text += " #FIXED";
        break;
    default:
        break;
    }
    if (attribute->defaultValue) text += fill(" \"{}\"", std::string_view(reinterpret_cast<const char*>(attribute->defaultValue)));
    return text;
}

} // namespace

Result<std::map<std::string, std::string>> parse_dtd(std::string_view text, const std::string& path) {
    DOSSIER_TRY(const Dtd dtd, read_dtd(text, path));
    std::map<std::string, std::string> declarations;
    for (const xmlNode* node = dtd->children; node; node = node->next) {
        if (node->type == XML_ELEMENT_DECL) {
            const auto* element = reinterpret_cast<const xmlElement*>(node);
            declarations[name_of(element->prefix, element->name)] = element_text(element);
        } else if (node->type == XML_ATTRIBUTE_DECL) {
            const auto* attribute = reinterpret_cast<const xmlAttribute*>(node);
            declarations[name_of(nullptr, attribute->elem) + "@" + name_of(attribute->prefix, attribute->name)] = attribute_text(attribute);
        }
    }
    return declarations;
}

namespace {

XmlProblemKind kind_of(int code, const std::string& text) {
    switch (code) {
    case XML_DTD_CONTENT_MODEL:
    case XML_DTD_CONTENT_ERROR:
    case XML_DTD_NOT_EMPTY:
    case XML_DTD_NOT_PCDATA:
    case XML_DTD_INVALID_CHILD:
        return XmlProblemKind::content;
    case XML_DTD_UNKNOWN_ELEM:
        return XmlProblemKind::unknown_element;
    case XML_DTD_UNKNOWN_ATTRIBUTE:
        return XmlProblemKind::unknown_attribute;
    case XML_DTD_MISSING_ATTRIBUTE:
        return XmlProblemKind::attribute_missing;
    case XML_DTD_ID_REDEFINED:
        return XmlProblemKind::id_repeated;
    case XML_DTD_ELEM_NAMESPACE:
    case XML_DTD_ELEM_DEFAULT_NAMESPACE:
        return XmlProblemKind::attribute_value;
    default:
        return text.find(" attribute ") == std::string::npos ? XmlProblemKind::other : XmlProblemKind::attribute_value;
    }
}

XmlProblem to_problem(const xml_library::Message& message) {
    XmlProblem problem{message.line, message.text, kind_of(message.code, message.text), message.element, ""};
    if (problem.kind == XmlProblemKind::id_repeated) problem.attribute = "ID";
    if (message.code == XML_DTD_ELEM_DEFAULT_NAMESPACE) problem.attribute = "xmlns";
    if (message.code == XML_DTD_ELEM_NAMESPACE) { // "Element r namespace name for p does not match the DTD"
        const std::vector<std::string> words = split(message.text, ' ');
        if (words.size() > 5 && words[2] == "namespace") problem.attribute = "xmlns:" + words[5];
    }
    // A value out of the document may stand before the word; behind it there are only names and the grammar's own default.
    const std::string_view text = message.text, word = " attribute ";
    const std::size_t at = text.rfind(word);
    if (problem.attribute.empty() && at != std::string_view::npos) {
        const std::string_view rest = text.substr(at + word.size());
        problem.attribute = std::string(rest.substr(0, rest.find(' ')));
    }
    return problem;
}

} // namespace

Result<std::vector<XmlProblem>> validate_xml(std::string_view bytes, const std::string& path, std::string_view grammar, std::size_t most) {
    DOSSIER_CHECK(parse_xml(bytes, path)); // well formed and bounded, or the error of that
    DOSSIER_TRY(const Dtd dtd, read_dtd(grammar, "grammar"));
    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                      XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_NOERROR | XML_PARSE_NOWARNING),
        &xmlFreeDoc);
    std::unique_ptr<xmlValidCtxt, decltype(&xmlFreeValidCtxt)> context(xmlNewValidCtxt(), &xmlFreeValidCtxt);
    if (!document || !context) return Error(ErrorKind::internal, "out of memory", {path});
    context->error = nullptr; // messages come through the structured handler, with lines
    context->warning = nullptr;
    xml_library::Messages messages(most);
    const int valid = xmlValidateDtd(context.get(), document.get(), dtd.get());
    std::vector<XmlProblem> problems;
    for (const auto& message : messages.all()) problems.push_back(to_problem(message));
    if (valid != 1 && problems.empty()) problems.push_back({0, "not valid against the grammar", XmlProblemKind::other, "", ""});
    return problems;
}

} // namespace dossier
