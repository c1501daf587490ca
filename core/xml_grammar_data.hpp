// What XmlGrammar holds. For core/xml_*.cpp only.
#pragma once

#include "core/xml_content.hpp"
#include "core/xml_validator.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace dossier {

struct XmlGrammar::Data {
    enum class Content { empty, any, mixed, children }; // mixed: text, and the names of `model` in any order
    enum class Type { text, id, reference, references, token, tokens, listed, other };
    struct Attribute {
        std::string name;
        Type type = Type::text;
        bool required = false, fixed = false, has_default = false; // a fixed one has a default too
        std::string value;                                         // the default
        std::vector<std::string> listed;                           // what may be chosen from
    };
    struct Element {
        std::string name;
        bool declared = false; // false: only mentioned
        Content content = Content::any;
        xml_content::Model model;
        std::vector<Attribute> attributes;
    };
    std::vector<Element> elements; // by symbol
    std::unordered_map<std::string, int> symbols;
    int symbol(const std::string& name); // a new one where the name is not known yet
};

} // namespace dossier
