// Whether a chain of audit entries holds. Each entry names the hash of the one before, so that the hashes do not wait for each other: they
// are worked out in batches by a second thread, while the caller reads on.
#pragma once

#include "tmf/audit.hpp"

#include <future>
#include <utility>
#include <vector>

namespace dossier::tmf {

// What made the repository: the first entry of every trail.
inline constexpr const char* founding_action = "repository_created";

// Feed the entries in their stored order; each message says which entry and what is wrong with it.
class ChainCheck {
public:
    void feed(const AuditView& entry);
    void expect(const Checkpoint& checkpoint) { checkpoint_ = checkpoint; } // before the first feed
    void expect_founding() { founding_expected_ = true; }                   // of a repository's whole trail: it begins with founding_action
    std::vector<std::string> finish();                                      // all problems; empty when the chain holds
    std::int64_t entries() const { return count_; }
    Sha256 head() const; // zeros: none, or one that is no hash

private:
    using Problem = std::pair<std::int64_t, std::string>; // which one fed, from 1; what is wrong with it
    struct Batch {                                        // entries whose hashes are to be compared
        struct Item {
            std::int64_t place = 0, sequence = 0;
            std::size_t text_end = 0, end = 0; // in `bytes`: of what is hashed, and of the digits behind it that it must give
        };
        std::string bytes;
        std::vector<Item> items;
    };
    void problem(std::int64_t place, std::string text);
    void changed(std::int64_t place, std::int64_t sequence);
    void compare(Batch& batch); // and empties it
    void hand_over();

    std::int64_t count_ = 0, last_sequence_ = 0;
    std::string previous_ = std::string(no_hash);
    std::optional<Checkpoint> checkpoint_;
    bool met_checkpoint_ = false, founding_expected_ = false;
    std::vector<Problem> problems_; // seen at once
    Batch filling_;
    // The second thread has these two while `comparing_` is valid; last, so that it ends before they go.
    Batch comparing_batch_;
    std::vector<Problem> changed_;
    std::future<void> comparing_;
};

} // namespace dossier::tmf
