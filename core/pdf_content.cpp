#include "core/pdf_content.hpp"

#include <algorithm>

#include "core/pdf_content_parts.hpp"

namespace dossier {

std::string PdfVersionFacts::highest() const { return pdf::parse_version(catalog) > pdf::parse_version(header) ? catalog : header; }

std::string PdfVersionFacts::catalog_first() const { return catalog.empty() ? header : catalog; }

bool is_plain(const PdfTarget& target) {
    return target.kind == PdfTargetKind::page && target.reachable == true && target.zoom == PdfZoom::inherited && target.actions <= 1;
}

bool PdfContent::has_destination(std::string_view name) const {
    return std::binary_search(destination_names.begin(), destination_names.end(), pdf::hash_of_name(name));
}

} // namespace dossier
