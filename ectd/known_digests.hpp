// Digests of sources as they were when they were last read, so that one that did not change is not read again by the next plan. Asked by
// what stands for the bytes (FileSystem::identity), never by a name. Only what is compared is answered from here: what is sent is hashed as
// it is copied. Lies in the user's cache folder, and may be thrown away.
#pragma once

#include "core/digest.hpp"
#include "ectd/content_cache.hpp"
#include "ectd/content_source.hpp"

#include <optional>
#include <string>

namespace dossier::ectd {

class KnownDigests {
public:
    KnownDigests(FileSystem& fs, const std::string& folder);

    // Where the digests of these bytes are kept; empty `identity`: not kept. Ask in the order of these keys: that is cheap.
    static Sha256 key_of(const std::string& identity, Hasher::What what);
    std::optional<FileDigests> find(const Sha256& key);
    void keep(const Sha256& key, const FileDigests& digests);

private:
    content::Cache cache_;
};

// Both digests of one source, from what is known or by reading it. `known` may be null.
Result<FileDigests> digests_of_content(const Content& content, KnownDigests* known);

} // namespace dossier::ectd
