// Replacements that were filed as documents of their own although a version of the rejected document would have been right. Nothing ties
// them together, so only what can hardly be anything else is taken for one; docs/quality.md has the conditions. Pure functions.
#pragma once

#include "tmf/review_outcome.hpp"

#include <map>
#include <vector>

namespace dossier::tmf {

struct Refiled {
    std::int64_t document = 0; // that was rejected
    int version = 0;
};
// By the number of the later document. As of the day: what was rejected later is not yet replaced.
using Refilings = std::map<std::int64_t, Refiled>;
Refilings find_refilings(const std::vector<const StoredDocument*>& documents, Date as_of);

// What stored.versions[index] was filed in the place of; null when of no rejected document.
const Refiled* refiled_by(const Refilings& refilings, const StoredDocument& stored, std::size_t index);
// review_outcome(); whatever follows a rejected version, of its own document or of another, is not on its first pass.
ReviewOutcome review_outcome(const StoredDocument& stored, std::size_t index, Date as_of, const Refilings& refilings);

} // namespace dossier::tmf
