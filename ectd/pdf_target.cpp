#include "ectd/pdf_target.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

namespace {

std::string further(const PdfTarget& target) { return target.number > 1 ? fill(", action {}", target.number) : ""; }

} // namespace

std::vector<PdfLinkTarget> targets_of(const PdfContent& pdf, std::string_view of) {
    std::vector<PdfLinkTarget> list;
    if (of != "bookmarks")
        for (const PdfLink& link : pdf.links.listed)
            list.push_back({&link.target, fill("page {}, link", link.page) + further(link.target)});
    if (of != "links")
        for (const PdfBookmark& bookmark : pdf.bookmarks.listed)
            list.push_back({&bookmark.target, fill("bookmark {} ({})", bookmark.number, trim(bookmark.title)) + further(bookmark.target)});
    return list;
}

bool names_file(const PdfTarget& target) {
    return !target.file.empty() && target.kind != PdfTargetKind::web; // an address is one whatever names it
}

const LinkedFile* linked_file(const ContentFact& fact, const PdfTarget& target) {
    const auto found = fact.linked.find(target.file);
    return names_file(target) && found != fact.linked.end() ? &found->second : nullptr;
}

} // namespace dossier::ectd
