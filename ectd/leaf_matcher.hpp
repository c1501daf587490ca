// Which current leaf a plan row means (docs/design.md, "What a plan means"): (a) its replaces or id; (b) section, attributes and path; (c)
// section, attributes, study, file tag and title. A leaf is taken by one row at most.
#pragma once

#include "ectd/content_digests.hpp"
#include "ectd/leaf_index.hpp"
#include "ectd/plan.hpp"

#include <set>
#include <vector>

namespace dossier::ectd {

class LeafMatcher {
public:
    // `tells_studies`: the region has study tagging files. Where it has none, nothing tells the study of a leaf, and rows are met without.
    LeafMatcher(const Application& history, const Lifecycle& lifecycle, ContentDigests& digests, bool tells_studies);

    // Whether current leaves sit where the row says, node extensions included.
    bool is_place_known(const PlannedLeaf& planned) const;

    // Null when the row names no leaf; also when it names one that cannot be modified, then with an error.
    const Leaf* by_reference(const PlannedLeaf& planned, std::vector<Error>& errors) const;
    // Several leaves of one path, or of one title, where nothing tells them apart: an error that names them.
    const Leaf* by_path(const PlannedLeaf& planned, std::vector<Error>& errors) const;
    const Leaf* by_title(const PlannedLeaf& planned, std::vector<Error>& errors) const;

    // The only free leaf of the same section and study whose bytes are the row's.
    const Leaf* by_content(const PlannedLeaf& planned) const;

    // The current leaf that the row's id names in another place or study, which it therefore does not meet; null when there is none.
    const Leaf* named_elsewhere(const PlannedLeaf& planned) const;
    // "is of study S1, the row of S2", of a leaf that is not where the row is.
    std::string where_else(const PlannedLeaf& planned, const Leaf& leaf) const;

    // What the study tagging file would have to say otherwise: "the file tag changed from ... to ..."; empty when nothing.
    std::string changed_tags(const PlannedLeaf& planned, const Leaf& leaf) const;

    // Under the row's heading, attributes and node extension; where the row names no extension, in any of them too.
    bool same_place(const PlannedLeaf& planned, const Leaf& leaf) const;
    bool same_study(const PlannedLeaf& planned, const Leaf& leaf) const;
    bool have_common_tag(const PlannedLeaf& planned, const Leaf& leaf) const; // or one of them has none

    bool take(const Leaf& leaf) { return taken_.insert(&leaf).second; }
    bool is_taken(const Leaf& leaf) const { return taken_.count(&leaf) > 0; }
    const LeafIndex& index() const { return index_; }
    std::string study_of(const Leaf& leaf) const;

private:
    const Leaf* only_one(const PlannedLeaf& planned, std::vector<const Leaf*> candidates, std::vector<Error>& errors) const;
    std::vector<std::string> tags_of(const Leaf& leaf) const;
    bool complain_title(const PlanRow& row, const std::string& wanted, std::vector<Error>& errors) const; // false: it is none
    void complain_dead(const PlanRow& row, const std::string& wanted, const std::string& id, std::optional<SequenceNumber> sequence,
                       std::vector<Error>& errors) const;

    const Lifecycle& lifecycle_;
    ContentDigests& digests_;
    LeafIndex index_;
    bool tells_studies_;
    std::set<const Leaf*> taken_;
    std::map<LeafId, StudyMembership> members_;
};

// A leaf as people name it: "0001#ID", "0001/index.xml#ID", "../0001/index.xml#ID" or a bare ID.
struct LeafReference {
    std::optional<SequenceNumber> sequence;
    std::string id;
};
LeafReference parse_leaf_reference(const std::string& text);
std::string short_text(const Leaf& leaf); // "0001#ID"

} // namespace dossier::ectd
