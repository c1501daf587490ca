// The check of the chain over trails of many batches and of entries that are longer than a batch takes.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "tmf/chain_check.hpp"

using namespace dossier;
using namespace dossier::tmf;

namespace {

// The described form, written down a second time: the length in bytes, a colon, the bytes, a comma; the hash of the entry before in digits.
std::string field(const std::string& text) { return std::to_string(text.size()) + ":" + text + ","; }
std::string described_hash(const AuditEntry& entry) {
    std::string bytes = field(std::to_string(entry.sequence));
    for (const std::string& text :
         {entry.time, entry.clock, entry.user, entry.action, entry.study, entry.object, entry.old_value, entry.new_value, entry.reason})
        bytes += field(text);
    return sha256_of(bytes + field(entry.previous)).hex();
}

// About 1.5 KB an entry; every 1000th has a new value of 300 KB.
std::vector<AuditEntry> long_trail(std::int64_t entries) {
    std::vector<AuditEntry> trail;
    std::string previous(no_hash);
    for (std::int64_t number = 1; number <= entries; ++number) {
        AuditEntry entry;
        entry.sequence = number;
        entry.time = "2025-06-30T12:00:00.000000Z";
        entry.user = "ann";
        entry.action = "filed";
        entry.object = "D-" + std::to_string(number);
        entry.new_value.assign(number % 1000 == 0 ? 300'000 : 1'400, static_cast<char>('a' + number % 26));
        entry.previous = previous;
        previous = entry.hash = described_hash(entry);
        trail.push_back(std::move(entry));
    }
    return trail;
}

std::vector<std::string> problems_of(const std::vector<AuditEntry>& trail) {
    ChainCheck chain;
    for (const AuditEntry& entry : trail) chain.feed(entry);
    CHECK(chain.entries() == static_cast<std::int64_t>(trail.size()));
    return chain.finish();
}

std::string changed(std::int64_t number) { return "entry " + std::to_string(number) + " was changed: its text does not give its hash"; }

} // namespace

TEST_CASE("chain: a long trail holds, and a change is found wherever it is") {
    const auto trail = long_trail(5'500);
    CHECK(problems_of(trail).empty());
    // first, last, short, long (a multiple of 1000), beside a long one
    for (const std::int64_t number : {1, 2, 350, 999, 1000, 1001, 2777, 5000, 5499, 5500}) {
        auto altered = trail;
        altered[static_cast<std::size_t>(number - 1)].new_value.back() = '!';
        CHECK(problems_of(altered) == std::vector<std::string>{changed(number)});
    }
}

TEST_CASE("chain: what is wrong is said in the order of the entries, a hundred lines at most") {
    auto trail = long_trail(4'200);
    for (const std::size_t number : {4000u, 3u, 2000u, 1999u, 4200u}) trail[number - 1].reason = "because";
    trail.erase(trail.begin() + 2999); // entry 3000
    CHECK(problems_of(trail) ==
          std::vector<std::string>{changed(3), changed(1999), changed(2000), "entries 3000 to 3000 are missing",
                                   "entry 3001 does not follow from the entry before it: its previous hash is another", changed(4000),
                                   changed(4200)});
    for (AuditEntry& entry : trail) entry.reason = "because";
    const auto problems = problems_of(trail);
    REQUIRE(problems.size() == 100);
    for (std::int64_t number = 1; number <= 100; ++number) CHECK(problems[static_cast<std::size_t>(number - 1)] == changed(number));
}
