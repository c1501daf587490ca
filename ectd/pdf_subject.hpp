// The PDFs of a sequence, as rules ask for them. Internal to ectd/check_pdf*.cpp.
#pragma once

#include "ectd/check.hpp"
#include "ectd/content_facts.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct PdfSubject {
    const FileFact* file = nullptr;
    const ContentFact* fact = nullptr;
    const PdfContent* pdf = nullptr; // never null; of one without its password little is known
};

// The PDFs outside util that could be read, and that `elements` (leaves under one of these headings) and `except_elements` leave in. A file
// that could not be looked into (a process took too long, or died) is said as not run.
std::vector<PdfSubject> pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out);
// Without those that need a password: of these nothing else is known.
std::vector<PdfSubject> open_pdfs_of(const SequenceFacts& facts, const Parameters& parameters, CheckOutput& out);

} // namespace dossier::ectd
