#include "ectd/facts.hpp"

#include <algorithm>
#include <functional>
#include <unordered_set>

#include "core/link_free.hpp"
#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/facts_internal.hpp"
#include "ectd/file_hashes.hpp"
#include "ectd/stf_reader.hpp"

namespace dossier::ectd {

const FileFact* SequenceFacts::file(const std::string& path) const {
    const auto found = files->find(path);
    return found == files->end() || found->second.kind == FileKind::folder ? nullptr : &found->second;
}

std::string SequenceFacts::unknown_presence(const std::string& path) const {
    const FileFact* folder = facts::unreadable_folder_of(*files, path);
    return folder ? fill("the folder {} cannot be read", folder->path == sequence->folder ? folder->path : seen_from_sequence(folder->path))
                  : "";
}

const std::string& LeafFact::file() const {
    static const std::string none;
    if (found) return found->path;
    const bool names_one =
        state == HrefState::present || state == HrefState::missing || state == HrefState::unreadable || state == HrefState::no_sequence;
    return names_one ? leaf->path : none;
}

std::vector<const LeafFact*> SequenceFacts::leaves_of(const FileFact& file) const {
    std::vector<const LeafFact*> shown;
    const auto is_before = [](const LeafFact* leaf, const FileFact* wanted) { return std::less<>()(leaf->found, wanted); };
    for (auto at = std::lower_bound(leaves_by_file.begin(), leaves_by_file.end(), &file, is_before);
         at != leaves_by_file.end() && (*at)->found == &file; ++at)
        shown.push_back(*at);
    return shown;
}

const Sequence* SequenceFacts::earlier(SequenceNumber number) const {
    return number > sequence->number ? nullptr : application->find(number);
}

bool SequenceFacts::is_current(const LeafHistory& history) const {
    if (history.leaf->operation == "delete") return false;
    return !history.ended_by || history.ended_by->at.sequence > sequence->number;
}

std::string SequenceFacts::seen_from_sequence(const std::string& path) const {
    const std::string own = sequence->folder + "/";
    return starts_with(path, own) ? path.substr(own.size()) : "../" + path;
}

std::vector<const FieldFact*> SequenceFacts::fields_of(std::string_view name) const {
    std::vector<const FieldFact*> found;
    for (const FieldFact& field : fields)
        if (field.name == name) found.push_back(&field);
    return found;
}

std::string SequenceFacts::field(std::string_view name) const {
    const auto found = fields_of(name);
    return found.empty() ? "" : found.front()->value;
}

std::vector<const FieldFact*> EnvelopeFact::fields_of(std::string_view name) const {
    std::vector<const FieldFact*> found;
    for (const FieldFact& field : fields)
        if (field.name == name) found.push_back(&field);
    return found;
}

std::string EnvelopeFact::field(std::string_view name) const {
    const auto found = fields_of(name);
    return found.empty() ? "" : found.front()->value;
}

namespace facts {

namespace {

// The grammar of a region's module 1; "" where none is at hand.
std::string regional_grammar(const std::string& region) {
    if (region == "us") return "us-regional-v3-3";
    return region == "eu" ? "eu-regional-3-1" : "";
}

// The region of one sequence: its regional file; else what index.xml names, the folder in m1, the application.
std::string region_of(const Sequence& sequence, const std::vector<std::string>& folders, const std::string& of_application) {
    auto country_in = [](const std::string& path) -> std::string { // "m1/us/us-regional.xml" -> "us"
        const std::vector<std::string> parts = path::parts(path);
        return parts.size() == 3 && parts[0] == "m1" && parts[2] == parts[1] + "-regional.xml" ? parts[1] : "";
    };
    if (sequence.regional.present) return country_in(sequence.regional.file);
    for (const Leaf& leaf : sequence.leaves)
        if (is_regional_leaf(leaf) && !country_in(leaf.href()).empty()) return country_in(leaf.href());
    if (of_application != "unknown") return of_application;
    for (const std::string& folder : folders) {
        const std::vector<std::string> parts = path::parts(folder);
        if (parts.size() == 3 && parts[1] == "m1") return parts[2];
    }
    return "unknown";
}

class Reader {
public:
    Reader(FileSystem& fs, const templates::EctdCatalogue& catalogue, const FactsRequest& request, ApplicationFacts& out)
        : fs_(fs), catalogue_(catalogue), request_(request), out_(out) {}

