// DTDs as libxml2 reads them: as comparable declarations, and made ready for validating.
#include "core/xml.hpp"

#include <algorithm>
#include <memory>

#include <libxml/parser.h>
#include <libxml/valid.h>
#include <libxml/xmlerror.h>

#include "core/text.hpp"
#include "core/xml_grammar_data.hpp"
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

int XmlGrammar::Data::symbol(const std::string& name) {
    const auto [found, is_new] = symbols.emplace(name, static_cast<int>(elements.size()));
    if (is_new) {
        elements.emplace_back();
        elements.back().name = name;
    }
    return found->second;
}

namespace {

using Data = XmlGrammar::Data;
using xml_content::Model;
using xml_content::Part;

// Names are collected first: symbols must not move elements while a model is built.
class ContentCompiler {
public:
    ContentCompiler(const std::unordered_map<std::string, int>& symbols, Model& model) : symbols_(symbols), model_(model) {}

    Part compile(const xmlElementContent* content) {
        Part part;
        switch (content->type) {
        case XML_ELEMENT_CONTENT_PCDATA:
            part.nullable = true;
            break;
        case XML_ELEMENT_CONTENT_ELEMENT:
            part = model_.name(symbols_.at(name_of(content->prefix, content->name)));
            break;
        case XML_ELEMENT_CONTENT_SEQ:
            part = compile(content->c1);
            part = model_.sequence(part, compile(content->c2));
            break;
        case XML_ELEMENT_CONTENT_OR:
            part = compile(content->c1);
            part = Model::choice(part, compile(content->c2));
            break;
        }
        if (content->ocur == XML_ELEMENT_CONTENT_MULT || content->ocur == XML_ELEMENT_CONTENT_PLUS) part = model_.repeated(part);
        if (content->ocur == XML_ELEMENT_CONTENT_MULT || content->ocur == XML_ELEMENT_CONTENT_OPT) part = Model::optional(part);
        return part;
    }

private:
    const std::unordered_map<std::string, int>& symbols_;
    Model& model_;
};

void collect_names(const xmlElementContent* content, Data& data) {
    if (!content) return;
    if (content->type == XML_ELEMENT_CONTENT_ELEMENT) data.symbol(name_of(content->prefix, content->name));
    if (content->type == XML_ELEMENT_CONTENT_SEQ || content->type == XML_ELEMENT_CONTENT_OR) {
        collect_names(content->c1, data);
        collect_names(content->c2, data);
    }
}

void take_element(const xmlElement* declared, Data& data) {
    Data::Element& element = data.elements[static_cast<std::size_t>(data.symbol(name_of(declared->prefix, declared->name)))];
    element.declared = declared->etype != XML_ELEMENT_TYPE_UNDEFINED;
    if (declared->etype == XML_ELEMENT_TYPE_EMPTY) element.content = Data::Content::empty;
    if (declared->etype == XML_ELEMENT_TYPE_MIXED) element.content = Data::Content::mixed;
    if (declared->etype == XML_ELEMENT_TYPE_ELEMENT) element.content = Data::Content::children;
    if (!declared->content) return;
    element.model.finish(ContentCompiler(data.symbols, element.model).compile(declared->content));
}

Data::Type type_of(const xmlAttribute* attribute) {
    switch (attribute->atype) {
    case XML_ATTRIBUTE_CDATA:
        return Data::Type::text;
    case XML_ATTRIBUTE_ID:
        return Data::Type::id;
    case XML_ATTRIBUTE_IDREF:
        return Data::Type::reference;
    case XML_ATTRIBUTE_IDREFS:
        return Data::Type::references;
    case XML_ATTRIBUTE_NMTOKEN:
        return Data::Type::token;
    case XML_ATTRIBUTE_NMTOKENS:
        return Data::Type::tokens;
    case XML_ATTRIBUTE_ENUMERATION:
        return Data::Type::listed;
    default:
        return Data::Type::other;
    }
}

void take_attribute(const xmlAttribute* declared, Data& data) {
    Data::Attribute attribute;
    attribute.name = name_of(declared->prefix, declared->name);
    attribute.type = type_of(declared);
    attribute.required = declared->def == XML_ATTRIBUTE_REQUIRED;
    attribute.fixed = declared->def == XML_ATTRIBUTE_FIXED;
    attribute.has_default = declared->defaultValue != nullptr;
    if (declared->defaultValue) attribute.value = reinterpret_cast<const char*>(declared->defaultValue);
    for (const xmlEnumeration* value = declared->tree; value; value = value->next)
        attribute.listed.emplace_back(reinterpret_cast<const char*>(value->name));
    data.elements[static_cast<std::size_t>(data.symbol(name_of(nullptr, declared->elem)))].attributes.push_back(std::move(attribute));
}

} // namespace

Result<XmlGrammar> XmlGrammar::parse(std::string_view text, const std::string& path) {
    DOSSIER_TRY(const Dtd dtd, read_dtd(text, path));
    auto data = std::make_shared<Data>();
    for (const xmlNode* node = dtd->children; node; node = node->next)
        if (node->type == XML_ELEMENT_DECL) {
            const auto* element = reinterpret_cast<const xmlElement*>(node);
            data->symbol(name_of(element->prefix, element->name));
            collect_names(element->content, *data);
        }
    for (const xmlNode* node = dtd->children; node; node = node->next) {
        if (node->type == XML_ELEMENT_DECL) take_element(reinterpret_cast<const xmlElement*>(node), *data);
        if (node->type == XML_ATTRIBUTE_DECL) take_attribute(reinterpret_cast<const xmlAttribute*>(node), *data);
    }
    XmlGrammar grammar;
    grammar.data_ = std::move(data);
    return grammar;
}

} // namespace dossier
