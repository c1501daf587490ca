// Replacements that were filed as documents of their own although a version of the rejected document would have been right. Nothing ties
// them together, so only what can hardly be anything else is taken for one; docs/quality.md has the conditions. Pure functions.
#pragma once

#include "tmf/records.hpp"

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

} // namespace dossier::tmf
