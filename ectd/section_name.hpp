// What people call a place in a backbone: number and title from the tables, else read out of the element's own name.
#pragma once

#include "ectd/application.hpp"
#include "templates/ectd_catalogue.hpp"

#include <string>

namespace dossier::ectd {

struct SectionName {
    std::string number; // 3.2.S.4.1; "" where there is none (a node extension, a form, a country)
    std::string title;
};

// "m1-0-1-cover-letter" -> 1.0.1, Cover letter. Without a number in it: the name itself as the title.
SectionName name_from_element(const std::string& element);

// The headings in which a leaf of this file sits: of index.xml the ICH's, else those of the region's module 1.
const templates::HeadingTree& headings_of(const Leaf& leaf, const templates::EctdCatalogue& catalogue);

SectionName section_name(const SectionStep& step, const templates::HeadingTree& headings);

// Of the lowest heading above the leaf that has a number; the element where none has.
std::string section_number(const Leaf& leaf, const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
