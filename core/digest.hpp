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

// `digits` has room for two a byte, and gets lower case. False, and bytes that mean nothing, where the text is not two digits (either
// case) for each byte.
void put_hex(const std::uint8_t* bytes, std::size_t size, char* digits);
bool read_hex(std::string_view text, std::uint8_t* bytes, std::size_t size);

template <std::size_t Size, class Tag> struct Digest {
    std::array<std::uint8_t, Size> bytes{};
    std::string hex() const { // lower case
        std::string text(2 * Size, '\0');
        put_hex(bytes.data(), Size, text.data());
        return text;
    }
    static std::optional<Digest> from_hex(std::string_view text) { // either case
        Digest digest;
        return read_hex(text, digest.bytes.data(), Size) ? std::optional(digest) : std::nullopt;
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
