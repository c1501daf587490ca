// Bytes of other encodings as UTF-8. What cannot be mapped becomes U+FFFD, so these functions never fail.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

void append_utf8(std::string& text, char32_t code); // U+FFFD for surrogates and beyond U+10FFFF

// Where bytes that are not UTF-8 as a whole hold what can hardly be anything but UTF-8: a letter of European languages, or two characters
// beyond ASCII in a row. None: one old code page may be assumed. Rare words of Windows-1252 look like UTF-8 (an upper-case letter with an
// accent before a closing quote), so this is a reason to ask, not to convert.
struct MixedEncoding {
    std::size_t utf8 = 0, other = 0; // offsets of the first of each kind
};
std::optional<MixedEncoding> mixed_encoding(std::string_view bytes);
std::optional<std::size_t> not_windows_1252(std::string_view bytes); // offset of the first byte that the code page does not assign

// Offset of the first byte that Windows-1252 assigns and that no text has where it stands: of a lower-case word an upper-case letter
// (M\x9Fller), between two letters a sign (M\x84rz). Old Macintoshes (Mac Roman) and DOS have letters there. Others of their letters are
// letters of Windows-1252 too (\x9A is s with caron, and o umlaut on a Macintosh): nobody can tell them apart.
std::optional<std::size_t> hardly_windows_1252(std::string_view bytes);
// Text in UTF-16 that begins without its mark: every other byte of its first letters is zero. The value: big-endian.
std::optional<bool> unmarked_utf16(std::string_view bytes);

std::string utf8_from_windows_1252(std::string_view bytes);
std::string utf8_from_utf16(std::string_view bytes, bool big_endian); // without a byte order mark
std::string replace_invalid_utf8(std::string_view bytes);             // one U+FFFD for each byte that fits nowhere
// A name as a report can show it: control characters, marks that are not seen (zero width, change of direction) and bytes that fit nowhere
// byte by byte as \xE4, a backslash before an x as \x5C. Different bytes give different text.
std::string escape_unseen(std::string_view bytes);

} // namespace dossier
