// Inside core/pdf*.cpp only: the text that a form XObject shows.
#pragma once

#include <string>

class QPDFObjectHandle;

namespace dossier::pdf {

// Shown strings, decoded through their font's /ToUnicode (else as Latin-1), with a line end between text positions. Fonts without a map
// give what they give; nested forms are not entered. At most 1 MB of content is read.
std::string text_of_form(QPDFObjectHandle form);

} // namespace dossier::pdf
