// Checks of what PDFs carry besides their pages, and of pages that no search finds.
#include <algorithm>

#include "core/text.hpp"
#include "ectd/pdf_subject.hpp"

namespace dossier::ectd {

namespace {

std::string counted(std::int64_t count, const char* what) {
    return fill("{} {}{}", count, std::string_view(what), std::string_view(count == 1 ? "" : "s"));
}

// Attachments, scripts, sound, film, 3D. A web address that a form opens is a link.
void check_active(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        out.examined();
        const PdfActive& active = subject.pdf->active;
        std::vector<std::string> problems;
        if (active.attachments > 0) problems.push_back(counted(active.attachments, "attached file"));
        if (active.scripts > 0) problems.push_back(fill("JavaScript ({})", active.first_script));
        for (const auto& [name, count] : active.media) problems.push_back(fill("{} (page {})", name, count.first_page));
        if (!problems.empty()) out.finding(subject.file->path, "", {{"problem", join(problems, ", ")}});
    }
}

// Annotations by subtype; links, fields and what has a rule of its own are in `except`.
void check_annotations(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        out.examined();
        std::vector<std::string> found;
        std::int64_t first = 0;
        for (const auto& [subtype, count] : subject.pdf->active.annotations) {
            if (parameters.lists("except", subtype)) continue;
            found.push_back(fill("{} {}", count.total, subtype));
            if (first == 0 || count.first_page < first) first = count.first_page;
        }
        if (!found.empty()) out.finding(subject.file->path, first > 0 ? fill("page {}", first) : "", {{"found", join(found, ", ")}});
    }
}

// Pages that show images and no text: a scan without recognised text. A guess: a page may be nothing but a picture.
void check_text(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        const PdfPages& pages = subject.pdf->pages;
        if (pages.with_text + pages.only_images == 0) continue; // blank, or drawings alone
        out.examined();
        if (pages.only_images == 0) continue;
        const std::string place = pages.image_pages.empty() ? std::string() : fill("page {}", pages.image_pages.front());
        out.finding(subject.file->path, place, {{"count", fill("{}", pages.only_images)}, {"total", fill("{}", pages.total)}});
    }
}

// Links and bookmarks to the web, mail included.
void check_web(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pdfs_of(facts, parameters, out)) {
        const auto& links = subject.pdf->links;
        const auto& bookmarks = subject.pdf->bookmarks;
        if (links.counts.total + bookmarks.counts.total == 0) continue;
        out.examined();
        const auto web = [](const PdfTargetCounts& counts) {
            const auto found = counts.by_kind.find(PdfTargetKind::web);
            return found == counts.by_kind.end() ? 0 : found->second;
        };
        const std::int64_t count = web(links.counts) + web(bookmarks.counts);
        if (count == 0) continue;
        std::string place, address;
        const auto look_at = [&](const PdfTarget& target, const std::string& where) {
            if (!place.empty() || target.kind != PdfTargetKind::web) return;
            place = where;
            address = target.file;
        };
        for (const PdfLink& link : links.listed) look_at(link.target, fill("page {}, link", link.page));
        for (const PdfBookmark& item : bookmarks.listed) look_at(item.target, fill("bookmark {} ({})", item.number, item.title));
        out.finding(subject.file->path, place, {{"count", fill("{}", count)}, {"address", address}});
    }
}

} // namespace

std::vector<Check> pdf_inside_checks() {
    const ParameterSpec elements{"elements", ParameterKind::texts, false}, except{"except_elements", ParameterKind::texts, false};
    return {
        {"pdf.carries", "PDF of this kind", {elements, except}, {"problem"}, check_active},
        {"pdf.comments", "PDF of this kind", {elements, except, {"except", ParameterKind::texts, true}}, {"found"}, check_annotations},
        {"pdf.scanned", "PDF with text or images", {elements, except}, {"count", "total"}, check_text},
        {"pdf.web", "PDF with links or bookmarks", {elements, except}, {"count", "address"}, check_web},
    };
}

} // namespace dossier::ectd
