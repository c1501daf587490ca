#include "tmf/chain_check.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <system_error>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_problems = 100;   // a chain that is wrong everywhere says enough in a hundred lines
constexpr std::size_t batch_bytes = 4 << 20; // about ten thousand entries: on a busy machine a thread waits some milliseconds for its turn
constexpr std::size_t long_entry = 1 << 16;  // is hashed where it lies

} // namespace

void ChainCheck::problem(std::int64_t place, std::string text) {
    if (problems_.size() < most_problems) problems_.emplace_back(place, std::move(text));
}

void ChainCheck::changed(std::int64_t place, std::int64_t sequence) {
    if (changed_.size() < most_problems)
        changed_.emplace_back(place, fill("entry {} was changed: its text does not give its hash", sequence));
}

void ChainCheck::feed(const AuditView& entry) {
    const std::int64_t place = ++count_;
    if (founding_expected_ && place == 1 && entry.action != founding_action)
        problem(place, fill("entry {} is not {}, with which every trail begins: what stood before it was removed", entry.sequence,
                            founding_action));
    if (entry.sequence != last_sequence_ + 1)
        problem(place, entry.sequence > last_sequence_ + 1 ? fill("entries {} to {} are missing", last_sequence_ + 1, entry.sequence - 1)
                                                           : fill("entry {} stands after entry {}", entry.sequence, last_sequence_));
    if (entry.previous != previous_)
        problem(place, fill("entry {} does not follow from the entry before it: its previous hash is another", entry.sequence));
    if (hashed_bytes_at_most(entry) >= long_entry) {
        const bool is_whole = hash_of(entry).hex() == entry.hash;
        if (!is_whole) {
            hand_over(); // what came before it is said before it
            if (comparing_.valid()) comparing_.get();
            changed(place, entry.sequence);
        }
    } else {
        if (filling_.items.empty()) filling_.bytes.reserve(batch_bytes + long_entry);
        add_hashed_bytes(entry, filling_.bytes);
        const std::size_t text_end = filling_.bytes.size();
        filling_.bytes += entry.hash;
        filling_.items.push_back({place, entry.sequence, text_end, filling_.bytes.size()});
        if (filling_.bytes.size() >= batch_bytes) hand_over();
    }
    if (checkpoint_ && entry.sequence == checkpoint_->sequence) {
        met_checkpoint_ = true;
        if (entry.hash != checkpoint_->hash.hex())
            problem(place, fill("entry {} is not the one that the checkpoint of {} saw: the trail was rewritten", entry.sequence,
                                checkpoint_->time));
    }
    last_sequence_ = entry.sequence;
    previous_ = entry.hash;
}

void ChainCheck::compare(Batch& batch) {
    std::size_t begin = 0;
    for (const Batch::Item& item : batch.items) {
        const std::string_view bytes = std::string_view(batch.bytes).substr(begin, item.end - begin);
        const std::string_view text = bytes.substr(0, item.text_end - begin);
        if (sha256_of(text).hex() != bytes.substr(text.size())) changed(item.place, item.sequence);
        begin = item.end;
    }
    batch.bytes.clear(); // its room is used again
    batch.items.clear();
}

void ChainCheck::hand_over() {
    if (comparing_.valid()) comparing_.get();
    if (filling_.items.empty()) return;
    std::swap(filling_, comparing_batch_);
    try {
        comparing_ = std::async(std::launch::async, [this] { compare(comparing_batch_); });
    } catch (const std::system_error&) { // no more threads to be had
        compare(comparing_batch_);
    }
}

Sha256 ChainCheck::head() const { return Sha256::from_hex(previous_).value_or(Sha256()); }

std::vector<std::string> ChainCheck::finish() {
    if (comparing_.valid()) comparing_.get();
    compare(filling_);
    std::vector<Problem> all;
    std::merge(problems_.begin(), problems_.end(), changed_.begin(), changed_.end(), std::back_inserter(all),
               [](const Problem& a, const Problem& b) { return a.first < b.first; });
    if (all.size() > most_problems) all.resize(most_problems);
    std::vector<std::string> texts;
    for (auto& [place, text] : all) texts.push_back(std::move(text));
    if (founding_expected_ && count_ == 0)
        texts.push_back(fill("the trail is empty: every trail begins with {}, all entries were removed", founding_action));
    if (checkpoint_ && checkpoint_->sequence > 0 && !met_checkpoint_)
        texts.push_back(fill("the checkpoint of {} saw entry {}, the trail ends at {}: it was cut, or an old copy was put in its place",
                             checkpoint_->time, checkpoint_->sequence, last_sequence_));
    return texts;
}

} // namespace dossier::tmf
