#include "core/pdf_revisions.hpp"

#include <algorithm>
#include <set>

#include <qpdf/InputSource.hh>
#include <qpdf/QPDF.hh>

#include "core/pdf_reader.hpp"
#include "core/pdf_xref.hpp"
#include "core/text.hpp"

namespace dossier {

namespace {

constexpr std::size_t most_sections = 2000;

// Newest first, following /Prev.
Result<std::vector<pdf::XrefSection>> read_chain(const std::shared_ptr<InputSource>& source, std::uint64_t size, const std::string& path) {
    const auto context = QPDF::create();
    context->emptyPDF();
    context->setSuppressWarnings(true);
    std::vector<pdf::XrefSection> chain;
    std::set<std::uint64_t> seen;
    DOSSIER_TRY(std::uint64_t offset, pdf::read_startxref(*source, size, path));
    for (;;) {
        if (!seen.insert(offset).second || offset >= size || chain.size() == most_sections)
            return Error(ErrorKind::invalid, fill("the chain of cross-reference sections does not end: /Prev leads to byte {}", offset),
                         {path, "", 0, "", static_cast<std::int64_t>(offset)});
        DOSSIER_TRY(pdf::XrefSection section, pdf::read_xref_section(source, *context, offset, path));
        if (section.hybrid >= 0) {
            DOSSIER_TRY(const pdf::XrefSection more,
                        pdf::read_xref_section(source, *context, static_cast<std::uint64_t>(section.hybrid), path));
            section.objects.insert(section.objects.end(), more.objects.begin(), more.objects.end());
        }
        const std::int64_t previous = section.previous;
        chain.push_back(std::move(section));
        if (previous < 0) return chain;
        offset = static_cast<std::uint64_t>(previous);
    }
}

void merge(std::vector<int>& into, const std::vector<int>& more) {
    into.insert(into.end(), more.begin(), more.end());
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

void add(PdfRevision& revision, const pdf::XrefSection& section) {
    merge(revision.objects, section.objects);
    merge(revision.freed, section.freed);
    revision.encrypted = revision.encrypted || section.encrypted;
    if (section.hybrid >= 0) revision.style = PdfRevision::Style::hybrid;
}

Result<std::vector<PdfRevision>> to_revisions(InputSource& source, const std::vector<pdf::XrefSection>& chain, const std::string& path) {
    std::vector<PdfRevision> revisions; // newest first
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const pdf::XrefSection* last = &chain[i];
        PdfRevision revision;
        revision.startxref = last->offset;
        revision.style = last->is_stream ? PdfRevision::Style::stream : PdfRevision::Style::table;
        add(revision, *last);
        // A linearized file's first section stands at its start and names, as /Prev, the one at its end: one revision.
        while (i + 1 < chain.size() && chain[i + 1].offset > chain[i].offset) {
            last = &chain[++i];
            add(revision, *last);
            revision.linearized_part = true;
        }
        revision.end = pdf::end_of_revision(source, last->end);
        if (revision.end == 0)
            return Error(ErrorKind::invalid,
                         fill("the revision whose cross-reference section is at byte {} does not end with %%EOF", last->offset),
                         {path, "", 0, "", static_cast<std::int64_t>(last->end)});
        revisions.push_back(std::move(revision));
    }
    std::reverse(revisions.begin(), revisions.end());
    for (std::size_t i = 1; i < revisions.size(); ++i) {
        revisions[i].start = revisions[i - 1].end;
        if (revisions[i].end <= revisions[i].start)
            return Error(ErrorKind::invalid, "the revisions of this PDF overlap",
                         {path, "", 0, "", static_cast<std::int64_t>(revisions[i].start)});
    }
    return revisions;
}

} // namespace

Result<std::vector<PdfRevision>> read_pdf_revisions(FileSystem& fs, const std::string& path, std::uint64_t limit) {
    DOSSIER_TRY(const auto source, pdf::open_source(fs, path, limit));
    std::vector<PdfRevision> revisions;
    const auto done = pdf::guarded(path, [&]() -> Result<void> {
        source->seek(0, SEEK_END);
        const auto size = static_cast<std::uint64_t>(source->tell());
        DOSSIER_TRY(const auto chain, read_chain(source, size, path));
        DOSSIER_TRY(revisions, to_revisions(*source, chain, path));
        return {};
    });
    if (!done) return done.error();
    return revisions;
}

} // namespace dossier
