// Reading reports in tests.
#pragma once

#include "tests/tmf/program.hpp"

namespace tmf_test {

// One column of a table of a report's JSON, in row order.
inline std::vector<std::string> column(const Json& report, const char* table, const char* key) {
    std::vector<std::string> texts;
    const Json* rows = report.find("tables")->find(table);
    REQUIRE(rows);
    for (const Json& row : rows->items()) {
        REQUIRE(row.find(key));
        texts.push_back(row.find(key)->dump(0));
        if (starts_with(texts.back(), "\"")) texts.back() = row.find(key)->text();
    }
    return texts;
}

inline std::int64_t figure(const Json& report, const char* key) {
    const Json* value = report.find("figures")->find(key);
    REQUIRE(value);
    return value->integer();
}

// "7 of 9 = 77.8"
inline std::string share(const Json& report, const char* key) {
    const Json* value = report.find("figures")->find(key);
    REQUIRE(value);
    return fill("{} of {} = {:.1f}", value->find("satisfied")->integer(), value->find("expected")->integer(),
                value->find("percent")->number());
}

} // namespace tmf_test
