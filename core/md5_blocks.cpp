#include "core/md5_blocks.hpp"

#include <cstring>

namespace dossier::md5 {

namespace {

// RFC 1321, section 3.4: floor(2^32 * |sin(i + 1)|).
constexpr std::uint32_t sine[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1,
    0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453,
    0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
    0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
    0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d,
    0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

constexpr int shift[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

// `Word` is one number, or a vector of as many as there are lanes: the arithmetic is the same. Inlined into functions that may use the wide
// instructions, so the compiler chooses them there.
template <class Word> [[gnu::always_inline]] inline void rounds(Word& a0, Word& b0, Word& c0, Word& d0, const Word* message) {
    Word a = a0, b = b0, c = c0, d = d0;
#pragma GCC unroll 64
    for (int i = 0; i < 64; ++i) {
        Word mix;
        int at = 0;
        if (i < 16) {
            mix = d ^ (b & (c ^ d));
            at = i;
        } else if (i < 32) {
            mix = c ^ (d & (b ^ c));
            at = (5 * i + 1) % 16;
        } else if (i < 48) {
            mix = b ^ c ^ d;
            at = (3 * i + 5) % 16;
        } else {
            mix = c ^ (b | ~d);
            at = 7 * i % 16;
        }
        mix += a + sine[i] + message[at];
        const int by = shift[i / 16][i % 4];
        a = d;
        d = c;
        c = b;
        b += (mix << by) | (mix >> (32 - by));
    }
    a0 += a;
    b0 += b;
    c0 += c;
    d0 += d;
}

// MD5 reads its words with the low byte first, as the processors here hold them.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

template <class Word, std::size_t Lanes>
[[gnu::always_inline]] inline void compress_wide(State& state, const char* const* data, std::size_t blocks) {
    Word a, b, c, d;
    std::memcpy(&a, state.word[0], sizeof a);
    std::memcpy(&b, state.word[1], sizeof b);
    std::memcpy(&c, state.word[2], sizeof c);
    std::memcpy(&d, state.word[3], sizeof d);
    for (std::size_t block = 0; block < blocks; ++block) {
        alignas(64) std::uint32_t turned[16][Lanes]; // word by word instead of lane by lane
        for (std::size_t lane = 0; lane < Lanes; ++lane) {
            std::uint32_t words[16];
            std::memcpy(words, data[lane] + block * block_size, block_size);
            for (std::size_t i = 0; i < 16; ++i) turned[i][lane] = words[i];
        }
        Word message[16];
        for (std::size_t i = 0; i < 16; ++i) std::memcpy(&message[i], turned[i], sizeof message[i]);
        rounds(a, b, c, d, message);
    }
    std::memcpy(state.word[0], &a, sizeof a);
    std::memcpy(state.word[1], &b, sizeof b);
    std::memcpy(state.word[2], &c, sizeof c);
    std::memcpy(state.word[3], &d, sizeof d);
}

#if defined(__x86_64__)
using Eight = std::uint32_t __attribute__((vector_size(32)));
using Sixteen = std::uint32_t __attribute__((vector_size(64)));

[[gnu::target("avx2")]] void compress_eight(State& state, const char* const* data, std::size_t blocks) {
    compress_wide<Eight, 8>(state, data, blocks);
}

[[gnu::target("avx512f")]] void compress_sixteen(State& state, const char* const* data, std::size_t blocks) {
    compress_wide<Sixteen, 16>(state, data, blocks);
}
#endif

} // namespace

void reset(State& state, std::size_t lane) {
    constexpr std::uint32_t start[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (std::size_t i = 0; i < 4; ++i) state.word[i][lane] = start[i];
}

void compress(State& state, const char* const* data, std::size_t blocks, std::size_t lanes) {
#if defined(__x86_64__)
    if (lanes == 16) return compress_sixteen(state, data, blocks);
    if (lanes == 8) return compress_eight(state, data, blocks);
#endif
    for (std::size_t lane = 0; lane < lanes; ++lane) compress_one(state, lane, data[lane], blocks);
}

void compress_one(State& state, std::size_t lane, const char* data, std::size_t blocks) {
    std::uint32_t a = state.word[0][lane], b = state.word[1][lane], c = state.word[2][lane], d = state.word[3][lane];
    for (std::size_t block = 0; block < blocks; ++block) {
        std::uint32_t message[16];
        std::memcpy(message, data + block * block_size, block_size);
        rounds(a, b, c, d, message);
    }
    state.word[0][lane] = a;
    state.word[1][lane] = b;
    state.word[2][lane] = c;
    state.word[3][lane] = d;
}

std::size_t widest() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return 16;
    if (__builtin_cpu_supports("avx2")) return 8;
#endif
    return 1;
}

} // namespace dossier::md5
