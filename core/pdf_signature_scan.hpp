// Inside core/pdf*.cpp only: a signature dictionary read token by token from the bytes, because its gap is a matter of bytes.
#pragma once

#include "core/pdf_signatures.hpp"

#include <memory>

class InputSource;

namespace dossier::pdf {

// Reads the object at `offset` and sets range, gap and contents; adds flaws: not that object, /ByteRange or /Contents missing or twice,
// a range that is not four integers or starts after byte 0, a gap that is not exactly the hexadecimal string of /Contents, an end beyond
// the file (ISO 32000-1, 12.8.1; ETSI EN 319 142-1, 5.3).
void scan_signature(const std::shared_ptr<InputSource>& source, std::uint64_t file_size, std::uint64_t offset, PdfSignature& signature);

} // namespace dossier::pdf
