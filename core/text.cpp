#include "core/text.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/args.h>
#include <fmt/format.h>

namespace dossier {

std::string fill_arguments(std::string_view pattern, const TextArgument* arguments, std::size_t count) {
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    store.reserve(count, 0);
    for (std::size_t i = 0; i < count; ++i)
        std::visit([&store](const auto& value) { store.push_back(value); }, arguments[i]); // views stay views
    return fmt::vformat(fmt::string_view(pattern.data(), pattern.size()), store);
}

std::string fill_named(std::string_view pattern, const std::map<std::string, std::string>& values) {
    std::string text;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) break;
        text += pattern.substr(0, open);
        const auto found = values.find(std::string(pattern.substr(open + 1, close - open - 1)));
        text += found != values.end() ? std::string_view(found->second) : pattern.substr(open, close - open + 1);
        pattern.remove_prefix(close + 1);
    }
    return text.append(pattern);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view no_break = "\xC2\xA0";
    for (bool again = true; again && !text.empty();) {
        again = true;
        if (std::strchr(" \t\r\n\v\f", text.front()) && text.front() != 0)
            text.remove_prefix(1);
        else if (std::strchr(" \t\r\n\v\f", text.back()) && text.back() != 0)
            text.remove_suffix(1);
        else if (starts_with(text, no_break))
            text.remove_prefix(2);
        else if (ends_with(text, no_break))
            text.remove_suffix(2);
        else
            again = false;
    }
    return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    for (;;) {
        const std::size_t at = text.find(separator);
        parts.emplace_back(trim(text.substr(0, at)));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += separator;
        text += parts[i];
    }
    return text;
}

std::string to_lower(std::string_view ascii) {
    std::string text(ascii);
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool ends_with(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    std::size_t at = from.empty() ? std::string::npos : text.find(from);
    if (at == std::string::npos) return text;
    std::string result;
    std::size_t taken = 0;
    for (; at != std::string::npos; at = text.find(from, taken)) {
        result.append(text, taken, at - taken).append(to);
        taken = at + from.size();
    }
    return result.append(text, taken);
}

bool is_valid_utf8(std::string_view bytes) {
    std::size_t i = 0;
    while (i < bytes.size()) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        std::size_t more = 0;
        std::uint32_t code = lead;
        if (lead < 0x80) {
            ++i;
            continue;
        }
        if (lead >= 0xC2 && lead <= 0xDF) {
            more = 1;
            code = lead & 0x1Fu;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            more = 2;
            code = lead & 0x0Fu;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            more = 3;
            code = lead & 0x07u;
        } else {
            return false;
        }
        if (i + more >= bytes.size()) return false;
        for (std::size_t k = 1; k <= more; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0u) != 0x80u) return false;
            code = (code << 6) | (next & 0x3Fu);
        }
        if ((more == 2 && (code < 0x800 || (code >= 0xD800 && code <= 0xDFFF))) || (more == 3 && (code < 0x10000 || code > 0x10FFFF)))
            return false;
        i += more + 1;
    }
    return true;
}

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

} // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    const std::string wanted = to_lower(word);
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(2, wanted.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        const std::string other = to_lower(candidate);
        const std::size_t distance = edit_distance(wanted, other);
        if (distance < best_distance && distance < std::max(wanted.size(), other.size())) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace dossier
