#include "ectd/backbone_reader.hpp"

#include <algorithm>
#include <deque>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/xml_stream.hpp"
#include "ectd/normalised_start.hpp"

namespace dossier::ectd {

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); } // npos + 1 is 0

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

// An open element that is no leaf. Its place is made when the document ends: the title of a node extension may come behind its leaves.
struct Node {
    const Node* parent = nullptr; // null: the root
    SectionStep own;
    std::string title; // of a node extension, as written
    bool has_title = false;
    std::string form_type;
    bool is_form() const { return own.element == "form"; }
    bool is_extension() const { return own.element == "node-extension"; }
};

class PlaceMaker {
public:
    explicit PlaceMaker(const templates::HeadingTree& headings) : headings_(headings) {}

    std::shared_ptr<const LeafPlace> place_of(const Node& node) {
        auto& place = places_[&node];
        if (!place) place = make(node);
        return place;
    }

private:
    std::shared_ptr<const LeafPlace> make(const Node& node) {
        auto place = std::make_shared<LeafPlace>();
        std::vector<const Node*> line;
        for (const Node* at = &node; at->parent; at = at->parent) line.insert(line.begin(), at);
        std::size_t tail = 0;
        for (const Node* at : line) {
            if (at->is_extension())
                tail += add_extension(one_line(at->title), *place);
            else
                add_heading(*at, *place);
        }
        place->heading_section = place->section.substr(0, place->section.size() - tail);
        return place;
    }

    static std::size_t add_extension(const std::string& title, LeafPlace& place) {
        const std::string step = extension_step(title);
        place.extensions.push_back(title);
        place.section += step;
        place.steps.push_back({"node-extension", {}, title});
        return step.size();
    }

    void add_heading(const Node& node, LeafPlace& place) const {
        if (node.is_form())
            place.form_type = node.form_type;
        else
            for (const auto& [name, value] : node.own.attributes) place.attributes[name] = value;
        const std::string& name = node.own.element;
        place.section += (place.section.empty() ? "" : "/") + section_step(headings_.by_element(name), name, node.own.attributes);
        place.element = name;
        place.steps.push_back(node.own);
    }

    const templates::HeadingTree& headings_;
    std::map<const Node*, std::shared_ptr<const LeafPlace>> places_;
};

class LeafHandler final : public XmlHandler {
public:
    LeafHandler(SequenceNumber sequence, const std::string& file, const templates::HeadingTree& headings,
                const templates::TokenAttributes& tokens)
        : sequence_(sequence), file_(file), folder_(path::join(sequence.text(), path::parent(file))), headings_(headings),
          normalised_(tokens), keeps_head_(file != "index.xml") {}

    Result<void> start(const XmlStart& written) override {
        const XmlStart& element = normalised_.of(written);
        ++depth_;
        const std::string_view name = local_name(element.name);
        if (depth_ == 1) return open_root(element);
        if (in_leaf()) {
            if (depth_ == leaf_depth_ + 1 && name == "title" && !leaf_has_title_) capture(leaf_title_, leaf_has_title_);
            return {};
        }
        if (name == "leaf") return open_leaf(element);
        if (Node& parent = *open_.back(); parent.is_extension() && name == "title" && !parent.has_title)
            capture(parent.title, parent.has_title);
        open_node(element, name);
        return {};
    }

    Result<void> end(const std::string&, std::int64_t) override {
        if (depth_ == captured_depth_) captured_ = nullptr;
        if (depth_ == leaf_depth_) {
            contents_.leaves.back().title = one_line(leaf_title_);
            leaf_depth_ = 0;
        } else if (!in_leaf()) {
            open_.pop_back();
            if (keeps_head_) kept_.pop_back();
        }
        --depth_;
        return {};
    }

    Result<void> text(std::string_view piece) override {
        if (captured_ && depth_ == captured_depth_) *captured_ += piece;
        if (!keeps_head_ || in_leaf() || kept_.empty()) return {};
        std::string& text = kept_.back()->text;
        if (!text.empty() || !trim(piece).empty()) text += piece; // what stands between leaves is blanks
        return {};
    }

    // A long vector that grows is copied and, for a moment, there twice.
    void make_room(std::uint64_t bytes) {
        constexpr std::uint64_t large = 8u << 20, least_of_a_leaf = 150;
        if (bytes < large) return;
        contents_.leaves.reserve(bytes / least_of_a_leaf); // room that is not used costs no memory
        node_of_leaf_.reserve(bytes / least_of_a_leaf);
    }

    BackboneContents finish() {
        PlaceMaker places(headings_);
        for (std::size_t i = 0; i < contents_.leaves.size(); ++i) contents_.leaves[i].place = places.place_of(*node_of_leaf_[i]);
        return std::move(contents_);
    }

private:
    bool in_leaf() const { return leaf_depth_ > 0; }

