// PDF: reading facts and revisions (libqpdf behind it), appending a revision in the source's own cross-reference style, making pages and
// appearances (PoDoFo behind it). Parsing of untrusted files is bounded by the caller (worker processes); nothing here opens the network.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct PdfFacts {
    std::string version; // the higher of header and catalog: "1.7"
    bool encrypted = false;
    bool needs_password = false; // cannot be opened with the empty password
    bool damaged = false;        // something had to be repaired or guessed while reading; see warnings
    bool linearized = false;
    std::int64_t pages = 0;
    std::string title;
    std::vector<std::string> warnings;
};

// Reads what a catalogue needs, in time linear in the pages. /Count is not trusted. A file that only lacks its password has no pages here.
// Errors: invalid with what is wrong and the byte where reading stopped, when the file is no PDF, is empty, or cannot be read even after
// repair; not_found, io.
Result<PdfFacts> read_pdf_facts(FileSystem& fs, const std::string& path);
Result<PdfFacts> read_pdf_facts(const std::string& path); // on disk

// Whether the file begins and ends as a PDF does: "%PDF-" in its first 1024 bytes, "startxref" in its last 2048, no object begun behind the
// last "%%EOF", and not shorter than a linearized file says it is. Costs two small reads, parses nothing. Error invalid for a file that was
// cut off, is empty or is something else.
Result<void> check_pdf_ends(FileSystem& fs, const std::string& path);

} // namespace dossier
