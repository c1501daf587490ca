// Restricted documents by what is sealed of them, for whoever can open it: so that filing one document does not open all of them.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/sealer.hpp"

#include <map>
#include <set>

namespace dossier::tmf {

class RestrictedIndex {
public:
    RestrictedIndex(Ledger& ledger, Sealer& sealer) : ledger_(ledger), sealer_(sealer) {} // the ledger as it lies, nothing opened

    // What lists call `external`. Opens each document's label once.
    Result<std::vector<std::int64_t>> documents_called(const std::string& study, const std::string& external);
    // Sealed versions of these bytes, opened. Opens those that are about as long, once.
    Result<std::vector<VersionRecord>> versions_with(const Sha256& sha256, std::uint64_t size);
    // These changes were committed, as they lie, when the trail's last entry was `head`: each adds one. Without this everything is read
    // anew after a change, as it is after one of others.
    void committed(const std::vector<Change>& changes, std::int64_t head);

private:
    struct Entry {
        std::int64_t document = 0;
        VersionRecord version;       // opened where `bytes` is there
        std::optional<Sha256> bytes; // what it holds; zeros: it does not open
    };
    Result<void> refresh();
    Result<void> read(std::int64_t document);
    void add(const StoredDocument& stored);
    void remove(std::int64_t document);

    Ledger& ledger_;
    Sealer& sealer_;
    std::optional<std::int64_t> head_;                                             // of the trail, when this was read; none: not read yet
    std::set<std::int64_t> known_;                                                 // restricted documents
    std::set<std::int64_t> changed_;                                               // documents that are read anew first
    std::map<std::int64_t, DocumentRecord> labels_;                                // as they lie, until somebody asks for a label
    std::map<std::pair<std::string, std::string>, std::set<std::int64_t>> called_; // by study and label
    std::multimap<std::uint64_t, Entry> versions_;                                 // by the length of the sealed bytes
};

// The most that sealing makes of so many bytes.
std::uint64_t most_sealed(std::uint64_t size);

} // namespace dossier::tmf
