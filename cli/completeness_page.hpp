// The completeness page: the report as XML for templates/pages/completeness.xsl, and the HTML made of it.
#pragma once

#include "cli/command.hpp"
#include "tmf/completeness.hpp"

#include <string>

namespace dossier::cli {

std::string completeness_xml(const tmf::CompletenessReport& report, const tmf::Study& study, const templates::TmfCatalogue& catalogue,
                             const std::string& css);

// One self-contained file: no server, no network, prints well.
Result<std::string> completeness_html(const Context& context, const tmf::CompletenessReport& report, const tmf::Study& study,
                                      const templates::TmfCatalogue& catalogue);

} // namespace dossier::cli
