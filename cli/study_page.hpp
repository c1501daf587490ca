// The pages that show a study's expected documents, each one self-contained file (templates/pages/study.xsl, study.js, page.css): the
// completeness page and, with trend and zones on top, the dashboard. Totals and heat maps are drawn without scripts; the rows are compact
// data in the page, made into lists on demand.
#pragma once

#include "cli/command.hpp"
#include "cli/heat_map.hpp"
#include "tmf/dashboard.hpp"

#include <map>
#include <string>

namespace dossier::cli {

// How many rows a page holds at most: a browser opens half a million in a few seconds. What is open comes first, the oldest before the
// others; the page says what it leaves out, and which command shows it.
constexpr std::size_t most_rows_of_page = 500'000;

Result<std::string> completeness_html(const Context& context, const tmf::CompletenessReport& report, const tmf::Study& study,
                                      const templates::TmfCatalogue& catalogue, std::size_t most_rows = most_rows_of_page);
Result<std::string> dashboard_html(const Context& context, const tmf::Dashboard& dashboard, const tmf::Study& study,
                                   const templates::TmfCatalogue& catalogue, std::size_t most_rows = most_rows_of_page);

// The rows as the page's script reads them: lists of columns, texts once each. Safe inside a script element, whatever the texts are.
struct PageData {
    std::string json;
    std::size_t rows = 0;
    std::map<tmf::SlotState, std::int64_t> left_out; // beyond the most rows, by state
};
PageData page_data(const tmf::CompletenessReport& report, const tmf::Study& study, const HeatMap& map, std::size_t most_rows);

} // namespace dossier::cli
