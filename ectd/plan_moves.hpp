// Documents that a plan takes from one place of the application to another. The backbone has no operation for it: the leaf is deleted
// and the document sent new.
#pragma once

#include "ectd/leaf_matcher.hpp"

namespace dossier::ectd {

class Moves {
public:
    // Both outlive this; the operations are not added to meanwhile.
    Moves(std::vector<PlannedOperation>& operations, ContentDigests& digests);

    // The new leaf that brings the document of a leaf that ends: by the row's id, by its bytes, else by heading and title. Null: none.
    PlannedOperation* of(const Leaf& leaf, const std::string& section);
    bool has_bytes_of(const PlannedOperation& item, const Leaf& leaf);

private:
    std::string digest_of(const PlannedOperation& item);
    void read();

    std::vector<PlannedOperation>& operations_;
    ContentDigests& digests_;
    bool is_read_ = false;
    std::map<std::string, PlannedOperation*> by_id_, by_title_;
    std::map<std::string, std::vector<PlannedOperation*>> by_bytes_;
};

struct MoveText {
    std::string how; // "with manufacturer New instead of Old"
    std::string to;  // "manufacturer New"
};
// `section`: number of the heading that `leaf` is under, `study`: its study.
MoveText describe_move(const PlannedOperation& item, const Leaf& leaf, const std::string& section, const std::string& study);

void explain_moves(Plan& plan, const LeafMatcher& matcher, ContentDigests& digests);

} // namespace dossier::ectd
