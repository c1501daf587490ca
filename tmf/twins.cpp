#include "tmf/twins.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/json.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

constexpr std::size_t most_candidates = 50; // of identical bytes; more would only slow the list down

auto place_of(const DocumentRecord& document) {
    return std::tie(document.unique_id, document.sub_artifact, document.country, document.site);
}

auto particulars(const VersionRecord& version) {
    return std::tie(version.sha256, version.person, version.event, version.language, version.date, version.expires, version.pointer);
}

// The same bytes, or the same pointer, under the same label of the same document: one version, whatever else the row says of it.
bool is_same_version(const CheckedRow& row, std::int64_t existing, const VersionRecord& version) {
    return existing == version.document && row.version.sha256 == version.sha256 && !row.version.label.empty() &&
           (row.version.sha256 || row.version.pointer == version.pointer);
}

bool is_same(const CheckedRow& row, std::int64_t existing, const DocumentRecord& document, const VersionRecord& version) {
    if (place_of(row.document) != place_of(document) || label_key(row.version.label) != label_key(version.label)) return false;
    if (is_same_version(row, existing, version)) return true;
    if (particulars(row.version) != particulars(version)) return false;
    if (row.version.final.has_value() != version.final.has_value()) return false; // a draft and its final are two versions
    // A row of a named document is only the same as a version of that document; one without a name as one without a name.
    return row.document.external.empty() ? document.external.empty() : existing == document.number;
}

// What tells two records of the same bytes apart for good: whose and what they are. The rest may be corrected and stays one record.
bool is_same_slot(const CheckedRow& row, const DocumentRecord& document, const VersionRecord& version) {
    const auto of = [](const VersionRecord& v) { return std::tie(v.sha256, v.person, v.event, v.language, v.pointer); };
    return place_of(row.document) == place_of(document) && of(row.version) == of(version);
}

// Records with different keys are never the same: bytes, or for a pointer what is_same_slot compares.
std::string key_of(const DocumentRecord& document, const VersionRecord& version) {
    if (version.sha256) return version.sha256->hex();
    return join({fill("{}", document.unique_id), document.sub_artifact, document.country, document.site, version.person, version.event,
                 version.language, version.pointer},
                "\n");
}

OptionalDate came_on(const VersionRecord& version) {
    return version.received ? version.received : parse_date(std::string_view(version.filed_at).substr(0, 10));
}

// What a row says of the day on which its bytes came, against the day on which they were there first.
std::string came_earlier(const VersionRecord& row, const OptionalDate& first) {
    const bool by_final = row.final && (!row.received || *row.final < *row.received);
    const OptionalDate& said = by_final ? row.final : row.received;
    if (!said || !first || *said >= *first) return "";
    return fill("; they were received on {} first, and {} says {}", first->text(), std::string_view(by_final ? "final" : "received"),
                said->text());
}

} // namespace

bool may_be_twins(const CheckedRow& a, const CheckedRow& b) {
    return a.document.external.empty() && b.document.external.empty() && place_of(a.document) == place_of(b.document) &&
           label_key(a.version.label) == label_key(b.version.label) && particulars(a.version) == particulars(b.version) &&
           a.version.final.has_value() == b.version.final.has_value();
}

Result<void> TwinFinder::read_pointers(int unique_id, Pointers& pointers) {
    DocumentFilter everywhere;
    everywhere.study = study_;
    everywhere.unique_id = unique_id;
    return ledger_.each_document(everywhere, [&](const StoredDocument& stored) {
        for (const VersionRecord& version : stored.versions)
            if (!version.sha256) pointers.stored.emplace(key_of(stored.document, version), version.document);
        return Result<void>();
    });
}

// The first few rows of an artifact ask the ledger each, which reads the documents of the place; a list with more of them reads the
// artifact's pointers once. What this list files meanwhile is among `rows_`, and nobody else writes.
Result<void> TwinFinder::find_pointers(const CheckedRow& row, std::vector<Remembered>& found) {
    constexpr int asked_one_by_one = 16;
    Pointers& pointers = pointers_[row.document.unique_id];
    const std::string key = key_of(row.document, row.version);
    const auto take = [&](const StoredDocument& stored) {
        for (const VersionRecord& version : stored.versions)
            if (!version.sha256 && key_of(stored.document, version) == key) found.push_back({stored.document, version, 0});
        return Result<void>();
    };
    if (++pointers.asked <= asked_one_by_one) {
        DocumentFilter same_place{study_, row.document.unique_id, row.document.country, row.document.site};
        same_place.exact_place = true;
        same_place.pointer = row.version.pointer;
        return ledger_.each_document(same_place, take);
    }
    if (pointers.asked == asked_one_by_one + 1) DOSSIER_CHECK(read_pointers(row.document.unique_id, pointers));
    std::set<std::int64_t> documents; // by number; each has the key once for every version
    const auto [first, last] = pointers.stored.equal_range(key);
    for (auto at = first; at != last; ++at) documents.insert(at->second);
    for (const std::int64_t number : documents) {
        DOSSIER_TRY(const auto stored, ledger_.document(number));
        if (stored) DOSSIER_CHECK(take(*stored));
    }
    return {};
}