    Result<void> run(const templates::Source& source) {
        if (request_.content) content_.emplace(fs_, request_); // forks, so it comes first
        for (const char* const name : {"ich-ectd-3-2", "us-regional-v3-3", "eu-regional-3-1", stf_grammar}) {
            DOSSIER_TRY(const std::string grammar, templates::make_grammar(source, catalogue_, name));
            DOSSIER_TRY(XmlGrammar ready, XmlGrammar::parse(grammar, name));
            grammars_.emplace(name, std::move(ready));
        }
        DOSSIER_TRY(out_.application, read_application(fs_, request_.application_folder, catalogue_, request_.only));
        out_.lifecycle = compute_lifecycle(out_.application);
        out_.stated =
            request_.stated ? *request_.stated : read_statements(fs_, path::join(request_.application_folder, "application.yaml"));
        if (std::string other = other_application(out_.stated, out_.application); !other.empty())
            out_.stated = {out_.stated.file, std::move(other), {}, {}, {}, {}};
        out_.never_used = numbers_never_used(out_.stated, out_.application);
        for (const Sequence& sequence : out_.application.sequences)
            if (!request_.only || sequence.number == *request_.only) start(sequence);
        const std::vector<FileFact*> files = read_files();
        if (content_) out_.content = content_->run(files, out_.files, listed_);
        for (SequenceFacts& facts : out_.sequences) DOSSIER_CHECK(finish(facts));
        if (content_) content_->finish();
        return {};
    }

private:
    void start(const Sequence& sequence) {
        SequenceFacts facts;
        facts.application = &out_.application;
        facts.lifecycle = &out_.lifecycle;
        facts.catalogue = &catalogue_;
        facts.stated = &out_.stated;
        facts.never_used = &out_.never_used;
        facts.sequence = &sequence;
        facts.files = &out_.files;
        facts.as_of = request_.as_of;
        list_sequence(fs_, request_.application_folder, sequence.folder, out_.files, &facts.folders);
        listed_.insert(sequence.folder);
        facts.leaves.reserve(sequence.leaves.size());
        for (const Leaf& leaf : sequence.leaves) facts.leaves.push_back(ask_for(leaf));
        facts.region = region_of(sequence, facts.folders, out_.application.region);
        if (request_.archive) facts.archive = archive_of(sequence);
        add_studies(facts);
        out_.sequences.push_back(std::move(facts));
    }

    ArchiveFact archive_of(const Sequence& sequence) const {
        const auto& all = out_.application.sequences;
        const auto owner = [&](const std::string& name) {
            for (const Sequence& one : all)
                if (starts_with(name, path::join(request_.application_folder, one.folder) + "/")) return &one;
            return request_.only ? &sequence : &all.front();
        };
        ArchiveFact archive;
        for (const ZipFault& fault : request_.archive->faults)
            if (owner(fault.name) == &sequence) archive.faults.push_back(fault);
        if (request_.only || &sequence == &all.front()) archive.beside = request_.archive->beside;
        return archive;
    }

    void list_sequence_of(const std::string& path) {
        const std::string folder = path.substr(0, path.find('/'));
        if (listed_.count(folder) > 0 || !is_folder(fs_, path::join(request_.application_folder, folder))) return;
        list_sequence(fs_, request_.application_folder, folder, out_.files, nullptr);
        listed_.insert(folder);
    }

    // Lists the other sequences that leaves point into, finds the files, hashes what is needed and gives it.
    std::vector<FileFact*> read_files() {
        std::unordered_set<const FileFact*> needed;
        for (const auto& item : out_.files) needed.insert(&item.second);
        std::set<std::string> summaries;
        for (const SequenceFacts& facts : out_.sequences) {
            for (const LeafFact& leaf : facts.leaves)
                if (leaf.state == HrefState::present) list_sequence_of(leaf.file());
            for (const Leaf* leaf : trial_summaries_of(facts))
                if (ask_for(*leaf).state == HrefState::present) summaries.insert(leaf->path);
        }
        for (const std::string& path : summaries) {
            list_sequence_of(path);
            if (const auto file = out_.files.find(path); file != out_.files.end()) needed.insert(&file->second);
        }
        const FileLookup lookup(out_.files, listed_);
        for (SequenceFacts& facts : out_.sequences)
            for (LeafFact& leaf : facts.leaves) {
                lookup.resolve(leaf);
                if (leaf.state == HrefState::present) needed.insert(leaf.found);
            }
        std::vector<FileFact*> wanted;
        for (auto& [path, file] : out_.files)
            if (file.kind == FileKind::file && needed.count(&file) > 0) wanted.push_back(&file);
        const Sha256For sha256 = request_.content ? Sha256For::looked_into : Sha256For::none;
        const std::set<ContentType> leave_out = request_.content ? request_.content->leave_out : std::set<ContentType>();
        hash_files(fs_, request_.application_folder, wanted, {sha256, request_.jobs, request_.md5_lanes, leave_out});
        return wanted;
    }

