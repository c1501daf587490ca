#include "core/time.hpp"

#include <chrono>

#include "core/text.hpp"

namespace dossier {

namespace {

// Days from civil and back, proleptic Gregorian (the well-known era arithmetic).
std::int64_t to_days(std::int64_t y, unsigned m, unsigned d) {
    y -= m <= 2 ? 1 : 0;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const auto year_of_era = static_cast<unsigned>(y - era * 400);
    const unsigned day_of_year = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

struct Civil {
    int year;
    int month;
    int day;
};

Civil to_civil(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const auto day_of_era = static_cast<unsigned>(days - era * 146097);
    const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted = (5 * day_of_year + 2) / 153;
    const unsigned day = day_of_year - (153 * shifted + 2) / 5 + 1;
    const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
    const std::int64_t year = static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0);
    return {static_cast<int>(year), static_cast<int>(month), static_cast<int>(day)};
}

// Dates are written more often than anything else: their digits, without the words of a format.
void put_digits(char* at, int width, std::int64_t number) {
    for (; width > 0; --width, number /= 10) at[width - 1] = static_cast<char>('0' + number % 10);
}

std::optional<int> digits(std::string_view text) {
    int number = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

constexpr std::int64_t day_in_microseconds = 86'400'000'000;

class SystemClock final : public Clock {
public:
    UtcTime now() const override {
        const auto since = std::chrono::system_clock::now().time_since_epoch();
        return UtcTime::from_microseconds(std::chrono::duration_cast<std::chrono::microseconds>(since).count());
    }
    bool is_set_by_hand() const override { return false; }
};

class FixedClock final : public Clock {
public:
    explicit FixedClock(UtcTime time) : time_(time) {}
    UtcTime now() const override { return time_; }
    bool is_set_by_hand() const override { return true; }

private:
    UtcTime time_;
};

} // namespace

std::optional<Date> Date::from_parts(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > lengths[month - 1] + (month == 2 && leap ? 1 : 0)) return std::nullopt;
    return from_days(to_days(year, static_cast<unsigned>(month), static_cast<unsigned>(day)));
}

int Date::year() const { return to_civil(days_).year; }
int Date::month() const { return to_civil(days_).month; }
int Date::day() const { return to_civil(days_).day; }

Date Date::plus_years(int years) const {
    const Civil civil = to_civil(days_);
    if (const auto date = from_parts(civil.year + years, civil.month, civil.day)) return *date;
    return from_parts(civil.year + years, civil.month, 28).value_or(*this);
}

std::string Date::text() const {
    const Civil civil = to_civil(days_);
    if (civil.year < 0 || civil.year > 9999) return fill("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
    std::string text = "0000-00-00";
    put_digits(text.data(), 4, civil.year);
    put_digits(text.data() + 5, 2, civil.month);
    put_digits(text.data() + 8, 2, civil.day);
    return text;
}

std::string Date::ems_text() const {
    static const char* const months[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
    const Civil civil = to_civil(days_);
    return fill("{:02}-{}-{:04}", civil.day, std::string_view(months[civil.month - 1]), civil.year);
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    return Date::from_parts(*year, *month, *day);
}

Date UtcTime::date() const { return Date::from_days(floor_divide(microseconds_, day_in_microseconds)); }

std::string UtcTime::text() const {
    const std::int64_t seconds = floor_divide(microseconds_, 1'000'000) - floor_divide(microseconds_, day_in_microseconds) * 86'400;
    std::string clock = "T00:00:00Z";
    put_digits(clock.data() + 1, 2, seconds / 3600);
    put_digits(clock.data() + 4, 2, seconds / 60 % 60);
    put_digits(clock.data() + 7, 2, seconds % 60);
    return date().text() + clock;
}

std::string UtcTime::precise_text() const {
    std::string result = text();
    std::string fraction = ".000000Z";
    put_digits(fraction.data() + 1, 6, microseconds_ - floor_divide(microseconds_, 1'000'000) * 1'000'000);
    result.replace(result.size() - 1, 1, fraction);
    return result;
}

std::optional<UtcTime> parse_time(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    const auto hour = digits(text.substr(11, 2)), minute = digits(text.substr(14, 2)), second = digits(text.substr(17, 2));
    if (!date || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    std::int64_t micro = 0;
    std::size_t at = 19;
    if (text[at] == '.') {
        std::int64_t unit = 100'000;
        std::size_t count = 0;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10, ++count) micro += unit * (text[at] - '0');
        if (count == 0) return std::nullopt;
    }
    std::int64_t offset_minutes = 0;
    if (at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z')) {
        offset_minutes = 0;
    } else if (at + 6 == text.size() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':') {
        const auto h = digits(text.substr(at + 1, 2)), m = digits(text.substr(at + 4, 2));
        if (!h || !m || *h > 23 || *m > 59) return std::nullopt;
        offset_minutes = (*h * 60 + *m) * (text[at] == '-' ? -1 : 1);
    } else {
        return std::nullopt;
    }
    const std::int64_t seconds = date->days() * 86'400 + *hour * 3600 + *minute * 60 + *second - offset_minutes * 60;
    return UtcTime::from_microseconds(seconds * 1'000'000 + micro);
}

std::shared_ptr<Clock> make_system_clock() { return std::make_shared<SystemClock>(); }
std::shared_ptr<Clock> make_fixed_clock(UtcTime time) { return std::make_shared<FixedClock>(time); }

} // namespace dossier
