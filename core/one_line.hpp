// Text that people or files gave, shown on one line of a terminal or a text table.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// Each run of control characters and of the characters that end lines (U+0085, U+2028, U+2029 too) becomes one blank: a line break in a
// comment would begin a line that looks like a row of its own, an escape sequence would colour or move what the program prints. For text
// forms only: JSON, CSV and XLSX keep what was given.
std::string one_line(std::string_view text);

} // namespace dossier
