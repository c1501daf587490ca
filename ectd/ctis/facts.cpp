#include "ectd/ctis/facts.hpp"

#include <algorithm>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/pdf.hpp"
#include "core/text.hpp"
#include "ectd/content_work.hpp"
#include "ectd/file_hashes.hpp"

namespace dossier::ectd::ctis {

const DossierFile* DossierFacts::file(const std::string& path) const {
    const auto found = std::find_if(files.begin(), files.end(), [&](const DossierFile& item) { return item.path == path; });
    return found == files.end() ? nullptr : &*found;
}

namespace {

class Reader {
public:
    Reader(const FactsRequest& request, content::Work* work) : request_(request), work_(work), facts_(std::make_unique<DossierFacts>()) {}

    Result<std::unique_ptr<DossierFacts>> run(SequenceNumber number) {
        facts_->catalogue = &request_.catalogue;
        facts_->number_forms = request_.number_forms;
        facts_->folder = number.text();
        facts_->as_of = request_.as_of;
        DOSSIER_TRY(const OpenDossier opened, open_dossier(request_.fs, request_.application_folder, number, ZipFor::judging));
        facts_->archive_faults = opened.faults;
        DOSSIER_CHECK(add_shared_faults(number));
        DOSSIER_CHECK(read_files(opened));
        read_manifest(opened);
        if (facts_->contents) {
            facts_->slots = find_slots(request_.catalogue, *facts_->contents);
            read_earlier();
        }
        return std::move(facts_);
    }

private:
    // Entries of the application's ZIP: each of the dossier that its name begins with; others of the first one.
    Result<void> add_shared_faults(SequenceNumber number) {
        if (request_.faults.empty()) return {};
        DOSSIER_TRY(const auto numbers, list_dossiers(*request_.fs, request_.application_folder));
        for (const ZipFault& fault : request_.faults) {
            const auto owner = std::find_if(numbers.begin(), numbers.end(), [&](SequenceNumber one) {
                return starts_with(fault.name, path::join(request_.application_folder, one.text()) + "/");
            });
            if ((owner == numbers.end() ? numbers.front() : *owner) == number) facts_->archive_faults.push_back(fault);
        }
        return {};
    }

    Result<void> read_files(const OpenDossier& opened) {
        DOSSIER_TRY(const auto tree, list_tree(*opened.fs, opened.root));
        std::vector<FileFact> found;
        for (const TreeEntry& entry : tree) {
            if (entry.kind == FileKind::folder) continue;
            found.emplace_back();
            found.back().path = entry.path;
            found.back().kind = entry.kind;
            found.back().size = entry.size;
            if (entry.kind != FileKind::file) found.back().problem = "it is a link or a device";
        }
        std::vector<FileFact*> wanted;
        for (FileFact& file : found)
            if (file.kind == FileKind::file) wanted.push_back(&file);
        hash_files(*opened.fs, opened.root, wanted, {Sha256For::all, request_.jobs});
        for (const FileFact& file : found) facts_->files.push_back(fact_of(file, opened));
        look_into({wanted.begin(), wanted.end()}, opened);
        return {};
    }

    static DossierFile fact_of(const FileFact& file, const OpenDossier& opened) {
        DossierFile fact;
        fact.path = file.path;
        fact.size = file.size;
        fact.problem = file.problem;
        if (file.sha256) fact.sha256 = file.sha256->hex();
        if (to_lower(path::extension(file.path)) != "pdf" || !file.sha256) return fact;
        if (const auto whole = check_pdf_ends(*opened.fs, path::join(opened.root, file.path)); !whole)
            fact.pdf_problem = whole.error().message;
        return fact;
    }

    void look_into(const std::vector<const FileFact*>& files, const OpenDossier& opened) {
        if (!work_) return;
        work_->look_into(*opened.fs, opened.root, files, facts_->content.emplace());
        work_->finish(*facts_->content);
        for (DossierFile& file : facts_->files) file.content = facts_->content->find(file.path);
    }

    void read_manifest(const OpenDossier& opened) {
        const std::string file = path::join(opened.root, manifest_name);
        if (!exists(*opened.fs, file)) {
            facts_->manifest_problem = "there is none";
            return;
        }
        auto bytes = read_file(*opened.fs, file);
        auto contents = bytes ? parse_manifest(*bytes, manifest_name) : Result<Contents>(bytes.error());
        if (contents)
            facts_->contents = std::move(*contents);
        else
            facts_->manifest_problem = contents.error().message;
    }

    void read_earlier() {
        std::map<std::string, Result<OpenDossier>> opened;
        for (const Document& document : facts_->contents->documents) {
            if (!document.has_file() || document.dossier == facts_->folder) continue;
            auto dossier = opened.find(document.dossier);
            if (dossier == opened.end()) dossier = opened.emplace(document.dossier, open_earlier(document.dossier)).first;
            if (dossier->second) read_earlier_file(document, *dossier->second);
        }
        std::vector<std::string> gaps;
        for (const auto& [number, dossier] : opened) {
            if (dossier && !dossier->faults.empty()) facts_->earlier_faults[number] = dossier->faults;
            if (!dossier)
                gaps.push_back(dossier.error().kind == ErrorKind::not_found
                                   ? fill("dossier {} is not here", number)
                                   : fill("dossier {} cannot be read: {}", number, dossier.error().message));
        }
        facts_->history_gap = join(gaps, ", ");
    }

    Result<OpenDossier> open_earlier(const std::string& text) const {
        const auto number = SequenceNumber::parse(text);
        if (!number) return Error(ErrorKind::not_found, "no number");
        return open_dossier(request_.fs, request_.application_folder, *number, ZipFor::judging);
    }

    void read_earlier_file(const Document& document, const OpenDossier& dossier) {
        FileNow& file = facts_->earlier_files[path::join(document.dossier, document.path)];
        const auto digests = digests_of_file(*dossier.fs, path::join(dossier.root, document.path), Hasher::What::sha256);
        if (digests)
            file.sha256 = digests->sha256.hex();
        else if (digests.error().kind != ErrorKind::not_found)
            file.problem = digests.error().message;
    }

    const FactsRequest& request_;
    content::Work* work_; // may be null
    std::unique_ptr<DossierFacts> facts_;
};

} // namespace

DossierReader::DossierReader(FactsRequest request) : request_(std::move(request)) {
    if (request_.content) work_ = std::make_unique<content::Work>(*request_.content, request_.jobs);
}
DossierReader::~DossierReader() = default;

Result<std::unique_ptr<DossierFacts>> DossierReader::read(SequenceNumber number) { return Reader(request_, work_.get()).run(number); }

} // namespace dossier::ectd::ctis
