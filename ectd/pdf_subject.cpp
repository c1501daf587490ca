#include "ectd/pdf_subject.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

bool is_under(const SequenceFacts& facts, const FileFact& file, const std::vector<std::string>& elements) {
    const auto leaves = facts.leaves_of(file);
    return std::any_of(leaves.begin(), leaves.end(), [&](const LeafFact* leaf) {
        const auto& steps = leaf->leaf->place->steps;
        return std::any_of(steps.begin(), steps.end(), [&](const SectionStep& step) {
            return std::find(elements.begin(), elements.end(), step.element) != elements.end();
        });
    });
}

std::vector<PdfSubject> pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::vector<PdfSubject> pdfs;
    if (!facts.content) {
        out.not_run("nobody looked into the files");
        return pdfs;
    }
    for (const FileFact* file : facts.own_files) {
        const ContentFact* fact = facts.content->find(file->path);
        const std::string inside = facts.seen_from_sequence(file->path);
        if (!fact || fact->type != ContentType::pdf || starts_with(inside, "util/")) continue;
        if (parameters.has("elements") && !is_under(facts, *file, parameters.texts("elements"))) continue;
        if (parameters.has("except_elements") && is_under(facts, *file, parameters.texts("except_elements"))) continue;
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
