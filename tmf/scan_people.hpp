// First names beside a last name in a path; for scan_people.cpp and scan_names.cpp only.
#pragma once

#include "tmf/scan_parts.hpp"

namespace dossier::tmf::scan {

using Persons = std::vector<const PersonWords*>;
using Places = std::vector<std::size_t>; // of words of the path, in reading order

struct Fit {
    int score = 0;        // two for a first name, one for its initial
    int further = 0;      // words among them that are none of the person's first names
    bool in_full = false; // a first name is written out
};
Fit fit_of(const PersonWords& person, const Path& path, const Places& run);

struct Told {
    Persons meant; // whom the first names fit best; several: they do not tell them apart; none: they fit nobody
    bool in_full = false;
};
Told tell_apart(const Persons& bearers, const Path& path, const Places& run);

} // namespace dossier::tmf::scan
