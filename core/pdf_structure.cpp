#include "core/pdf_render.hpp"

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "core/text.hpp"

namespace dossier {

namespace {

using Handle = QPDFObjectHandle;

Handle text_object(const std::string& utf8) { return Handle::newUnicodeString(utf8); }

// A null zoom keeps the one the reader has chosen ("inherit zoom").
Handle destination(const std::vector<Handle>& pages, const PdfPlacedHeading& heading) {
    Handle array = Handle::newArray();
    array.appendItem(pages.at(heading.page));
    array.appendItem(Handle::newName("/XYZ"));
    array.appendItem(Handle::newNull());
    array.appendItem(Handle::newReal(heading.top, 1));
    array.appendItem(Handle::newNull());
    return array;
}

void add_links(QPDF& pdf, const std::vector<Handle>& pages, const PdfLayout& layout) {
    for (std::size_t i = 0; i < layout.pages.size(); ++i) {
        Handle annotations = Handle::newArray();
        for (const PdfPlacedLink& link : layout.pages[i].links) {
            Handle annotation = Handle::parse("<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /A << /S /GoTo >> >>");
            annotation.replaceKey("/Rect", Handle::newArray(Handle::Rectangle(link.x, link.y, link.x + link.width, link.y + link.height)));
            annotation.getKey("/A").replaceKey("/D", destination(pages, layout.headings.at(link.heading)));
            annotations.appendItem(pdf.makeIndirectObject(annotation));
        }
        Handle page = pages[i];
        if (annotations.getArrayNItems() > 0) page.replaceKey("/Annots", annotations);
    }
}

// The bookmarks from `at` on that lie below `parent`; gives their number, the open ones below them included.
int add_bookmarks(QPDF& pdf, Handle parent, int level, std::size_t& at, const std::vector<Handle>& pages, const PdfLayout& layout) {
    int count = 0;
    Handle previous;
    while (at < layout.headings.size() && layout.headings[at].level >= level) {
        const PdfPlacedHeading& heading = layout.headings[at];
        Handle item = pdf.makeIndirectObject(Handle::newDictionary());
        item.replaceKey("/Title", text_object(heading.text));
        item.replaceKey("/Parent", parent);
        item.replaceKey("/Dest", destination(pages, heading));
        if (previous.isInitialized()) {
            item.replaceKey("/Prev", previous);
            previous.replaceKey("/Next", item);
        } else {
            parent.replaceKey("/First", item);
        }
        parent.replaceKey("/Last", item);
        previous = item;
        const int own_level = heading.level;
        ++at;
        const int below = add_bookmarks(pdf, item, own_level + 1, at, pages, layout);
        if (below > 0) item.replaceKey("/Count", Handle::newInteger(below));
        count += 1 + below;
    }
    return count;
}

void set_information(QPDF& pdf, const PdfAuthorSettings& settings) {
    std::string time = settings.created.text(); // 2025-06-30T12:00:00Z
    for (const char c : {'-', ':', 'T'}) time = replace_all(time, std::string(1, c), "");
    Handle info = pdf.makeIndirectObject(Handle::newDictionary());
    const auto set = [&](const char* key, const std::string& value) {
        if (!value.empty()) info.replaceKey(key, text_object(value));
    };
    set("/Title", settings.title);
    set("/Author", settings.author);
    set("/Subject", settings.subject);
    info.replaceKey("/Producer", Handle::newString("dossier"));
    info.replaceKey("/CreationDate", Handle::newString("D:" + time));
    info.replaceKey("/ModDate", Handle::newString("D:" + time));
    pdf.getTrailer().replaceKey("/Info", info);
    pdf.getTrailer().removeKey("/ID"); // PoDoFo's depends on the clock; the writer makes one from the content
}

// Text fields without a widget (ISO 32000-1, 12.7.3).
void add_entries(QPDF& pdf, const PdfAuthorSettings& settings) {
    if (settings.entries.empty()) return;
    Handle fields = Handle::newArray();
    for (const auto& [name, value] : settings.entries) {
        Handle field = pdf.makeIndirectObject(Handle::parse("<< /FT /Tx >>"));
        field.replaceKey("/T", text_object(name));
        field.replaceKey("/V", text_object(value));
        fields.appendItem(field);
    }
    Handle form = pdf.makeIndirectObject(Handle::newDictionary());
    form.replaceKey("/Fields", fields);
    pdf.getRoot().replaceKey("/AcroForm", form);
}

void add_all(QPDF& pdf, const PdfLayout& layout, const PdfAuthorSettings& settings) {
    std::vector<Handle> pages;
    for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages()) pages.push_back(page.getObjectHandle());
    add_links(pdf, pages, layout);
    Handle root = pdf.getRoot();
    if (!layout.headings.empty()) {
        Handle outlines = pdf.makeIndirectObject(Handle::parse("<< /Type /Outlines >>"));
        std::size_t at = 0;
        outlines.replaceKey("/Count", Handle::newInteger(add_bookmarks(pdf, outlines, 1, at, pages, layout)));
        root.replaceKey("/Outlines", outlines);
    }
    root.replaceKey("/PageMode", Handle::newName(layout.headings.empty() ? "/UseNone" : "/UseOutlines"));
    root.replaceKey("/Lang", Handle::newString(settings.language));
    add_entries(pdf, settings);
    set_information(pdf, settings);
}

} // namespace

Result<std::string> add_pdf_structure(const std::string& bare_pages, const PdfLayout& layout, const PdfAuthorSettings& settings) {
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("pages", bare_pages.data(), bare_pages.size());
        add_all(pdf, layout, settings);
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setMinimumPDFVersion("1.7");
        writer.setObjectStreamMode(qpdf_o_disable);
        writer.setLinearization(true);
        writer.setDeterministicID(true);
        writer.write();
        const std::unique_ptr<Buffer> buffer(writer.getBuffer());
        return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    } catch (const std::exception& error) {
        return Error(ErrorKind::internal, fill("the PDF could not be put together: {}", error.what()));
    }
}

} // namespace dossier
