#include "ectd/pdf_subject.hpp"

#include <algorithm>
#include <cctype>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/absent_file.hpp"

namespace dossier::ectd {

namespace {

using LeafFacts = std::vector<const LeafFact*>;

bool is_under(const LeafFact* leaf, const std::vector<std::string>& elements) {
    const auto& steps = leaf->leaf->place->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const SectionStep& step) {
        return std::find(elements.begin(), elements.end(), step.element) != elements.end();
    });
}

// Does the rule ask for a file that these leaves name? It is exempt where all of them are: under another heading it has to fit there too.
bool is_meant(const LeafFacts& leaves, const Parameters& parameters) {
    if (parameters.has("elements") &&
        std::none_of(leaves.begin(), leaves.end(), [&](const LeafFact* leaf) { return is_under(leaf, parameters.texts("elements")); }))
        return false;
    return !parameters.has("except_elements") || leaves.empty() || !std::all_of(leaves.begin(), leaves.end(), [&](const LeafFact* leaf) {
        return is_under(leaf, parameters.texts("except_elements"));
    });
}

} // namespace

std::string letters_and_digits(std::string_view text) {
    std::string plain;
    for (const char c : to_lower(text))
        if (std::isalnum(static_cast<unsigned char>(c))) plain += c;
    return plain;
}

std::string called(const std::string& field) {
    const std::string name = field.substr(field.rfind('.') + 1);
    return letters_and_digits(name.substr(0, name.find('[')));
}

bool is_called_pdf(const std::string& path) { return to_lower(path::extension(path)) == "pdf"; }

std::string why_unread(const ContentFact& fact) {
    if (fact.unknown != Unknown::nothing) return fact.reason;
    if (fact.type != ContentType::pdf) return fill("it is called .pdf and holds {}", std::string_view(to_text(fact.type)));
    return fact.pdf && fact.pdf->security.needs_password ? "it does not open without a password" : "";
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
        const bool is_pdf = (fact && fact->type == ContentType::pdf) || is_called_pdf(file->path);
        if (!is_pdf || starts_with(inside, "util/") || !is_meant(facts.leaves_of(*file), parameters)) continue;
        const bool was_read = fact && fact->pdf && fact->unknown == Unknown::nothing;
        const std::string reason = was_read ? "" : fact ? why_unread(*fact) : file->problem;
        if (!reason.empty()) out.not_run(fill("{}: {}", inside, reason));
        if (fact && fact->pdf) pdfs.push_back({file, fact, fact->pdf.get()});
    }
    for (const AbsentFile& file : absent_files(facts))
        if (is_called_pdf(file.path) && is_meant(file.leaves, parameters)) out.not_run(file.reason);
    return pdfs;
}

std::vector<PdfSubject> open_pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::vector<PdfSubject> pdfs = pdfs_of(facts, parameters, out), open;
    for (const PdfSubject& subject : pdfs)
        if (!subject.pdf->security.needs_password)
            open.push_back(subject);
        else
            out.not_run(fill("{}: {}", facts.seen_from_sequence(subject.file->path), why_unread(*subject.fact)));
    return open;
}

std::vector<PdfSubject> open_pages_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    std::vector<PdfSubject> pdfs = open_pdfs_of(facts, parameters, out);
    for (const PdfSubject& subject : pdfs)
        if (const std::string damage = subject.fact->damage(); !damage.empty())
            out.not_run(fill("{}: {}", facts.seen_from_sequence(subject.file->path), damage));
    return pdfs;
}

} // namespace dossier::ectd
