// The fonts of a PDF, wherever they are used: pages, forms in forms, patterns, graphics states, glyphs that are drawings, appearances.
#include <algorithm>
#include <set>
#include <tuple>

#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

constexpr std::size_t most_fonts = 500;

// ISO 32000-1, 9.6.2.2.
bool is_standard(const std::string& name) {
    static const std::set<std::string> names = {"Times-Roman",
                                                "Helvetica",
                                                "Courier",
                                                "Symbol",
                                                "Times-Bold",
                                                "Helvetica-Bold",
                                                "Courier-Bold",
                                                "ZapfDingbats",
                                                "Times-Italic",
                                                "Helvetica-Oblique",
                                                "Courier-Oblique",
                                                "Times-BoldItalic",
                                                "Courier-BoldOblique",
                                                "Helvetica-BoldOblique"};
    return names.count(name) > 0;
}

bool has_subset_prefix(const std::string& name) { // ABCDEF+Name (9.6.4)
    return name.size() > 7 && name[6] == '+' && std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_embedded(Handle font) {
    Handle descriptor = font.getKey("/FontDescriptor");
    return descriptor.isDictionary() &&
           (descriptor.hasKey("/FontFile") || descriptor.hasKey("/FontFile2") || descriptor.hasKey("/FontFile3"));
}

PdfFont describe(Handle font) {
    PdfFont found;
    found.kind = name_value(font.getKey("/Subtype"));
    found.name = name_value(font.getKey("/BaseFont"));
    if (found.kind == "Type3") { // its glyphs are in the file, whatever they are; most have no name
        found.embedded = true;
    } else if (found.kind == "Type0") {
        Handle descendants = font.getKey("/DescendantFonts");
        Handle descendant = descendants.isArray() && descendants.getArrayNItems() > 0 ? descendants.getArrayItem(0) : Handle::newNull();
        if (descendant.isDictionary()) {
            found.embedded = is_embedded(descendant);
            found.kind = name_value(descendant.getKey("/Subtype"));
        }
    } else {
        found.embedded = is_embedded(font);
    }
    found.subset = has_subset_prefix(found.name);
    if (found.subset) found.name.erase(0, 7);
    found.standard = is_standard(found.name);
    return found;
}

} // namespace

struct FontCollector::Work {
    Handle resources;
};

void FontCollector::font(Handle font, std::int64_t page, std::vector<Work>& open) {
    if (!font.isDictionary() || !seen_.first_time(font)) return;
    PdfFont found = describe(font);
    found.first_page = page;
    if (Handle glyphs = font.getKey("/Resources"); glyphs.isDictionary()) open.push_back({glyphs});
    const std::string key = found.name + '\n' + found.kind + (found.embedded ? "\ne" : "\n-") + (found.subset ? "s" : "-");
    if (fonts_.size() < most_fonts && known_.insert(key).second) fonts_.push_back(std::move(found));
}

void FontCollector::form(Handle stream, std::int64_t page, std::vector<Work>& open) {
    if (!stream.isStream() || !seen_.first_time(stream)) return;
    active_.associated_files(stream); // ISO 32000-2, 14.13.7
    if (!stream.getDict().getKey("/Subtype").isNameAndEquals("/Image")) streams_.check(stream, page);
    if (Handle resources = stream.getDict().getKey("/Resources"); resources.isDictionary()) open.push_back({resources});
}

void FontCollector::graphics_state(Handle state, std::int64_t page, std::vector<Work>& open) {
    if (!state.isDictionary() || !seen_.first_time(state)) return;
    if (Handle set = state.getKey("/Font"); set.isArray() && set.getArrayNItems() > 0) font(set.getArrayItem(0), page, open);
    if (Handle mask = state.getKey("/SMask"); mask.isDictionary()) form(mask.getKey("/G"), page, open);
}

void FontCollector::resources(Handle first, std::int64_t page) {
    std::vector<Work> open{{first}};
    while (!open.empty()) {
        Handle resources = open.back().resources;
        open.pop_back();
        if (!resources.isDictionary() || !seen_.first_time(resources)) continue;
        const auto each = [this, &resources](const char* kind, auto use) {
            Handle named = resources.getKey(kind);
            if (!named.isDictionary() || !seen_.first_time(named)) return;
            for (const auto& item : named.ditems()) use(item.second);
        };
        each("/Font", [&](Handle item) { font(item, page, open); });
        each("/XObject", [&](Handle item) { form(item, page, open); });
        each("/Pattern", [&](Handle item) { form(item, page, open); });
        each("/ExtGState", [&](Handle item) { graphics_state(item, page, open); });
    }
}

// 12.5.5: a stream for each state, or a dictionary of them.
void FontCollector::appearance(Handle annotation, std::int64_t page) {
    Handle appearances = annotation.getKey("/AP");
    if (!appearances.isDictionary()) return;
    std::vector<Work> open;
    for (const auto& [state, item] : appearances.ditems()) {
        Handle shown = item;
        if (shown.isStream()) form(shown, page, open);
        if (!shown.isDictionary()) continue;
        for (const auto& one : shown.ditems()) form(one.second, page, open);
    }
    for (const Work& work : open) resources(work.resources, 0);
}

std::vector<PdfFont> FontCollector::sorted() const {
    std::vector<PdfFont> fonts = fonts_;
    std::sort(fonts.begin(), fonts.end(), [](const PdfFont& a, const PdfFont& b) {
        return std::tie(a.first_page, a.name, a.kind, a.embedded, a.subset) < std::tie(b.first_page, b.name, b.kind, b.embedded, b.subset);
    });
    return fonts;
}

} // namespace dossier::pdf
