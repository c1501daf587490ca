// A first look at a PDF, without parsing it. What is inside: core/pdf_content.hpp.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <string>

namespace dossier {

// Whether the file begins and ends as a PDF does: "%PDF-" in its first 1024 bytes, "startxref" in its last 2048, no object begun behind the
// last "%%EOF", and not shorter than a linearized file says it is. Costs two small reads, parses nothing. Error invalid for a file that was
// cut off, is empty or is something else.
Result<void> check_pdf_ends(FileSystem& fs, const std::string& path);

} // namespace dossier
