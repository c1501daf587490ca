// Checks of links and bookmarks against the lifecycle: what they lead to may have been replaced or deleted since.
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/text.hpp"
#include "ectd/missing_sequences.hpp"
#include "ectd/pdf_target.hpp"

namespace dossier::ectd {

namespace {

// The leaves of a file, up to this sequence.
class LeavesByFile {
public:
    explicit LeavesByFile(const SequenceFacts& facts) : facts_(facts) {
        for (const LeafHistory* history : facts.lifecycle->in_order)
            if (history->leaf->at.sequence <= facts.sequence->number && !history->leaf->path.empty())
                leaves_[history->leaf->path].push_back(history);
    }

    bool is_current(const std::string& file) const {
        const auto found = leaves_.find(file);
        return found != leaves_.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](const LeafHistory* leaf) { return facts_.is_current(*leaf); });
    }

    // The leaf that replaced or deleted the last of its leaves; null: it is current, or no leaf names it.
    const Leaf* ended_by(const std::string& file) const {
        const auto found = leaves_.find(file);
        return found == leaves_.end() || is_current(file) ? nullptr : found->second.back()->ended_by;
    }

private:
    const SequenceFacts& facts_;
    std::unordered_map<std::string, std::vector<const LeafHistory*>> leaves_;
};

std::string how_it_ended(const SequenceFacts& facts, const Leaf& by) {
    const std::string sequence = by.at.sequence.text();
    return by.operation == "delete" ? fill("was deleted in sequence {}", sequence)
                                    : fill("was replaced by {} in sequence {}", facts.seen_from_sequence(by.path), sequence);
}

void tell(const SequenceFacts& facts, const std::string& path, const PdfLinkTarget& item, const LinkedFile& linked, const Leaf& by,
          CheckOutput& out) {
    out.finding(path, item.place, {{"file", facts.seen_from_sequence(linked.file)}, {"ended", how_it_ended(facts, by)}});
}

// PDFs of this sequence that lead to what is replaced or deleted up to it.
void check_outdated(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const LeavesByFile leaves(facts);
    std::optional<SequenceNumber> first; // of the sequences that links lead into
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        say_not_looked_at(facts, subject, files_not_listed(*subject.pdf, ""), out);
        for (const PdfLinkTarget& item : targets_of(*subject.pdf)) {
            const LinkedFile* linked = linked_file(*subject.fact, *item.target);
            if (!linked || linked->state != HrefState::present) continue;
            out.examined();
            const auto number = SequenceNumber::parse(linked->file.substr(0, linked->file.find('/')));
            if (number && (!first || *number < *first)) first = number;
            if (const Leaf* by = leaves.ended_by(linked->file)) tell(facts, subject.file->path, item, *linked, *by, out);
        }
    }
    if (const std::string missing = first ? missing_sequences(facts, {*first, {}}) : ""; !missing.empty()) out.not_run(missing);
}

// The PDFs of earlier sequences that are current now; empty where nobody was to look into all of them.
std::vector<std::pair<std::string, const ContentFact*>> earlier_pdfs(const SequenceFacts& facts, CheckOutput& out) {
    std::vector<std::pair<std::string, const ContentFact*>> pdfs;
    std::set<std::string> unread;
    for (const LeafHistory* history : facts.lifecycle->in_order) {
        const std::string& file = history->leaf->path;
        if (history->leaf->at.sequence >= facts.sequence->number || !ends_with(to_lower(file), ".pdf") || !facts.is_current(*history))
            continue;
        const ContentFact* fact = facts.content->find(file);
        if (!fact) return {};
        if (const std::string reason = why_unread(*fact); !reason.empty())
            unread.insert(fill("{}: {}", facts.seen_from_sequence(file), reason));
        else if (fact->pdf)
            pdfs.emplace_back(file, fact);
    }
    for (const std::string& reason : unread) out.not_run(reason);
    std::sort(pdfs.begin(), pdfs.end());
    pdfs.erase(std::unique(pdfs.begin(), pdfs.end()), pdfs.end()); // under several leaves
    return pdfs;
}

// PDFs of earlier sequences, still current, that lead to what this sequence replaces or deletes.
void check_left_behind(const SequenceFacts& facts, const Parameters&, CheckOutput& out) {
    if (!facts.content) return out.not_run("nobody looked into the files");
    const LeavesByFile leaves(facts);
    for (const auto& [file, fact] : earlier_pdfs(facts, out))
        for (const PdfLinkTarget& item : targets_of(*fact->pdf)) {
            const LinkedFile* linked = linked_file(*fact, *item.target);
            if (!linked || linked->state != HrefState::present) continue;
            out.examined();
            const Leaf* by = leaves.ended_by(linked->file);
            if (by && by->at.sequence == facts.sequence->number) tell(facts, file, item, *linked, *by, out);
        }
    const bool ends_any = std::any_of(facts.leaves.begin(), facts.leaves.end(), [](const LeafFact& fact) {
        return fact.leaf->operation == "replace" || fact.leaf->operation == "delete";
    });
    if (const std::string missing = ends_any && out.count > 0 ? missing_sequences(facts) : ""; !missing.empty()) out.not_run(missing);
}

} // namespace

std::vector<Check> pdf_history_checks() {
    return {
        {"pdf.target_outdated", "link to another file of the application", {}, {"file", "ended"}, check_outdated},
        {"pdf.target_left_behind",
         "link in PDFs of earlier sequences that were looked into (validate the whole application)",
         {},
         {"file", "ended"},
         check_left_behind},
    };
}

} // namespace dossier::ectd
