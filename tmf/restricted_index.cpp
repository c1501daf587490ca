#include "tmf/restricted_index.hpp"

#include <algorithm>

#include "tmf/sealing.hpp"

namespace dossier::tmf {

// An envelope is the bytes and about 600 more: the certificate's issuer, the wrapped key, lengths. Far more is looked at than can be.
std::uint64_t most_sealed(std::uint64_t size) { return size + size / 64 + 8192; }

Result<std::vector<std::int64_t>> RestrictedIndex::documents_called(const std::string& study, const std::string& external) {
    DOSSIER_CHECK(refresh());
    for (const auto& [number, stored] : labels_) {
        const DocumentRecord open = open_record(sealer_, stored);
        if (open.sealed.empty() && !open.external.empty()) called_[{open.study, open.external}].insert(number);
    }
    labels_.clear();
    const auto found = called_.find({study, external});
    if (found == called_.end()) return std::vector<std::int64_t>();
    return std::vector<std::int64_t>(found->second.begin(), found->second.end());
}

Result<std::vector<VersionRecord>> RestrictedIndex::versions_with(const Sha256& sha256, std::uint64_t size) {
    DOSSIER_CHECK(refresh());
    std::vector<VersionRecord> found;
    const auto end = versions_.upper_bound(most_sealed(size));
    for (auto at = versions_.lower_bound(size); at != end; ++at) {
        Entry& entry = at->second;
        if (!entry.bytes) {
            VersionRecord open = open_record(sealer_, entry.version);
            entry.bytes = open.stored_as && open.sha256 ? *open.sha256 : Sha256();
            if (open.sealed.empty()) entry.version = std::move(open);
        }
        if (*entry.bytes == sha256) found.push_back(entry.version);
    }
    std::sort(found.begin(), found.end(), [](const VersionRecord& a, const VersionRecord& b) {
        return std::pair(a.document, a.number) < std::pair(b.document, b.number);
    });
    return found;
}

void RestrictedIndex::committed(const std::vector<Change>& changes, std::int64_t head) {
    if (!head_ || *head_ != head) return;
    head_ = head + static_cast<std::int64_t>(changes.size());
    for (const Change& change : changes) {
        const auto number = document_of(change);
        const bool is_sealed = (change.document && change.document->restricted) || (change.version && !change.version->sealed.empty());
        if (number && (is_sealed || known_.count(*number) > 0)) changed_.insert(*number);
    }
}

// What others have committed meanwhile shows in the trail's last entry.
Result<void> RestrictedIndex::refresh() {
    DOSSIER_TRY(const Checkpoint head, ledger_.audit_head());
    if (head_ && *head_ == head.sequence) {
        for (const std::int64_t number : changed_) DOSSIER_CHECK(read(number));
        changed_.clear();
        return {};
    }
    head_.reset();
    known_.clear();
    changed_.clear();
    labels_.clear();
    called_.clear();
    versions_.clear();
    DocumentFilter filter;
    filter.restricted = true;
    DOSSIER_CHECK(ledger_.each_document(filter, [this](const StoredDocument& stored) {
        add(stored);
        return Result<void>();
    }));
    head_ = head.sequence;
    return {};
}

Result<void> RestrictedIndex::read(std::int64_t document) {
    DOSSIER_TRY(const auto stored, ledger_.document(document));
    remove(document);
    if (stored && stored->document.restricted) add(*stored);
    return {};
}

void RestrictedIndex::add(const StoredDocument& stored) {
    known_.insert(stored.document.number);
    if (!stored.document.sealed.empty()) labels_[stored.document.number] = stored.document;
    for (const VersionRecord& version : stored.versions)
        if (!version.sealed.empty() && version.sha256)
            versions_.emplace(version.size, Entry{stored.document.number, version, std::nullopt});
}

void RestrictedIndex::remove(std::int64_t document) {
    if (known_.erase(document) == 0) return;
    labels_.erase(document);
    for (auto& [label, numbers] : called_) numbers.erase(document);
    for (auto at = versions_.begin(); at != versions_.end();) at = at->second.document == document ? versions_.erase(at) : std::next(at);
}

} // namespace dossier::tmf
