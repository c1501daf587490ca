// What the lists of a study file say about each other; for study_reader.cpp only.
#pragma once

#include "tmf/study.hpp"

namespace dossier::tmf {

struct IdPlace {
    std::string id, list, name;
    Place where;
};

struct Reference {
    enum class To { country, site } to = To::site;
    std::string id, what, key;
    Place where;
};

// Where things stand in the file. person_places and milestone_places go with study.people and study.milestones.
struct StudyEntries {
    std::vector<IdPlace> ids;
    std::vector<Reference> references;
    std::vector<Place> person_places, milestone_places;
};

// Fills in the country of site-level milestones and people.
void check_study(Study& study, const StudyEntries& entries, std::vector<Error>& errors, std::vector<std::string>& notes,
                 const templates::TmfCatalogue& catalogue);

} // namespace dossier::tmf
