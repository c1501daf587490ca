// Official files (DTDs, modules, stylesheets) among the files of a sequence, whatever they are called there.
#pragma once

#include "ectd/facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

// The files of the sequence that are the official file `name`: called so in upper or lower case, or byte for byte a published form of it,
// or, in util, named in its place by the DOCTYPE or stylesheet instruction of a backbone.
std::vector<const FileFact*> official_files_called(const SequenceFacts& facts, const std::string& name);

// RFC 3986, 4.1: only the characters that a reference may have, '%' with two hexadecimal digits.
bool is_uri_reference(std::string_view text);

// By its bytes, whatever it is called, or because a backbone names it as its DTD or stylesheet: rules of their own judge it.
bool is_official_file(const SequenceFacts& facts, const FileFact& file);

// The versions of the official DTD that the DOCTYPE of this file names, by what lies there; empty: it is none of them, or not here.
std::vector<std::string> shipped_versions(const SequenceFacts& facts, const XmlFileFact& xml);

} // namespace dossier::ectd
