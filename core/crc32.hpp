// CRC-32 of a ZIP entry (polynomial 0x04C11DB7, reflected), sixteen bytes at a step.
#pragma once

#include <cstdint>
#include <string_view>

namespace dossier {

// Of a text in pieces: the result of one piece is `before` of the next; 0 to begin.
std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before = 0);

} // namespace dossier