    Result<void> finish(SequenceFacts& facts) {
        const Sequence& sequence = *facts.sequence;
        facts.content = out_.content.get();
        if (facts.content) index_leaves(facts);
        gather_own_files(out_.files, facts);
        if (!request_.moves) facts.top_folder = path::file_name(request_.application_folder);
        read_index_md5(facts);
        facts.index = read_backbone(sequence.index, "ich-ectd-3-2", catalogue_.ctd, facts);
        facts.regional = read_backbone(sequence.regional, regional_grammar(facts.region), catalogue_.module1(facts.region), facts);
        if (!sequence.regional.present && facts.region != "unknown")
            facts.regional.path = path::join(sequence.folder, regional_file_of(facts.region));
        add_envelopes(sequence.regional.head, facts);
        std::uint64_t together = 0;
        for (const LeafFact& leaf : facts.leaves) {
            if (!is_stf_leaf(*leaf.leaf) || leaf.state != HrefState::present) continue;
            add_stf(facts, leaf, together <= stf_bytes_together);
            together += leaf.found->size;
        }
        if (facts.region == "ca") read_forms(facts);
        find_misnamed_stfs(fs_, request_.application_folder, facts);
        read_trial_summaries(facts);
        DOSSIER_CHECK(ask_schema(facts));
        facts.history_gap = find_history_gap(facts);
        if (request_.only) DOSSIER_CHECK(add_later_endings(fs_, request_.application_folder, catalogue_, facts));
        return add_neighbours(fs_, request_.application_folder, catalogue_, facts);
    }

    Result<void> ask_schema(SequenceFacts& facts) {
        if (!content_ || !request_.schema_of || !facts.regional.well_formed) return {};
        DOSSIER_TRY(const auto schema, request_.schema_of(facts.region));
        if (schema) facts.schema = content_->judge(facts.sequence->folder, facts.sequence->regional.file, *schema);
        return {};
    }

    static void index_leaves(SequenceFacts& facts) {
        for (const LeafFact& leaf : facts.leaves)
            if (leaf.found) facts.leaves_by_file.push_back(&leaf);
        std::stable_sort(facts.leaves_by_file.begin(), facts.leaves_by_file.end(),
                         [](const LeafFact* a, const LeafFact* b) { return std::less<>()(a->found, b->found); });
    }

    // Against its grammar; its headings, identifiers and envelope into `facts`.
    XmlFileFact read_backbone(const Backbone& backbone, const std::string& grammar, const templates::HeadingTree& headings,
                              SequenceFacts& facts) const {
        const std::string path = path::join(facts.sequence->folder, backbone.file);
        XmlFileFact fact;
        fact.path = path;
        fact.grammar = grammar;
        if (!backbone.present) return fact;
        if (backbone.is_read()) {
            OutlineReader outline(backbone.file, headings, catalogue_.token_attributes, facts);
            fact = read_xml_fact(fs_, request_.application_folder, path, grammar, grammars_, &outline);
        }
        fact.present = true;
        if (backbone.problem) fact.error = *backbone.problem;
        return fact;
    }

    void add_stf(SequenceFacts& facts, const LeafFact& leaf, bool is_read) const {
        StfFact fact;
        fact.leaf = leaf.leaf;
        const auto stf = facts.lifecycle->stfs.find(leaf.leaf->at);
        if (stf != facts.lifecycle->stfs.end()) fact.stf = stf->second;
        if (is_read) {
            fact.xml = read_xml_fact(fs_, request_.application_folder, leaf.file(), stf_grammar, grammars_, nullptr, stf_limits());
        } else {
            fact.xml.path = leaf.file();
            fact.xml.present = true;
            fact.xml.error = too_many_stf_bytes(leaf.file());
        }
        facts.stfs.push_back(std::move(fact));
    }

    void read_index_md5(SequenceFacts& facts) const {
        const FileFact* file = facts.file(path::join(facts.sequence->folder, "index-md5.txt"));
        if (!file || file->kind != FileKind::file) return;
        facts.has_index_md5 = true;
        facts.index_md5 = file->start;
    }

    FileSystem& fs_;
    const templates::EctdCatalogue& catalogue_;
    const FactsRequest& request_;
    ApplicationFacts& out_;
    std::optional<ContentStep> content_;
    Grammars grammars_;
    std::set<std::string> listed_;
};

} // namespace

} // namespace facts

Result<std::unique_ptr<ApplicationFacts>> read_facts(FileSystem& fs, const templates::Source& source,
                                                     const templates::EctdCatalogue& catalogue, const FactsRequest& request) {
    auto facts = std::make_unique<ApplicationFacts>();
    const auto package = without_links(fs, request.application_folder);
    DOSSIER_CHECK(facts::Reader(*package, catalogue, request, *facts).run(source));
    return facts;
}

} // namespace dossier::ectd
