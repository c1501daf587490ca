#include "ectd/view_diff.hpp"

#include <map>
#include <set>

#include "core/text.hpp"
#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

namespace {

std::vector<const Leaf*> leaves_of(const View& view) {
    std::vector<const Leaf*> leaves;
    for (const LeafHistory* item : view.lifecycle.current()) leaves.push_back(item->leaf);
    return leaves;
}

class Comparison {
public:
    Comparison(const View& before, const View& after)
        : after_view_(after), before_(leaves_of(before)), after_(leaves_of(after)),
          one_application_(before.application.folder == after.application.folder) {}

    ViewDiff run() {
        if (one_application_) pair_by_chain();
        pair_by([](const Leaf& leaf) { return leaf.at.text() + '\n' + leaf.path; }); // two copies of one application
        pair_by([](const Leaf& leaf) { return leaf.at.sequence.text() + '\n' + leaf.path; });
        pair_by([](const Leaf& leaf) { return leaf.path.empty() ? std::string() : std::string(path_in_sequence(leaf)); });
        pair_by([](const Leaf& leaf) { return leaf.title; });
        ViewDiff diff;
        for (const Leaf* leaf : after_) {
            const auto pair = before_of_.find(leaf);
            if (pair == before_of_.end())
                diff.changes.push_back({"added", nullptr, leaf});
            else if (to_lower(pair->second->checksum()) != to_lower(leaf->checksum()))
                diff.changes.push_back({"replaced", pair->second, leaf});
            else if (pair->second->title != leaf->title)
                diff.changes.push_back({"retitled", pair->second, leaf});
            else
                ++diff.same;
        }
        for (const Leaf* leaf : before_)
            if (paired_.count(leaf) == 0) diff.changes.push_back({"removed", leaf, nullptr});
        return diff;
    }

private:
    void pair(const Leaf* before, const Leaf* after) {
        before_of_[after] = before;
        paired_.insert(before);
    }

    // The leaf itself, or the one that it came to be by replaces. Views of one application are read apart: compared by identity.
    void pair_by_chain() {
        std::map<LeafId, const Leaf*> by_id;
        for (const Leaf* leaf : after_) by_id[leaf->at] = leaf;
        for (const Leaf* leaf : before_) {
            LeafId at = leaf->at;
            for (auto known = after_view_.lifecycle.leaves.find(at);
                 known != after_view_.lifecycle.leaves.end() && known->second.state == LeafState::replaced && known->second.ended_by;
                 known = after_view_.lifecycle.leaves.find(at))
                at = known->second.ended_by->at;
            const auto found = by_id.find(at);
            if (found != by_id.end() && before_of_.count(found->second) == 0) pair(leaf, found->second);
        }
    }

    // Leaves of one section with the same key, where each side has it once.
    template <class Key> void pair_by(Key key) {
        std::map<std::string, std::vector<const Leaf*>> left, right;
        const auto sort_in = [&key](std::map<std::string, std::vector<const Leaf*>>& into, const Leaf* leaf) {
            if (const std::string text = key(*leaf); !text.empty())
                into[leaf->at.file + '\n' + leaf->place->section + '\n' + text].push_back(leaf);
        };
        for (const Leaf* leaf : before_)
            if (paired_.count(leaf) == 0) sort_in(left, leaf);
        for (const Leaf* leaf : after_)
            if (before_of_.count(leaf) == 0) sort_in(right, leaf);
        for (const auto& [text, leaves] : right) {
            const auto found = left.find(text);
            if (found != left.end() && leaves.size() == 1 && found->second.size() == 1) pair(found->second.front(), leaves.front());
        }
    }

    const View& after_view_;
    std::vector<const Leaf*> before_, after_;
    bool one_application_;
    std::map<const Leaf*, const Leaf*> before_of_;
    std::set<const Leaf*> paired_; // of before_
};

} // namespace

ViewDiff diff_views(const View& before, const View& after) {
    const auto last = [](const View& view) {
        return view.application.sequences.empty() ? SequenceNumber() : view.application.sequences.back().number;
    };
    if (before.application.folder != after.application.folder || last(before) <= last(after)) return Comparison(before, after).run();
    // Back in time: chains are followed forwards, and told the other way round.
    ViewDiff diff = Comparison(after, before).run();
    for (ViewChange& change : diff.changes) {
        std::swap(change.before, change.after);
        if (!change.after) change.change = "removed";
        if (!change.before) change.change = "added";
    }
    return diff;
}

} // namespace dossier::ectd
