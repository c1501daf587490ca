// Inside core/pdf*.cpp only: the steps of read_pdf_content, and what they share with read_pdf_facts.
#pragma once

#include "core/pdf_content.hpp"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::pdf {

struct Version {
    int major = 0, minor = 0;
    auto operator<=>(const Version&) const = default;
};
Version parse_version(std::string_view text); // "1.7..."; 0.0 where there is none

std::uint64_t hash_of_name(std::string_view name); // FNV-1a

} // namespace dossier::pdf
