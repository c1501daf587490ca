// Names of files and folders in a submission (ICH 3.2.2, appendix 2: a-z, 0-9 and hyphen, one extension, at most 64).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::ectd {

// Latin letters lose their accents, in the German way: "Prüfplan ß" -> "pruefplan-ss". Letters of other scripts fall away; of a name that
// has no other letter "file" is made, which tells nobody apart.
std::string legal_name(std::string_view name,
                       bool keep_underscore = false); // of a file, with its extension: "Cover Letter_1.PDF" -> "cover-letter-1.pdf"
std::string legal_folder(std::string_view name);      // of a folder: "Drug A" -> "drug-a"
// Several names in one folder name, hyphens between them; empty ones fall away. Empty when all are.
std::string legal_folder_of(const std::vector<std::string>& names);
bool has_legal_letter(std::string_view name); // something of it is left in a legal name
bool is_legal_name(std::string_view name, bool allow_underscore = false);
bool is_legal_folder(std::string_view name);

std::int64_t count_characters(std::string_view text); // UTF-8
// The characters of `name` that are not among `allowed`, each once, with a space between them.
std::string foreign_characters(const std::string& name, const std::string& allowed);

} // namespace dossier::ectd
