// How a report is shown: on a terminal, and as a page (templates/pages/report.xsl).
#pragma once

#include "cli/command.hpp"
#include "tmf/report.hpp"

#include <string>

namespace dossier::cli {

std::string report_text(const tmf::Report& report);
// One self-contained file: no server, no network, prints well, sorts where scripts may run and reads well where they may not.
Result<std::string> report_html(const Context& context, const tmf::Report& report);

// Text, JSON, sheets, page. The report must outlive it.
Rendering report_rendering(const Context& context, const tmf::Report& report);

} // namespace dossier::cli
