#include "ectd/known_digests.hpp"

#include <algorithm>
#include <cstring>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

constexpr std::size_t md5_size = 16, sha256_size = 32, kept_size = md5_size + sha256_size + sizeof(std::uint64_t);

} // namespace

KnownDigests::KnownDigests(FileSystem& fs, const std::string& folder) : cache_(&fs, path::join(folder, "digests-1")) {}

Sha256 KnownDigests::key_of(const std::string& identity, Hasher::What what) {
    Sha256 key = sha256_of((what == Hasher::What::md5 ? "md5 " : "both ") + identity);
    key.bytes[0] &= 0x0F; // 16 of the cache's parts: digests are small, and a plan asks for many at once
    return key;
}

std::optional<FileDigests> KnownDigests::find(const Sha256& key) {
    const auto bytes = cache_.find(key);
    if (!bytes || bytes->size() != kept_size) return std::nullopt;
    FileDigests digests;
    std::memcpy(digests.md5.bytes.data(), bytes->data(), md5_size);
    std::memcpy(digests.sha256.bytes.data(), bytes->data() + md5_size, sha256_size);
    std::memcpy(&digests.size, bytes->data() + md5_size + sha256_size, sizeof digests.size);
    return digests;
}

void KnownDigests::keep(const Sha256& key, const FileDigests& digests) {
    std::string bytes(kept_size, '\0');
    std::memcpy(bytes.data(), digests.md5.bytes.data(), md5_size);
    std::memcpy(bytes.data() + md5_size, digests.sha256.bytes.data(), sha256_size);
    std::memcpy(bytes.data() + md5_size + sha256_size, &digests.size, sizeof digests.size);
    cache_.keep(key, std::move(bytes));
}

Result<FileDigests> digests_of_content(const Content& content, KnownDigests* known) {
    const std::string identity = known ? content.fs->identity(content.path) : "";
    const Sha256 key = KnownDigests::key_of(identity, Hasher::What::both);
    if (!identity.empty())
        if (const auto found = known->find(key)) return *found;
    DOSSIER_TRY(const FileDigests digests, digests_of_file(*content.fs, content.path));
    if (!identity.empty() && content.fs->identity(content.path) == identity) known->keep(key, digests); // nobody wrote meanwhile
    return digests;
}

} // namespace dossier::ectd
