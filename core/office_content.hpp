// What can be said about a ZIP archive or a document of Word, Excel, PowerPoint or OpenDocument without understanding it: whether it can be
// opened, asks for a password, brings macros. Both forms: ZIP (ISO/IEC 29500, ISO/IEC 26300) and the compound files of before 2007
// ([MS-CFB]). Read by a worker process, never by the program itself (core/worker.hpp).
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <string>

namespace dossier {

struct OfficeContent {
    bool needs_password = false; // then nothing else is known
    bool macros = false;
    std::string problem; // why it cannot be opened, or what in it is damaged, as a sentence; empty: it is whole
};

// Errors: unsupported, when it is too large to be looked into; io.
Result<OfficeContent> read_office_content(InputFile& file);

} // namespace dossier
