#include "ectd/leaf_matcher.hpp"

#include <algorithm>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/backbone_reader.hpp"

namespace dossier::ectd {

std::map<LeafId, StudyMembership> study_memberships(const Application& application) {
    std::map<LeafId, StudyMembership> members;
    for (const Sequence& sequence : application.sequences)
        for (const Stf& stf : sequence.stfs)
            for (const StfContent& content : stf.contents) {
                StudyMembership member{stf.study_id, {}, ""};
                for (const auto& tag : content.file_tags) member.file_tags.push_back(tag.first);
                for (const StfValue& property : content.properties)
                    if (property.name == "site-identifier") member.site = property.value;
                members[content.leaf] = std::move(member);
            }
    return members;
}

namespace {

void complain(std::vector<Error>& errors, const PlanRow& row, std::string message, std::string remedy) {
    errors.emplace_back(ErrorKind::invalid, std::move(message), row.at("replaces"), std::move(remedy));
}

} // namespace

std::string short_text(const Leaf& leaf) { return leaf.at.sequence.text() + "#" + leaf.at.id; }

LeafReference parse_leaf_reference(const std::string& text) {
    LeafReference reference;
    const std::size_t cut = text.find_last_of("#/");
    reference.id = cut == std::string::npos ? text : text.substr(cut + 1);
    if (cut != std::string::npos)
        for (const std::string& part : path::parts(text.substr(0, cut)))
            if (const auto number = SequenceNumber::parse(part)) reference.sequence = number;
    return reference;
}

LeafMatcher::LeafMatcher(const Application& history, const Lifecycle& lifecycle, ContentDigests& digests, bool tells_studies)
    : lifecycle_(lifecycle), digests_(digests), index_(lifecycle), tells_studies_(tells_studies),
      members_(tells_studies ? study_memberships(history) : std::map<LeafId, StudyMembership>()) {}

std::string LeafMatcher::study_of(const Leaf& leaf) const {
    const auto member = members_.find(leaf.at);
    return member == members_.end() ? "" : member->second.study_id;
}

const Leaf* LeafMatcher::by_reference(const PlannedLeaf& planned, std::vector<Error>& errors) const {
    const PlanRow& row = *planned.row;
    const std::string& wanted = row.replaces.empty() ? row.id : row.replaces;
    if (wanted.empty()) return nullptr;
    const LeafReference reference = parse_leaf_reference(wanted);
    Leaves found = index_.with_id(planned.file, reference.id);
    if (reference.sequence)
        found.erase(std::remove_if(found.begin(), found.end(), [&](const Leaf* leaf) { return leaf->at.sequence != *reference.sequence; }),
                    found.end());
    if (found.size() == 1 && same_place(planned, *found.front()) && same_study(planned, *found.front())) return found.front();
    if (row.replaces.empty()) return nullptr; // an id may be meant for a new leaf
    if (found.size() > 1)
        complain(errors, row, fill("{} fits {} leaves", wanted, found.size()), fill("write {}", short_text(*found.back())));
    else if (found.size() == 1)
        complain(errors, row, fill("{} {}", wanted, where_else(planned, *found.front())),
                 "a leaf is only replaced in its own place and study; leave replaces empty to move it (delete and new; with --delta the "
                 "delete needs a row of its own)");
    else
        complain_dead(row, wanted, reference.id, reference.sequence, errors);
    return nullptr;
}

void LeafMatcher::complain_dead(const PlanRow& row, const std::string& wanted, const std::string& id,
                                std::optional<SequenceNumber> sequence, std::vector<Error>& errors) const {
    for (const LeafHistory* history : lifecycle_.in_order) {
        const LeafId& at = history->leaf->at;
        if (at.id != id || (sequence && at.sequence != *sequence) || !history->ended_by) continue;
        const bool deleted = history->state == LeafState::deleted;
        return complain(errors, row,
                        fill("{} was already {} in {}", wanted, std::string_view(deleted ? "deleted" : "replaced"),
                             history->ended_by->at.sequence.text()),
                        !deleted                    ? fill("write {}", short_text(*history->ended_by))
                        : row.operation == "delete" ? "remove the row: there is nothing left to delete"
                                                    : "leave replaces empty: the document comes back as new");
    }
    if (complain_title(row, wanted, errors)) return;
    std::vector<std::string> names;
    for (const Leaf* leaf : index_.all()) names.push_back(short_text(*leaf));
    const std::string near = nearest(wanted, names);
    complain(errors, row, fill("no current leaf is called {}", wanted),
             near.empty() ? "ectd plan --export FILE lists the current leaves with their ids" : fill("is {} meant?", near));
}

// What people write who do not know the IDs.
bool LeafMatcher::complain_title(const PlanRow& row, const std::string& wanted, std::vector<Error>& errors) const {
    std::vector<std::string> names;
    for (const Leaf* leaf : index_.all())
        if (to_lower(leaf->title) == to_lower(wanted) && names.size() < 5) names.push_back(short_text(*leaf));
    if (names.empty()) return false;
    complain(errors, row, fill("a leaf is named by its ID, and \"{}\" is a title", wanted), fill("write {}", join(names, " or ")));
    return true;
}

// The free candidate; where there are several, the one with the row's title.
const Leaf* LeafMatcher::only_one(const PlannedLeaf& planned, std::vector<const Leaf*> candidates, std::vector<Error>& errors) const {
    const auto keep = [&candidates](auto wanted) {
        candidates.erase(std::remove_if(candidates.begin(), candidates.end(), [&](const Leaf* leaf) { return !wanted(*leaf); }),
                         candidates.end());
    };
    keep([this](const Leaf& leaf) { return !is_taken(leaf); });
    const std::string& title = planned.row->title;
    if (candidates.size() > 1 &&
        std::any_of(candidates.begin(), candidates.end(), [&title](const Leaf* leaf) { return leaf->title == title; }))
        keep([&title](const Leaf& leaf) { return leaf.title == title; });
    if (candidates.size() <= 1) return candidates.empty() ? nullptr : candidates.front();
    std::vector<std::string> names;
    for (const Leaf* leaf : candidates) names.push_back(fill("{} \"{}\"", short_text(*leaf), leaf->title));
    complain(errors, *planned.row, fill("the row may mean any of {}", join(names, ", ")), "write the one that is meant in replaces");
    return nullptr;
}

const Leaf* LeafMatcher::by_path(const PlannedLeaf& planned, std::vector<Error>& errors) const {
    for (const std::string& path : {planned.path, planned.own_path}) {
        if (path.empty()) continue;
        Leaves found;
        for (const Leaf* leaf : index_.with_path(planned.file, planned.section, path))
            if (same_place(planned, *leaf) && same_study(planned, *leaf)) found.push_back(leaf);
        const std::size_t before = errors.size();
        const Leaf* leaf = only_one(planned, found, errors);
        if (leaf || errors.size() > before) return leaf;
    }
    return nullptr;
}

namespace {

std::string place_of(const PlannedLeaf& planned) {
    std::string place = planned.section;
    for (const std::string& title : planned.row->extensions) place += extension_step(title);
    return place;
}

} // namespace

// Under the row's heading; where the row names no node extension, in any of them too: they are discouraged and rarely written down.
bool LeafMatcher::same_place(const PlannedLeaf& planned, const Leaf& leaf) const {
    if (leaf.at.file != planned.file) return false;
    if (!planned.row->extensions.empty()) return leaf.place->section == place_of(planned);
    return leaf.place->extensions.empty() ? leaf.place->section == planned.section : leaf.place->heading_section == planned.section;
}

bool LeafMatcher::is_place_known(const PlannedLeaf& planned) const {
    const Leaves& here = index_.under(planned.file, planned.section);
    return std::any_of(here.begin(), here.end(), [&](const Leaf* leaf) { return same_place(planned, *leaf); });
}

// A document that moves to another study is another entry: the earlier study tagging file cannot be changed. A delete need not say it.
bool LeafMatcher::same_study(const PlannedLeaf& planned, const Leaf& leaf) const {
    const std::string& study = planned.row->study;
    return !planned.heading->study || (planned.row->operation == "delete" && study.empty()) || members_.count(leaf.at) == 0 ||
           study_of(leaf) == study;
}

bool LeafMatcher::have_common_tag(const PlannedLeaf& planned, const Leaf& leaf) const {
    const std::vector<std::string> tags = tags_of(leaf);
    const std::vector<std::string>& wanted = planned.row->file_tags;
    return tags.empty() || wanted.empty() ||
           std::any_of(wanted.begin(), wanted.end(), [&tags](const auto& tag) { return std::count(tags.begin(), tags.end(), tag) > 0; });
}

std::string LeafMatcher::where_else(const PlannedLeaf& planned, const Leaf& leaf) const {
    if (same_place(planned, leaf))
        return fill("is of study {}, the row of {}", study_of(leaf),
                    std::string_view(planned.row->study.empty() ? "none" : planned.row->study));
    return fill("is under another section, other attributes or another node extension ({})", leaf.place->section);
}

const Leaf* LeafMatcher::named_elsewhere(const PlannedLeaf& planned) const {
    const PlanRow& row = *planned.row;
    if (row.id.empty() || !row.replaces.empty()) return nullptr;
    const LeafReference reference = parse_leaf_reference(row.id);
    for (const Leaf* leaf : index_.with_id(planned.file, reference.id))
        if ((!reference.sequence || leaf->at.sequence == *reference.sequence) && !is_taken(*leaf)) return leaf;
    return nullptr;
}

const Leaf* LeafMatcher::by_title(const PlannedLeaf& planned, std::vector<Error>& errors) const {
    const PlanRow& row = *planned.row;
    if (row.title.empty()) return nullptr;
    Leaves found;
    for (const Leaf* leaf : index_.with_title(planned.file, planned.section, row.title)) {
        if (!same_place(planned, *leaf) || (tells_studies_ && study_of(*leaf) != row.study)) continue;
        const std::vector<std::string> tags = tags_of(*leaf);
        const bool any_tag = !tells_studies_ || (row.operation == "delete" && row.file_tags.empty());
        const bool shares_one = std::any_of(row.file_tags.begin(), row.file_tags.end(),
                                            [&tags](const std::string& tag) { return std::count(tags.begin(), tags.end(), tag) > 0; });
        if (any_tag || (row.file_tags.empty() ? tags.empty() : shares_one)) found.push_back(leaf);
    }
    return only_one(planned, found, errors);
}

const Leaf* LeafMatcher::by_content(const PlannedLeaf& planned) const {
    Leaves near;
    for (const Leaf* leaf : index_.under(planned.file, planned.section))
        if (!is_taken(*leaf) && same_place(planned, *leaf) && same_study(planned, *leaf)) near.push_back(leaf);
    if (near.empty() || !planned.content) return nullptr;
    const auto md5 = digests_.of(*planned.content);
    if (!md5) return nullptr;
    near.erase(std::remove_if(near.begin(), near.end(), [&](const Leaf* leaf) { return to_lower(leaf->checksum()) != md5->hex(); }),
               near.end());
    return near.size() == 1 ? near.front() : nullptr;
}

std::vector<std::string> LeafMatcher::tags_of(const Leaf& leaf) const {
    const auto member = members_.find(leaf.at);
    return member == members_.end() ? std::vector<std::string>() : member->second.file_tags;
}

std::string LeafMatcher::changed_tags(const PlannedLeaf& planned, const Leaf& leaf) const {
    const auto member = members_.find(leaf.at);
    if (!planned.heading->study || !tells_studies_) return "";
    if (member == members_.end()) return planned.row->study.empty() ? "" : "no study tagging file names it yet";
    const std::set<std::string> wanted(planned.row->file_tags.begin(), planned.row->file_tags.end());
    const std::vector<std::string>& tags = member->second.file_tags;
    if (wanted != std::set<std::string>(tags.begin(), tags.end()))
        return fill("the file tag changed from {} to {}", tags.empty() ? "none" : join(tags, ", "),
                    wanted.empty() ? "none" : join(planned.row->file_tags, ", "));
    if (planned.row->site != member->second.site)
        return fill("the site changed from \"{}\" to \"{}\"", member->second.site, planned.row->site);
    return "";
}

} // namespace dossier::ectd
