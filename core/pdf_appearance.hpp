// Drawing the visible form of a signature (PoDoFo behind it).
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

struct PdfDrawing {
    std::string pdf;              // a document whose first page holds one form XObject: the drawing
    double width = 0, height = 0; // points
};

// Paragraphs in a thin frame `width` points wide, wrapped, 8 points high, in `font` (TrueType bytes, embedded as a subset; nothing else is
// used). The same input gives the same drawing. Errors: unsupported when the font lacks a character of the text (names it), invalid for a
// bad font, internal when PoDoFo refuses.
Result<PdfDrawing> draw_paragraphs(const std::vector<std::string>& paragraphs, double width, std::string_view font);

} // namespace dossier
