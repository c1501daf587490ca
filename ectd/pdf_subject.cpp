#include "ectd/pdf_subject.hpp"

#include <algorithm>
#include <unordered_set>

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

// The files that leaves below one of these headings name.
std::unordered_set<std::string> files_under(const SequenceFacts& facts, const std::vector<std::string>& elements) {
    std::unordered_set<std::string> files;
    for (const LeafFact& leaf : facts.leaves) {
        const auto& steps = leaf.leaf->place->steps;
        const bool below = std::any_of(steps.begin(), steps.end(), [&](const SectionStep& step) {
            return std::find(elements.begin(), elements.end(), step.element) != elements.end();
        });
        if (below && !leaf.file.empty()) files.insert(leaf.file);
    }
    return files;
}

} // namespace

std::vector<PdfSubject> pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::vector<PdfSubject> pdfs;
    if (!facts.content) {
        out.not_run("nobody looked into the files");
        return pdfs;
    }
    const auto wanted = files_under(facts, parameters.texts("elements")),
               unwanted = files_under(facts, parameters.texts("except_elements"));
    for (const FileFact* file : facts.own_files) {
        const ContentFact* fact = facts.content->find(file->path);
        const std::string inside = facts.seen_from_sequence(file->path);
        if (!fact || fact->type != ContentType::pdf || starts_with(inside, "util/")) continue;
        if (parameters.has("elements") && wanted.count(file->path) == 0) continue;
        if (unwanted.count(file->path) > 0) continue;
        if (fact->unknown != Unknown::nothing && fact->unknown != Unknown::invalid && fact->unknown != Unknown::unreadable)
            out.not_run(fill("{}: {}", inside, fact->reason));
        if (fact->pdf) pdfs.push_back({file, fact, fact->pdf.get()});
    }
    return pdfs;
}

std::vector<PdfSubject> open_pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::vector<PdfSubject> pdfs = pdfs_of(facts, parameters, out);
    pdfs.erase(std::remove_if(pdfs.begin(), pdfs.end(), [](const PdfSubject& subject) { return subject.pdf->security.needs_password; }),
               pdfs.end());
    return pdfs;
}

} // namespace dossier::ectd
