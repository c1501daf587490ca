// The state of a study's trial master file at a glance: completeness on the day, and how it came to be: completeness at each month's end
// before, counted from the same facts and documents.
#pragma once

#include "tmf/report_kinds.hpp"

#include <vector>

namespace dossier::tmf {

struct TrendPoint {
    Date date;
    Total due;             // on that day
    std::int64_t late = 0; // slots missing, overdue or expired on that day
};

struct Dashboard {
    CompletenessReport completeness;
    std::vector<TrendPoint> trend; // the last 24 month ends since the study's start, from the first with something due, then the day itself
};

Dashboard make_dashboard(const ReportFacts& facts);

// Sums by zone of the model and country ("" = the trial's own slots), in the order of both.
struct ZoneTotal {
    std::string zone, country;
    Total due, whole;
    std::int64_t open = 0;
};
std::vector<ZoneTotal> by_zone_and_country(const CompletenessReport& completeness);

std::string zone_of(const templates::Rule& rule); // 05

} // namespace dossier::tmf
