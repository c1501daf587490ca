#include "core/crc32.hpp"

#include <array>
#include <cstring>

namespace dossier {

namespace {

constexpr std::size_t step = 16;
using Tables = std::array<std::array<std::uint32_t, 256>, step>;

// tables[k][b]: what byte b does to the sum when k more bytes follow it in the step.
constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t sum = byte;
        for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xEDB88320u : 0u);
        tables[0][byte] = sum;
    }
    for (std::size_t k = 1; k < step; ++k)
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t sum = tables[k - 1][byte];
            tables[k][byte] = (sum >> 8) ^ tables[0][sum & 0xFF];
        }
    return tables;
}

constexpr Tables tables = make_tables();

} // namespace

std::uint32_t crc32_of(std::string_view bytes, std::uint32_t before) {
    std::uint32_t sum = ~before;
    while (bytes.size() >= step) {
        std::array<unsigned char, step> block{};
        std::memcpy(block.data(), bytes.data(), step);
        for (std::size_t i = 0; i < 4; ++i) block[i] = static_cast<unsigned char>(block[i] ^ (sum >> (8 * i)));
        sum = 0;
        for (std::size_t i = 0; i < step; ++i) sum ^= tables[step - 1 - i][block[i]];
        bytes.remove_prefix(step);
    }
    for (const char c : bytes) sum = (sum >> 8) ^ tables[0][(sum ^ static_cast<unsigned char>(c)) & 0xFF];
    return ~sum;
}

} // namespace dossier
