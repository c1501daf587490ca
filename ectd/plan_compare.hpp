// What a row's document changes of the leaf that the row met.
#pragma once

#include "ectd/earlier_file.hpp"
#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

struct LeafChange {
    std::string what; // a sentence; empty: nothing changes
    bool same_bytes = false;
};

class LeafComparison {
public:
    LeafComparison(const PlanRequest& request, const LeafMatcher& matcher, const EarlierFiles& earlier, ContentDigests& digests)
        : request_(request), matcher_(matcher), earlier_(earlier), digests_(digests) {}

    // Reads what compare() will need, many at once.
    void read(const std::vector<std::pair<const PlannedLeaf*, const Leaf*>>& pairs);
    // Error when the row's source cannot be read.
    Result<LeafChange> compare(const PlannedLeaf& planned, const Leaf& target);

private:
    Result<bool> has_same_bytes(const PlannedLeaf& planned, const Leaf& target);
    std::vector<std::string> changed_words(const PlannedLeaf& planned, const Leaf& target) const;

    const PlanRequest& request_;
    const LeafMatcher& matcher_;
    const EarlierFiles& earlier_;
    ContentDigests& digests_;
};

} // namespace dossier::ectd
