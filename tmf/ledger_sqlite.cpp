// Opening the ledger, reading one state of it, committing changes with their audit entries.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

class SqliteSnapshot final : public LedgerSnapshot {
public:
    explicit SqliteSnapshot(Database& database) : database_(database) {}
    ~SqliteSnapshot() override { (void)database_.execute("COMMIT").has_value(); } // nothing was written; this only lets go

private:
    Database& database_;
};

class HeldTransaction final : public LedgerSnapshot {
public:
    explicit HeldTransaction(std::unique_ptr<Transaction>& held) : held_(held) {}
    ~HeldTransaction() override { held_.reset(); }

private:
    std::unique_ptr<Transaction>& held_;
};

} // namespace

std::string date_text(const OptionalDate& date) { return date ? date->text() : ""; }

Result<std::unique_ptr<LedgerSnapshot>> SqliteLedger::snapshot() {
    DOSSIER_CHECK(database_->execute("BEGIN"));
    auto held = std::make_unique<SqliteSnapshot>(*database_);
    DOSSIER_CHECK(last_document()); // SQLite takes the state at the first reading
    return std::unique_ptr<LedgerSnapshot>(std::move(held));
}

Result<std::unique_ptr<LedgerSnapshot>> SqliteLedger::hold() {
    DOSSIER_TRY(held_, Transaction::begin(*database_));
    return std::unique_ptr<LedgerSnapshot>(std::make_unique<HeldTransaction>(held_));
}

Result<const SqliteLedger::Heads*> SqliteLedger::heads() {
    const std::uint32_t state = database_->state();
    if (!heads_ || state == 0 || heads_->state != state) {
        Heads read{state, 0, {}};
        DOSSIER_TRY(read.document, highest_document());
        DOSSIER_TRY(read.audit, audit_head());
        heads_ = std::move(read);
    }
    return &*heads_;
}

Result<void> SqliteLedger::commit(const Author& author, const std::vector<Change>& changes) {
    DOSSIER_CHECK(database_->expect_changes(changes.size()));
    auto transaction = std::move(held_);
    if (!transaction) {
        DOSSIER_TRY(transaction, Transaction::begin(*database_));
    }
    DOSSIER_TRY(const Heads* const before, heads()); // inside the transaction: nobody else can add an entry now
    Checkpoint head = before->audit;
    const std::int64_t last = newest_ = before->document;
    RollupUpdate rollups; // where none can be made, the roll-up is stale from now on; that must not keep the change back
    if (keeper_)
        if (auto update = keeper_->after(*this, author, changes)) rollups = std::move(*update);
    AuditEntry entry;
    entry.hash = head.hash.hex();
    entry.time = author.time.precise_text();
    entry.clock = author.clock_given ? "given" : "system";
    entry.user = author.user;
    for (const Change& change : changes) {
        if (change.document) filed_.insert(change.study);
        DOSSIER_CHECK(write_rows(change));
        entry.sequence = ++head.sequence;
        entry.action = change.action;
        entry.study = change.study;
        entry.object = change.object;
        entry.old_value = change.old_value.is_null() ? "" : change.old_value.dump(-1);
        entry.new_value = new_value_of(change).dump(-1);
        entry.reason = change.reason;
        entry.previous = std::move(entry.hash);
        head.hash = hash_of(entry);
        head.time = entry.time;
        entry.hash = head.hash.hex();
        DOSSIER_CHECK(write_audit(entry));
    }
    DOSSIER_CHECK(index_documents(changes, last));
    DOSSIER_CHECK(write(rollups));
    DOSSIER_CHECK(transaction->commit());
    heads_ = Heads{database_->state(), newest_, std::move(head)};
    return {};
}

Result<std::int64_t> SqliteLedger::highest(std::string_view sql) {
    DOSSIER_TRY(Statement* const rows, database_->prepare(sql));
    std::int64_t value = 0;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return value;
        value = rows->number(0);
    }
}

