// The roll-up: completeness by place and milestone as of one day, kept beside what it is counted from. It is derived: it may be thrown away
// at any time, and is never shown unless it is known to be what counting anew would give.
//
// A stored roll-up is valid while its head is there, and counts the documents up to the number that the head names: later ones wait. The
// store takes the head away by itself with every change of a study's facts, decisions, and documents and versions that are counted, whoever
// makes it; a keeper that knows the difference puts it back within the same transaction. Whoever reads counts the waiting ones besides.
#pragma once

#include "tmf/completeness.hpp"
#include "tmf/ledger.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dossier::tmf {

struct RollupHead {
    std::string study;
    Audience audience = Audience::unblinded;
    Date day;
    std::string rules; // what it was counted with: fingerprint()
    // What a report says beside the numbers.
    std::string model, edl;
    bool review = false;
    int grace_days = 0;
    std::optional<NextMilestone> next;
    std::size_t rule_count = 0, rules_in_force = 0;
    std::int64_t counted = 0; // as it is stored: later documents wait. 0: none waits
    bool operator==(const RollupHead&) const = default;
};

struct Rollup {
    RollupHead head;
    std::vector<PlaceTotal> lines; // by country, site and milestone, bytewise; only those where something is expected
    bool operator==(const Rollup&) const = default;
};

struct RollupUpdate {                 // after which no document of the study waits
    std::vector<Rollup> anew;         // each takes the place of what was stored
    std::vector<Rollup> differences;  // lines to be added to the stored ones; the head stays as it was
    std::vector<RollupHead> outdated; // counted with other rules: taken away
};

// Works out, before a commit is written, what it does to the roll-ups.
class RollupKeeper {
public:
    virtual ~RollupKeeper() = default;
    // Empty where all that is new may wait.
    virtual Result<RollupUpdate> after(Ledger& before, const Author& author, const std::vector<Change>& changes) = 0;
    virtual Result<RollupUpdate> of_waiting(Ledger& ledger, const std::string& study) = 0;
};

struct CountedDocuments { // up to which numbers the roll-ups of a study count them: both alike, unless they were made at different times
    std::int64_t lowest = 0, highest = 0;
};

// The part of a ledger that keeps roll-ups.
class RollupStore {
public:
    virtual ~RollupStore() = default;
    virtual Result<std::optional<RollupHead>> rollup_head(const std::string& study, Audience audience) = 0; // none: absent or stale
    virtual Result<std::optional<Rollup>> rollup(const std::string& study, Audience audience) = 0;          // without those that wait
    virtual Result<std::optional<CountedDocuments>> counted(const std::string& study) = 0; // none: the study has no roll-up
    virtual Result<std::int64_t> documents_after(const std::string& study, std::int64_t number) = 0;
    // Another number when the facts of a study may have changed, whoever did it. Cheap: no facts are read.
    virtual Result<std::int64_t> facts_stamp() = 0;
    // Not a change of the record. Nothing is stored when the trail has gone on since `audit_sequence`; what is counts every document.
    virtual Result<void> store_rollups(const std::vector<Rollup>& rollups, std::int64_t audit_sequence) = 0;
    // The documents that wait since commits of this very store are counted. Not a change of the record, and nobody waits for the disk.
    virtual Result<void> count_waiting() = 0;
    // From now on commits keep the roll-ups. Without one, or where it fails, a changed study's become stale.
    virtual void keep_rollups(std::shared_ptr<RollupKeeper> keeper) = 0;
};

// The model of a study's record, as the caller reads it.
using CatalogueReader = std::function<Result<templates::TmfCatalogue>(const StudyRecord&)>;
std::shared_ptr<RollupKeeper> make_rollup_keeper(CatalogueReader read);

// Two catalogues with one fingerprint count alike.
std::string fingerprint(const templates::TmfCatalogue& catalogue);

Rollup make_rollup(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                   const std::vector<Decision>& decisions, Audience audience, Date day);

// What is stored, with the documents that wait: what counting anew on its day would give. None where there is none.
Result<std::optional<Rollup>> present_rollup(Ledger& ledger, const templates::TmfCatalogue& catalogue, const StudyRecord& record,
                                             Audience audience);

// The report without rows that the roll-up answers the question with; none when it is about another day or counted otherwise.
std::optional<CompletenessReport> answer(const Rollup& rollup, const templates::TmfCatalogue& catalogue,
                                         const CompletenessQuestion& question);

} // namespace dossier::tmf
