// A trial summary data set (SAS transport, version 5) with the columns STUDYID, TSPARMCD, TSVAL and, where a row has one, TSVALNF.
#pragma once

#include <string>
#include <vector>

namespace test {

struct SummaryRow {
    std::string study, code, value, null_flavor = {};
};
std::string trial_summary(const std::vector<SummaryRow>& rows);
std::string trial_summary(const std::string& study, const std::string& code, const std::string& value);

} // namespace test
