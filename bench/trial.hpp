// Made-up trials of any size, the same ones each time: facts with about 120 expected documents a site, and documents for most of them.
#pragma once

#include "templates/tmf_catalogue.hpp"
#include "tmf/records.hpp"
#include "tmf/study.hpp"

#include <string>
#include <vector>

namespace bench {

constexpr const char* present_day = "2026-06-30";

dossier::tmf::Study make_study(const dossier::templates::TmfCatalogue& catalogue, const std::string& id, int sites);

// A document with one version for `share` of 100 slots of the study, in the order of the slots; most of them are final, some are drafts
// or rejected. Numbers follow `last`. The bytes are named, not there.
struct MadeDocument {
    dossier::tmf::DocumentRecord document;
    dossier::tmf::VersionRecord version;
};
std::vector<MadeDocument> make_documents(const dossier::templates::TmfCatalogue& catalogue, const dossier::tmf::Study& study, int share,
                                         std::int64_t last);

} // namespace bench
