#include "ectd/plan_explain.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::ectd {

namespace {

bool may_be_something_else(const Plan& plan, const PlannedOperation& item) {
    return item.operation == "new" && !item.planned->per_sequence() && !plan.first;
}

} // namespace

void explain_moves(Plan& plan, ContentDigests& digests) {
    const bool deletes = std::any_of(plan.operations.begin(), plan.operations.end(),
                                     [](const PlannedOperation& item) { return item.operation == "delete" && item.target; });
    if (!deletes) return; // nothing has to be hashed
    for (PlannedOperation& item : plan.operations) {
        if (!may_be_something_else(plan, item)) continue;
        const auto digest = digests.of(*item.planned->content);
        const std::string md5 = digest ? digest->hex() : "";
        for (PlannedOperation& other : plan.operations) {
            if (other.operation != "delete" || !other.target || md5.empty() || to_lower(other.target->checksum) != md5) continue;
            item.reason = fill("the document of {} under another heading, attribute or path: delete and new", other.target->at.text());
            item.reason += item.reused.empty()
                               ? fill("; with the source {} its file would be referred to, not sent again", other.target->path)
                               : "; its file is not sent again";
            other.reason = fill("its document moves to section {}", item.section);
        }
    }
}

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

// How often each letter comes: two texts whose counts differ by 2 n are at least n edits apart, which is far quicker to see.
using Letters = std::array<std::uint16_t, 32>;

Letters letters_of(const std::string& text) {
    Letters letters{};
    for (const char c : text) ++letters[static_cast<unsigned char>(c) % letters.size()];
    return letters;
}

bool may_be_near(const Letters& a, const Letters& b, std::size_t most) {
    std::size_t difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference += static_cast<std::size_t>(a[i] > b[i] ? a[i] - b[i] : b[i] - a[i]);
    return difference <= 2 * most;
}

// The free leaves under each heading, ready to be compared.
class LikelyTargets {
public:
    explicit LikelyTargets(const LeafMatcher& matcher) : matcher_(matcher) {}

    void add_to(PlannedOperation& item) {
        const Leaves& here = matcher_.index().under(item.file, item.planned->section);
        std::vector<Candidate>& free = free_[&here];
        if (free.empty())
            for (const Leaf* leaf : here)
                if (!matcher_.is_taken(*leaf)) free.push_back({leaf, "", {}});
        const std::string title = to_lower(item.title), name = path::file_name(item.path);
        const Letters letters = letters_of(title);
        const std::size_t most = std::max<std::size_t>(2, title.size() / 3); // as nearest() has it
        for (Candidate& candidate : free) {
            if (item.likely.size() == 3) return;
            if (candidate.title.empty())
                candidate = {candidate.leaf, to_lower(candidate.leaf->title), letters_of(to_lower(candidate.leaf->title))};
            const bool near = (may_be_near(letters, candidate.letters, most) && !nearest(title, {candidate.title}).empty()) ||
                              path::file_name(candidate.leaf->path) == name;
            if (near) item.likely.push_back(short_text(*candidate.leaf) + " \"" + candidate.leaf->title + "\"");
        }
    }

private:
    struct Candidate {
        const Leaf* leaf;
        std::string title; // lower case; made when it is first needed
        Letters letters;
    };
    const LeafMatcher& matcher_;
    std::map<const Leaves*, std::vector<Candidate>> free_; // by the leaves of the heading
};

} // namespace

void explain_likely_targets(Plan& plan, const LeafMatcher& matcher) {
    if (plan.first) return;
    LikelyTargets targets(matcher);
    for (PlannedOperation& item : plan.operations)
        if (may_be_something_else(plan, item)) targets.add_to(item);
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
            const auto twin = std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& node) { return are_twins(node.step, step); });
            if (twin != nodes_.end()) plan_.notes.push_back(to_text(twin_error(*planned.row, step, *twin)));
            nodes_.push_back({step, fill("row {}", planned.row->place.line)});
        }
    }

private:
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
