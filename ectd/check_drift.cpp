// Checks over the whole history that no agency can make for one who has not sent yet: content that was sent before, names that a disk may
// confuse, titles that drift.
#include "ectd/check.hpp"

#include <map>
#include <set>

#include "core/fold.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"

namespace dossier::ectd {

namespace {

// Files of earlier leaves that stay in the view, by the checksum that the leaf declares: they are not read again for this. What this
// sequence deletes is not among them: a document that moves to another heading is sent there.
std::map<std::string, std::string> earlier_files(const SequenceFacts& facts) {
    std::map<std::string, std::string> files;
    for (const LeafHistory* history : facts.lifecycle->in_order) {
        const Leaf& leaf = *history->leaf;
        if (leaf.at.sequence < facts.sequence->number && facts.is_current(*history) && !leaf.path.empty() && !leaf.checksum().empty())
            files.emplace(to_lower(leaf.checksum()), leaf.path);
    }
    return files;
}

const Leaf* target_of(const Leaf& leaf, const SequenceFacts& facts) {
    if (leaf.operation != "replace") return nullptr;
    const auto history = facts.lifecycle->leaves.find(leaf.at);
    return history == facts.lifecycle->leaves.end() ? nullptr : history->second.target;
}

// `except`: extensions of files that have to lie beside what uses them (the stylesheet of a define.xml).
void check_repeated(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const std::map<std::string, std::string> earlier = earlier_files(facts);
    std::map<Md5, std::string> own;
    std::set<std::string> seen; // several leaves may name one file
    for (const LeafFact& fact : facts.leaves) {
        const FileFact* file = fact.state == HrefState::present ? fact.found : nullptr;
        if (!file || !file->md5 || file->size == 0 || !starts_with(file->path, facts.sequence->folder + "/")) continue;
        if (parameters.lists("except", to_lower(path::extension(file->path)))) continue;
        if (is_stf_leaf(*fact.leaf) || !seen.insert(file->path).second) continue;
        out.examined();
        const auto [first, is_new] = own.emplace(*file->md5, file->path);
        const auto before = earlier.find(file->md5->hex());
        const Leaf* target = target_of(*fact.leaf, facts);
        const bool changes_nothing = target && !target->path.empty() && to_lower(target->checksum()) == file->md5->hex();
        const std::string other = !is_new ? first->second : before != earlier.end() ? before->second : changes_nothing ? target->path : "";
        if (!other.empty()) out.finding(file->path, leaf_place(*fact.leaf), {{"other", facts.seen_from_sequence(other)}});
    }
    if (const std::string missing = missing_sequences(facts); out.count > 0 && !missing.empty()) out.not_run(missing);
}

void check_case_twins(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    std::map<std::string, std::string> known; // in the same folder: its name with their own in lower case -> as stored
    const auto examine = [&](const std::string& path) {
        out.examined();
        const auto [first, is_new] = known.emplace(path::join(path::parent(path), to_lower(path::file_name(path))), path);
        if (!is_new) out.finding(path, "", {{"other", facts.seen_from_sequence(first->second)}});
    };
    for (const std::string& folder : facts.folders) examine(folder); // two of them speak for what is in them
    for (const FileFact* file : facts.own_files) examine(file->path);
}

// What is left of a title when case, blanks and punctuation go: a title that differs in more was changed on purpose.
std::string letters_of(const std::string& title) {
    std::string kept;
    for (const char c : likeness(title))
        if (static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) kept += c;
    return kept;
}

void check_title_drift(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    for (const LeafFact& fact : facts.leaves) {
        const Leaf& leaf = *fact.leaf;
        const Leaf* target = target_of(leaf, facts);
        if (!target) {
            const std::string reason = leaf.operation == "replace" ? unreachable_target(facts, leaf) : "";
            if (!reason.empty()) out.not_run(reason);
            continue;
        }
        out.examined();
        if (leaf.title != target->title && letters_of(leaf.title) == letters_of(target->title))
            out.finding(xml_path(leaf), in_file(leaf),
                        {{"title", leaf.title}, {"earlier", target->title}, {"sequence", target->at.sequence.text()}});
    }
}

} // namespace

std::vector<Check> drift_checks() {
    return {
        {"file.repeated", "file that a leaf names", {{"except", ParameterKind::texts, false}}, {"other"}, check_repeated},
        {"file.case_twins", "file or folder", {}, {"other"}, check_case_twins},
        {"leaf.title_drift", "leaf that replaces another", {}, {"title", "earlier", "sequence"}, check_title_drift},
    };
}

} // namespace dossier::ectd
