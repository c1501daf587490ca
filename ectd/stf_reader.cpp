#include "ectd/stf_reader.hpp"

#include "core/text.hpp"
#include "core/xml.hpp"

namespace dossier::ectd {

namespace {

std::string value_of(const XmlElement& element, std::string_view name) {
    const std::string* value = element.attribute(name);
    return value ? *value : "";
}

std::string text_of(const XmlElement* element) { return element ? std::string(trim(element->text)) : ""; }

const XmlElement* child_of(const XmlElement* element, std::string_view name) { return element ? element->child(name) : nullptr; }

StfValue named_value(const XmlElement& element) { return {value_of(element, "name"), text_of(&element), value_of(element, "info-type")}; }

// Tags and properties of an element of the STF. Those of a content-block hold for every doc-content below it (ICH STF 2.2).
struct Tags {
    std::vector<std::pair<std::string, std::string>> file_tags;
    std::vector<StfValue> properties;
    void add(const XmlElement& element) {
        for (const XmlElement& part : element.children) {
            if (part.name == "property") properties.push_back(named_value(part));
            if (part.name != "file-tag") continue;
            file_tags.emplace_back(value_of(part, "name"), value_of(part, "info-type"));
            for (const XmlElement& property : part.children) properties.push_back(named_value(property));
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

XmlLimits stf_limits() {
    XmlLimits limits;
    limits.bytes = 16u << 20; // fifty thousand documents of one study
    return limits;
}

Error too_many_stf_bytes(const std::string& path) {
    return Error(ErrorKind::unsupported,
                 fill("the study tagging files that the leaves of this sequence name hold more than {} MB together; this one was not read",
                      stf_bytes_together >> 20),
                 {path}, "name each file once");
}

Result<Stf> read_stf(std::string_view bytes, const Leaf& leaf, const std::string& path) {
    DOSSIER_TRY(const XmlDocument document, parse_xml(bytes, path, stf_limits()));
    Stf stf;
    stf.path = leaf.path;
    stf.leaf = leaf.at;
    const XmlElement* identifier = document.root.child("study-identifier");
    stf.title = text_of(child_of(identifier, "title"));
    stf.study_id = text_of(child_of(identifier, "study-id"));
    if (identifier)
        for (const XmlElement& child : identifier->children)
            if (child.name == "category") stf.categories.push_back(named_value(child));
    if (const XmlElement* documents = document.root.child("study-document")) add_contents(*documents, leaf.path, {}, stf.contents);
    return stf;
}

} // namespace dossier::ectd
