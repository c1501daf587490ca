// The files of templates/ that are built into the program (cmake/embed_templates.cmake writes the table).
#pragma once

namespace dossier::templates {

struct EmbeddedFile {
    const char* name; // relative to templates/; null ends the table
    const char* begin;
    const char* end;
};
extern const EmbeddedFile embedded_files[];

} // namespace dossier::templates
