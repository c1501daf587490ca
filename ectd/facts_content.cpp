// The step of read_facts that looks into files: those of the sequences, those of others that leaves name, and PDFs that links lead to.
#include "ectd/facts_internal.hpp"

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/content_work.hpp"
#include "ectd/file_hashes.hpp"
#include "ectd/pdf_target.hpp"

namespace dossier::ectd::facts {

namespace {

// What the links and bookmarks of a PDF name, as paths to be looked up.
void ask_for_links(const std::string& path, ContentFact& fact) {
    const auto ask = [&](const PdfTarget& target) {
        if (!names_file(target)) return;
        AskedFor asked = ask_for(replace_all(target.file, "\\", "/"), path::parent(path));
        fact.linked[target.file] = {asked.state, std::move(asked.file)};
    };
    for (const PdfBookmark& bookmark : fact.pdf->bookmarks.listed) ask(bookmark.target);
    for (const PdfLink& link : fact.pdf->links.listed) ask(link.target);
}

std::string sequence_of(const std::string& path) { return path.substr(0, path.find('/')); }

} // namespace

ContentStep::ContentStep(FileSystem& fs, const FactsRequest& request)
    : fs_(fs), request_(request), work_(std::make_unique<content::Work>(*request.content, request.jobs)) {}
ContentStep::~ContentStep() = default;

std::shared_ptr<const ContentFacts> ContentStep::run(const std::vector<FileFact*>& files, FileFacts& all, std::set<std::string>& listed) {
    work_->look_into(fs_, request_.application_folder, {files.begin(), files.end()}, *facts_);
    list_linked_sequences(*facts_, all, listed);
    const FileLookup lookup(all, listed);
    std::set<std::string> further;
    for (auto& [path, fact] : facts_->files)
        for (auto& [reference, linked] : fact.linked) {
            lookup.resolve(linked.state, linked.file);
            if (linked.state == HrefState::present && facts_->files.count(linked.file) == 0) further.insert(linked.file);
        }
    look_further(further, all, *facts_);
    return facts_;
}

SchemaFact ContentStep::judge(const std::string& folder, const std::string& file, const SchemaText& schema) {
    return work_->judge(fs_, path::join(path::join(request_.application_folder, folder), file), file, schema);
}

void ContentStep::finish() { work_->finish(*facts_); }

// Sequences that nobody had to look at so far, and links lead into.
void ContentStep::list_linked_sequences(ContentFacts& facts, FileFacts& all, std::set<std::string>& listed) {
    for (auto& [path, fact] : facts.files) {
        if (!fact.pdf) continue;
        ask_for_links(path, fact);
        for (const auto& [reference, linked] : fact.linked) {
            const std::string sequence = sequence_of(linked.file);
            if (linked.state != HrefState::present || listed.count(sequence) > 0) continue;
            if (!is_folder(fs_, path::join(request_.application_folder, sequence))) continue;
            list_sequence(fs_, request_.application_folder, sequence, all, nullptr);
            listed.insert(sequence);
        }
    }
}

// What links lead to is read itself, so that rules can tell whether the page is there; its own links are nobody's business here.
void ContentStep::look_further(const std::set<std::string>& paths, FileFacts& all, ContentFacts& facts) {
    std::vector<FileFact*> files;
    for (const std::string& path : paths)
        if (FileFact& file = all[path]; file.kind == FileKind::file) files.push_back(&file);
    std::vector<FileFact*> unread;
    for (FileFact* file : files)
        if (!file->md5 && file->problem.empty()) unread.push_back(file);
    hash_files(fs_, request_.application_folder, unread, {Sha256For::looked_into, request_.jobs, request_.md5_lanes});
    work_->look_into(fs_, request_.application_folder, {files.begin(), files.end()}, facts);
}

} // namespace dossier::ectd::facts
