#include "cli/ectd_reading.hpp"
#include "core/text.hpp"
#include "ectd/leaf_chain.hpp"
#include "ectd/leaf_matcher.hpp"

namespace dossier::cli {

namespace {

std::string state_text(const ectd::LeafHistory& item) {
    switch (item.state) {
    case ectd::LeafState::current:
        return "current";
    case ectd::LeafState::appended_to:
        return "current, appended to";
    case ectd::LeafState::replaced:
        return "replaced by " + ectd::short_text(*item.ended_by);
    case ectd::LeafState::deleted:
        return item.ended_by ? "deleted by " + ectd::short_text(*item.ended_by) : "ends its target";
    }
    return "";
}

// An appendix outlives what it was appended to, and nobody sees that from itself.
std::string lost_base_text(const ectd::LeafHistory& item, const ectd::LeafChain& chain) {
    if (item.leaf->operation != "append" || !ectd::is_current(item.state)) return "";
    for (const ectd::LeafHistory* other : chain)
        if (other->leaf == item.target && other->ended_by)
            return fill("        what it was appended to is {}: delete or replace it too, if it went with that\n", state_text(*other));
    return "";
}

std::string word(const ReadApplication& read, const std::string& list, const std::string& code) {
    const templates::Code* known = read.catalogue.code(list, code);
    return known ? known->word : code;
}

// What the sequence was: "original-application, amendment: answer to the questions of May".
std::string submission_text(const ReadApplication& read, ectd::SequenceNumber number) {
    const ectd::Envelope& envelope = read.application.find(number)->envelope;
    std::string text = word(read, "submission-type", envelope.submission_type);
    if (const std::string sub = word(read, "submission-sub-type", envelope.submission_sub_type); !sub.empty())
        text += (text.empty() ? "" : ", ") + sub;
    if (!envelope.description.empty()) text += (text.empty() ? "" : ": ") + envelope.description;
    return text;
}

const ectd::SequenceEntry* entry_of(const ReadApplication& read, ectd::SequenceNumber number) {
    if (!read.file) return nullptr;
    const auto found = read.file->sequences.find(number);
    return found == read.file->sequences.end() ? nullptr : &found->second;
}

// When it was sent, and what was answered: "sent 2026-03-01, acknowledged by receipt.xml".
std::string sent_text(const ReadApplication& read, ectd::SequenceNumber number) {
    const ectd::SequenceEntry* entry = entry_of(read, number);
    std::string text = entry && entry->sent ? "sent " + entry->sent->text() : "";
    std::vector<std::string> files;
    if (entry)
        for (const ectd::Acknowledgement& item : entry->acknowledgements) files.push_back(item.file);
    if (!files.empty()) text += (text.empty() ? "" : ", ") + fill("acknowledged by {}", join(files, ", "));
    return text;
}

std::string chain_text(const ReadApplication& read, const ectd::LeafChain& chain) {
    const ectd::Leaf& first = *chain.front()->leaf;
    std::string out = fill("{} {} ({})\n", section_number(read, first), first.title, first.place->section);
    for (const ectd::LeafHistory* item : chain) {
        const ectd::Leaf& leaf = *item->leaf;
        out += fill("  {}  {:<8}{}\n", leaf.at.sequence.text(), leaf.operation, leaf.title);
        out += fill("        as {}", ectd::short_text(leaf));
        if (!leaf.path.empty()) out += ", " + leaf.path;
        if (leaf.operation != "new")
            out += ", of " + (item->target ? ectd::short_text(*item->target) : leaf.modified_file + " (not a leaf that was current)");
        out += "\n";
        if (const ectd::Origin* origin = read.origin_of(leaf))
            out += fill("        from the trial master file of {}: {}\n", origin->study, origin->name());
        if (const std::string submission = submission_text(read, leaf.at.sequence); !submission.empty())
            out += fill("        in {}\n", submission);
        if (const std::string sent = sent_text(read, leaf.at.sequence); !sent.empty()) out += fill("        {}\n", sent);
        if (leaf.operation != "delete") out += fill("        now {}\n", state_text(*item));
        out += lost_base_text(*item, chain);
    }
    return out;
}

Json chain_json(const ReadApplication& read, const ectd::LeafChain& chain) {
    Json operations = Json::array();
    bool current = false;
    for (const ectd::LeafHistory* item : chain) {
        const ectd::Leaf& leaf = *item->leaf;
        current = current || ectd::is_current(item->state);
        Json entry = Json::object({{"sequence", leaf.at.sequence.text()},
                                   {"operation", leaf.operation},
                                   {"id", leaf.at.id},
                                   {"file", leaf.at.file},
                                   {"section", section_number(read, leaf)},
                                   {"title", leaf.title},
                                   {"path", leaf.path},
                                   {"checksum", leaf.checksum()}});
        entry.set("modifies",
                  item->target ? Json::object({{"sequence", item->target->at.sequence.text()}, {"id", item->target->at.id}}) : Json());
        entry.set("modified_file", leaf.modified_file);
        entry.set("state", state_text(*item));
        entry.set("submission", submission_text(read, leaf.at.sequence));
        const ectd::SequenceEntry* known = entry_of(read, leaf.at.sequence);
        entry.set("sent", known && known->sent ? Json(known->sent->text()) : Json());
        Json acknowledgements = Json::array();
        if (known)
            for (const ectd::Acknowledgement& answer : known->acknowledgements)
                acknowledgements.push(
                    Json::object({{"file", ectd::acknowledgement_path(leaf.at.sequence, answer.file)}, {"sha256", answer.sha256}}));
        entry.set("acknowledgements", std::move(acknowledgements));
        entry.set("origin", read.origin_json(leaf));
        operations.push(std::move(entry));
    }
    return Json::object({{"current", current}, {"operations", std::move(operations)}});
}

Sheet chain_sheet(const ReadApplication& read, const std::vector<ectd::LeafChain>& chains) {
    Sheet sheet{"blame", {"chain", "sequence", "operation", "id", "section", "title", "path", "modifies", "state", "submission"}, {}};
    std::int64_t number = 0;
    for (const ectd::LeafChain& chain : chains) {
        ++number;
        for (const ectd::LeafHistory* item : chain) {
            const ectd::Leaf& leaf = *item->leaf;
            sheet.rows.push_back({number, leaf.at.sequence.text(), leaf.operation, leaf.at.id, section_number(read, leaf), leaf.title,
                                  leaf.path, item->target ? ectd::short_text(*item->target) : "", state_text(*item),
                                  submission_text(read, leaf.at.sequence)});
        }
    }
    return sheet;
}

} // namespace

Command make_ectd_blame() {
    struct State {
        std::string application, leaf;
    };
    auto state = std::make_shared<State>();
    Command command;
    command.name = "ectd blame";
    command.summary = "Every operation on a document, sequence by sequence";
    command.example = "dossier ectd blame nda900172 m2/22-intro/introduction.pdf";
    command.declare = [state](Options& list) {
        list.text("APP", state->application, "Application folder", true);
        list.text("LEAF", state->leaf, "A leaf of its chain: 0001#ID, ID, path or title", true);
    };
    command.run = [state](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto read, read_for_viewing(context, state->application));
        DOSSIER_TRY(const auto chains, ectd::find_chains(read->lifecycle, state->leaf));
        Rendering rendering;
        rendering.text = [&] {
            std::vector<std::string> texts;
            for (const ectd::LeafChain& chain : chains) texts.push_back(chain_text(*read, chain));
            return join(texts, "\n");
        };
        rendering.json = [&] {
            Json list = Json::array();
            for (const ectd::LeafChain& chain : chains) list.push(chain_json(*read, chain));
            return Json::object({{"report_version", 1}, {"leaf", state->leaf}, {"chains", std::move(list)}});
        };
        rendering.sheets = [&] { return std::vector<Sheet>{chain_sheet(*read, chains)}; };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
