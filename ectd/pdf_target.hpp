// What the links and bookmarks of a PDF lead to, with their places. Internal to ectd/check_pdf*.cpp.
#pragma once

#include "ectd/pdf_subject.hpp"

#include <cstdint>
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

// How many of a kind are not listed. Not for pages: plain ones never are.
std::int64_t not_listed(const PdfContent& pdf, std::string_view of, PdfTargetKind kind);
std::int64_t files_not_listed(const PdfContent& pdf, std::string_view of); // of all kinds that name a file
// How many of any kind are not listed and have several actions.
std::int64_t several_not_listed(const PdfContent& pdf, std::string_view of);

// Says, where there are any, that so many of a PDF's links and bookmarks were not looked at.
void say_not_looked_at(const SequenceFacts& facts, const PdfSubject& subject, std::int64_t count, CheckOutput& out);

bool names_file(const PdfTarget& target);
// The file that a target names; null where it names none.
const LinkedFile* linked_file(const ContentFact& fact, const PdfTarget& target);

} // namespace dossier::ectd
