// Numbers as people see them: dates by their format, no digits that only the binary form has.
#include <charconv>
#include <cmath>
#include <optional>

#include "core/text.hpp"
#include "core/time.hpp"
#include "core/xlsx.hpp"

namespace dossier::xlsx {

namespace {

constexpr std::int64_t days_1899_12_30 = -25569, days_1904_01_01 = -24107; // since 1970-01-01
constexpr double last_serial = 2958466;                                    // the day after 9999-12-31

// The first section of a format code without what is shown as it is: "quoted", \x, _x, *x, [colours, conditions, locales]. Elapsed time
// ([h]) is a duration and no date: it leaves nothing.
std::string significant_part(std::string_view code) {
    std::string part;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const std::size_t close = std::min(code.find(']', i), code.size());
            const std::string inside = to_lower(code.substr(i + 1, close - i - 1));
            if (!inside.empty() && inside.find_first_not_of(inside.front()) == std::string::npos &&
                std::string_view("hms").find(inside.front()) != std::string_view::npos)
                return "";
            i = close;
        } else {
            part += c;
        }
    }
    return to_lower(part);
}

// "000.00": zeros only, at most one point.
bool read_zeros(std::string_view code, NumberFormat& format) {
    const std::size_t point = code.find('.');
    const std::string_view before = code.substr(0, point), after = point == std::string_view::npos ? "" : code.substr(point + 1);
    const auto is_zeros = [](std::string_view text) { return text.size() <= 15 && text.find_first_not_of('0') == std::string_view::npos; };
    if (before.empty() || !is_zeros(before) || !is_zeros(after)) return false;
    format.digits = static_cast<int>(before.size());
    format.decimals = static_cast<int>(after.size());
    return true;
}

// 18.17.4.1: day 1 is 1900-01-01, and there is a 29 February 1900 that never was (day 60).
std::string date_text(double serial, bool epoch_1904) {
    const auto day = static_cast<std::int64_t>(std::floor(serial));
    if (epoch_1904) return Date::from_days(days_1904_01_01 + day).text();
    if (day == 60) return "1900-02-29";
    return Date::from_days(days_1899_12_30 + day + (day < 60 ? 1 : 0)).text();
}

std::string time_text(double serial) {
    const auto seconds = static_cast<std::int64_t>(std::llround((serial - std::floor(serial)) * 86'400)) % 86'400;
    std::string text = fill("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60 != 0) text += fill(":{:02}", seconds % 60);
    return text;
}

// 15 significant digits are what a sheet keeps of what was typed; 1.1 may be stored as 1.1000000000000001.
std::string plain_number(double value, const NumberFormat& format) {
    std::string text = fill("{:.15g}", value);
    if (text.find('e') != std::string::npos && std::fabs(value) >= 1 && std::fabs(value) < 1e21) text = fill("{:.0f}", value);
    if (text == "-0") text = "0";
    if (text.find('e') != std::string::npos) return text;
    const std::size_t sign = text.front() == '-' ? 1 : 0;
    std::size_t point = text.find('.');
    if (format.decimals > 0 && point == std::string::npos) {
        point = text.size();
        text += '.';
    }
    if (point == std::string::npos) point = text.size();
    for (std::size_t after = text.size() - std::min(text.size(), point + 1); after < static_cast<std::size_t>(format.decimals); ++after)
        text += '0';
    if (point - sign < static_cast<std::size_t>(format.digits))
        text.insert(sign, static_cast<std::size_t>(format.digits) - (point - sign), '0');
    return text;
}

std::optional<double> to_number(std::string_view digits) {
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

} // namespace

NumberFormat builtin_format(int id) {
    NumberFormat format;
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
        format.kind = NumberFormat::Kind::date;
    else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
        format.kind = NumberFormat::Kind::time;
    else if (id == 2)
        format.decimals = 2;
    return format;
}

NumberFormat parse_format(std::string_view code) {
    NumberFormat format;
    const std::string part = replace_all(replace_all(significant_part(code), "am/pm", ""), "a/p", "");
    if (part.find("general") != std::string::npos) return format;
    const bool clock = part.find_first_of("hs") != std::string::npos;
    const bool calendar = part.find_first_of("yd") != std::string::npos || (!clock && part.find('m') != std::string::npos) ||
                          part.find("mmm") != std::string::npos;
    if (calendar)
        format.kind = NumberFormat::Kind::date;
    else if (clock)
        format.kind = NumberFormat::Kind::time;
    else if (!read_zeros(part, format))
        format = NumberFormat();
    return format;
}

std::string time_of_date(std::string_view stored, const NumberFormat& format) {
    const auto value = format.kind == NumberFormat::Kind::date ? to_number(trim(stored)) : std::nullopt;
    if (!value || *value < 0 || *value >= last_serial) return "";
    const std::string time = time_text(*value);
    return time == "00:00" ? "" : time;
}

std::string number_text(std::string_view stored, const NumberFormat& format, bool epoch_1904) {
    const std::string_view digits = trim(stored);
    const auto number = to_number(digits);
    if (!number) return std::string(digits);
    const double value = *number;
    const bool on_calendar = value >= 0 && value < (epoch_1904 ? last_serial - 1462 : last_serial);
    if (format.kind == NumberFormat::Kind::date && on_calendar && (value >= 1 || epoch_1904)) return date_text(value, epoch_1904);
    if (format.kind != NumberFormat::Kind::general && on_calendar) return time_text(value);
    return plain_number(value, format);
}

} // namespace dossier::xlsx
