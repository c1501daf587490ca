#include "ectd/leaf_matcher.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

std::map<LeafId, StudyMembership> study_memberships(const Application& application) {
    std::map<LeafId, StudyMembership> members;
    for (const Sequence& sequence : application.sequences)
        for (const Stf& stf : sequence.stfs)
            for (const StfContent& content : stf.contents) {
                StudyMembership member{stf.study_id, {}, ""};
                for (const auto& tag : content.file_tags) member.file_tags.push_back(tag.first);
                for (const auto& [name, value] : content.properties)
                    if (name == "site-identifier") member.site = value;
                members[content.leaf] = std::move(member);
            }
    return members;
}

std::string path_in_sequence(const Leaf& leaf) {
    const std::size_t slash = leaf.path.find('/');
    return slash == std::string::npos ? "" : leaf.path.substr(slash + 1);
}

namespace {

std::string short_text(const Leaf& leaf) { return leaf.at.sequence.text() + "#" + leaf.at.id; }

void complain(std::vector<Error>& errors, const PlanRow& row, std::string message, std::string remedy) {
    errors.emplace_back(ErrorKind::invalid, std::move(message), row.at("replaces"), std::move(remedy));
}

// "0001#ID", "0001/index.xml#ID", "../0001/index.xml#ID" or a bare ID.
struct Reference {
    std::optional<SequenceNumber> sequence;
    std::string id;
};

Reference parse_reference(const std::string& text) {
    Reference reference;
    const std::size_t cut = text.find_last_of("#/");
    reference.id = cut == std::string::npos ? text : text.substr(cut + 1);
    if (cut != std::string::npos)
        for (const std::string& part : path::parts(text.substr(0, cut)))
            if (const auto number = SequenceNumber::parse(part)) reference.sequence = number;
    return reference;
}

} // namespace

LeafMatcher::LeafMatcher(const Application& history, const Lifecycle& lifecycle)
    : lifecycle_(lifecycle), members_(study_memberships(history)) {
    for (const LeafHistory* item : lifecycle.current()) existing_.push_back(item->leaf);
}

std::string LeafMatcher::study_of(const Leaf& leaf) const {
    const auto member = members_.find(leaf.at);
    return member == members_.end() ? "" : member->second.study_id;
}

const Leaf* LeafMatcher::by_reference(const PlannedLeaf& planned, std::vector<Error>& errors) const {
    const PlanRow& row = *planned.row;
    const std::string& wanted = row.replaces.empty() ? row.id : row.replaces;
    if (wanted.empty()) return nullptr;
    const Reference reference = parse_reference(wanted);
    std::vector<const Leaf*> found;
    for (const Leaf* leaf : existing_)
        if (leaf->at.id == reference.id && (!reference.sequence || leaf->at.sequence == *reference.sequence) &&
            leaf->at.file == planned.file)
            found.push_back(leaf);
    if (found.size() == 1 && found.front()->section == planned.section) return found.front();
    if (row.replaces.empty()) return nullptr; // an id may be meant for a new leaf
    if (found.size() > 1)
        complain(errors, row, fill("{} fits {} leaves", wanted, found.size()), fill("write {}", short_text(*found.back())));
    else if (found.size() == 1)
        complain(errors, row, fill("{} is under another section or other attributes ({})", wanted, found.front()->section),
                 "a leaf is only replaced in its own place; leave replaces empty to move it (delete and new)");
    else
        complain_dead(row, wanted, reference.id, reference.sequence, errors);
    return nullptr;
}

void LeafMatcher::complain_dead(const PlanRow& row, const std::string& wanted, const std::string& id,
                                std::optional<SequenceNumber> sequence, std::vector<Error>& errors) const {
    for (const auto& [at, history] : lifecycle_.leaves) {
        if (at.id != id || (sequence && at.sequence != *sequence) || !history.ended_by) continue;
        const bool deleted = history.state == LeafState::deleted;
        return complain(errors, row,
                        fill("{} was already {} in {}", wanted, std::string_view(deleted ? "deleted" : "replaced"),
                             history.ended_by->at.sequence.text()),
                        deleted ? "leave replaces empty: the document comes back as new" : fill("write {}", short_text(*history.ended_by)));
    }
    std::vector<std::string> names;
    for (const Leaf* leaf : existing_) names.push_back(short_text(*leaf));
    const std::string near = nearest(wanted, names);
    complain(errors, row, fill("no current leaf is called {}", wanted),
             near.empty() ? "ectd plan --export FILE lists the current leaves with their ids" : fill("is {} meant?", near));
}

const Leaf* LeafMatcher::first_free(const std::vector<const Leaf*>& candidates) const {
    for (const Leaf* leaf : candidates)
        if (!is_taken(*leaf)) return leaf;
    return nullptr;
}

const Leaf* LeafMatcher::by_path(const PlannedLeaf& planned) const {
    if (planned.path.empty()) return nullptr;
    std::vector<const Leaf*> found;
    for (const Leaf* leaf : existing_)
        if (leaf->section == planned.section && leaf->at.file == planned.file && path_in_sequence(*leaf) == planned.path)
            found.push_back(leaf);
    return first_free(found);
}

const Leaf* LeafMatcher::by_title(const PlannedLeaf& planned) const {
    const PlanRow& row = *planned.row;
    if (row.title.empty()) return nullptr;
    std::vector<const Leaf*> found;
    for (const Leaf* leaf : existing_) {
        if (leaf->section != planned.section || leaf->at.file != planned.file || leaf->title != row.title || study_of(*leaf) != row.study)
            continue;
        const auto member = members_.find(leaf->at);
        const std::vector<std::string> tags = member == members_.end() ? std::vector<std::string>() : member->second.file_tags;
        if (row.file_tag.empty() ? tags.empty() : std::count(tags.begin(), tags.end(), row.file_tag) > 0) found.push_back(leaf);
    }
    return first_free(found);
}

} // namespace dossier::ectd
