// TrueType fonts cut down to the characters that are drawn. Pure; the input is hostile (a font that a user names) and every read is
// bounded. The result is unhinted: outlines, metrics and one Unicode table (BMP), enough for a PDF and for FreeType.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// The code points of valid UTF-8 text.
std::vector<char32_t> code_points(std::string_view utf8);

// Code points among `wanted` that the font has no glyph for, ascending. Errors: invalid, not a TrueType font with outlines.
Result<std::vector<char32_t>> missing_characters(std::string_view font, const std::vector<char32_t>& wanted);

// The font with the glyphs of `wanted` (those it has), of the glyphs these are composed of and of .notdef; equal input gives equal bytes.
// `tag` is put before the PostScript name ("ABCDEF+DejaVuSans", ISO 32000-1, 9.6.4); empty leaves the name.
Result<std::string> subset_truetype(std::string_view font, const std::vector<char32_t>& wanted, std::string_view tag = {});

} // namespace dossier
