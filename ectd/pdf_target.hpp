// What the links and bookmarks of a PDF lead to, with their places. Internal to ectd/check_pdf*.cpp.
#pragma once

#include "ectd/pdf_subject.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

struct PdfLinkTarget {
    const PdfTarget* target = nullptr;
    std::string place; // "page 3, link" or "bookmark 12 (Results)"
};

// `of`: links | bookmarks; both where it is empty. Those that are listed (PdfTargets).
std::vector<PdfLinkTarget> targets_of(const PdfContent& pdf, std::string_view of = {});

bool names_file(const PdfTarget& target);
// The file that a target names; null where it names none.
const LinkedFile* linked_file(const ContentFact& fact, const PdfTarget& target);

} // namespace dossier::ectd
