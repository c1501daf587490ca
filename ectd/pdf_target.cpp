#include "ectd/pdf_target.hpp"

#include <algorithm>

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

namespace {

template <class Items, class Is> std::int64_t beyond(const Items& items, std::int64_t counted, Is is) {
    return counted - std::count_if(items.listed.begin(), items.listed.end(), [&](const auto& item) { return is(item.target); });
}

template <class Items> std::int64_t beyond(const Items& items, PdfTargetKind kind) {
    const auto counted = items.counts.by_kind.find(kind);
    if (counted == items.counts.by_kind.end()) return 0;
    return beyond(items, counted->second, [kind](const PdfTarget& target) { return target.kind == kind; });
}

bool has_several(const PdfTarget& target) { return target.actions > 1; }

} // namespace

std::int64_t not_listed(const PdfContent& pdf, std::string_view of, PdfTargetKind kind) {
    return (of == "bookmarks" ? 0 : beyond(pdf.links, kind)) + (of == "links" ? 0 : beyond(pdf.bookmarks, kind));
}

std::int64_t files_not_listed(const PdfContent& pdf, std::string_view of) {
    std::int64_t count = 0;
    for (const PdfTargetKind kind : {PdfTargetKind::other_file, PdfTargetKind::launch, PdfTargetKind::file_uri})
        count += not_listed(pdf, of, kind);
    return count;
}

std::int64_t several_not_listed(const PdfContent& pdf, std::string_view of) {
    return (of == "bookmarks" ? 0 : beyond(pdf.links, pdf.links.counts.several_actions, has_several)) +
           (of == "links" ? 0 : beyond(pdf.bookmarks, pdf.bookmarks.counts.several_actions, has_several));
}

void say_not_looked_at(const SequenceFacts& facts, const PdfSubject& subject, std::int64_t count, CheckOutput& out) {
    if (count > 0)
        out.not_run(fill("{}: {} of its links and bookmarks were not looked at, there are too many",
                         facts.seen_from_sequence(subject.file->path), count));
}

bool names_file(const PdfTarget& target) {
    return !target.file.empty() && target.kind != PdfTargetKind::web; // an address is one whatever names it
}

const LinkedFile* linked_file(const ContentFact& fact, const PdfTarget& target) {
    const auto found = fact.linked.find(target.file);
    return names_file(target) && found != fact.linked.end() ? &found->second : nullptr;
}

} // namespace dossier::ectd
