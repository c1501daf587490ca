#include "ectd/plan_compare.hpp"

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

void LeafComparison::read(const std::vector<std::pair<const PlannedLeaf*, const Leaf*>>& pairs) {
    std::vector<const Content*> contents;
    for (const auto& [planned, target] : pairs) {
        if (!target || !planned->content) continue;
        const EarlierFile* own = earlier_.find(*planned->content);
        if (!own || !earlier_.is_as_written(*own)) contents.push_back(&*planned->content);
    }
    digests_.read(contents);
}

Result<bool> LeafComparison::has_same_bytes(const PlannedLeaf& planned, const Leaf& target) {
    const EarlierFile* own = earlier_.find(*planned.content);
    if (own && own->path == target.path && earlier_.is_as_written(*own)) return true; // nothing to hash
    DOSSIER_TRY(const Md5 md5, digests_.of(*planned.content));
    std::string earlier = to_lower(target.checksum());
    if (earlier.empty()) // allowed in the US module 1
        if (const auto file = digests_.of({request_.fs, path::join(request_.history->folder, target.path), {}})) earlier = file->hex();
    return earlier == md5.hex();
}

std::vector<std::string> LeafComparison::changed_words(const PlannedLeaf& planned, const Leaf& target) const {
    std::vector<std::string> changes;
    const PlanRow& row = *planned.row;
    if (std::string change = matcher_.changed_tags(planned, target); !change.empty()) changes.push_back(std::move(change));
    if (!row.title.empty() && row.title != target.title) changes.push_back(fill("the title changed from \"{}\"", target.title));
    if (!row.language.empty() && row.language != target.language())
        changes.push_back(target.language().empty() ? fill("the language is now {}", row.language)
                                                    : fill("the language changed from {} to {}", target.language(), row.language));
    return changes;
}

Result<LeafChange> LeafComparison::compare(const PlannedLeaf& planned, const Leaf& target) {
    LeafChange change;
    DOSSIER_TRY(change.same_bytes, has_same_bytes(planned, target));
    if (!change.same_bytes) {
        const std::string& title = planned.row->title;
        change.what = fill("other bytes than {}", target.at.text());
        if (!title.empty() && title != target.title) change.what += fill(", which was called \"{}\"", target.title);
        return change;
    }
    change.what = join(changed_words(planned, target), ", ");
    if (!change.what.empty()) change.what += "; the file is the same and is not sent again";
    return change;
}

} // namespace dossier::ectd
