#include "tmf/list_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <regex>
#include <vector>

#include "core/fold.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

const char* const iso_remedy = "write YYYY-MM-DD, for example 2025-06-30";

// The number a token holds, or the month it names.
struct Token {
    std::string text;
    std::optional<int> number;
    int month = 0; // 1 to 12 when it is a month's name
};

// English, German and French, accents left out; German also with them written out (maerz). At three letters and more where no other
// month begins so: juin and juillet do, so juil is the shortest.
int month_named(const std::string& word) {
    static const std::array<std::vector<const char*>, 12> names = {{{"january", "januar", "janvier"},
                                                                    {"february", "februar", "fevrier"},
                                                                    {"march", "marz", "maerz", "mars"},
                                                                    {"april", "avril"},
                                                                    {"may", "mai"},
                                                                    {"june", "juni", "juin"},
                                                                    {"july", "juli", "juillet"},
                                                                    {"august", "aout"},
                                                                    {"september", "septembre"},
                                                                    {"october", "oktober", "octobre"},
                                                                    {"november", "novembre"},
                                                                    {"december", "dezember", "decembre"}}};
    static const std::map<std::string, int> short_forms = {
        {"jan", 1}, {"janv", 1}, {"feb", 2}, {"fev", 2}, {"fevr", 2}, {"mar", 3},  {"mrz", 3},  {"apr", 4},  {"avr", 4},  {"jun", 6},
        {"jul", 7}, {"juil", 7}, {"aug", 8}, {"sep", 9}, {"sept", 9}, {"oct", 10}, {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12}};
    for (std::size_t i = 0; i < names.size(); ++i)
        for (const std::string_view name : names[i])
            if (name == word) return static_cast<int>(i) + 1;
    const auto found = short_forms.find(word);
    return found == short_forms.end() ? 0 : found->second;
}

std::optional<std::vector<Token>> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t start = i;
        while (i < text.size() && is_digit(text[i])) ++i;
        if (i > start) {
            const std::string digits(text.substr(start, i - start));
            if (digits.size() > 8) return std::nullopt;
            tokens.push_back({digits, std::stoi(digits), 0});
            continue;
        }
        while (i < text.size() && is_letter(text[i])) ++i;
        if (i > start) {
            const std::string word(text.substr(start, i - start));
            const int month = month_named(word);
            const bool ordinal = word == "st" || word == "nd" || word == "rd" || word == "th" || word == "er"; // 1er
            if (month == 0 && !ordinal) return std::nullopt;
            if (month != 0) tokens.push_back({word, std::nullopt, month});
            continue;
        }
        if (std::string_view(" -/.,").find(text[i]) == std::string_view::npos) return std::nullopt;
        ++i;
    }
    return tokens;
}

Result<Date> no_date(std::string_view text) { return Error(ErrorKind::invalid, fill("\"{}\" is not a date", text), {}, iso_remedy); }

Result<Date> make(std::string_view text, int year, int month, int day) {
    const auto date = Date::from_parts(year, month, day);
    if (!date) return Error(ErrorKind::invalid, fill("\"{}\": there is no such day", text), {}, iso_remedy);
    return *date;
}

Result<Date> from_numbers(std::string_view text, const std::vector<Token>& t) {
    const int a = *t[0].number, b = *t[1].number, c = *t[2].number;
    if (t[0].text.size() == 4) return make(text, a, b, c);
    if (t[2].text.size() != 4)
        return Error(ErrorKind::invalid, fill("\"{}\": the year has only {} digits", text, t[2].text.size()), {}, iso_remedy);
    if (a == b || (a <= 12 && b > 12)) return make(text, c, a, b); // month first
    if (a > 12) return make(text, c, b, a);
    const auto first = make(text, c, a, b), second = make(text, c, b, a);
    if (!first || !second) return no_date(text);
    return Error(ErrorKind::invalid,
                 fill("\"{}\" can be {} or {}: which number is the month cannot be known", text, first->text(), second->text()), {},
                 iso_remedy);
}

// Year, month, day without signs between them. Where that is no day, but the year may stand last, the order is what is wrong.
Result<Date> from_eight_digits(std::string_view text, int number) {
    const auto date = Date::from_parts(number / 10000, number / 100 % 100, number % 100);
    const int a = number / 1000000, b = number / 10000 % 100, year = number % 10000;
    const bool year_last = Date::from_parts(year, b, a) || Date::from_parts(year, a, b);
    if (date || year < 1900 || year > 2100 || !year_last) return make(text, number / 10000, number / 100 % 100, number % 100);
    return Error(ErrorKind::invalid, fill("\"{}\": eight digits are read as year, month, day, and here the year stands last", text), {},
                 iso_remedy);
}

