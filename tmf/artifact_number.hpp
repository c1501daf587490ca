// Numbers of the TMF Reference Model: an artifact is known by its unique identifier (permanent), its number dd.dd.dd is what people write.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::tmf {

class UniqueId { // 1 to 999; written with three digits, compared as a number ("091" is 91)
public:
    UniqueId() = default;
    explicit UniqueId(int value) : value_(value) {}
    static std::optional<UniqueId> parse(std::string_view text);
    int value() const { return value_; }
    std::string text() const;
    auto operator<=>(const UniqueId&) const = default;

private:
    int value_ = 0;
};

// "2.1.2", "02.01.02" and " 02.01.02 " are 02.01.02; anything else is not an artifact number.
std::optional<std::string> parse_artifact_number(std::string_view text);

} // namespace dossier::tmf
