// The ledger in one SQLite file, declared for its own .cpp files: ledger_sqlite.cpp opens and commits, ledger_sqlite_<subject>.cpp has the
// SQL of one subject, ledger_schema.hpp the tables. A new subject: its tables, its file, its methods here and in ledger.hpp.
#pragma once

#include "tmf/ledger.hpp"
#include "tmf/rollup.hpp"
#include "tmf/sqlite.hpp"

#include <map>
#include <set>

namespace dossier::tmf {

std::string date_text(const OptionalDate& date); // empty when there is none
std::string search_tables();                     // SQL that makes them

class SqliteLedger final : public Ledger, public RollupStore {
public:
    SqliteLedger(std::unique_ptr<Database> database, std::int64_t format) : database_(std::move(database)), format_(format) {}

    Result<std::unique_ptr<LedgerSnapshot>> snapshot() override;
    Result<std::unique_ptr<LedgerSnapshot>> hold() override;
    Result<std::vector<StudyRecord>> studies() override;
    Result<std::optional<StudyRecord>> study(const std::string& id) override;
    Result<std::optional<StoredDocument>> document(std::int64_t number) override;
    Result<void> each_document(const DocumentFilter& filter, const std::function<Result<void>(const StoredDocument&)>& use) override;
    Result<std::vector<std::int64_t>> documents_by_external(const std::string& study, const std::string& external) override;
    Result<std::vector<VersionRecord>> versions_with(const Sha256& sha256) override;
    Result<std::vector<DecisionRecord>> decisions(const std::string& study) override;
    Result<std::vector<StandardRecord>> standards() override;
    Result<std::vector<std::int64_t>> search(const std::vector<SearchTerm>& terms, const DocumentFilter& filter) override;
    Result<std::vector<std::string>> check_search() override;
    Result<void> rebuild_search() override;
    Result<void> complete_search() override;
    Result<void> adopt_format();  // of a ledger that an older program wrote
    Result<void> adopt_search();  // makes the index what this program keeps
    Result<void> adopt_indexes(); // the same for those of documents
    Result<std::int64_t> last_document() override;
    Result<std::int64_t> last_decision() override;
    Result<std::vector<ReviewRecord>> reviews(const std::string& study, std::int64_t document) override;
    Result<std::vector<StoredQuery>> queries(const std::string& study, std::int64_t document) override;
    Result<std::optional<StoredQuery>> query(std::int64_t number) override;
    Result<std::vector<SubmissionRecord>> submissions(const std::string& study, std::int64_t document) override;
    Result<std::int64_t> last_review() override;
    Result<std::int64_t> last_query() override;
    Result<AccessRecords> access() override;
    Result<void> each_audit(const std::string& study, const std::string& object,
                            const std::function<Result<void>(const AuditView&)>& use) override;
    Result<std::set<std::string>> given_times(const std::string& study) override;
    Result<Checkpoint> audit_head() override;
    Result<void> commit(const Author& author, const std::vector<Change>& changes) override;
    Result<std::vector<std::string>> check() override;
    Result<std::vector<std::string>> check_guards() override;

    RollupStore* rollups() override { return this; }
    Result<std::optional<RollupHead>> rollup_head(const std::string& study, Audience audience) override;
    Result<std::optional<Rollup>> rollup(const std::string& study, Audience audience) override;
    Result<std::optional<CountedDocuments>> counted(const std::string& study) override;
    Result<std::int64_t> documents_after(const std::string& study, std::int64_t number) override;
    Result<std::int64_t> facts_stamp() override;
    Result<void> count_waiting() override;
    Result<void> store_rollups(const std::vector<Rollup>& rollups, std::int64_t audit_sequence) override;
    void keep_rollups(std::shared_ptr<RollupKeeper> keeper) override { keeper_ = std::move(keeper); }

private:
    struct Heads {               // what every commit continues
        std::uint32_t state = 0; // of the database
        std::int64_t document = 0;
        Checkpoint audit;
    };
    Result<const Heads*> heads();                       // inside the transaction that will commit
    Result<std::int64_t> highest(std::string_view sql); // one number; 0 without a row
    Result<std::int64_t> highest_document();
    Result<bool> few_after(std::int64_t document);
    Result<std::optional<std::pair<std::int64_t, std::int64_t>>> dense_range(const std::string& study);
    Result<void> each_fact(const std::string& study, std::int64_t first, std::int64_t last,
                           const std::function<Result<void>(const StoredDocument&)>& use);
    Result<void> write_rows(const Change& change);
    Result<void> write(const StudyRecord& record);
    Result<void> write(const DocumentRecord& record, bool is_new);
    Result<void> write(const VersionRecord& record, bool is_first_of_new);
    Result<void> write(const DecisionRecord& record);
    Result<void> write(const StandardRecord& record);
    Result<void> write(const SubmissionRecord& record);
    Result<void> write(const ReviewRecord& record);
    Result<void> write(const QueryRecord& record);
    Result<void> write(const QueryAct& record);
    Result<void> write(const UserRecord& record);
    Result<void> write(const GrantRecord& record);
    Result<void> write(const UnblindingKeyRecord& record);
    Result<void> write(const EnvelopeRecord& record);
    Result<void> read_keys(AccessRecords& records);
    // Inside the transaction that made the changes; `last` is the highest number of a document before it.
    Result<void> index_documents(const std::vector<Change>& changes, std::int64_t last);
    Result<void> index_filed(const Change& change);
    Result<bool> index_anew(std::int64_t number);
    Result<std::int64_t> index_range(std::int64_t first, std::int64_t last);
    Result<void> mark_indexed(std::int64_t number);
    Result<std::int64_t> last_indexed(); // documents with higher numbers wait
    Result<std::string> search_table();  // empty: there is none
    Result<bool> has_table(std::string_view name);
    Result<void> search_in(const std::string& table, const std::string& expression, const DocumentFilter& filter,
                           std::vector<std::int64_t>& found);
    Result<void> write_audit(const AuditEntry& entry);

    Result<void> make_rollup_stale(std::int64_t document); // where it counts that one
    Result<void> write(const RollupUpdate& update);
    Result<void> write_anew(const Rollup& rollup);
    Result<void> add_lines(const Rollup& rollup);
    Result<void> write_head(const RollupHead& head);

    std::unique_ptr<Database> database_;
    std::unique_ptr<Transaction> held_; // for the next commit
    std::shared_ptr<RollupKeeper> keeper_;
    std::int64_t format_ = 0;
    std::map<unsigned, std::string> selects_; // of documents, by what is asked
    std::optional<Heads> heads_;              // as they were read, or as the last commit here left them
    std::int64_t newest_ = 0;                 // document, of those that are there or were written in this commit
    std::int64_t facts_written_ = 0;          // how often, committed or not
    std::set<std::string> filed_;             // studies that got documents here which may wait for the roll-up
};

} // namespace dossier::tmf
