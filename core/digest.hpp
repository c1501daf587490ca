// Digests: MD5 (the eCTD's checksum) and SHA-256 (ours), through OpenSSL.
#pragma once

#include "core/filesystem.hpp"
#include "core/result.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

template <std::size_t Size, class Tag> struct Digest {
    std::array<std::uint8_t, Size> bytes{};
    std::string hex() const { // lower case
        static const char* const digit = "0123456789abcdef";
        std::string text;
        for (const std::uint8_t b : bytes) (text += digit[b >> 4]) += digit[b & 15];
        return text;
    }
    static std::optional<Digest> from_hex(std::string_view text) { // either case
        if (text.size() != 2 * Size) return std::nullopt;
        Digest digest;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            const int value = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (value < 0) return std::nullopt;
            digest.bytes[i / 2] = static_cast<std::uint8_t>(digest.bytes[i / 2] << 4 | value);
        }
        return digest;
    }
    auto operator<=>(const Digest&) const = default;
};

using Md5 = Digest<16, struct Md5Tag>;
using Sha256 = Digest<32, struct Sha256Tag>;

struct FileDigests {
    Md5 md5;
    Sha256 sha256;
    std::uint64_t size = 0;
};

// Feeds bytes to both digests (or one) as they pass.
class Hasher {
public:
    enum class What { md5, sha256, both };
    explicit Hasher(What what = What::both);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    void update(std::string_view bytes);
    FileDigests finish(); // once

private:
    struct State;
    std::unique_ptr<State> state_;
};

Md5 md5_of(std::string_view bytes);
Sha256 sha256_of(std::string_view bytes);
Result<FileDigests> digests_of_file(FileSystem& fs, const std::string& path, Hasher::What what = Hasher::What::both);

// Copies and hashes in one pass; the target must not exist, and does not exist after an error.
Result<FileDigests> copy_file(FileSystem& from, const std::string& source, FileSystem& to, const std::string& target,
                              Hasher::What what = Hasher::What::both);

} // namespace dossier
