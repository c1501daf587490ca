// The audit trail: who did what, when, with old and new, and why; each entry holds the hash of the one before. The bytes that are hashed
// are written down in docs/repository_format.md, so that an export can be checked without this program.
#pragma once

#include "core/digest.hpp"
#include "core/json.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::tmf {

inline constexpr std::string_view no_hash = "0000000000000000000000000000000000000000000000000000000000000000";

template <class Text> struct AuditFields {
    std::int64_t sequence = 0; // 1, 2, 3 ... without gaps
    Text time;                 // UTC with microseconds: 2025-06-30T12:00:00.123456Z
    Text clock;                // system, or given (--now): the time is then what the user said
    Text user, action, study, object;
    Text old_value, new_value; // JSON of the whole record before and after; empty when there was none
    Text reason;
    Text previous = Text(no_hash); // of the entry before; both in digits, as they stand in the trail
    Text hash;
};

// Of a restricted document, for those who may read it: what is sealed in these three fields, opened. Not part of what is hashed.
struct AuditOpened {
    std::string old_value, new_value, reason;
};

// An entry where it lies, while it is being read: the record of a large study is megabytes, and is not copied to be looked at.
struct AuditView : AuditFields<std::string_view> {
    const AuditOpened* opened = nullptr;
};

struct AuditEntry : AuditFields<std::string> { // an entry of its own, to keep
    AuditEntry() = default;
    explicit AuditEntry(const AuditView& view);
    operator AuditView() const; // while the entry lives and is not changed
    std::optional<AuditOpened> opened;
};

std::string hashed_bytes(const AuditView& entry);                  // "LENGTH:BYTES," for each field in order, without `hash`
void add_hashed_bytes(const AuditView& entry, std::string& bytes); // the same behind what is in `bytes`
std::size_t hashed_bytes_at_most(const AuditView& entry);          // how many they are, or a few more
Sha256 hash_of(const AuditView& entry);                            // long ones are hashed in pieces, and need no second room
Json to_json(const AuditView& entry);

// A point of the chain, kept outside the repository: whoever rewrites or cuts the trail later cannot meet it.
struct Checkpoint {
    std::string repository;
    std::int64_t sequence = 0;
    Sha256 hash;
    std::string time;
};
std::string to_text(const Checkpoint& checkpoint); // a JSON object and a newline
Result<Checkpoint> parse_checkpoint(std::string_view bytes, const std::string& path);

} // namespace dossier::tmf
