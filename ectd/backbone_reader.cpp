#include "ectd/backbone_reader.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

std::string local_name(const std::string& name) { return name.substr(name.rfind(':') + 1); } // npos + 1 is 0

std::string section_step(const templates::Heading* heading, const std::string& element,
                         const std::map<std::string, std::string>& attributes) {
    std::vector<std::string> parts;
    auto add = [&](const std::string& name) {
        const auto found = attributes.find(name);
        if (found != attributes.end() && !found->second.empty()) parts.push_back(name + "=" + found->second);
    };
    if (heading)
        for (const auto& attribute : heading->attributes) add(attribute.name);
    else
        for (const auto& attribute : attributes) add(attribute.first);
    return parts.empty() ? element : element + "[" + join(parts, "|") + "]";
}

std::string extension_step(const std::string& title) { return "/{" + title + "}"; }

namespace {

struct Position {
    std::string section, element, form_type;
    std::map<std::string, std::string> attributes;
    std::vector<std::string> extensions;
    std::vector<SectionStep> steps;
};

const XmlElement* local_child(const XmlElement& element, std::string_view name) {
    for (const XmlElement& child : element.children)
        if (local_name(child.name) == name) return &child;
    return nullptr;
}

// A title is one line, however its XML is broken and indented.
std::string one_line(const std::string& text) {
    std::string line;
    for (const char c : trim(text)) {
        const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            line += c;
        else if (line.back() != ' ')
            line += ' ';
    }
    return line;
}

std::string value_of(const XmlElement& element, std::string_view name) {
    const std::string* value = element.attribute(name);
    return value ? *value : "";
}

Leaf to_leaf(const XmlElement& element, SequenceNumber sequence, const std::string& file, const Position& position) {
    Leaf leaf;
    leaf.at = {sequence, file, value_of(element, "ID")};
    leaf.operation = value_of(element, "operation");
    if (const XmlElement* title = local_child(element, "title")) leaf.title = one_line(title->text);
    leaf.href = value_of(element, "xlink:href");
    leaf.has_href = element.attribute("xlink:href") != nullptr;
    leaf.modified_file = value_of(element, "modified-file");
    leaf.has_modified_file = element.attribute("modified-file") != nullptr;
    leaf.checksum = value_of(element, "checksum");
    leaf.has_checksum = element.attribute("checksum") != nullptr;
    leaf.checksum_type = value_of(element, "checksum-type");
    leaf.line = element.line;
    leaf.section = position.section;
    leaf.element = position.element;
    leaf.form_type = position.form_type;
    leaf.attributes = position.attributes;
    leaf.extensions = position.extensions;
    if (!leaf.href.empty() && !path::is_absolute(leaf.href)) {
        const std::string folder = path::join(sequence.text(), path::parent(file));
        const std::string target = path::normalise(path::join(folder, leaf.href));
        if (path::is_inside(target)) leaf.path = target;
    }
    return leaf;
}

class LeafWalk {
public:
    LeafWalk(SequenceNumber sequence, std::string file, const templates::HeadingTree& headings, std::vector<Leaf>& leaves)
        : sequence_(sequence), file_(std::move(file)), headings_(headings), leaves_(leaves) {}

    void walk(const XmlElement& element, const Position& position) {
        std::shared_ptr<const std::vector<SectionStep>> steps;
        for (const XmlElement& child : element.children) {
            const std::string name = local_name(child.name);
            if (name == "leaf") {
                if (!steps) steps = std::make_shared<const std::vector<SectionStep>>(position.steps);
                leaves_.push_back(to_leaf(child, sequence_, file_, position));
                leaves_.back().steps = steps;
            } else if (name == "node-extension") {
                walk(child, into_extension(child, position));
            } else if (!child.children.empty()) {
                walk(child, into_heading(child, name, position));
            }
        }
    }

private:
    static Position into_extension(const XmlElement& element, Position position) {
        const XmlElement* title = local_child(element, "title");
        position.extensions.push_back(title ? one_line(title->text) : "");
        position.section += extension_step(position.extensions.back());
        position.steps.push_back({"node-extension", {}, position.extensions.back()});
        return position;
    }

