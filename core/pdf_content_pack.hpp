// The fields of PdfContent for core/packed.hpp. A change here is a change of what caches hold: raise the version they are kept under.
#pragma once

#include "core/packed.hpp"
#include "core/pdf_content.hpp"

namespace dossier {

template <class Pack> void pack(Pack& fields, PdfVersionFacts& version) { fields(version.header, version.header_at, version.catalog); }

template <class Pack> void pack(Pack& fields, PdfSecurity& security) {
    fields(security.encrypted, security.needs_password, security.handler, security.revision, security.print, security.print_well,
           security.change, security.assemble, security.copy, security.copy_for_access, security.annotate, security.fill_forms);
}

template <class Pack> void pack(Pack& fields, PdfInformation& information) {
    fields(information.title, information.author, information.subject, information.keywords, information.creator, information.producer,
           information.pdf_a);
}

template <class Pack> void pack(Pack& fields, PdfTarget& target) {
    fields.choice(target.kind, PdfTargetKind::corrupt);
    fields.choice(target.zoom, PdfZoom::set);
    fields(target.name, target.action, target.file, target.absolute, target.backslashes, target.page, target.reachable, target.actions,
           target.number);
}

template <class Pack> void pack(Pack& fields, PdfBookmark& bookmark) {
    fields(bookmark.title, bookmark.level, bookmark.number, bookmark.target);
}
template <class Pack> void pack(Pack& fields, PdfLink& link) { fields(link.page, link.target); }

template <class Pack> void pack(Pack& fields, PdfTargetCounts& counts) {
    fields(counts.total, counts.by_kind, counts.unreachable, counts.zoom_set, counts.absolute, counts.several_actions);
}
template <class Pack> void pack(Pack& fields, PdfTargetKind& kind) { fields.choice(kind, PdfTargetKind::corrupt); } // keys of by_kind

template <class Pack, class Item> void pack(Pack& fields, PdfTargets<Item>& targets) {
    fields(targets.counts, targets.listed, targets.not_listed);
}

template <class Pack> void pack(Pack& fields, PdfFont& font) {
    fields(font.name, font.kind, font.embedded, font.subset, font.standard, font.first_page);
}

template <class Pack> void pack(Pack& fields, PdfPageSize& size) { fields(size.width, size.height, size.pages, size.first_page); }

template <class Pack> void pack(Pack& fields, PdfPages& pages) {
    fields(pages.total, pages.claimed, pages.sizes, pages.with_text, pages.only_images, pages.without_both, pages.image_pages,
           pages.unreadable, pages.first_unreadable, pages.unreadable_why);
}

template <class Pack> void pack(Pack& fields, PdfCount& count) { fields(count.total, count.first_page); }
template <class Pack> void pack(Pack& fields, PdfField& field) { fields(field.name, field.kind, field.value); }

template <class Pack> void pack(Pack& fields, PdfForm& form) {
    fields(form.present, form.xfa, form.total, form.fields, form.signatures, form.certified);
}

template <class Pack> void pack(Pack& fields, PdfView& view) { fields(view.page_mode, view.page_layout, view.open_action); }

template <class Pack> void pack(Pack& fields, PdfActive& active) {
    fields(active.scripts, active.first_script, active.attachments, active.attachment_names, active.media, active.annotations);
}

template <class Pack> void pack(Pack& fields, PdfContent& content) {
    fields(content.version, content.security, content.information, content.damaged, content.warnings, content.linearized, content.pages,
           content.bookmark_levels, content.bookmarks, content.links, content.fonts, content.view, content.form, content.active,
           content.destination_names, content.destinations);
}

} // namespace dossier
