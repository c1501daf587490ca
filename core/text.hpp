// Text: formatting (libfmt behind it), trimming, splitting, likeness. All strings are UTF-8.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace dossier {

using TextArgument = std::variant<std::int64_t, double, std::string_view>;

std::string fill_arguments(std::string_view pattern, const TextArgument* arguments, std::size_t count);

inline TextArgument to_text_argument(std::string_view text) { return text; }
template <class T> std::enable_if_t<std::is_integral_v<T>, TextArgument> to_text_argument(T number) {
    return static_cast<std::int64_t>(number);
}
inline TextArgument to_text_argument(double number) { return number; }

// fill("{} has {} bytes", path, size): libfmt's format language with positional arguments (text, integers, doubles).
template <class... Arguments> std::string fill(std::string_view pattern, const Arguments&... arguments) {
    if constexpr (sizeof...(arguments) == 0) {
        return fill_arguments(pattern, nullptr, 0);
    } else {
        const TextArgument list[] = {to_text_argument(arguments)...};
        return fill_arguments(pattern, list, sizeof...(arguments));
    }
}

// fill_named("{path} is too long", {{"path", p}}): for messages that are data. An unknown name stays as written.
std::string fill_named(std::string_view pattern, const std::map<std::string, std::string>& values);

std::string_view trim(std::string_view text);                          // white space and no-break space at both ends
std::vector<std::string> split(std::string_view text, char separator); // parts trimmed; empty text gives no parts
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string to_lower(std::string_view ascii); // ASCII letters only
bool starts_with(std::string_view text, std::string_view prefix);
bool ends_with(std::string_view text, std::string_view suffix);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
bool is_valid_utf8(std::string_view bytes);

// The candidate nearest to `word` (edit distance, case ignored), or empty when none is near enough to propose.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

} // namespace dossier
