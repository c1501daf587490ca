// Calendar dates and UTC times. ISO 8601 only; there is no local time anywhere in the program.
#pragma once

#include "core/result.hpp"

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// A day of the Gregorian calendar, 0001-01-01 to 9999-12-31.
class Date {
public:
    Date() = default;                                                    // 1970-01-01
    static std::optional<Date> from_parts(int year, int month, int day); // empty when there is no such day
    static Date from_days(std::int64_t days) {
        Date d;
        d.days_ = static_cast<std::int32_t>(days);
        return d;
    }
    std::int64_t days() const { return days_; } // since 1970-01-01
    int year() const;
    int month() const;
    int day() const;
    Date plus_days(std::int64_t days) const { return from_days(days_ + days); }
    Date plus_years(int years) const; // 29 February becomes 28 February where there is none
    std::string text() const;         // 2025-06-30
    std::string ems_text() const;     // 30-JUN-2025 (eTMF exchange standard)
    auto operator<=>(const Date&) const = default;

private:
    std::int32_t days_ = 0;
};

std::optional<Date> parse_date(std::string_view text); // exactly YYYY-MM-DD

class UtcTime {
public:
    UtcTime() = default;
    static UtcTime from_microseconds(std::int64_t microseconds) {
        UtcTime t;
        t.microseconds_ = microseconds;
        return t;
    }
    std::int64_t microseconds() const { return microseconds_; } // since 1970-01-01T00:00:00Z, no leap seconds
    Date date() const;
    std::string text() const;         // 2025-06-30T12:00:00Z, whole seconds
    std::string precise_text() const; // 2025-06-30T12:00:00.123456Z
    auto operator<=>(const UtcTime&) const = default;

private:
    std::int64_t microseconds_ = 0;
};

std::optional<UtcTime> parse_time(std::string_view rfc3339); // with Z or an offset

class Clock {
public:
    virtual ~Clock() = default;
    virtual UtcTime now() const = 0;
    virtual bool is_set_by_hand() const = 0; // --now was given: recorded in the audit trail
};

std::shared_ptr<Clock> make_system_clock();
std::shared_ptr<Clock> make_fixed_clock(UtcTime time);

} // namespace dossier
