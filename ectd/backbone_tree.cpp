#include "ectd/backbone_tree.hpp"

#include <algorithm>

namespace dossier::ectd {

struct BackboneTree::Node {
    HeadingStep step;
    std::string form_code; // of a form element
    std::vector<WrittenLeaf> leaves;
    std::vector<std::unique_ptr<Node>> children;

    Node& child(const HeadingStep& wanted, const std::string& form) {
        for (const auto& node : children)
            if (node->step.heading == wanted.heading && node->step.attributes == wanted.attributes &&
                node->step.extension == wanted.extension && node->form_code == form)
                return *node;
        children.push_back(std::make_unique<Node>());
        children.back()->step = wanted;
        children.back()->form_code = form;
        return *children.back();
    }
};

BackboneTree::BackboneTree() : root_(std::make_unique<Node>()) {}
BackboneTree::~BackboneTree() = default;
BackboneTree::BackboneTree(BackboneTree&&) noexcept = default;
BackboneTree& BackboneTree::operator=(BackboneTree&&) noexcept = default;

void BackboneTree::add(const std::vector<HeadingStep>& steps, const WrittenLeaf& leaf, const std::string& form_code) {
    Node* node = root_.get();
    for (const HeadingStep& step : steps) node = &node->child(step, "");
    if (!form_code.empty()) node = &node->child({}, form_code);
    node->leaves.push_back(leaf);
}

bool BackboneTree::empty() const { return root_->children.empty(); }

void write_leaf(XmlWriter& writer, const WrittenLeaf& leaf) {
    std::vector<XmlAttribute> attributes{
        {"ID", leaf.id}, {"operation", leaf.operation}, {"checksum", leaf.checksum}, {"checksum-type", "md5"}};
    if (!leaf.modified_file.empty()) attributes.push_back({"modified-file", leaf.modified_file});
    if (!leaf.language.empty()) attributes.push_back({"xml:lang", leaf.language});
    if (!leaf.href.empty()) attributes.push_back({"xlink:href", leaf.href});
    writer.start("leaf", attributes);
    writer.text_element("title", leaf.title);
    writer.end();
}

namespace {

// Headings lie in the catalogue in document order, so their addresses are in the order of the standard. Node extensions and forms have
// none and keep the order in which they came.
template <class Nodes> auto in_standard_order(const Nodes& nodes) {
    std::vector<typename Nodes::value_type::pointer> list;
    for (const auto& node : nodes) list.push_back(node.get());
    std::stable_sort(list.begin(), list.end(),
                     [](const auto* a, const auto* b) { return std::less<>()(a->step.heading, b->step.heading); });
    return list;
}

template <class NodeType> void write_node(XmlWriter& writer, const NodeType& node) {
    std::vector<XmlAttribute> attributes;
    if (node.step.heading)
        for (const auto& attribute : node.step.heading->attributes)
            if (const auto found = node.step.attributes.find(attribute.name); found != node.step.attributes.end())
                attributes.push_back({attribute.name, found->second});
    if (!node.form_code.empty()) attributes.push_back({"form-type", node.form_code});
    if (!node.form_code.empty())
        writer.start("form", attributes);
    else
        writer.start(node.step.heading ? node.step.heading->element : "node-extension", attributes);
    if (!node.step.extension.empty()) writer.text_element("title", node.step.extension);
    for (const WrittenLeaf& leaf : node.leaves) write_leaf(writer, leaf);
    for (const auto* child : in_standard_order(node.children)) write_node(writer, *child);
    writer.end();
}

} // namespace

void BackboneTree::write(XmlWriter& writer) const {
    for (const auto* child : in_standard_order(root_->children)) write_node(writer, *child);
}

} // namespace dossier::ectd
