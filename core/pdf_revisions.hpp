// The revisions of a PDF: what its writers appended, one after the other (ISO 32000-1, 7.5.6). Found by following startxref and /Prev only;
// nothing is repaired or guessed here.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace dossier {

struct PdfRevision {
    enum class Style { table, stream, hybrid }; // hybrid: a table with /XRefStm (ISO 32000-1, 7.5.8.4)
    Style style = Style::table;
    std::uint64_t start = 0;     // byte where it begins: the end of the one before
    std::uint64_t end = 0;       // byte after its %%EOF and line end
    std::uint64_t startxref = 0; // byte of its cross-reference section
    std::vector<int> objects;    // numbers that it defines, ascending
    std::vector<int> freed;      // numbers that it frees, ascending, without 0
    bool encrypted = false;
    bool linearized_part = false; // its sections are the two of a linearized file (ISO 32000-1, annex F)
};

// Oldest first; reads only the first `limit` bytes. Errors: invalid, with the byte, when a section cannot be read or the chain loops.
Result<std::vector<PdfRevision>> read_pdf_revisions(FileSystem& fs, const std::string& path, std::uint64_t limit = ~0ull);

} // namespace dossier
