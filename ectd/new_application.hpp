// A new application folder: application.yaml to fill in, and a plan with the rows of the region's check list, each saying what belongs
// there.
#pragma once

#include "core/filesystem.hpp"
#include "ectd/region/region.hpp"
#include "templates/ectd_checklist.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct NewApplication {
    std::string folder, region, type, number;
    std::vector<std::string> countries; // member states concerned, of a clinical trial application in the EU
};

struct NewApplicationResult {
    std::int64_t rows = 0;
    std::string application_file, plan_file;
};

// conflict when an application.yaml or plan is there already; nothing is overwritten.
Result<NewApplicationResult> write_new_application(FileSystem& fs, const templates::Source& source,
                                                   const templates::EctdCatalogue& catalogue, const NewApplication& wanted);

} // namespace dossier::ectd
