#include <catch2/catch.hpp>

#include "core/time.hpp"

using namespace dossier;

TEST_CASE("a date is only accepted when the calendar has it") {
    CHECK(parse_date("2024-02-29"));
    CHECK_FALSE(parse_date("2025-02-29"));
    CHECK_FALSE(parse_date("1900-02-29")); // a century that 400 does not divide
    CHECK(parse_date("2000-02-29"));
    CHECK_FALSE(parse_date("2025-13-01"));
    CHECK_FALSE(parse_date("2025-1-01"));
    CHECK(parse_date("1970-01-01")->days() == 0);
    CHECK(parse_date("2000-03-01")->days() == 11017); // 30 years of 365 days, 7 leap days, then 31 + 29 days
}

TEST_CASE("a year after 29 February ends on 28 February") {
    CHECK(parse_date("2024-02-29")->plus_years(1).text() == "2025-02-28");
    CHECK(parse_date("2024-02-29")->plus_years(4).text() == "2028-02-29");
    CHECK(parse_date("2025-06-30")->ems_text() == "30-JUN-2025");
}

TEST_CASE("dates and times are written with all their zeros") {
    CHECK(Date::from_days(0).text() == "1970-01-01");
    CHECK(Date::from_days(-719162).text() == "0001-01-01"); // 719162 days: 1970 years before, in the Gregorian calendar
    CHECK(parse_date("9999-12-31")->text() == "9999-12-31");
    CHECK(Date::from_days(parse_date("9999-12-31")->days() + 1).text() == "10000-01-01");
    CHECK(parse_time("2026-01-02T03:04:05Z")->text() == "2026-01-02T03:04:05Z");
    CHECK(parse_time("2026-01-02T03:04:05.000007Z")->precise_text() == "2026-01-02T03:04:05.000007Z");
    CHECK(parse_time("1969-12-31T23:59:59.999999Z")->precise_text() == "1969-12-31T23:59:59.999999Z"); // before 1970
}

TEST_CASE("times with an offset are kept as UTC") {
    CHECK(parse_time("2025-01-01T00:30:00+01:00")->text() == "2024-12-31T23:30:00Z");
    CHECK(parse_time("2025-01-01T00:30:00.25Z")->precise_text() == "2025-01-01T00:30:00.250000Z");
    CHECK_FALSE(parse_time("2025-01-01T00:30:00"));
    CHECK_FALSE(parse_time("2025-01-01T24:00:00Z"));
}
