// The studies of an application as its backbones tell them: by study tagging files, and by node extensions below the headings of study
// reports, which is how regions without tagging files group a study.
#pragma once

#include "ectd/lifecycle.hpp"
#include "templates/ectd_catalogue.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct StudyLeaf {
    const Leaf* leaf = nullptr;
    std::vector<std::string> tags; // file tags, each once
    std::string site;              // site identifier; several with a blank between
};

struct ViewStudy {
    std::string id;
    std::vector<std::string> titles;     // more than one: the title changed, and a reviewer sees two studies
    std::vector<std::string> categories; // "type-of-control: placebo"
    bool tagged = false;                 // by study tagging files; else by a node extension
    std::vector<StudyLeaf> leaves;       // tagging files too; in order of sequence and document
};

std::vector<ViewStudy> find_studies(const Application& application, const Lifecycle& lifecycle, const templates::EctdCatalogue& catalogue);

} // namespace dossier::ectd
