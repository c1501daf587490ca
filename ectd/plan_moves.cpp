#include "ectd/plan_moves.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

Moves::Moves(std::vector<PlannedOperation>& operations, ContentDigests& digests) : operations_(operations), digests_(digests) {
    for (PlannedOperation& item : operations_) {
        if (item.operation != "new" || item.planned->per_sequence()) continue;
        if (!item.planned->row->id.empty()) by_id_.emplace(item.file + "#" + item.planned->row->id, &item);
        by_title_.emplace(item.section + "|" + item.title, &item);
    }
}

std::string Moves::digest_of(const PlannedOperation& item) {
    const auto digest = digests_.of(*item.planned->content);
    return digest ? digest->hex() : "";
}

// Not before it is asked for: a plan that ends nothing reads no file for this.
void Moves::read() {
    if (std::exchange(is_read_, true)) return;
    std::vector<const Content*> contents;
    std::vector<PlannedOperation*> items;
    for (PlannedOperation& item : operations_)
        if (item.operation == "new" && !item.planned->per_sequence()) {
            contents.push_back(&*item.planned->content);
            items.push_back(&item);
        }
    digests_.read(contents);
    for (PlannedOperation* item : items)
        if (const std::string md5 = digest_of(*item); !md5.empty()) by_bytes_[md5].push_back(item);
}

PlannedOperation* Moves::of(const Leaf& leaf, const std::string& section) {
    if (const auto named = by_id_.find(leaf.at.file + "#" + leaf.at.id); named != by_id_.end()) return named->second;
    read();
    if (const auto same = by_bytes_.find(to_lower(leaf.checksum())); same != by_bytes_.end()) {
        const auto titled = std::find_if(same->second.begin(), same->second.end(),
                                         [&leaf](const PlannedOperation* item) { return item->title == leaf.title; });
        return titled == same->second.end() ? same->second.back() : *titled;
    }
    const auto titled = by_title_.find(section + "|" + leaf.title);
    return titled == by_title_.end() ? nullptr : titled->second;
}

bool Moves::has_bytes_of(const PlannedOperation& item, const Leaf& leaf) {
    return !leaf.checksum().empty() && digest_of(item) == to_lower(leaf.checksum());
}

namespace {

std::string value_of(const std::map<std::string, std::string>& attributes, const std::string& name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? "none" : found->second;
}

// The attributes that differ, as columns of the plan.
MoveText changed_attributes(const std::map<std::string, std::string>& now, const std::map<std::string, std::string>& before) {
    std::map<std::string, std::string> names = now;
    names.insert(before.begin(), before.end());
    std::vector<std::string> how, to;
    for (const auto& entry : names) {
        const std::string &name = entry.first, here = value_of(now, name), there = value_of(before, name);
        if (here == there) continue;
        how.push_back(fill("{} {} instead of {}", column_of_attribute(name), here, there));
        to.push_back(fill("{} {}", column_of_attribute(name), here));
    }
    return {how.empty() ? "" : "with " + join(how, ", "), join(to, ", ")};
}

std::map<std::string, std::string> attributes_of(const PlannedOperation& item) {
    std::map<std::string, std::string> attributes;
    for (const HeadingStep& step : item.steps) attributes.insert(step.attributes.begin(), step.attributes.end());
    return attributes;
}

} // namespace

MoveText describe_move(const PlannedOperation& item, const Leaf& leaf, const std::string& section, const std::string& study) {
    if (item.section != section) return {fill("under section {} instead of {}", item.section, section), fill("section {}", item.section)};
    if (MoveText changed = changed_attributes(attributes_of(item), leaf.place->attributes); !changed.how.empty()) return changed;
    if (item.study != study) {
        const std::string none = "none";
        return {fill("of study {} instead of {}", item.study.empty() ? none : item.study, study.empty() ? none : study),
                fill("study {}", item.study.empty() ? none : item.study)};
    }
    return {"under another heading, attribute or path", fill("section {}", item.section)};
}

void explain_moves(Plan& plan, const LeafMatcher& matcher, ContentDigests& digests) {
    if (plan.first) return;
    Moves moves(plan.operations, digests);
    for (PlannedOperation& other : plan.operations) {
        if (other.operation != "delete" || !other.target) continue;
        PlannedOperation* item = moves.of(*other.target, other.section);
        if (!item) continue;
        const MoveText text = describe_move(*item, *other.target, other.section, matcher.study_of(*other.target));
        item->reason = fill("the document of {} {}: delete and new", other.target->at.text(), text.how);
        if (!moves.has_bytes_of(*item, *other.target))
            item->reason += "; its bytes are other ones";
        else if (item->reused.empty())
            item->reason += fill("; with the source {} its file would be referred to, not sent again", other.target->path);
        else
            item->reason += "; its file is not sent again";
        other.reason = fill("its document moves to {}", text.to);
    }
}

} // namespace dossier::ectd
