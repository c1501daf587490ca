#include "ectd/iso_date.hpp"

#include <algorithm>
#include <string>

#include "core/text.hpp"
#include "core/time.hpp"

namespace dossier::ectd {

namespace {

bool are_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Two digits, at most `most`.
bool is_part(std::string_view text, int most) {
    return text.size() == 2 && are_digits(text) && (text[0] - '0') * 10 + (text[1] - '0') <= most;
}

// "10:30:15" without its last parts, as far as `count` of them may be there.
bool is_clock(std::string_view text, std::size_t count) {
    constexpr int most[] = {23, 59, 59};
    std::size_t part = 0;
    for (;; ++part) {
        if (part == count || !is_part(text.substr(0, 2), most[part])) return false;
        text.remove_prefix(2);
        if (text.empty()) return true;
        if (text.front() != ':') return false;
        text.remove_prefix(1);
    }
}

// What stands behind the T.
bool is_time(std::string_view text) {
    if (!text.empty() && text.back() == 'Z') {
        text.remove_suffix(1);
    } else if (const std::size_t zone = text.find_first_of("+-"); zone != std::string_view::npos) {
        if (!is_clock(text.substr(zone + 1), 2)) return false;
        text = text.substr(0, zone);
    }
    if (const std::size_t fraction = text.find_first_of(".,"); fraction != std::string_view::npos) { // of a second
        if (fraction != 8 || !are_digits(text.substr(fraction + 1))) return false;
        text = text.substr(0, fraction);
    }
    return is_clock(text, 3);
}

} // namespace

bool is_iso_date(std::string_view text) {
    std::string day(text.substr(0, 10));
    if (text.size() < 10) day += std::string_view("0000-01-01").substr(text.size()); // 2013 and 2013-05 become a whole date, no other does
    if (day.size() != 10 || !parse_date(day)) return false;
    if (text.size() != 4 && text.size() != 7 && text.size() < 10) return false;
    return text.size() <= 10 || (text[10] == 'T' && is_time(text.substr(11)));
}

} // namespace dossier::ectd
