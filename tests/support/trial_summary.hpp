// SAS transport files, version 5, of one data set: any, with the column USUBJID and this value in it; or a trial summary with the columns
// STUDYID, TSPARMCD, TSVAL and, where a row has one, TSVALNF.
#pragma once

#include <string>
#include <vector>

namespace test {

struct SummaryRow {
    std::string study, code, value, null_flavor = {};
};
std::string data_set(const std::string& name, const std::string& value);
std::string trial_summary(const std::vector<SummaryRow>& rows);
std::string trial_summary(const std::string& study, const std::string& code, const std::string& value);

} // namespace test
