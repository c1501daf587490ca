#include <algorithm>
#include <unordered_map>

#include "cli/ectd_view_page.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using ectd::Leaf;

std::string word_of(const ReadApplication& read, const std::string& list, const std::string& code) {
    const templates::Code* known = read.catalogue.code(list, code);
    return known ? known->word : code;
}

// Leaves by their place in the page's list.
class Places {
public:
    explicit Places(const ectd::Application& application) {
        for (const ectd::Sequence& sequence : application.sequences)
            for (const Leaf& leaf : sequence.leaves) {
                places_.emplace(&leaf, static_cast<std::int64_t>(list_.size()));
                list_.push_back(&leaf);
            }
    }
    std::int64_t of(const Leaf* leaf) const {
        const auto found = places_.find(leaf);
        return found == places_.end() ? -1 : found->second;
    }
    const std::vector<const Leaf*>& list() const { return list_; }

private:
    std::vector<const Leaf*> list_;
    std::unordered_map<const Leaf*, std::int64_t> places_;
};

Json sequence_places(const ectd::Application& application, const std::vector<ectd::SequenceNumber>& numbers) {
    Json list = Json::array();
    for (std::size_t i = 0; i < application.sequences.size(); ++i)
        if (std::find(numbers.begin(), numbers.end(), application.sequences[i].number) != numbers.end())
            list.push(static_cast<std::int64_t>(i));
    return list;
}

// [name, [[field, value] ...]] of each part of the envelope; codes with their words.
Json envelope_json(const ReadApplication& read, const ectd::Envelope& envelope) {
    Json parts = Json::array();
    for (const ectd::EnvelopePart& part : envelope.parts) {
        Json fields = Json::array();
        for (const ectd::EnvelopeField& field : part.fields) {
            const std::string attribute = field.name.substr(field.name.rfind('@') + 1);
            const std::string word = word_of(read, attribute, field.value);
            fields.push(Json::texts(std::vector<std::string>{attribute, word == field.value ? word : word + " (" + field.value + ")"}));
        }
        Json entry = Json::array();
        entry.push(part.name).push(std::move(fields));
        parts.push(std::move(entry));
    }
    return parts;
}

Json sequence_json(const ReadApplication& read, const ectd::Sequence& sequence) {
    Json json = Json::object({{"number", sequence.number.text()},
                              {"type", submission_words(read, sequence)},
                              {"text", sequence.envelope.description},
                              {"envelope", envelope_json(read, sequence.envelope)}});
    std::string sent;
    Json acknowledgements = Json::array();
    if (read.file) {
        const auto entry = read.file->sequences.find(sequence.number);
        if (entry != read.file->sequences.end()) {
            if (entry->second.sent) sent = entry->second.sent->text();
            for (const ectd::Acknowledgement& item : entry->second.acknowledgements)
                acknowledgements.push(
                    Json::texts(std::vector<std::string>{item.file, ectd::acknowledgement_path(sequence.number, item.file), item.sha256}));
        }
    }
    return json.set("sent", sent).set("acknowledgements", std::move(acknowledgements));
}

Json study_json(const ectd::ViewStudy& study, const Places& places) {
    Json leaves = Json::array();
    for (const ectd::StudyLeaf& item : study.leaves) {
        Json entry = Json::array();
        entry.push(places.of(item.leaf)).push(join(item.tags, ", ")).push(item.site);
        leaves.push(std::move(entry));
    }
    return Json::object({{"id", study.id},
                         {"titles", Json::texts(study.titles)},
                         {"categories", Json::texts(study.categories)},
                         {"tagged", study.tagged},
                         {"leaves", std::move(leaves)}});
}

} // namespace

std::string submission_words(const ReadApplication& read, const ectd::Sequence& sequence) {
    const ectd::Envelope& envelope = sequence.envelope;
    std::string text = word_of(read, "submission-type", envelope.submission_type);
    if (const std::string sub = word_of(read, "submission-sub-type", envelope.submission_sub_type); !sub.empty())
        text += (text.empty() ? "" : ", ") + sub;
    return text;
}

std::string origin_words(const ReadApplication& read, const ectd::Leaf& leaf) {
    const ectd::Origin* origin = read.origin_of(leaf);
    return origin ? origin->study + ": " + origin->name() : "";
}

