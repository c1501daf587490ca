#include "ectd/plan_near.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/leaf_origins.hpp"
#include "ectd/leaf_place.hpp"

namespace dossier::ectd {

namespace {

constexpr std::size_t most_likely = 3; // more are no help

std::string name_of(const Leaf& leaf) { return short_text(leaf) + " \"" + leaf.title + "\""; }

bool may_be_something_else(const PlannedOperation& item) { return item.operation == "new" && !item.planned->per_sequence(); }

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

    void add_near(PlannedOperation& item) {
        std::vector<Candidate>& free = free_leaves(item);
        const std::string title = to_lower(item.title), name = path::file_name(item.path);
        const Letters letters = letters_of(title);
        const std::size_t most = std::max<std::size_t>(2, title.size() / 3); // as nearest() has it
        for (Candidate& candidate : free) {
            if (item.likely.size() == most_likely) return;
            if (!can_be_replaced(item, *candidate.leaf)) continue;
            if (candidate.title.empty())
                candidate = {candidate.leaf, to_lower(candidate.leaf->title), letters_of(to_lower(candidate.leaf->title))};
            const bool near = (may_be_near(letters, candidate.letters, most) && !nearest(title, {candidate.title}).empty()) ||
                              path::file_name(candidate.leaf->path) == name;
            if (near) item.likely.push_back(name_of(*candidate.leaf));
        }
    }

    // Many headings hold one document by their nature, and a new one beside it is more often its next version.
    void add_neighbours(PlannedOperation& item) {
        std::vector<std::string> here;
        for (const Candidate& candidate : free_leaves(item)) {
            if (!can_be_replaced(item, *candidate.leaf) || !matcher_.have_common_tag(*item.planned, *candidate.leaf)) continue;
            if (here.size() == most_likely) return;
            here.push_back(name_of(*candidate.leaf) + " (current here)");
        }
        item.likely = std::move(here);
    }

private:
    struct Candidate {
        const Leaf* leaf;
        std::string title; // lower case; made when it is first needed
        Letters letters;
    };

    bool can_be_replaced(const PlannedOperation& item, const Leaf& leaf) const {
        return matcher_.same_place(*item.planned, leaf) && matcher_.same_study(*item.planned, leaf);
    }

    std::vector<Candidate>& free_leaves(const PlannedOperation& item) {
        const Leaves& here = matcher_.index().under(item.file, item.planned->section);
        std::vector<Candidate>& free = free_[&here];
        if (free.empty())
            for (const Leaf* leaf : here)
                if (!matcher_.is_taken(*leaf)) free.push_back({leaf, "", {}});
        return free;
    }

    const LeafMatcher& matcher_;
    std::map<const Leaves*, std::vector<Candidate>> free_; // by the leaves of the heading
};

// "0001#ID "Title" (section 2.4)"
std::string name_elsewhere(const Leaf& leaf, const PlanRequest& request) {
    const templates::Heading* heading = heading_of(leaf, request.catalogue.ctd, request.region.module1());
    return fill("{} (section {})", name_of(leaf), heading ? heading->number : leaf.place->element);
}

// Leaves that show a version of the row's document of a trial master file.
class SameDocument {
public:
    SameDocument(Plan& plan, const PlanRequest& request, const LeafMatcher& matcher) : plan_(plan), request_(request), matcher_(matcher) {}

    void add_to(PlannedOperation& item, const std::set<const Leaf*>& ended) {
        const auto& wanted = item.planned->content->origin;
        if (!wanted) return;
        for (const LeafOrigin& known : origins()) {
            if (known.origin.repository != wanted->repository || known.origin.document != wanted->document) continue;
            const auto found = plan_.lifecycle->leaves.find(known.leaf);
            if (found == plan_.lifecycle->leaves.end() || !is_current(found->second.state)) continue;
            const Leaf& leaf = *found->second.leaf;
            if (to_lower(leaf.checksum()) != known.checksum || ended.count(&leaf) > 0) continue;
            const std::string shows = fill("shows {}", known.origin.name());
            if (!matcher_.is_taken(leaf) && matcher_.same_place(*item.planned, leaf) && matcher_.same_study(*item.planned, leaf))
                item.likely.push_back(fill("{} ({})", name_of(leaf), shows));
            else
                item.reason += fill("; {} {} and stays current", name_elsewhere(leaf, request_), shows);
        }
    }

private:
    const std::vector<LeafOrigin>& origins() {
        if (is_read_) return origins_;
        is_read_ = true;
        if (auto read = read_leaf_origins(*request_.fs, request_.history->folder))
            origins_ = std::move(*read);
        else
            plan_.notes.push_back("which documents of a trial master file the leaves show is not known: " + to_text(read.error()));
        return origins_;
    }

    Plan& plan_;
    const PlanRequest& request_;
    const LeafMatcher& matcher_;
    bool is_read_ = false;
    std::vector<LeafOrigin> origins_;
};

// A plan of changes may bring what is there already. A build does not look: it would read each document once more than it must.
void say_same_bytes(Plan& plan, const PlanRequest& request, const LeafMatcher& matcher, const std::set<const Leaf*>& ended,
                    ContentDigests& digests) {
    std::vector<const Content*> contents;
    for (const PlannedOperation& item : plan.operations)
        if (may_be_something_else(item)) contents.push_back(&*item.planned->content);
    if (contents.empty()) return;
    digests.read(contents);
    std::unordered_map<std::string, std::vector<PlannedOperation*>> brought; // by checksum; far fewer than there are leaves
    for (PlannedOperation& item : plan.operations) {
        if (!may_be_something_else(item)) continue;
        if (const auto md5 = digests.of(*item.planned->content)) brought[md5->hex()].push_back(&item);
    }
    for (const Leaf* leaf : matcher.index().all()) {
        const auto same = brought.find(to_lower(leaf->checksum()));
        if (same == brought.end() || ended.count(leaf) > 0) continue;
        for (PlannedOperation* item : same->second) {
            item->reason += fill("; the same bytes are current as {}", name_elsewhere(*leaf, request));
            if (item->reused.empty()) item->reason += fill("; with the source {} they would be referred to, not sent again", leaf->path);
        }
        brought.erase(same); // one such leaf is enough
    }
}

} // namespace

void explain_likely_targets(Plan& plan, const PlanRequest& request, const LeafMatcher& matcher, ContentDigests& digests) {
    if (plan.first) return;
    std::set<const Leaf*> ended;
    for (const PlannedOperation& item : plan.operations)
        if (item.target && item.operation != "append") ended.insert(item.target);
    LikelyTargets targets(matcher);
    SameDocument documents(plan, request, matcher);
    for (PlannedOperation& item : plan.operations) {
        if (!may_be_something_else(item)) continue;
        documents.add_to(item, ended);
        if (item.likely.empty()) targets.add_near(item);
        if (item.likely.empty()) targets.add_neighbours(item);
    }
    if (plan.delta && !request.building) say_same_bytes(plan, request, matcher, ended, digests);
}

} // namespace dossier::ectd
