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
#include <vector>

namespace dossier::tmf {

struct AuditEntry {
    std::int64_t sequence = 0; // 1, 2, 3 ... without gaps
    std::string time;          // UTC with microseconds: 2025-06-30T12:00:00.123456Z
    std::string clock;         // system, or given (--now): the time is then what the user said
    std::string user, action, study, object;
    std::string old_value, new_value; // JSON of the whole record before and after; empty when there was none
    std::string reason;
    // Of a restricted document, for those who may read it: what is sealed in the three fields above, opened. Not part of what is hashed.
    struct Opened {
        std::string old_value, new_value, reason;
    };
    std::optional<Opened> opened;
    Sha256 previous; // hash of the entry before; zeros for the first
    Sha256 hash;
};

std::string hashed_bytes(const AuditEntry& entry); // "LENGTH:BYTES," for each field in order, without `hash`
Sha256 hash_of(const AuditEntry& entry);
Json to_json(const AuditEntry& entry);

// A point of the chain, kept outside the repository: whoever rewrites or cuts the trail later cannot meet it.
struct Checkpoint {
    std::string repository;
    std::int64_t sequence = 0;
    Sha256 hash;
    std::string time;
};
std::string to_text(const Checkpoint& checkpoint); // a JSON object and a newline
Result<Checkpoint> parse_checkpoint(std::string_view bytes, const std::string& path);

// Feed the entries in their stored order; each message says which entry and what is wrong with it.
class ChainCheck {
public:
    void feed(const AuditEntry& entry);
    void expect(const Checkpoint& checkpoint) { checkpoint_ = checkpoint; } // before the first feed
    std::vector<std::string> finish();                                      // all problems; empty when the chain holds
    std::int64_t entries() const { return count_; }
    const Sha256& head() const { return previous_; }

private:
    std::int64_t count_ = 0, last_sequence_ = 0;
    Sha256 previous_;
    std::optional<Checkpoint> checkpoint_;
    bool met_checkpoint_ = false;
    std::vector<std::string> problems_;
};

} // namespace dossier::tmf
