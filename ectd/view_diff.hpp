// Two current views compared: what a reader finds in the second that was not in the first, and the other way round. By backbones and
// their checksums alone; the documents are not opened.
#pragma once

#include "ectd/lifecycle.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct View {
    const Application& application;
    const Lifecycle& lifecycle;
};

struct ViewChange {
    std::string change;           // added | removed | replaced (other bytes) | retitled (same bytes)
    const Leaf* before = nullptr; // absent when added
    const Leaf* after = nullptr;  // absent when removed
};

struct ViewDiff {
    std::vector<ViewChange> changes; // in the order of the second view, what was removed last
    std::size_t same = 0;            // leaves with the same place, title and bytes in both
};

// Two leaves are one document when the one came to be the other by replaces (views of one application), else when section and path agree,
// else when section and title do; each leaf counts once.
ViewDiff diff_views(const View& before, const View& after);

} // namespace dossier::ectd