    // Attributes with a prefix (xml:lang) make a node only where the heading's table says so: in the product information of the EU.
    static bool makes_node(const XmlAttribute& attribute, const templates::Heading* heading) {
        if (attribute.name == "ID" || attribute.name == "xmlns" || attribute.value.empty()) return false;
        if (attribute.name.find(':') == std::string::npos) return true;
        return heading && std::any_of(heading->attributes.begin(), heading->attributes.end(),
                                      [&](const templates::HeadingAttribute& known) { return known.name == attribute.name; });
    }

    Position into_heading(const XmlElement& element, const std::string& name, Position position) const {
        const templates::Heading* heading = headings_.by_element(name);
        std::map<std::string, std::string> own;
        for (const XmlAttribute& attribute : element.attributes)
            if (makes_node(attribute, heading)) own[attribute.name] = attribute.value;
        if (name == "form") {
            position.form_type = value_of(element, "form-type");
        } else {
            for (const auto& [attribute, value] : own) position.attributes[attribute] = value;
        }
        position.section += (position.section.empty() ? "" : "/") + section_step(heading, name, own);
        position.element = name;
        position.steps.push_back({name, std::move(own), {}});
        return position;
    }

    SequenceNumber sequence_;
    std::string file_;
    const templates::HeadingTree& headings_;
    std::vector<Leaf>& leaves_;
};

} // namespace

void add_leaves(const XmlDocument& document, SequenceNumber sequence, const std::string& file, const templates::HeadingTree& headings,
                std::vector<Leaf>& leaves) {
    LeafWalk(sequence, file, headings, leaves).walk(document.root, {});
}

namespace {

std::string text_of(const XmlElement* element) { return element ? std::string(trim(element->text)) : ""; }

const XmlElement* child_of(const XmlElement* element, std::string_view name) { return element ? element->child(name) : nullptr; }

// Tags and properties of an element of the STF. Those of a content-block hold for every doc-content below it (ICH STF 2.2).
struct Tags {
    std::vector<std::pair<std::string, std::string>> file_tags, properties;
    void add(const XmlElement& element) {
        for (const XmlElement& part : element.children) {
            if (part.name == "property") properties.emplace_back(value_of(part, "name"), text_of(&part));
            if (part.name != "file-tag") continue;
            file_tags.emplace_back(value_of(part, "name"), value_of(part, "info-type"));
            for (const XmlElement& property : part.children) properties.emplace_back(value_of(property, "name"), text_of(&property));
        }
    }
};

void add_contents(const XmlElement& element, const std::string& stf_file, const Tags& above, std::vector<StfContent>& contents) {
    for (const XmlElement& child : element.children) {
        if (child.name != "content-block" && child.name != "doc-content") continue;
        Tags tags = above;
        tags.add(child);
        if (child.name == "content-block") {
            add_contents(child, stf_file, tags, contents);
            continue;
        }
        StfContent content;
        content.href = value_of(child, "xlink:href");
        content.line = child.line;
        content.title = text_of(child.child("title"));
        content.file_tags = std::move(tags.file_tags);
        content.properties = std::move(tags.properties);
        // The STF lies in the sequence whose leaf names it; its references are relative to its own folder.
        const std::size_t slash = stf_file.find('/');
        const auto own = SequenceNumber::parse(stf_file.substr(0, slash));
        if (own && slash != std::string::npos)
            if (auto leaf = resolve_target(content.href, *own, stf_file.substr(slash + 1))) content.leaf = *leaf;
        contents.push_back(std::move(content));
    }
}

} // namespace

Result<Stf> read_stf(std::string bytes, const Leaf& leaf, const std::string& path) {
    DOSSIER_TRY(const XmlDocument document, parse_xml(bytes, path));
    Stf stf;
    stf.path = leaf.path;
    stf.leaf = leaf.at;
    stf.bytes = std::move(bytes);
    const XmlElement* identifier = document.root.child("study-identifier");
    stf.title = text_of(child_of(identifier, "title"));
    stf.study_id = text_of(child_of(identifier, "study-id"));
    if (identifier)
        for (const XmlElement& child : identifier->children)
            if (child.name == "category") stf.categories.emplace_back(value_of(child, "name"), text_of(&child));
    if (const XmlElement* documents = document.root.child("study-document")) add_contents(*documents, leaf.path, {}, stf.contents);
    return stf;
}

} // namespace dossier::ectd
