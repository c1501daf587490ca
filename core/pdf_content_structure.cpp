// Files that go with structure elements (ISO 32000-2, 14.13.6), such as the data of a table or the source of a formula.
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

constexpr std::int64_t most_elements = 500'000;

// Nothing else is wanted of the structure tree, which can have more objects than all pages: it is walked where an element may have files at
// all, in PDF 2.0 and in PDF/A of part 3 and later (ISO 19005-3, 6.8).
bool may_have_files(const PdfContent& content) {
    if (parse_version(content.version.highest()) >= Version{2, 0}) return true;
    const std::string& part = content.information.pdf_a;
    return !part.empty() && part.front() >= '3' && part.front() <= '9';
}

} // namespace

void read_structure(QPDF& qpdf, ActiveParts& active, const PdfContent& content) {
    if (!may_have_files(content)) return;
    std::vector<Handle> open{value_of(qpdf.getRoot().getKey("/StructTreeRoot"), "/K")};
    SeenObjects seen;
    for (std::int64_t count = 0; !open.empty() && count < most_elements;) {
        Handle element = open.back();
        open.pop_back();
        if ((!element.isArray() && !element.isDictionary()) || !seen.first_time(element)) continue; // else the content of a page
        if (element.isArray()) {
            const std::vector<Handle> elements = element.getArrayAsVector();
            open.insert(open.end(), elements.rbegin(), elements.rend());
            continue;
        }
        ++count;
        active.associated_files(element);
        open.push_back(element.getKey("/K"));
    }
}

} // namespace dossier::pdf