Result<std::vector<TwinFinder::Remembered>> TwinFinder::candidates(const CheckedRow& row, std::int64_t existing) {
    std::vector<Remembered> found;
    const auto [first, last] = rows_.equal_range(key_of(row.document, row.version));
    for (auto at = first; at != last; ++at) found.push_back(at->second);
    if (!row.version.sha256) {
        DOSSIER_CHECK(find_pointers(row, found));
        if (existing == 0) return found;
        DOSSIER_TRY(const auto stored, ledger_.document(existing));
        if (stored) // its own, whosever they are by now
            for (const VersionRecord& version : stored->versions)
                if (!version.sha256 && version.pointer == row.version.pointer) found.push_back({stored->document, version, 0});
        return found;
    }
    DOSSIER_TRY(auto versions, ledger_.versions_with(*row.version.sha256));
    DOSSIER_TRY(const auto sealed, ledger_.sealed_versions_with(*row.version.sha256, row.version.size));
    versions.insert(versions.end(), sealed.begin(), sealed.end());
    for (const VersionRecord& version : versions) {
        if (found.size() >= most_candidates) break;
        DOSSIER_TRY(const auto stored, ledger_.document(version.document));
        if (stored && stored->document.study == study_) found.push_back({stored->document, version, 0});
    }
    return found;
}

// Whether the row is what the version was filed as, before its date, its expiry or its label were corrected: a list that comes again does
// not know of it.
Result<bool> TwinFinder::was_same(const CheckedRow& row, std::int64_t existing, const Remembered& other) {
    if (other.row != 0 || !is_same_slot(row, other.document, other.version)) return false;
    bool was = false;
    DOSSIER_CHECK(
        ledger_.each_audit("", version_id(other.version.document, other.version.number), [&](const AuditView& entry) -> Result<void> {
            if (was) return {};
            const auto value = parse_json(entry.opened ? std::string_view(entry.opened->new_value) : entry.new_value);
            const Json* record = value ? value->find("version") : nullptr;
            if (!record) return {};
            DOSSIER_TRY(const VersionRecord before, version_record_from(*record));
            was = is_same_slot(row, other.document, before) && is_same(row, existing, other.document, before);
            return {};
        }));
    return was;
}

// Whether the document was not restricted at some time.
Result<bool> TwinFinder::was_open(std::int64_t document) {
    bool was = false;
    DOSSIER_CHECK(ledger_.each_audit("", document_id(document), [&was](const AuditView& entry) {
        const auto value = was ? Result<Json>(Json()) : parse_json(entry.new_value);
        const Json* const record = value ? value->find("document") : nullptr;
        was = was || (record && !record->find("restricted"));
        return Result<void>();
    }));
    return was;
}

Result<Twins> TwinFinder::find(const CheckedRow& row, std::int64_t existing, std::int64_t number, Openness openness) {
    DOSSIER_TRY(const auto all, candidates(row, existing));
    Twins twins;
    OptionalDate first_came; // of what is filed
    for (const Remembered& other : all) {
        const OptionalDate came = other.row == 0 ? came_on(other.version) : OptionalDate();
        if (came && (!first_came || *came < *first_came)) first_came = came;
        bool same = is_same(row, existing, other.document, other.version);
        if (!same) {
            DOSSIER_TRY(same, was_same(row, existing, other));
        }
        const bool opens = same && openness != Openness::unsaid && other.row == 0 && other.document.restricted;
        if (opens && openness == Openness::by_list) {
            DOSSIER_TRY(same, was_open(other.document.number));
        } else if (opens) {
            same = false;
        }
        const auto words = [&other] {
            return fill("{} (artifact {:03}{}{})", document_id(other.version.document), other.document.unique_id,
                        std::string_view(other.document.site.empty() ? "" : ", site "), other.document.site);
        };
        const bool counts = !other.version.rejected && !other.version.withdrawn;
        if (other.document.restricted && (row.version.sha256 || opens)) {
            if (twins.sealed.empty() || (counts && !twins.sealed_counts)) twins.sealed = words();
            twins.sealed_counts = twins.sealed_counts || counts;
        }
        if (!same && (twins.document != 0 || !(row.version.sha256 || opens))) continue;
        twins.same = same;
        twins.once_open = same && opens;
        twins.document = other.version.document;
        twins.row = other.row == number ? 0 : other.row;
        twins.version = other.version;
        twins.restricted = other.document.restricted;
        twins.text = words();
        if (same && row.document.restricted == other.document.restricted) break;
    }
    if (!twins.same && row.version.sha256) twins.came = came_earlier(row.version, first_came);
    return twins;
}

void TwinFinder::remember(const CheckedRow& row, std::int64_t document, const VersionRecord& version, std::int64_t number) {
    Remembered entry{row.document, version, number};
    entry.document.number = document;
    std::string key = key_of(row.document, version);
    rows_.emplace(std::move(key), std::move(entry));
}

} // namespace dossier::tmf
