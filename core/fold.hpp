// Text for comparing: what people would call the same letters.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

// UTF-8 in lower case, Latin letters without their accents (é -> e, ü -> u, ß -> ss), composed or not; other letters stay as they are.
std::string fold_letters(std::string_view text);
// The same, but ä, ö, ü as German writes them without accents: ae, oe, ue.
std::string fold_umlauts(std::string_view text);

} // namespace dossier
