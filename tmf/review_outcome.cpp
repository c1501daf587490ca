#include "tmf/review_outcome.hpp"

namespace dossier::tmf {

namespace {

bool by(const OptionalDate& date, Date as_of) { return date && *date <= as_of; }

// Of the versions filed before it the last one that was decided on: drafts between change nothing.
bool follows_a_rejection(const StoredDocument& stored, std::size_t index, Date as_of) {
    while (index-- > 0) {
        const VersionRecord& before = stored.versions[index];
        if (by(before.rejected, as_of)) return true;
        if (by(before.accepted, as_of)) return false;
    }
    return false;
}

} // namespace

std::string_view to_text(ReviewOutcome::Kind kind) {
    switch (kind) {
    case ReviewOutcome::Kind::waiting:
        return "waiting";
    case ReviewOutcome::Kind::accepted:
        return "accepted";
    case ReviewOutcome::Kind::rejected:
        break;
    }
    return "rejected";
}

ReviewOutcome review_outcome(const StoredDocument& stored, std::size_t index, Date as_of) {
    const VersionRecord& version = stored.versions[index];
    ReviewOutcome outcome;
    outcome.is_first_pass = !follows_a_rejection(stored, index, as_of);
    if (by(version.rejected, as_of)) {
        outcome.kind = ReviewOutcome::Kind::rejected;
        outcome.decided = version.rejected;
    } else if (by(version.accepted, as_of)) {
        outcome.kind = ReviewOutcome::Kind::accepted;
        outcome.decided = version.accepted;
    }
    return outcome;
}

bool is_for_review(const VersionRecord& version, Date as_of) { return by(version.final, as_of) && !by(version.withdrawn, as_of); }

bool waits_for_review(const StoredDocument& stored, std::size_t index, Date as_of, bool review) {
    if (!is_for_review(stored.versions[index], as_of)) return false;
    if (review_outcome(stored, index, as_of).kind != ReviewOutcome::Kind::waiting) return false;
    return stored.versions.size() == 1 || !by(to_facts(stored, review)[index].superseded, as_of);
}

} // namespace dossier::tmf
