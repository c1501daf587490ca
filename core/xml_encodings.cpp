#include "core/xml_encodings.hpp"

#include <iconv.h>

#include "core/text.hpp"
#include "core/xml_library.hpp"

namespace dossier {

// Those of check_encoding that libxml2 leaves to the system. A converter that stays open keeps its tables.
void keep_encodings_at_hand() {
    xml_library::start();
    for (int part = 2; part <= 16; ++part) iconv_open("UTF-8", fill("ISO-8859-{}", part).c_str());
    for (int page = 1250; page <= 1258; ++page) iconv_open("UTF-8", fill("CP{}", page).c_str());
}

} // namespace dossier
