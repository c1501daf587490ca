// Backbones and study tagging files: grammar, DOCTYPE, and an outline (headings, identifiers, envelope fields).
#include "ectd/facts_internal.hpp"

#include <algorithm>
#include <tuple>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd::facts {

namespace {

constexpr std::size_t most_problems = 1000;

const char* root_of(const std::string& grammar) {
    if (grammar == "ich-ectd-3-2") return "ectd:ectd";
    if (grammar == "us-regional-v3-3") return "fda-regional:fda-regional";
    if (grammar == "eu-regional-3-1") return "eu:eu-backbone";
    return "ectd:study";
}

// Lines of elements that hold an undeclared child: what their own content model says of it is the same defect again.
void lines_with_unknown(const XmlElement& element, const std::set<std::pair<std::int64_t, std::string>>& unknown,
                        std::set<std::pair<std::int64_t, std::string>>& parents) {
    for (const XmlElement& child : element.children) {
        if (unknown.count({child.line, child.name})) parents.insert({element.line, element.name});
        lines_with_unknown(child, unknown, parents);
    }
}

// One problem for one defect: a repeated statement about an attribute, the attributes of an undeclared element and the content model around
// it go.
std::vector<XmlProblem> without_cascades(const std::vector<XmlProblem>& problems, const XmlElement& root) {
    std::set<std::pair<std::int64_t, std::string>> unknown, parents;
    for (const XmlProblem& problem : problems)
        if (problem.kind == XmlProblemKind::unknown_element) unknown.insert({problem.line, problem.element});
    lines_with_unknown(root, unknown, parents);
    std::set<std::tuple<std::int64_t, std::string, std::string>> seen;
    std::vector<XmlProblem> kept;
    for (const XmlProblem& problem : problems) {
        const std::pair<std::int64_t, std::string> place{problem.line, problem.element};
        if (problem.kind == XmlProblemKind::content && parents.count(place)) continue;
        if (problem.kind == XmlProblemKind::unknown_attribute && unknown.count(place)) continue;
        if (!seen.insert({problem.line, problem.element, problem.attribute}).second) continue;
        kept.push_back(problem);
    }
    return kept;
}

// href="..." of <?xml-stylesheet?>; empty when there is none.
std::string stylesheet_of(const XmlDocument& document) {
    for (const auto& [target, data] : document.instructions) {
        if (target != "xml-stylesheet") continue;
        const std::size_t at = data.find("href=");
        if (at == std::string::npos || at + 6 >= data.size()) continue;
        const std::size_t end = data.find(data[at + 5], at + 6);
        if (end != std::string::npos) return data.substr(at + 6, end - at - 6);
    }
    return "";
}

void add_reference(const std::string& reference, const std::string& file, std::vector<std::string>& references) {
    if (reference.empty() || reference.find(':') != std::string::npos || path::is_absolute(reference)) return;
    references.push_back(path::normalise(path::join(path::parent(file), reference)));
}

} // namespace

XmlFileFact read_xml_fact(const std::string& path, bool present, const std::string& bytes, const std::string& grammar,
                          const Grammars& grammars) {
    XmlFileFact fact;
    fact.path = path;
    fact.present = present;
    fact.grammar = grammar;
    if (!present) return fact;
    auto document = parse_xml(bytes, path);
    if (!document) {
        fact.error = document.error();
        return fact;
    }
    fact.well_formed = true;
    fact.doctype = document->doctype;
    if (const std::string* version = document->root.attribute("dtd-version")) fact.dtd_version = *version;
    add_reference(document->doctype.system_id, path, fact.references);
    fact.stylesheet = stylesheet_of(*document);
    add_reference(fact.stylesheet, path, fact.references);
    if (grammar.empty()) return fact;
    if (document->root.name != root_of(grammar)) {
        const std::string message =
            fill("the root element is {}, it has to be {}", document->root.name, std::string_view(root_of(grammar)));
        fact.problems.push_back({document->root.line, message, XmlProblemKind::other, document->root.name, ""});
        return fact;
    }
    auto problems = validate_xml(bytes, path, grammars.at(grammar), most_problems);
    if (problems)
        fact.problems = without_cascades(*problems, document->root);
    else
        fact.problems.push_back({problems.error().where.line, problems.error().message, XmlProblemKind::other, "", ""});
    return fact;
}

namespace {

bool looks_like_heading(const std::string& name) {
    return name.size() > 3 && name[0] == 'm' && name[1] >= '1' && name[1] <= '5' && name[2] == '-' && name != "m1-regional" &&
           name != "m1-eu";
}

class OutlineWalk {
public:
    OutlineWalk(const std::string& file, const templates::HeadingTree& headings, SequenceFacts& facts)
        : file_(file), headings_(headings), facts_(facts) {}

    bool walk(const XmlElement& parent, const std::string& heading, int depth) { // true when a leaf is below
        bool has_leaf = false;
        for (const XmlElement& child : parent.children) {
            if (const std::string* id = child.attribute("ID")) facts_.ids.push_back({file_, child.name, *id, child.line});
            if (child.name == "leaf") {
                for (const XmlElement& part : child.children)
                    if (const std::string* id = part.attribute("ID")) facts_.ids.push_back({file_, part.name, *id, part.line});
                has_leaf = true;
            } else {
                has_leaf = visit(child, heading, depth) || has_leaf;
            }
        }
        return has_leaf;
    }

private:
    bool visit(const XmlElement& element, const std::string& heading, int depth) {
        if (element.name == "node-extension") {
            const XmlElement* title = element.child("title");
            facts_.extensions.push_back({file_, heading, title ? std::string(trim(title->text)) : "", element.line});
            return walk(element, heading, depth);
        }
        const templates::Heading* known = headings_.by_element(element.name);
        if (known || looks_like_heading(element.name)) return visit_heading(element, known, depth);
        if (file_ != "index.xml") add_fields(element); // the ICH backbone has no envelope
        return walk(element, element.name, depth + 1);
    }

    bool visit_heading(const XmlElement& element, const templates::Heading* known, int depth) {
        const std::size_t at = facts_.headings.size();
        HeadingFact fact;
        fact.file = file_;
        fact.element = element.name;
        fact.line = element.line;
        fact.depth = depth;
        fact.heading = known;
        for (const XmlAttribute& attribute : element.attributes)
            if (attribute.name != "ID" && attribute.name.find(':') == std::string::npos) fact.attributes[attribute.name] = attribute.value;
        fact.section = section_step(known, element.name, fact.attributes);
        facts_.headings.push_back(std::move(fact));
        const bool has_leaf = walk(element, element.name, depth + 1);
        facts_.headings[at].has_leaf = has_leaf;
        return has_leaf;
    }

    void add_fields(const XmlElement& element) {
        if (element.children.empty()) facts_.fields.push_back({element.name, std::string(trim(element.text)), element.line});
        for (const XmlAttribute& attribute : element.attributes)
            if (attribute.name.find(':') == std::string::npos)
                facts_.fields.push_back({element.name + "@" + attribute.name, attribute.value, element.line});
    }

    const std::string file_;
    const templates::HeadingTree& headings_;
    SequenceFacts& facts_;
};

} // namespace

void add_outline(const XmlDocument& document, const std::string& file, const templates::HeadingTree& headings, SequenceFacts& facts) {
    if (const std::string* id = document.root.attribute("ID")) facts.ids.push_back({file, document.root.name, *id, document.root.line});
    OutlineWalk(file, headings, facts).walk(document.root, "", 1);
}

} // namespace dossier::ectd::facts
