// The ledger: studies, documents, versions, decisions, quality control and the audit trail. A narrow interface; SQLite in the repository's
// folder is the first implementation (tmf/ledger_sqlite.cpp), tests/tmf/ledger_conformance_test.cpp is what every implementation has to
// pass.
//
// Reading sees what was committed last. Writing is one commit: all its changes with their audit entries, or nothing; when it returns, the
// changes survive a power cut. There is no way to change a row without an audit entry. One writer at a time (the repository's lock).
#pragma once

#include "tmf/access.hpp"
#include "tmf/audit.hpp"
#include "tmf/boxed.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/records.hpp"
#include "tmf/submission_records.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dossier::tmf {

struct Author {
    std::string user;
    UtcTime time;
    bool clock_given = false; // --now
};

// One audit entry and the rows it puts in place. `old_value` and `new_value` of the entry are made from the records.
struct Change {
    std::string action, study, object, reason;
    Json old_value; // null: there was none; else an object with the members of `new` before the change
    std::optional<DocumentRecord> document;
    std::optional<VersionRecord> version;
    Boxed<StudyRecord> study_record;
    Boxed<DecisionRecord> decision;
    Boxed<SubmissionRecord> submission;
    // Only ever added:
    Boxed<StandardRecord> standard;
    Boxed<ReviewRecord> review;
    Boxed<QueryRecord> query;
    Boxed<QueryAct> query_act;
    Boxed<UserRecord> user;
    Boxed<GrantRecord> grant;
    Boxed<UnblindingKeyRecord> unblinding_key;
    Boxed<EnvelopeRecord> envelope;
};
std::optional<std::int64_t> document_of(const Change& change); // that it is about, if it is about one
Json new_value_of(const Change& change);                       // {"study": ..., "document": ..., "version": ..., ...}, those that are there

struct DocumentFilter {
    std::string study;         // empty = all
    int unique_id = 0;         // 0 = all
    std::string country, site; // empty = all
    // For counting: documents that the reader may not see are among them. Their words must not get out.
    bool counting = false;
    bool restricted = false; // only documents that may unblind
    // Leaves out what completeness does not ask for: titles, bytes, who filed it, comments. Reading is twice as fast.
    bool facts_only = false;
    bool exact_place = false; // country and site as given, empty ones too
    // Only versions that say they are kept there, and those whose words are sealed, which may say so too. Empty = all.
    std::string pointer = {};
    std::int64_t after = 0; // only documents with higher numbers
};

// One word (or phrase) that a document has to have somewhere: in title, file name, external word, person, event or comment; or it is of one
// of the artifacts, or names one of the persons.
struct SearchTerm {
    std::string text;
    bool begins = false; // the last word may be only begun
    std::vector<int> artifacts;
    std::vector<std::string> persons;
};

// While it lives, reading sees one state. No commit through the same Ledger meanwhile, but for the one that hold() is for.
class LedgerSnapshot {
public:
    virtual ~LedgerSnapshot() = default;
};

class RollupStore; // tmf/rollup.hpp

class Ledger {
public:
    virtual ~Ledger() = default;

    virtual RollupStore* rollups() { return nullptr; } // null: this one keeps none

    virtual Result<std::unique_ptr<LedgerSnapshot>> snapshot() = 0;
    // Nobody else commits while it lives: what is read meanwhile is what the next commit, which ends it, comes on top of.
    virtual Result<std::unique_ptr<LedgerSnapshot>> hold() = 0;

    virtual Result<std::vector<StudyRecord>> studies() = 0; // by id
    virtual Result<std::optional<StudyRecord>> study(const std::string& id) = 0;
    virtual Result<std::optional<StoredDocument>> document(std::int64_t number) = 0;
    // By number; a visitor's error ends the reading.
    virtual Result<void> each_document(const DocumentFilter& filter, const std::function<Result<void>(const StoredDocument&)>& use) = 0;
    // What lists call `external`, by number: one as a rule, several where whoever filed one could not see the other. Empty text: none.
    virtual Result<std::vector<std::int64_t>> documents_by_external(const std::string& study, const std::string& external) = 0;
    virtual Result<std::vector<VersionRecord>> versions_with(const Sha256& sha256) = 0; // every version that holds these bytes, as they lie
    // Those whose bytes were sealed, for who can open them (tmf/ledger_sealed.hpp); `size` is that of the bytes.
    virtual Result<std::vector<VersionRecord>> sealed_versions_with(const Sha256&, std::uint64_t) { return std::vector<VersionRecord>(); }
    virtual Result<std::vector<DecisionRecord>> decisions(const std::string& study) = 0; // empty = all; by number
    virtual Result<std::vector<StandardRecord>> standards() = 0;                         // lists and models; by kind and name
    virtual Result<std::int64_t> last_document() = 0;                                    // highest numbers given so far; 0 = none
    virtual Result<std::int64_t> last_decision() = 0;
    virtual Result<AccessRecords> access() = 0; // users, grants (ended ones too), unblinding keys

    // By number. An empty study and document 0 = all.
    virtual Result<std::vector<ReviewRecord>> reviews(const std::string& study, std::int64_t document) = 0;
    virtual Result<std::vector<StoredQuery>> queries(const std::string& study, std::int64_t document) = 0;
    virtual Result<std::optional<StoredQuery>> query(std::int64_t number) = 0;
    virtual Result<std::int64_t> last_review() = 0;
    virtual Result<std::int64_t> last_query() = 0;

    // Leaves of submissions, by application and sequence. An empty study and document 0 = all.
    virtual Result<std::vector<SubmissionRecord>> submissions(const std::string& study, std::int64_t document) = 0;

    // Documents with all the terms, the best first; restricted ones only where a sealer opens them (tmf/ledger_sealed.hpp). No terms: none.
    // The last ones filed may wait for the index: they are found as well, behind the others, and among them after complete_search().
    virtual Result<std::vector<std::int64_t>> search(const std::vector<SearchTerm>& terms, const DocumentFilter& filter) = 0;
    virtual Result<std::vector<std::string>> check_search() = 0; // how the index differs from the rows; empty = it does not
    virtual Result<void> rebuild_search() = 0;
    virtual Result<void> complete_search() = 0; // not a change of the record; the caller keeps other writers out

    // By sequence. Empty texts = all; `object` D-000012 also takes entries of its versions.
    virtual Result<void> each_audit(const std::string& study, const std::string& object,
                                    const std::function<Result<void>(const AuditView&)>& use) = 0;
    // What entries of the study speak of whose time the user had set with --now: "D-000012@1", "W-000001". All, whoever asks.
    virtual Result<std::set<std::string>> given_times(const std::string& study) = 0;
    virtual Result<Checkpoint> audit_head() = 0; // sequence 0 when the trail is empty; without repository

    virtual Result<void> commit(const Author& author, const std::vector<Change>& changes) = 0;

    // What the implementation can tell about its own files (SQLite: integrity and foreign keys). Empty = sound.
    virtual Result<std::vector<std::string>> check() = 0;
    // What protects its rows from being changed past it and is not there any more. Empty = all is.
    virtual Result<std::vector<std::string>> check_guards() { return std::vector<std::string>(); }
};

// `path` is the file. Creates it when `create`; it must not be there then, and must be there otherwise.
Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& path, bool create);
// For who may only read the folder. `unchanging`: the caller keeps writers out, and no log (-wal) waits beside the file.
Result<std::unique_ptr<Ledger>> open_sqlite_ledger_to_read(const std::string& path, bool unchanging);

} // namespace dossier::tmf
