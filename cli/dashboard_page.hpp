// The dashboard as one self-contained page (templates/pages/dashboard.xsl, .css, .js): totals, trend and heat maps are drawn without
// scripts; the rows are compact data in the page, made into lists on demand.
#pragma once

#include "cli/command.hpp"
#include "cli/heat_map.hpp"
#include "tmf/dashboard.hpp"

#include <string>

namespace dossier::cli {

Result<std::string> dashboard_html(const Context& context, const tmf::Dashboard& dashboard, const tmf::Study& study,
                                   const templates::TmfCatalogue& catalogue);

// The rows as the page's script reads them: lists of columns, texts once each. Safe inside a script element, whatever the texts are.
std::string dashboard_data(const tmf::CompletenessReport& report, const tmf::Study& study, const HeatMap& map);

} // namespace dossier::cli
