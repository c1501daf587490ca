#include "tmf/artifact_number.hpp"

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

std::optional<int> small_number(std::string_view text, std::size_t most_digits) {
    if (text.empty() || text.size() > most_digits) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

std::optional<UniqueId> UniqueId::parse(std::string_view text) {
    const auto value = small_number(trim(text), 3);
    if (!value || *value == 0) return std::nullopt;
    return UniqueId(*value);
}

std::string UniqueId::text() const { return fill("{:03}", value_); }

std::optional<std::string> parse_artifact_number(std::string_view text) {
    const auto parts = split(trim(text), '.');
    if (parts.size() != 3) return std::nullopt;
    std::string number;
    for (const std::string& part : parts) {
        const auto value = small_number(part, 2);
        if (!value || *value == 0) return std::nullopt;
        number += (number.empty() ? "" : ".") + fill("{:02}", *value);
    }
    return number;
}

} // namespace dossier::tmf
