// Node extensions that a plan opens (ICH 3.2.2, appendix 6): discouraged, below headings of the lowest level only, and only what the agency
// takes.
#pragma once

#include "ectd/application_file.hpp"
#include "templates/ectd_catalogue.hpp"

#include <string>
#include <vector>

namespace dossier::ectd {

struct OpenedExtension {
    std::string reason;  // why the plan may open it, for people
    std::string caution; // what is not certain about it; else empty
};

// `titles` from the outermost in; those within an allowed one are the applicant's own. Error: what is not allowed, and what to do.
Result<OpenedExtension> open_node_extension(const templates::EctdCatalogue& catalogue, const ApplicationFile& application,
                                            const templates::Heading& heading, const std::vector<std::string>& titles);

} // namespace dossier::ectd
