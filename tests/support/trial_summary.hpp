// A trial summary data set (SAS transport, version 5) of one row, with the columns STUDYID, TSPARMCD and TSVAL.
#pragma once

#include <string>

namespace test {

std::string trial_summary(const std::string& study, const std::string& code, const std::string& value);

} // namespace test