    void capture(std::string& into, bool& seen) {
        seen = true;
        into.clear();
        captured_ = &into;
        captured_depth_ = depth_;
    }

    Result<void> open_root(const XmlStart& element) {
        nodes_.emplace_back();
        open_.push_back(&nodes_.back());
        contents_.head = to_kept(element);
        kept_.push_back(&contents_.head);
        return {};
    }

    static XmlElement to_kept(const XmlStart& element) { return {element.name, element.attributes, {}, {}, element.line}; }

    Result<void> open_leaf(const XmlStart& element) {
        leaf_depth_ = depth_;
        leaf_has_title_ = false;
        leaf_title_.clear();
        contents_.leaves.push_back(to_leaf(element));
        node_of_leaf_.push_back(open_.back());
        return {};
    }

    void open_node(const XmlStart& element, std::string_view name) {
        Node node;
        node.parent = open_.back();
        node.own.element = name;
        const templates::Heading* heading = node.is_extension() ? nullptr : headings_.by_element(name);
        for (const XmlAttribute& attribute : element.attributes) {
            if (node.is_extension()) break;
            if (makes_node(attribute, heading)) node.own.attributes[attribute.name] = attribute.value;
            if (node.is_form() && attribute.name == "form-type") node.form_type = attribute.value;
        }
        nodes_.push_back(std::move(node));
        open_.push_back(&nodes_.back());
        if (!keeps_head_) return;
        std::vector<XmlElement>& siblings = kept_.back()->children;
        siblings.push_back(to_kept(element));
        kept_.push_back(&siblings.back());
    }

    // Attributes with a prefix (xml:lang) make a node only where the heading's table says so: in the product information of the EU.
    static bool makes_node(const XmlAttribute& attribute, const templates::Heading* heading) {
        if (attribute.name == "ID" || attribute.name == "xmlns" || attribute.value.empty()) return false;
        if (attribute.name.find(':') == std::string::npos) return true;
        return heading && std::any_of(heading->attributes.begin(), heading->attributes.end(),
                                      [&](const templates::HeadingAttribute& known) { return known.name == attribute.name; });
    }

    Leaf to_leaf(const XmlStart& element) const {
        Leaf leaf;
        leaf.at = {sequence_, file_, ""};
        leaf.line = element.line;
        const std::string* href = nullptr;
        for (const XmlAttribute& attribute : element.attributes) {
            const std::string &name = attribute.name, &value = attribute.value;
            if (name == "ID") leaf.at.id = value, leaf.has_id = true;
            if (name == "operation") leaf.operation = value;
            if (name == "checksum-type") leaf.set_checksum_type(value);
            if (name == "checksum") leaf.set_checksum(value), leaf.has_checksum = true;
            if (name == "modified-file") leaf.modified_file = value, leaf.has_modified_file = true;
            if (name == "xlink:href") href = &value, leaf.has_href = true;
            if (name == "xml:lang" && !value.empty()) leaf.xml_lang = std::make_shared<std::string>(value);
        }
        if (!href || href->empty()) return leaf;
        std::string target = path::is_absolute(*href) ? "" : path::normalise(path::join(folder_, *href));
        leaf.set_href(*href, path::is_inside(target) ? std::move(target) : "");
        return leaf;
    }

    SequenceNumber sequence_;
    std::string file_, folder_;
    const templates::HeadingTree& headings_;
    NormalisedStart normalised_;
    bool keeps_head_;
    BackboneContents contents_;
    std::deque<Node> nodes_; // all of them: places are made at the end
    std::vector<const Node*> node_of_leaf_;
    std::vector<Node*> open_;
    std::vector<XmlElement*> kept_;
    int depth_ = 0, leaf_depth_ = 0; // leaf_depth_: of the open leaf; 0: none is
    std::string leaf_title_;
    bool leaf_has_title_ = false;
    std::string* captured_ = nullptr; // where the text directly inside the element at captured_depth_ goes
    int captured_depth_ = 0;
};

} // namespace

Result<BackboneContents> read_leaves(FileSystem& fs, const std::string& path, SequenceNumber sequence, const std::string& file,
                                     const templates::HeadingTree& headings, const templates::TokenAttributes& tokens) {
    LeafHandler handler(sequence, file, headings, tokens);
    if (const auto info = fs.info(path)) handler.make_room(info->size);
    XmlLimits limits;
    limits.elements = 2'000'000; // the largest submissions have a tenth; each one costs memory
    DOSSIER_CHECK(read_xml_file(fs, path, handler, limits));
    return handler.finish();
}

} // namespace dossier::ectd
