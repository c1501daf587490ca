// What runs, plays or is attached inside a PDF, and what the document as a whole does when it is opened.
#include <set>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

constexpr std::int64_t most_names = 10'000;

void count(std::map<std::string, PdfCount>& counts, const std::string& what, std::int64_t page) {
    if (counts.size() > 200 && counts.count(what) == 0) return; // no document of the world has that many kinds
    PdfCount& counted = counts[what];
    if (++counted.total == 1) counted.first_page = page;
}

} // namespace

void ActiveParts::script(const std::string& where) {
    if (++active_.scripts == 1) active_.first_script = where;
}

void ActiveParts::actions(Handle first, const std::string& where, std::int64_t page) {
    static const std::set<std::string> playing = {"Sound", "Movie", "Rendition", "RichMediaExecute", "GoTo3DView"};
    walk_actions(first, [&](Handle action) {
        const std::string kind = name_value(action.getKey("/S"));
        if (kind == "JavaScript" || action.hasKey("/JS")) script(where);
        if (playing.count(kind) > 0) count(active_.media, kind, page);
    });
}

void ActiveParts::all_actions_of(Handle holder, const std::string& where, std::int64_t page) {
    if (Handle action = holder.getKey("/A"); action.isDictionary()) actions(action, where, page);
    Handle additional = holder.getKey("/AA");
    if (!additional.isDictionary()) return;
    for (const auto& [event, action] : additional.ditems())
        if (Handle first = action; first.isDictionary()) actions(first, where, page);
}

void ActiveParts::annotation(const std::string& subtype, std::int64_t page) {
    static const std::set<std::string> playing = {"Sound", "Movie", "Screen", "RichMedia", "3D"};
    count(active_.annotations, subtype, page);
    if (playing.count(subtype) > 0) count(active_.media, subtype, page);
}

// 7.11.4: the file itself, by which one that is attached in several ways is known again.
void ActiveParts::attachment(Handle specification, const std::string& name) {
    constexpr std::size_t most_listed = 100;
    if (!attached_.first_time(value_of(value_of(specification, "/EF"), "/F"))) return;
    ++active_.attachments;
    if (active_.attachment_names.size() >= most_listed) return;
    std::string called = text_value(value_of(specification, "/UF"));
    if (called.empty()) called = text_value(value_of(specification, "/F"));
    active_.attachment_names.push_back(called.empty() ? bounded_text(name) : called);
}

// ISO 32000-2, 14.13: what has no /EF names a file outside.
void ActiveParts::associated_files(Handle holder) {
    const auto add = [this](Handle specification) {
        if (value_of(specification, "/EF").isDictionary()) attachment(specification, "");
    };
    Handle files = value_of(holder, "/AF");
    if (files.isDictionary()) add(files);
    for (int i = 0; files.isArray() && i < files.getArrayNItems(); ++i) add(files.getArrayItem(i));
}

void read_document_level(QPDF& qpdf, const TargetReader& targets, ActiveParts& active, PdfContent& content) {
    Handle root = qpdf.getRoot();
    content.view.page_mode = name_value(root.getKey("/PageMode"));
    content.view.page_layout = name_value(root.getKey("/PageLayout"));
    if (Handle open = root.getKey("/OpenAction"); !open.isNull()) {
        content.view.open_action = targets.open(open);
        if (open.isDictionary()) active.actions(open, "document", 0);
    }
    active.all_actions_of(root, "document", 0);
    walk_names(value_of(root.getKey("/Names"), "/JavaScript"), most_names, [&](const std::string&, Handle) {
        active.script("document");
        return true;
    });
    walk_names(value_of(root.getKey("/Names"), "/EmbeddedFiles"), most_names, [&](const std::string& name, Handle specification) {
        active.attachment(specification, name);
        return true;
    });
    active.associated_files(root);
}

} // namespace dossier::pdf
