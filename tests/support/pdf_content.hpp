// Reading the content of PDFs that a test holds in memory.
#pragma once

#include "core/pdf_content.hpp"

#include <string>

namespace test {

dossier::Result<dossier::PdfContent> try_content_of(const std::string& bytes);
dossier::PdfContent content_of(const std::string& bytes); // throws when it cannot be read

} // namespace test
