// Title, author and the like: of the document information, else of the XMP metadata (ISO 32000-1, 14.3). The metadata are looked through as
// text: few properties are wanted, and no XML parser is needed for them.
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

std::string without_entities(std::string text) {
    for (const auto& [entity, character] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}})
        text = replace_all(std::move(text), entity, character);
    return text;
}

// The text of <name>...</name> or name="..."; of a list its items, joined.
std::string property(const std::string& xmp, const std::string& name) {
    if (const std::size_t attribute = xmp.find(" " + name + "=\""); attribute != std::string::npos) {
        const std::size_t start = attribute + name.size() + 3;
        return without_entities(xmp.substr(start, xmp.find('"', start) - start));
    }
    const std::size_t open = xmp.find("<" + name);
    const std::size_t start = open == std::string::npos ? open : xmp.find('>', open);
    const std::size_t end = start == std::string::npos ? start : xmp.find("</" + name, start);
    if (end == std::string::npos) return "";
    std::vector<std::string> texts;
    for (std::size_t at = start + 1; at < end && texts.size() < 20;) { // the pieces between tags
        const std::size_t tag = std::min(xmp.find('<', at), end);
        if (const auto text = trim(std::string_view(xmp).substr(at, tag - at)); !text.empty()) texts.emplace_back(text);
        const std::size_t behind = xmp.find('>', tag);
        if (behind == std::string::npos) break;
        at = behind + 1;
    }
    return bounded_text(without_entities(join(texts, ", ")));
}

} // namespace

void read_information(QPDF& qpdf, PdfInformation& information) {
    constexpr std::size_t most_metadata = 256u << 10;
    Handle stated = qpdf.getTrailer().getKey("/Info");
    const std::string xmp = decoded_start(qpdf.getRoot().getKey("/Metadata"), most_metadata);
    const auto text = [&](const char* key, const std::string& xmp_name) {
        const std::string found(trim(text_value(value_of(stated, key))));
        return found.empty() ? property(xmp, xmp_name) : found;
    };
    information.title = text("/Title", "dc:title");
    information.author = text("/Author", "dc:creator");
    information.subject = text("/Subject", "dc:description");
    information.keywords = text("/Keywords", "pdf:Keywords");
    information.creator = text("/Creator", "xmp:CreatorTool");
    information.producer = text("/Producer", "pdf:Producer");
    information.pdf_a = property(xmp, "pdfaid:part");
    if (!information.pdf_a.empty()) information.pdf_a += to_lower(property(xmp, "pdfaid:conformance"));
}

} // namespace dossier::pdf
