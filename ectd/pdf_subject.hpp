// The PDFs of a sequence, as rules ask for them. Internal to ectd/check_*.cpp.
#pragma once

#include "ectd/check.hpp"
#include "ectd/content_facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

struct PdfSubject {
    const FileFact* file = nullptr;
    const ContentFact* fact = nullptr;
    const PdfContent* pdf = nullptr; // never null; of one without its password little is known
};

// The PDFs outside util that could be read, and that `elements` (a leaf under one of these headings names it) and `except_elements` (every
// leaf that names it is under one of these) leave in. One that could not be looked into, or not to its end, is said as not run: it is not
// there or cannot be read, is damaged, is called .pdf and holds something else, took too long ...
std::vector<PdfSubject> pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out);
// Without those that need a password, which are said as not run too: of these nothing else is known.
std::vector<PdfSubject> open_pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out);
// For what is on pages: of a PDF with pages that nobody can show the rest is judged, and those are said as not run.
std::vector<PdfSubject> open_pages_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out);

bool is_called_pdf(const std::string& path);

std::string letters_and_digits(std::string_view text); // in lower case, without everything else
// "form1[0].#subform[0].ApplicationNumber[0]" -> "applicationnumber": what a form calls the field, without its place.
std::string called(const std::string& field);

// Why nobody can say what is in a PDF; empty: it was looked into.
std::string why_unread(const ContentFact& fact);

} // namespace dossier::ectd
