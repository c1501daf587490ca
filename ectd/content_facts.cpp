#include "ectd/content_facts.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::ectd {

const char* to_text(ContentType type) {
    switch (type) {
    case ContentType::empty:
        return "empty";
    case ContentType::pdf:
        return "PDF";
    case ContentType::xml:
        return "XML";
    case ContentType::svg:
        return "SVG";
    case ContentType::html:
        return "HTML";
    case ContentType::xpt:
        return "SAS transport";
    case ContentType::png:
        return "PNG";
    case ContentType::jpeg:
        return "JPEG";
    case ContentType::gif:
        return "GIF";
    case ContentType::tiff:
        return "TIFF";
    case ContentType::zip:
        return "ZIP";
    case ContentType::office:
        return "Office";
    case ContentType::rtf:
        return "RTF";
    case ContentType::text:
        return "text";
    case ContentType::unknown:
        break;
    }
    return "unknown";
}

bool has_trial_summary(const XptContent& content) {
    if (content.members.empty()) return false;
    const auto& variables = content.members.front().variables;
    const auto has = [&](std::string_view name) {
        return std::any_of(variables.begin(), variables.end(), [&](const XptVariable& variable) { return variable.name == name; });
    };
    return has("STUDYID") && has("TSPARMCD") && has("TSVAL");
}

namespace {

std::string unreadable_pages(const PdfPages& pages) {
    if (pages.unreadable == 0) return "";
    const std::string which =
        pages.unreadable == 1 ? fill("page {} of {}", pages.first_unreadable, pages.total)
                              : fill("{} of {} pages, the first of them page {},", pages.unreadable, pages.total, pages.first_unreadable);
    return fill("{} cannot be shown whole: {}", which, pages.unreadable_why);
}

} // namespace

std::string ContentFact::damage() const {
    if (unknown == Unknown::invalid) return reason;
    if (pdf) return unreadable_pages(pdf->pages);
    if (xml && !xml->well_formed) return xml->problem;
    if (xpt) return xpt->problem;
    if (image) return image->problem;
    if (office) return office->problem;
    return "";
}

bool ContentFact::needs_password() const { return (pdf && pdf->security.needs_password) || (office && office->needs_password); }

std::string ContentFact::stopped() const {
    return unknown == Unknown::time || unknown == Unknown::memory || unknown == Unknown::crash || unknown == Unknown::beyond ? reason : "";
}

const ContentFact* ContentFacts::find(const std::string& path) const {
    const auto found = files.find(path);
    return found == files.end() ? nullptr : &found->second;
}

} // namespace dossier::ectd