Result<void> SqliteLedger::write_rows(const Change& change) {
    if (change.study_record) DOSSIER_CHECK(write(*change.study_record));
    const bool is_new = change.document && change.document->number > newest_;
    if (is_new) newest_ = change.document->number;
    if (change.document) DOSSIER_CHECK(write(*change.document, is_new));
    if (change.version) DOSSIER_CHECK(write(*change.version, is_new && change.version->document == newest_));
    if (change.decision) DOSSIER_CHECK(write(*change.decision));
    if (change.submission) DOSSIER_CHECK(write(*change.submission));
    if (change.standard) DOSSIER_CHECK(write(*change.standard));
    if (change.review) DOSSIER_CHECK(write(*change.review));
    if (change.query) DOSSIER_CHECK(write(*change.query));
    if (change.query_act) DOSSIER_CHECK(write(*change.query_act));
    if (change.user) DOSSIER_CHECK(write(*change.user));
    if (change.grant) DOSSIER_CHECK(write(*change.grant));
    if (change.unblinding_key) DOSSIER_CHECK(write(*change.unblinding_key));
    if (change.envelope) DOSSIER_CHECK(write(*change.envelope));
    return {};
}

std::optional<std::int64_t> document_of(const Change& change) {
    if (change.document) return change.document->number;
    if (change.version) return change.version->document;
    const auto reference = parse_version_reference(change.object); // reviews and queries stand in the history of their version
    return reference ? std::optional(reference->document) : std::nullopt;
}

Json new_value_of(const Change& change) {
    Json json = Json::object();
    if (change.study_record) json.set("study", to_json(*change.study_record));
    if (change.document) json.set("document", to_json(*change.document));
    if (change.version) json.set("version", to_json(*change.version));
    if (change.decision) json.set("decision", to_json(*change.decision));
    if (change.submission) json.set("submission", to_json(*change.submission));
    if (change.standard) json.set("standard", to_json(*change.standard));
    if (change.review) json.set("review", to_json(*change.review));
    if (change.query) json.set("query", to_json(*change.query));
    if (change.query_act) json.set("query_act", to_json(*change.query_act));
    if (change.user) json.set("user", to_json(*change.user));
    if (change.grant) json.set("grant", to_json(*change.grant));
    if (change.unblinding_key) json.set("unblinding_key", to_json(*change.unblinding_key));
    if (change.envelope) json.set("envelope", to_json(*change.envelope));
    return json;
}

namespace {

Result<std::unique_ptr<SqliteLedger>> ledger_in(std::unique_ptr<Database> database) {
    DOSSIER_TRY(Statement* const rows, database->prepare("PRAGMA user_version"));
    DOSSIER_TRY(const bool has_row, rows->step());
    const std::int64_t format = has_row ? rows->number(0) : 0;
    rows->reset();
    if (format < ledger_schema::oldest_format || format > ledger_schema::format)
        return Error(ErrorKind::unsupported, fill("the ledger has format {}, this program knows {}", format, ledger_schema::format),
                     {database->path()},
                     format > ledger_schema::format ? "use a newer dossier"
                                                    : "it was made by a dossier before the first release; make a new repository");
    return std::make_unique<SqliteLedger>(std::move(database), format);
}

} // namespace

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& path, bool create) {
    DOSSIER_TRY(auto database, Database::open(path, create ? Database::Mode::create : Database::Mode::open));
    if (create)
        DOSSIER_CHECK(database->execute(std::string("BEGIN;") + ledger_schema::tables + ledger_schema::access_tables +
                                        ledger_schema::submission_tables + ledger_schema::rollup_tables + search_tables() + "COMMIT;"));
    DOSSIER_TRY(auto ledger, ledger_in(std::move(database)));
    DOSSIER_CHECK(ledger->adopt_format());
    DOSSIER_CHECK(ledger->adopt_indexes());
    DOSSIER_CHECK(ledger->adopt_search());
    return std::unique_ptr<Ledger>(std::move(ledger));
}

Result<std::unique_ptr<Ledger>> open_sqlite_ledger_to_read(const std::string& path, bool unchanging) {
    DOSSIER_TRY(auto database, Database::open(path, unchanging ? Database::Mode::unchanging : Database::Mode::read_only));
    DOSSIER_TRY(auto ledger, ledger_in(std::move(database)));
    return std::unique_ptr<Ledger>(std::move(ledger));
}

} // namespace dossier::tmf
