// The level of a total, from the place it is of.
#pragma once

#include "tmf/completeness.hpp"

#include <string>

namespace dossier::tmf {

inline std::string level_text(const PlaceTotal& total) {
    return std::string(templates::to_text(!total.site.empty()      ? templates::Level::site
                                          : !total.country.empty() ? templates::Level::country
                                                                   : templates::Level::trial));
}

} // namespace dossier::tmf
