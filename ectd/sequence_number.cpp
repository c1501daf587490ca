#include "ectd/sequence_number.hpp"

#include "core/text.hpp"

namespace dossier::ectd {

std::optional<SequenceNumber> SequenceNumber::parse(std::string_view text) {
    if (text.size() != 4) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return SequenceNumber(value);
}

std::string SequenceNumber::text() const { return fill("{:04}", value_); }

std::string four_digits(const std::string& text) {
    const bool digits = !text.empty() && text.size() < 4 && text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? std::string(4 - text.size(), '0') + text : text;
}

} // namespace dossier::ectd
