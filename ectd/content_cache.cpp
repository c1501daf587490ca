#include "ectd/content_cache.hpp"

#include <cstring>
#include <random>

#include "core/path.hpp"
#include "core/text.hpp"

namespace dossier::ectd::content {

namespace {

constexpr std::string_view title = "dossier: facts about files, 1\n";
constexpr std::size_t digest_size = 32, check_size = 8, entry_head = digest_size + sizeof(std::uint32_t) + check_size;

// An entry: digest of the file, length of the facts, the first bytes of their own SHA-256, the facts.
std::string entry(const Sha256& digest, std::string_view facts) {
    const auto length = static_cast<std::uint32_t>(facts.size());
    const Sha256 check = sha256_of(facts);
    std::string bytes(entry_head, '\0');
    std::memcpy(bytes.data(), digest.bytes.data(), digest_size);
    std::memcpy(bytes.data() + digest_size, &length, sizeof length);
    std::memcpy(bytes.data() + digest_size + sizeof length, check.bytes.data(), check_size);
    return bytes.append(facts);
}

struct Entry {
    Sha256 digest;
    std::string_view facts, whole;
};

// Takes the first one off; none at the end, and where the bytes make no sense any more.
std::optional<Entry> take_entry(std::string_view& bytes) {
    if (bytes.size() < entry_head) return std::nullopt;
    Entry found;
    std::uint32_t length = 0;
    std::memcpy(found.digest.bytes.data(), bytes.data(), digest_size);
    std::memcpy(&length, bytes.data() + digest_size, sizeof length);
    if (length > bytes.size() - entry_head) return std::nullopt;
    found.whole = bytes.substr(0, entry_head + length);
    found.facts = found.whole.substr(entry_head);
    bytes.remove_prefix(found.whole.size());
    return found;
}

bool is_as_written(const Entry& entry) {
    const Sha256 check = sha256_of(entry.facts);
    return std::memcmp(check.bytes.data(), entry.whole.data() + digest_size + sizeof(std::uint32_t), check_size) == 0;
}

} // namespace

std::string Cache::path_of(int part) const { return path::join(folder_, fill("{:02x}.facts", part)); }

std::string Cache::load(int part) const {
    const std::uint64_t room = 2 * most_ + title.size();
    return read_file(*fs_, path_of(part), room).value_or("");
}

std::optional<std::string> Cache::find(const Sha256& digest) {
    if (!fs_) return std::nullopt;
    const int part = digest.bytes[0];
    if (part != part_) {
        part_ = part;
        index_.clear();
        held_ = load(part);
        std::string_view rest = held_;
        if (!starts_with(rest, title)) return std::nullopt;
        rest.remove_prefix(title.size());
        while (const auto next = take_entry(rest)) index_.emplace(next->digest, next->whole);
    }
    const auto found = index_.find(digest);
    if (found == index_.end()) return std::nullopt;
    std::string_view whole = found->second;
    const auto entry = take_entry(whole);
    if (!entry || !is_as_written(*entry)) return std::nullopt;
    return std::string(entry->facts);
}

void Cache::keep(const Sha256& digest, std::string facts) {
    constexpr std::uint64_t most_fresh = 16u << 20;
    if (!fs_ || facts.size() > most_ / 2) return;
    fresh_bytes_ += facts.size();
    fresh_[digest.bytes[0]][digest] = std::move(facts);
    if (fresh_bytes_ > most_fresh) save();
}

void Cache::save() {
    if (!fresh_.empty() && !fs_->create_folders(folder_)) fresh_.clear(); // no cache, no harm
    for (auto& [part, entries] : fresh_) save(part, std::move(entries));
    fresh_.clear();
    fresh_bytes_ = 0;
    part_ = -1;
}

// New ones first, then those that were there, as far as they go.
void Cache::save(int part, Entries fresh) {
    std::string bytes(title);
    for (const auto& [digest, facts] : fresh) bytes += entry(digest, facts);
    const std::string before = load(part);
    std::string_view rest = before;
    if (starts_with(rest, title)) {
        rest.remove_prefix(title.size());
        while (const auto next = take_entry(rest))
            if (fresh.count(next->digest) == 0 && is_as_written(*next) && bytes.size() + next->whole.size() <= most_) bytes += next->whole;
    }
    const std::string temporary = path_of(part) + fill(".{:08x}", std::random_device()());
    auto file = fs_->create_private(temporary);
    if (!file) return;
    const bool written = (*file)->write(bytes) && (*file)->close() && fs_->rename(temporary, path_of(part));
    if (!written) (void)fs_->remove(temporary);
}

} // namespace dossier::ectd::content