std::string application_title(const ReadApplication& read) {
    const ectd::Envelope& newest = read.application.sequences.back().envelope;
    const std::string folder = path::file_name(path::normalise(path::join(current_folder(), read.application.folder)));
    if (read.application.region == "us" && !newest.application_number.empty()) {
        std::string type = word_of(read, "application-type", newest.application_type);
        std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; });
        return type + " " + newest.application_number;
    }
    for (const ectd::EnvelopePart& part : newest.parts)
        for (const ectd::EnvelopeField& field : part.fields)
            if (field.name == "invented-name" || field.name == "product-name") return field.value + " (" + folder + ")";
    return folder;
}

Json view_data(const ReadApplication& read, const ectd::ApplicationView& view) {
    const ectd::Application& application = read.application;
    const Places places(application);
    Json sequences = Json::array(), nodes = Json::array(), studies = Json::array(), activities = Json::array(), findings = Json::array();
    for (const ectd::Sequence& sequence : application.sequences) sequences.push(sequence_json(read, sequence));
    for (const ectd::ViewNode& node : view.tree.nodes) {
        Json entry = Json::array();
        nodes.push(entry.push(node.parent).push(node.number).push(node.title).push(node.detail));
    }
    for (const ectd::ViewStudy& study : view.studies) studies.push(study_json(study, places));
    for (const ectd::Activity& activity : view.activities)
        activities.push(Json::object({{"number", activity.number},
                                      {"type", word_of(read, "submission-type", activity.type)},
                                      {"opening_is_here", activity.opening_is_here},
                                      {"sequences", sequence_places(application, activity.sequences)}}));
    for (const ectd::ReadingFinding& finding : view.findings) {
        Json entry = Json::array();
        entry.push(places.of(finding.leaf)).push(finding.sequence ? Json(finding.sequence->text()) : Json());
        findings.push(entry.push(finding.kind).push(finding.message));
    }
    return Json::object({{"count", static_cast<std::int64_t>(places.list().size())},
                         {"sequences", std::move(sequences)},
                         {"nodes", std::move(nodes)},
                         {"studies", std::move(studies)},
                         {"activities", std::move(activities)},
                         {"findings", std::move(findings)}});
}

Json view_leaves(const ReadApplication& read, const ectd::ApplicationView& view, std::size_t from, std::size_t to) {
    const Places places(read.application);
    std::unordered_map<int, std::int64_t> sequence_place;
    for (const ectd::Sequence& sequence : read.application.sequences)
        sequence_place.emplace(sequence.number.value(), static_cast<std::int64_t>(sequence_place.size()));
    std::map<std::string, Json::Array> columns;
    for (std::size_t i = from; i < std::min(to, places.list().size()); ++i) {
        const Leaf& leaf = *places.list()[i];
        const auto history = read.lifecycle.leaves.find(leaf.at);
        const bool first_of_id = history != read.lifecycle.leaves.end() && history->second.leaf == &leaf;
        columns["node"].emplace_back(static_cast<std::int64_t>(view.tree.node_of.at(&leaf)));
        columns["sequence"].emplace_back(sequence_place.at(leaf.at.sequence.value()));
        columns["operation"].emplace_back(leaf.operation);
        columns["title"].emplace_back(leaf.title);
        const auto stored = view.files.find(&leaf);
        columns["path"].emplace_back(stored == view.files.end() ? leaf.path : stored->second);
        columns["id"].emplace_back(leaf.at.id);
        columns["file"].emplace_back(leaf.at.file == "index.xml" ? "" : leaf.at.file);
        columns["target"].emplace_back(first_of_id ? places.of(history->second.target) : -1);
        columns["checksum"].emplace_back(leaf.checksum());
        const bool tagging = read.lifecycle.stfs.count(leaf.at) > 0 || ectd::is_stf_leaf(leaf);
        columns["origin"].emplace_back(origin_words(read, leaf));
        columns["kind"].emplace_back(ectd::is_regional_leaf(leaf) ? "regional" : tagging ? "tagging" : "");
    }
    Json json = Json::object();
    for (auto& [name, column] : columns) json.set(name, Json(std::move(column)));
    return json;
}

} // namespace dossier::cli
