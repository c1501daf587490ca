// From a text (samples/texts) and a document's facts to the calls of PdfAuthor.
#pragma once

#include "core/pdf_author.hpp"
#include "core/result.hpp"
#include "core/yaml.hpp"
#include "samples/writer/facts.hpp"

#include <map>
#include <string>

namespace dossier::samples {

// The texts: kinds (lists of blocks) and entries (what is a document's own), by artifact number or path.
struct Texts {
    std::map<std::string, Yaml> kinds, entries;
};

// Reads the text files of `folder`.
Result<Texts> read_texts(FileSystem& fs, const std::string& folder);

// The whole PDF. Errors: a document without a text, a text that asks for an unknown kind, block or {name}; each with file and line.
Result<std::string> compose(const Document& document, const StudyFacts& study, const Texts& texts, const std::string& fonts);

} // namespace dossier::samples
