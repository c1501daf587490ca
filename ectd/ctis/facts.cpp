#include "ectd/ctis/facts.hpp"

#include <algorithm>
#include <set>

#include "core/digest.hpp"
#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::ctis {

const DossierFile* DossierFacts::file(const std::string& path) const {
    const auto found = std::find_if(files.begin(), files.end(), [&](const DossierFile& item) { return item.path == path; });
    return found == files.end() ? nullptr : &*found;
}

namespace {

DossierFile read_file_fact(FileSystem& fs, const std::string& root, const TreeEntry& entry) {
    DossierFile fact;
    fact.path = entry.path;
    fact.size = entry.size;
    const std::string file = path::join(root, entry.path);
    if (entry.kind != FileKind::file) {
        fact.problem = "it is a link or a device";
        return fact;
    }
    const auto digests = digests_of_file(fs, file, Hasher::What::sha256);
    if (digests)
        fact.sha256 = digests->sha256.hex();
    else
        fact.problem = digests.error().message;
    if (to_lower(path::extension(entry.path)) != "pdf" || !digests) return fact;
    if (auto whole = check_pdf_ends(fs, file); !whole) {
        fact.pdf_problem = whole.error().message;
        return fact;
    }
    auto pdf = read_pdf_facts(fs, file);
    if (pdf)
        fact.pdf = std::move(*pdf);
    else
        fact.pdf_problem = pdf.error().message;
    return fact;
}

class Reader {
public:
    explicit Reader(const FactsRequest& request) : request_(request), facts_(std::make_unique<DossierFacts>()) {}

    Result<std::unique_ptr<DossierFacts>> run() {
        facts_->catalogue = &request_.catalogue;
        facts_->number_forms = request_.number_forms;
        facts_->folder = request_.number.text();
        facts_->as_of = request_.as_of;
        DOSSIER_TRY(const OpenDossier opened, open_dossier(request_.fs, request_.application_folder, request_.number));
        DOSSIER_TRY(const auto tree, list_tree(*opened.fs, opened.root));
        for (const TreeEntry& entry : tree)
            if (entry.kind != FileKind::folder) facts_->files.push_back(read_file_fact(*opened.fs, opened.root, entry));
        read_manifest(opened);
        if (facts_->contents) {
            facts_->slots = find_slots(request_.catalogue, *facts_->contents);
            read_earlier();
        }
        return std::move(facts_);
    }

private:
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
        std::set<std::string> missing;
        std::map<std::string, OpenDossier> opened;
        for (const Document& document : facts_->contents->documents) {
            if (!document.has_file() || document.dossier == facts_->folder) continue;
            const auto number = SequenceNumber::parse(document.dossier);
            if (opened.count(document.dossier) == 0) {
                auto dossier = number ? open_dossier(request_.fs, request_.application_folder, *number)
                                      : Result<OpenDossier>(Error(ErrorKind::not_found, "no number"));
                if (!dossier) {
                    missing.insert(document.dossier);
                    continue;
                }
                opened[document.dossier] = std::move(*dossier);
            }
            const OpenDossier& dossier = opened[document.dossier];
            const auto digests = digests_of_file(*dossier.fs, path::join(dossier.root, document.path), Hasher::What::sha256);
            facts_->earlier_files[path::join(document.dossier, document.path)] = digests ? digests->sha256.hex() : "";
        }
        if (!missing.empty()) facts_->history_gap = fill("dossier {} is not here", join({missing.begin(), missing.end()}, ", "));
    }

    const FactsRequest& request_;
    std::unique_ptr<DossierFacts> facts_;
};

} // namespace

Result<std::unique_ptr<DossierFacts>> read_dossier_facts(const FactsRequest& request) { return Reader(request).run(); }

} // namespace dossier::ectd::ctis
