// The form of a PDF: fields with their values, signatures.
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "core/pdf_content_parts.hpp"
#include "core/pdf_fields.hpp"
#include "core/text.hpp"

namespace dossier::pdf {

using Handle = QPDFObjectHandle;

namespace {

std::string value_text(Handle value) {
    if (value.isString()) return text_value(value);
    if (value.isName()) return name_value(value);
    std::vector<std::string> chosen;
    for (int i = 0; value.isArray() && i < value.getArrayNItems() && i < 50; ++i) chosen.push_back(text_value(value.getArrayItem(i)));
    return bounded_text(join(chosen, ", "));
}

} // namespace

namespace {

// Of bytes that somebody signed (12.8.1): an empty dictionary, or the room that is kept for a signature, is none.
bool is_signature(Handle value) {
    if (!value.isDictionary()) return false;
    Handle range = value.getKey("/ByteRange"), contents = value.getKey("/Contents");
    if (!range.isArray() || range.getArrayNItems() < 2 || !contents.isString()) return false;
    const std::string bytes = contents.getStringValue();
    return bytes.find_first_not_of('\0') != std::string::npos;
}

} // namespace

void read_form(QPDF& qpdf, ActiveParts& active, PdfContent& content) {
    constexpr std::size_t most_listed = 2'000;
    PdfForm& form = content.form;
    Handle dictionary = qpdf.getRoot().getKey("/AcroForm");
    form.present = dictionary.isDictionary();
    if (!form.present) return;
    form.xfa = dictionary.hasKey("/XFA");
    walk_fields(qpdf, [&](Handle field, const std::string& name, const std::string& type) {
        ++form.total;
        Handle value = inherited_value(field, "/V");
        if (type == "/Sig" && is_signature(value)) ++form.signatures;
        if (field.hasKey("/Kids")) active.all_actions_of(field, "form field", 0); // of its own; widgets are met on their pages
        if (form.fields.size() < most_listed)
            form.fields.push_back({bounded_text(name), type.empty() ? "" : bounded_text(type.substr(1)), value_text(value)});
    });
    form.certified = form.signatures > 0 && modification_permission(qpdf) > 0;
}

} // namespace dossier::pdf
