// Checks of what PDFs hold: fonts, text, annotations, and what runs, plays or is attached.
#include <algorithm>
#include <unordered_set>

#include "core/path.hpp"
#include "core/text.hpp"
#include "ectd/pdf_subject.hpp"

namespace dossier::ectd {

namespace {

std::string page_place(std::int64_t page) { return page > 0 ? fill("page {}", page) : ""; }

// The first few of a list, and how many more there are.
std::string some_of(std::vector<std::string> list) {
    constexpr std::size_t most = 5;
    const std::size_t more = list.size() > most ? list.size() - most : 0;
    list.resize(list.size() - more);
    return join(list, ", ") + (more > 0 ? fill(" and {} more", more) : "");
}

// "TimesNewRomanPS-BoldMT", "Times New Roman,Bold" -> "timesnewroman": the family, without style and without what makers add to it.
std::string family_of(const std::string& font) {
    std::string family = to_lower(replace_all(font.substr(0, font.find_first_of(",-")), " ", ""));
    for (const char* const suffix : {"mt", "ps"})
        if (ends_with(family, suffix)) family.resize(family.size() - 2);
    return family;
}

void check_fonts(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        out.examined();
        std::vector<std::string> missing;
        std::int64_t first = 0;
        for (const PdfFont& font : subject.pdf->fonts) {
            if (font.embedded || font.standard || parameters.lists("every_viewer_has", family_of(font.name))) continue;
            if (missing.empty()) first = font.first_page;
            missing.push_back(font.name.empty() ? "one without a name" : font.name);
        }
        missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
        if (!missing.empty()) out.finding(subject.file->path, page_place(first), {{"fonts", some_of(missing)}});
    }
}

// From how many of a hundred pages on a document counts as one that cannot be searched: a cover or an appendix of images alone does not
// make it one.
void check_searchable(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        const PdfPages& pages = subject.pdf->pages;
        if (pages.total == 0) continue;
        out.examined();
        if (pages.only_images == 0 || pages.only_images * 100 < parameters.number("from_percent") * pages.total) continue;
        out.finding(subject.file->path, page_place(pages.image_pages.empty() ? 0 : pages.image_pages.front()),
                    {{"count", fill("{}", pages.only_images)}, {"pages", fill("{}", pages.total)}});
    }
}

// Files with one of these file-tags.
std::unordered_set<std::string> files_tagged(const SequenceFacts& facts, const Parameters& parameters) {
    std::unordered_set<std::string> files;
    for (const StudyFact& study : facts.studies)
        for (const StudyFile& item : study.files)
            for (const auto& [tag, type] : item.content->file_tags)
                if (item.leaf && parameters.lists("except_tags", tag)) files.insert(item.leaf->path);
    return files;
}

void check_annotations(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    const auto tagged = files_tagged(facts, parameters); // the annotated case report form
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        if (parameters.lists("except_names", path::file_name(subject.file->path)) || tagged.count(subject.file->path) > 0) continue;
        out.examined();
        std::vector<std::string> found;
        std::int64_t first = 0;
        for (const auto& [subtype, count] : subject.pdf->active.annotations) {
            if (parameters.lists("accepted", subtype)) continue;
            found.push_back(fill("{} {}", count.total, subtype));
            if (first == 0 || count.first_page < first) first = count.first_page;
        }
        if (!found.empty()) out.finding(subject.file->path, page_place(first), {{"annotations", some_of(found)}});
    }
}

void check_active(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out) {
    for (const PdfSubject& subject : open_pages_of(facts, parameters, out)) {
        out.examined();
        const PdfActive& active = subject.pdf->active;
        std::vector<std::string> found;
        if (active.scripts > 0) found.push_back(fill("JavaScript (first: {})", active.first_script));
        if (active.attachments > 0) found.push_back(fill("{} attached files ({})", active.attachments, some_of(active.attachment_names)));
        for (const auto& [kind, count] : active.media) found.push_back(fill("{} {}", count.total, kind));
        if (!found.empty()) out.finding(subject.file->path, "", {{"found", join(found, ", ")}});
    }
}

} // namespace

std::vector<Check> pdf_content_checks() {
    const char* const subject = "PDF of this kind";
    const ParameterSpec elements{"elements", ParameterKind::texts, false}, except{"except_elements", ParameterKind::texts, false};
    return {
        {"pdf.fonts", subject, {elements, except, {"every_viewer_has", ParameterKind::texts, false}}, {"fonts"}, check_fonts},
        {"pdf.searchable",
         subject,
         {elements, except, {"from_percent", ParameterKind::number, true}},
         {"count", "pages"},
         check_searchable},
        {"pdf.annotations",
         subject,
         {elements,
          except,
          {"accepted", ParameterKind::texts, true},
          {"except_tags", ParameterKind::texts, false},
          {"except_names", ParameterKind::texts, false}},
         {"annotations"},
         check_annotations},
        {"pdf.active", subject, {elements, except}, {"found"}, check_active},
    };
}

} // namespace dossier::ectd
