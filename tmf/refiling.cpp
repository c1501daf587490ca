#include "tmf/refiling.hpp"

#include <algorithm>
#include <tuple>

#include "core/text.hpp"

namespace dossier::tmf {

namespace {

// What a slot is for: artifact and part, place, person, event, language; and whether it may unblind.
using SlotKey = std::tuple<int, std::string, std::string, std::string, std::string, std::string, std::string, bool>;

SlotKey slot_of(const DocumentRecord& document, const VersionRecord& version) {
    return {document.unique_id, document.sub_artifact, document.country, document.site,
            version.person,     version.event,         version.language, document.restricted};
}

OptionalDate came_on(const VersionRecord& version) {
    return version.received ? version.received : parse_date(std::string_view(version.filed_at).substr(0, 10));
}

struct Rejected {
    const StoredDocument* stored = nullptr;
    const VersionRecord* version = nullptr; // its last
    bool is_replaced = false;
};

// At one place there may be many letters, many minutes: without a person or an event that they are about, title or date has to be the same.
bool is_evident(const VersionRecord& rejected, const VersionRecord& later) {
    if (!later.person.empty() || !later.event.empty()) return true;
    if (!later.title.empty() && to_lower(later.title) == to_lower(rejected.title)) return true;
    return later.date && later.date == rejected.date;
}

} // namespace

Refilings find_refilings(const std::vector<const StoredDocument*>& documents, Date as_of) {
    std::vector<const StoredDocument*> in_order = documents;
    std::sort(in_order.begin(), in_order.end(), [](const auto* a, const auto* b) { return a->document.number < b->document.number; });
    std::map<SlotKey, std::vector<Rejected>> rejected;
    for (const StoredDocument* stored : in_order) {
        const VersionRecord& last = stored->versions.back();
        if (last.rejected && *last.rejected <= as_of) rejected[slot_of(stored->document, last)].push_back({stored, &last, false});
    }
    Refilings refilings;
    for (const StoredDocument* later : in_order) {
        const VersionRecord& first = later->versions.front();
        const auto there = rejected.find(slot_of(later->document, first));
        const OptionalDate came = came_on(first);
        if (there == rejected.end() || !came) continue;
        for (Rejected& one : there->second) { // by number: the first that waits for a replacement
            const bool is_before = one.stored->document.number < later->document.number && *one.version->rejected <= *came;
            if (one.is_replaced || !is_before || !is_evident(*one.version, first)) continue;
            one.is_replaced = true;
            refilings[later->document.number] = {one.version->document, one.version->number};
            break;
        }
    }
    return refilings;
}

const Refiled* refiled_by(const Refilings& refilings, const StoredDocument& stored, std::size_t index) {
    if (index > 0) return nullptr; // later versions follow the first
    const auto found = refilings.find(stored.document.number);
    return found == refilings.end() ? nullptr : &found->second;
}

ReviewOutcome review_outcome(const StoredDocument& stored, std::size_t index, Date as_of, const Refilings& refilings) {
    ReviewOutcome outcome = review_outcome(stored, index, as_of);
    if (refiled_by(refilings, stored, index)) outcome.is_first_pass = false;
    return outcome;
}

} // namespace dossier::tmf
