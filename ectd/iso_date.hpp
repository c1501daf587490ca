// Dates and times as CDISC's data sets hold them (ISO 8601, extended format).
#pragma once

#include <string_view>

namespace dossier::ectd {

// The whole text is a date (2013-05-02), one whose last parts are not known (2013, 2013-05), or a date with a time (2013-05-02T10,
// ...T10:30, ...T10:30:15.5), which may name its zone (Z, +01, +01:00).
bool is_iso_date(std::string_view text);

} // namespace dossier::ectd
