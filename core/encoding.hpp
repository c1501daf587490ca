// Bytes of other encodings as UTF-8. What cannot be mapped becomes U+FFFD, so these functions never fail.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

void append_utf8(std::string& text, char32_t code); // U+FFFD for surrogates and beyond U+10FFFF

std::string utf8_from_windows_1252(std::string_view bytes);
std::string utf8_from_utf16(std::string_view bytes, bool big_endian); // without a byte order mark
std::string replace_invalid_utf8(std::string_view bytes);             // one U+FFFD for each byte that fits nowhere

} // namespace dossier
