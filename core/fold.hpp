// Text for comparing: what people would call the same letters.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// UTF-8 in lower case, Latin letters without their accents (é -> e, ü -> u, ß -> ss), composed or not; other letters stay as they are.
std::string fold_letters(std::string_view text);
// The same, but ä, ö, ü as German writes them without accents: ae, oe, ue.
std::string fold_umlauts(std::string_view text);

// Without blanks of any kind and marks that are not seen (no-break space, tab, zero-width space, soft hyphen, control characters).
std::string without_blanks(std::string_view text);
// A text that somebody has to read: trimmed, and empty where nothing of it would be seen.
std::string_view seen_text(std::string_view text);
// What is left of a value when letter case, accents, blanks, hyphens, dashes and underscores do not count: equal for values that a person
// takes for the same.
std::string likeness(std::string_view value);

} // namespace dossier
