#include "ectd/plan_explain.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::ectd {

namespace {

// "3.2.S|substance=alpha|manufacturer=plant one|"
std::string node_key(const HeadingStep& step) {
    std::string key = step.heading->number + "|";
    for (const auto& [name, value] : step.attributes) key += name + "=" + value + "|";
    return key;
}

std::string values_of(const HeadingStep& step) {
    std::vector<std::string> values;
    for (const auto& attribute : step.heading->attributes)
        if (const auto value = step.attributes.find(attribute.name); value != step.attributes.end())
            values.push_back(column_of_attribute(attribute.name) + " " + value->second);
    return join(values, ", ");
}

} // namespace

void explain_new_nodes(Plan& plan, const LeafMatcher& matcher, const templates::HeadingTree& ctd, const templates::HeadingTree& module1) {
    if (plan.first) return;
    std::set<std::string> known;
    for (const Leaf* leaf : matcher.index().first_of_places())
        for (const HeadingStep& step : steps_of(*leaf, ctd, module1))
            if (!step.attributes.empty()) known.insert(node_key(step));
    for (PlannedOperation& item : plan.operations)
        for (const HeadingStep& step : item.steps)
            if (item.operation == "new" && step.heading && !step.attributes.empty() && known.count(node_key(step)) == 0)
                item.reason += fill("; opens a node of its own of section {}: {}", step.heading->number, values_of(step));
}

namespace {

// Letters and digits alone, lower case.
std::string squeezed(const std::string& value) {
    std::string out;
    for (const char c : to_lower(replace_all(value, "\xC2\xA0", " "))) {
        const bool sign = static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
        if (!sign) out += c;
    }
    return out;
}

struct Node {
    HeadingStep step;
    std::string where; // "sequence 0001" or "row 5"
};

bool are_twins(const HeadingStep& a, const HeadingStep& b) {
    if (a.heading != b.heading || a.attributes == b.attributes || a.attributes.size() != b.attributes.size()) return false;
    return std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(),
                      [](const auto& x, const auto& y) { return x.first == y.first && squeezed(x.second) == squeezed(y.second); });
}

Error twin_error(const PlanRow& row, const HeadingStep& step, const Node& other) {
    for (const auto& [name, value] : step.attributes)
        if (const std::string& there = other.step.attributes.at(name); there != value)
            return {ErrorKind::invalid,
                    fill("\"{}\" opens a second node of section {} beside \"{}\" of {}, for good", value, step.heading->number, there,
                         other.where),
                    row.at(column_of_attribute(name)), fill("where the same is meant, write \"{}\"", there)};
    return {ErrorKind::invalid, ""};
}

class TwinSearch {
public:
    explicit TwinSearch(Plan& plan) : plan_(plan) {}

    void know(const HeadingStep& step, const std::string& where) {
        if (step.attributes.empty() || is_known(step)) return;
        nodes_.push_back({step, where});
    }

    void look_at(const PlannedLeaf& planned) {
        for (const HeadingStep& step : planned.steps) {
            if (step.attributes.empty() || is_known(step)) continue;
            std::set<std::string> columns; // one note for each value that may be a slip
            for (const Node* twin : nearest_twins(step))
                if (Error error = twin_error(*planned.row, step, *twin); columns.insert(error.where.column).second)
                    plan_.notes.push_back(to_text(error));
            nodes_.push_back({step, fill("row {}", planned.row->place.line)});
        }
    }

private:
    // Those that differ in the fewest attributes: "alpha" of "B" is rather meant as "Alpha" of "B" than as "Alpha" of "-B-".
    std::vector<const Node*> nearest_twins(const HeadingStep& step) const {
        std::vector<const Node*> twins;
        std::size_t fewest = 0;
        for (const Node& node : nodes_) {
            if (!are_twins(node.step, step)) continue;
            std::size_t differences = 0;
            for (const auto& [name, value] : step.attributes) differences += node.step.attributes.at(name) == value ? 0 : 1;
            if (!twins.empty() && differences > fewest) continue;
            if (differences < fewest) twins.clear();
            twins.push_back(&node);
            fewest = differences;
        }
        return twins;
    }

    bool is_known(const HeadingStep& step) const {
        return std::any_of(nodes_.begin(), nodes_.end(),
                           [&](const Node& node) { return node.step.heading == step.heading && node.step.attributes == step.attributes; });
    }

    Plan& plan_;
    std::vector<Node> nodes_;
};

} // namespace

void note_attribute_twins(Plan& plan, const LeafMatcher& matcher, const templates::HeadingTree& ctd,
                          const templates::HeadingTree& module1) {
    TwinSearch search(plan);
    for (const Leaf* leaf : matcher.index().first_of_places())
        for (const HeadingStep& step : steps_of(*leaf, ctd, module1)) search.know(step, "sequence " + leaf->at.sequence.text());
    for (const PlannedLeaf& planned : *plan.leaves) search.look_at(planned);
}

} // namespace dossier::ectd
