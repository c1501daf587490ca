// Inside core/pdf*.cpp only: one cross-reference section, read strictly (ISO 32000-1, 7.5.4 and 7.5.8).
#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

class InputSource;
class QPDF;

namespace dossier::pdf {

struct XrefSection {
    std::uint64_t offset = 0;
    std::uint64_t end = 0; // after the trailer dictionary or the stream's endobj
    bool is_stream = false;
    std::int64_t previous = -1; // /Prev
    std::int64_t hybrid = -1;   // /XRefStm
    bool encrypted = false;
    std::vector<int> objects, freed;
};

// `context` is an empty document that parsed references belong to. Throws what libqpdf throws; call within guarded().
Result<XrefSection> read_xref_section(const std::shared_ptr<InputSource>& source, QPDF& context, std::uint64_t offset,
                                      const std::string& path);

// The offset that the last "startxref" of the first `size` bytes names. Errors: invalid.
Result<std::uint64_t> read_startxref(InputSource& source, std::uint64_t size, const std::string& path);

// From `from`: white space, "startxref", a number, "%%EOF", a line end. The byte after it, or 0 when that is not what stands there.
std::uint64_t end_of_revision(InputSource& source, std::uint64_t from);

} // namespace dossier::pdf
