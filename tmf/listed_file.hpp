// The file that a row names. A list may come from a stranger: it reaches the files of one folder, and nothing else that its reader can
// read.
#pragma once

#include "tmf/row_check.hpp"

#include <string>

namespace dossier::tmf {

// The path to open. Names are looked up below context.folder; one written on Windows (a\b.pdf) is understood. With context.any_absolute,
// absolute paths are fine where they lie below that folder; with context.any_path (the user names the file himself) any path is.
// Errors: invalid for a name that leaves the folder, also through a link; a link, a folder, an empty file, a PDF that was cut off.
Result<std::string> find_listed_file(const RowContext& context, const std::string& name);

} // namespace dossier::tmf