Result<Date> parse_day(std::string_view written, std::string_view raw) {
    const std::string folded = fold_letters(trim(written)); // août
    const std::string_view text = folded;
    if (const auto iso = parse_date(text)) return *iso;
    const auto tokens = tokens_of(text);
    if (!tokens) return no_date(raw);
    const auto& t = *tokens;
    if (t.size() == 1 && t[0].text.size() == 8 && t[0].number) return from_eight_digits(raw, *t[0].number);
    if (t.size() != 3) return no_date(raw);
    if (t[0].number && t[1].number && t[2].number) return from_numbers(raw, t);
    // A named month: day and year are told apart by their length.
    const std::size_t at = t[0].month ? 0 : t[1].month ? 1 : 2;
    if (!t[at].month) return no_date(raw);
    std::vector<Token> numbers;
    for (std::size_t i = 0; i < 3; ++i)
        if (i != at) numbers.push_back(t[i]);
    if (!numbers[0].number || !numbers[1].number) return no_date(raw);
    const bool year_first = numbers[0].text.size() == 4;
    const Token& year = year_first ? numbers[0] : numbers[1];
    const Token& day = year_first ? numbers[1] : numbers[0];
    if (year.text.size() != 4)
        return Error(ErrorKind::invalid, fill("\"{}\": the year has only {} digits", raw, year.text.size()), {}, iso_remedy);
    return make(raw, *year.number, t[at].month, *day.number);
}

// Where the time of day begins, with the blank or T before it; the text's end: there is none. [ T]14:30[:05[.5]][ pm][Z|+02:00]
std::size_t time_in(std::string_view text) {
    if (text.size() > 60 || text.find(':') == std::string_view::npos) return text.size();
    static const std::regex form(
        "[ tT][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?( ?[aApP][mM])?( ?([zZ]|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?$");
    std::match_results<std::string_view::const_iterator> found;
    if (!std::regex_search(text.begin(), text.end(), found, form)) return text.size();
    const std::string_view clock = text.substr(static_cast<std::size_t>(found.position()) + 1);
    const std::size_t colon = clock.find(':');
    const bool on_clock = std::stoi(std::string(clock.substr(0, colon))) < 24 && clock[colon + 1] < '6';
    return on_clock ? static_cast<std::size_t>(found.position()) : text.size();
}

bool is_midnight(std::string_view time) {
    const bool at_twelve =
        starts_with(trim(time.substr(time.empty() ? 0 : 1)), "12:00") && time.find_first_of("aA") != std::string_view::npos;
    const std::size_t zone = time.find_first_of("+-");
    const std::string_view clock = time.substr(at_twelve ? std::min<std::size_t>(6, time.size()) : 0, zone);
    return clock.find_first_of("123456789") == std::string_view::npos;
}

} // namespace

std::optional<ListDay> date_of_day_number(std::string_view raw, bool counts_from_1904) {
    const std::string_view text = trim(raw);
    const std::size_t point = std::min(text.find_first_of(".,"), text.size());
    const std::string_view days = text.substr(0, point), part = text.substr(std::min(point + 1, text.size()));
    const auto is_number = [](std::string_view digits) { return digits.find_first_not_of("0123456789") == std::string_view::npos; };
    if (days.size() != 5 || part.size() > 18 || !is_number(days) || !is_number(part) || (point < text.size() && part.empty()))
        return std::nullopt;
    constexpr int days_to_1904 = 1462, seconds_of_day = 86'400; // from 1899-12-30
    const std::string fraction = "0." + std::string(part);
    double of_day = 0;
    if (!part.empty()) std::from_chars(fraction.data(), fraction.data() + fraction.size(), of_day);
    const std::int64_t seconds = std::llround(of_day * seconds_of_day);
    const std::int64_t number = std::stoi(std::string(days)) + (counts_from_1904 ? days_to_1904 : 0) + seconds / seconds_of_day;
    if (number < 20'000 || number >= 70'000) return std::nullopt; // 1954 to 2091
    const std::int64_t rest = seconds % seconds_of_day;
    return ListDay{Date::from_parts(1899, 12, 30)->plus_days(number), rest == 0 ? "" : fill("{:02}:{:02}", rest / 3600, rest / 60 % 60)};
}

Result<ListDay> parse_list_day(std::string_view raw) {
    const std::string_view text = trim(raw);
    const std::size_t at = time_in(text);
    const std::string_view time = text.substr(at);
    const auto date = parse_day(text.substr(0, at), raw);
    if (!date) return date.error();
    return ListDay{*date, is_midnight(time) ? "" : std::string(trim(time.substr(time.empty() ? 0 : 1)))};
}

std::optional<Date> named_day(const std::string& text) {
    if (const auto date = parse_date(text)) return date;
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (std::none_of(text.begin(), text.end(), is_letter)) return std::nullopt;
    for (const char* const year : {" 2024", "-2024", ", 2024"}) // a leap year
        if (const auto date = parse_list_date(text + year)) return *date;
    return std::nullopt;
}

// A time of day, when it is midnight, adds nothing; another one is no date.
Result<Date> parse_list_date(std::string_view raw) {
    const auto day = parse_list_day(raw);
    if (!day) return day.error();
    if (!day->time.empty()) return no_date(raw);
    return day->date;
}

} // namespace dossier::tmf
