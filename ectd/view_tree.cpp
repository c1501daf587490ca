#include "ectd/view_tree.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/text.hpp"
#include "ectd/section_name.hpp"

namespace dossier::ectd {

namespace {

constexpr int behind_all = 1'000'000; // rank of what the tables do not have

// Siblings: in the order of the standard, then by the numbers in their names, then as they first came.
using Rank = std::tuple<int, std::vector<int>, std::size_t>;

std::vector<int> parts_of(const std::string& number) {
    std::vector<int> parts;
    for (const std::string& part : split(number, '.'))
        parts.push_back(part.find_first_not_of("0123456789") == std::string::npos ? std::stoi(part) : 100 + part[0]);
    return parts;
}

// "Drug A, Alpha" where the heading has a title; else every attribute by its name: "country be, language fr".
std::string detail_of(const SectionStep& step, const templates::Heading* heading, const templates::EctdCatalogue& catalogue) {
    std::vector<std::string> words;
    const auto add = [&](const std::string& name, const std::string& value) {
        const templates::Code* code = catalogue.code(name, value);
        const std::string word = code ? code->word : value;
        const bool plain = (heading && !heading->title.empty()) || step.element == "form";
        words.push_back(plain ? word : (name == "xml:lang" ? std::string("language") : name) + " " + word);
    };
    if (heading) {
        for (const templates::HeadingAttribute& attribute : heading->attributes)
            if (const auto found = step.attributes.find(attribute.name); found != step.attributes.end()) add(found->first, found->second);
    } else {
        for (const auto& [name, value] : step.attributes) add(name, value);
    }
    return join(words, ", ");
}

struct Node {
    ViewNode shown;
    Rank rank;
    std::map<std::string, std::size_t> child_of; // by key
    std::vector<std::size_t> children;
};

class Builder {
public:
    explicit Builder(const templates::EctdCatalogue& catalogue) : catalogue_(catalogue) {}

    void add(const Leaf& leaf) {
        const std::vector<SectionStep>& steps = leaf.place->steps;
        const auto known = node_of_place_.find(leaf.place.get());
        if (known != node_of_place_.end()) {
            place_[&leaf] = known->second;
            return;
        }
        std::size_t at = 0;
        const bool module1 = leaf.at.file != "index.xml";
        if (module1) at = module1_root();
        const templates::HeadingTree& headings = headings_of(leaf, catalogue_);
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (is_shown(steps[i], headings, i + 1 == steps.size())) at = child(at, steps[i], headings);
        node_of_place_[leaf.place.get()] = at;
        place_[&leaf] = at;
    }

    ViewTree finish() {
        ViewTree tree;
        std::vector<std::size_t> place(nodes_.size(), 0);
        write(0, -1, tree, place);
        for (const auto& [leaf, node] : place_) tree.node_of[leaf] = place[node];
        return tree;
    }

private:
    // Wrappers of a regional file (admin, m1-regional, m1-eu ...) are no place that people know.
    static bool is_shown(const SectionStep& step, const templates::HeadingTree& headings, bool lowest) {
        return lowest || step.element == "node-extension" || step.element == "form" || headings.by_element(step.element) ||
               !name_from_element(step.element).number.empty();
    }

    std::size_t module1_root() {
        const templates::Heading* heading = catalogue_.ctd.by_number("1");
        return child(0, {heading ? heading->element : "m1", {}, {}}, catalogue_.ctd);
    }

    std::size_t child(std::size_t parent, const SectionStep& step, const templates::HeadingTree& headings) {
        std::string key = step.element + "\n" + step.extension;
        for (const auto& [name, value] : step.attributes) key += "\n" + name + "=" + value;
        const auto found = nodes_[parent].child_of.find(key);
        if (found != nodes_[parent].child_of.end()) return found->second;
        const templates::Heading* heading = headings.by_element(step.element);
        const SectionName name = section_name(step, headings);
        Node node;
        node.shown = {-1, name.number, name.title, detail_of(step, heading, catalogue_)};
        if (step.element == "form") node.shown.title = "Form";
        const int rank = heading ? static_cast<int>(heading - headings.all().data()) : behind_all;
        node.rank = {rank, heading ? std::vector<int>() : parts_of(name.number), nodes_.size()};
        nodes_.push_back(std::move(node));
        nodes_[parent].child_of[key] = nodes_.size() - 1;
        nodes_[parent].children.push_back(nodes_.size() - 1);
        return nodes_.size() - 1;
    }

    // Depth is bounded by the XML reader.
    void write(std::size_t at, int parent, ViewTree& tree, std::vector<std::size_t>& place) {
        std::vector<std::size_t>& children = nodes_[at].children;
        std::sort(children.begin(), children.end(), [this](std::size_t a, std::size_t b) { return nodes_[a].rank < nodes_[b].rank; });
        for (const std::size_t next : children) {
            place[next] = tree.nodes.size();
            tree.nodes.push_back(nodes_[next].shown);
            tree.nodes.back().parent = parent;
            write(next, static_cast<int>(place[next]), tree, place);
        }
    }

    const templates::EctdCatalogue& catalogue_;
    std::vector<Node> nodes_ = std::vector<Node>(1); // the first one is the root above the modules
    std::map<const LeafPlace*, std::size_t> node_of_place_;
    std::unordered_map<const Leaf*, std::size_t> place_;
};

} // namespace

ViewTree make_view_tree(const Application& application, const templates::EctdCatalogue& catalogue) {
    Builder builder(catalogue);
    for (const Sequence& sequence : application.sequences)
        for (const Leaf& leaf : sequence.leaves) builder.add(leaf);
    return builder.finish();
}

} // namespace dossier::ectd
