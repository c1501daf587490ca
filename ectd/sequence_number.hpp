// The four digits of a sequence folder. "0010" is ten: never strip zeros by text replacement.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::ectd {

class SequenceNumber {
public:
    SequenceNumber() = default;
    explicit SequenceNumber(int value) : value_(value) {}
    static std::optional<SequenceNumber> parse(std::string_view text); // exactly four digits
    int value() const { return value_; }
    std::string text() const; // four digits
    auto operator<=>(const SequenceNumber&) const = default;

private:
    int value_ = 0;
};

std::string four_digits(const std::string& text); // "12" -> "0012", as some envelopes write it; what is no number stays as it is

} // namespace dossier::ectd
