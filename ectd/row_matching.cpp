#include "ectd/row_matching.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

RowMatching match_rows(const std::vector<PlannedLeaf>& rows, LeafMatcher& matcher, bool delta, std::vector<Error>& errors) {
    RowMatching matching;
    matching.targets.resize(rows.size(), nullptr);
    matching.by_path.resize(rows.size(), false);
    matching.is_unclear.resize(rows.size(), false);
    const auto pass = [&](auto find, bool by_path = false) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const PlannedLeaf& planned = rows[i];
            if (matching.targets[i] || matching.is_unclear[i] || (planned.per_sequence() && planned.row->operation != "delete")) continue;
            const std::size_t before = errors.size();
            const Leaf* leaf = find(planned);
            matching.is_unclear[i] = errors.size() > before;
            if (!leaf) continue;
            if (planned.row->operation == "append")
                matching.appended_to.insert(leaf);
            else if (matching.is_unclear[i] = !matcher.take(*leaf); matching.is_unclear[i])
                errors.emplace_back(ErrorKind::invalid, fill("{} is already taken by another row", leaf->at.text()),
                                    planned.row->at("section"), "remove one of the two rows");
            matching.targets[i] = leaf;
            matching.by_path[i] = by_path;
        }
    };
    const auto appends = [](const PlannedLeaf& planned) { return planned.row->operation == "append"; };
    pass([&](const PlannedLeaf& planned) { return matcher.by_reference(planned, errors); });
    pass([&](const PlannedLeaf& planned) { return appends(planned) ? nullptr : matcher.by_path(planned, errors); }, true);
    pass([&](const PlannedLeaf& planned) { return appends(planned) ? nullptr : matcher.by_title(planned, errors); });
    // A state plan would delete and send again what only got another title and file name.
    if (!delta) pass([&](const PlannedLeaf& planned) { return planned.row->operation.empty() ? matcher.by_content(planned) : nullptr; });
    return matching;
}

} // namespace dossier::ectd
