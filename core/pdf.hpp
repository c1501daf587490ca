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
    bool damaged = false;        // had to be repaired while reading; see warnings
    bool linearized = false;
    std::int64_t pages = 0;
    std::string title;
    std::vector<std::string> warnings;
};

// Errors: invalid with what the parser said and the byte where it stopped, when the file cannot be read even after repair.
Result<PdfFacts> read_pdf_facts(const std::string& path);

} // namespace dossier
