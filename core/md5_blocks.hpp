// The compression function of MD5 (RFC 1321) over several independent inputs.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dossier::md5 {

constexpr std::size_t most_lanes = 16;
constexpr std::size_t block_size = 64;

// The chaining values A, B, C, D, each with one word for every lane.
struct alignas(64) State {
    std::uint32_t word[4][most_lanes];
};

void reset(State& state, std::size_t lane);

// Works `blocks` blocks from each data[lane] into lane `lane` of the state. `lanes` is 8 or 16 and supported by the processor.
void compress(State& state, const char* const* data, std::size_t blocks, std::size_t lanes);

// One lane alone, on any processor.
void compress_one(State& state, std::size_t lane, const char* data, std::size_t blocks);

std::size_t widest(); // 16, 8 or 1

} // namespace dossier::md5
