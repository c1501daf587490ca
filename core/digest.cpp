#include "core/digest.hpp"

#include <array>
#include <cstring>
#include <stdexcept>

#include <openssl/evp.h>

namespace dossier {

namespace {

// Fetched once: looking the algorithm up for each small message doubles its cost. MD5 is not used for security, only because the
// eCTD names it, hence "fips=no" (a FIPS provider would refuse it).
const EVP_MD* md5_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "MD5", "fips=no");
    return algorithm;
}

const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return algorithm;
}

EVP_MD_CTX* start(const EVP_MD* algorithm) {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    if (!algorithm || !context || EVP_DigestInit_ex2(context, algorithm, nullptr) != 1)
        throw std::runtime_error("OpenSSL offers no MD5 or SHA-256");
    return context;
}

} // namespace

void put_hex(const std::uint8_t* bytes, std::size_t size, char* digits) {
    static const std::array<char, 512> pairs = [] { // two digits at once
        std::array<char, 512> made{};
        for (std::size_t value = 0; value < 256; ++value) {
            made[2 * value] = "0123456789abcdef"[value >> 4];
            made[2 * value + 1] = "0123456789abcdef"[value & 15];
        }
        return made;
    }();
    for (std::size_t i = 0; i < size; ++i) std::memcpy(digits + 2 * i, pairs.data() + 2 * bytes[i], 2);
}

bool read_hex(std::string_view text, std::uint8_t* bytes, std::size_t size) {
    static const std::array<std::uint8_t, 256> value_of = [] {
        std::array<std::uint8_t, 256> values{};
        values.fill(0xFF);
        for (std::uint8_t value = 0; value < 16; ++value) {
            values[static_cast<unsigned char>("0123456789abcdef"[value])] = value;
            values[static_cast<unsigned char>("0123456789ABCDEF"[value])] = value;
        }
        return values;
    }();
    if (text.size() != 2 * size) return false;
    std::uint8_t wrong = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t high = value_of[static_cast<unsigned char>(text[2 * i])];
        const std::uint8_t low = value_of[static_cast<unsigned char>(text[2 * i + 1])];
        wrong = static_cast<std::uint8_t>(wrong | high | low);
        bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    }
    return (wrong & 0xF0) == 0;
}

struct Hasher::State {
    EVP_MD_CTX* md5 = nullptr;
    EVP_MD_CTX* sha256 = nullptr;
    std::uint64_t size = 0;
    ~State() {
        EVP_MD_CTX_free(md5);
        EVP_MD_CTX_free(sha256);
    }
};

Hasher::Hasher(What what) : state_(std::make_unique<State>()) {
    if (what != What::sha256) state_->md5 = start(md5_algorithm());
    if (what != What::md5) state_->sha256 = start(sha256_algorithm());
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(std::string_view bytes) {
    state_->size += bytes.size();
    if (state_->md5) EVP_DigestUpdate(state_->md5, bytes.data(), bytes.size());
    if (state_->sha256) EVP_DigestUpdate(state_->sha256, bytes.data(), bytes.size());
}

FileDigests Hasher::finish() {
    FileDigests digests;
    digests.size = state_->size;
    if (state_->md5) EVP_DigestFinal_ex(state_->md5, digests.md5.bytes.data(), nullptr);
    if (state_->sha256) EVP_DigestFinal_ex(state_->sha256, digests.sha256.bytes.data(), nullptr);
    return digests;
}

Md5 md5_of(std::string_view bytes) {
    Hasher hasher(Hasher::What::md5);
    hasher.update(bytes);
    return hasher.finish().md5;
}

// The audit trail hashes many small texts: a context of its own for each would cost as much as the hashing.
Sha256 sha256_of(std::string_view bytes) {
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(start(sha256_algorithm()), &EVP_MD_CTX_free);
    Sha256 digest;
    if (EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr) != 1 ||
        EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), digest.bytes.data(), nullptr) != 1)
        throw std::runtime_error("OpenSSL could not make a SHA-256");
    return digest;
}

Result<FileDigests> digests_of_file(FileSystem& fs, const std::string& path, Hasher::What what) {
    Hasher hasher(what);
    DOSSIER_CHECK(read_pieces(fs, path, [&hasher](std::string_view piece) {
        hasher.update(piece);
        return Result<void>();
    }));
    return hasher.finish();
}

Result<FileDigests> copy_file(FileSystem& from, const std::string& source, FileSystem& to, const std::string& target, Hasher::What what) {
    DOSSIER_CHECK(from.open(source)); // or its error, before anything is made
    Hasher hasher(what);
    DOSSIER_TRY(auto output, to.create(target));
    auto copied = read_pieces(from, source, [&](std::string_view piece) {
        hasher.update(piece);
        return output->write(piece);
    });
    if (copied) copied = output->close();
    if (!copied) {
        (void)to.remove(target).has_value();
        return copied.error();
    }
    return hasher.finish();
}

} // namespace dossier
