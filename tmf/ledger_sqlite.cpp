// The ledger in one SQLite file. All SQL of the program stands here and in ledger_schema.hpp.
#include "tmf/ledger.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"
#include "tmf/sqlite.hpp"

namespace dossier::tmf {

namespace {

constexpr std::string_view version_columns =
    "v.document, v.number, v.label, v.title, v.person, v.event, v.language, v.date, v.expires, v.received, v.final, v.accepted, "
    "v.rejected, "
    "v.withdrawn, v.carried, v.pointer, v.sha256, v.size, v.media_type, v.file_name, v.filed_at, v.filed_by, v.review_comment";
constexpr std::string_view document_columns = "d.number, d.study, d.unique_id, d.country, d.site, d.restricted, d.external";
constexpr int document_width = 7;

std::string date_text(const OptionalDate& date) { return date ? date->text() : ""; }

std::string carried_text(const Carried& carried) {
    std::vector<std::string> words;
    if (carried.received) words.emplace_back("received");
    if (carried.final) words.emplace_back("final");
    if (carried.accepted) words.emplace_back("accepted");
    if (carried.rejected) words.emplace_back("rejected");
    if (carried.withdrawn) words.emplace_back("withdrawn");
    return join(words, ";");
}

Carried to_carried(const std::string& text) {
    Carried carried;
    for (const std::string& word : split(text, ';')) {
        carried.received = carried.received || word == "received";
        carried.final = carried.final || word == "final";
        carried.accepted = carried.accepted || word == "accepted";
        carried.rejected = carried.rejected || word == "rejected";
        carried.withdrawn = carried.withdrawn || word == "withdrawn";
    }
    return carried;
}

DocumentRecord read_document(const Statement& row, int first) {
    DocumentRecord record;
    record.number = row.number(first);
    record.study = row.text(first + 1);
    record.unique_id = static_cast<int>(row.number(first + 2));
    record.country = row.text(first + 3);
    record.site = row.text(first + 4);
    record.restricted = row.number(first + 5) != 0;
    record.external = row.text(first + 6);
    return record;
}

VersionRecord read_version(const Statement& row, int first) {
    VersionRecord record;
    record.document = row.number(first);
    record.number = static_cast<int>(row.number(first + 1));
    record.label = row.text(first + 2);
    record.title = row.text(first + 3);
    record.person = row.text(first + 4);
    record.event = row.text(first + 5);
    record.language = row.text(first + 6);
    record.date = parse_date(row.text(first + 7));
    record.expires = parse_date(row.text(first + 8));
    record.received = parse_date(row.text(first + 9));
    record.final = parse_date(row.text(first + 10));
    record.accepted = parse_date(row.text(first + 11));
    record.rejected = parse_date(row.text(first + 12));
    record.withdrawn = parse_date(row.text(first + 13));
    record.carried = to_carried(row.text(first + 14));
    record.pointer = row.text(first + 15);
    record.sha256 = Sha256::from_hex(row.text(first + 16));
    record.size = static_cast<std::uint64_t>(row.number(first + 17));
    record.media_type = row.text(first + 18);
    record.file_name = row.text(first + 19);
    record.filed_at = row.text(first + 20);
    record.filed_by = row.text(first + 21);
    record.review_comment = row.text(first + 22);
    return record;
}

AuditEntry read_audit(const Statement& row) {
    AuditEntry entry;
    entry.sequence = row.number(0);
    entry.time = row.text(1);
    entry.clock = row.text(2);
    entry.user = row.text(3);
    entry.action = row.text(4);
    entry.study = row.text(5);
    entry.object = row.text(6);
    entry.old_value = row.text(7);
    entry.new_value = row.text(8);
    entry.reason = row.text(9);
    // A hash that is none (edited by hand) becomes zeros, which the check of the chain will not accept.
    entry.previous = Sha256::from_hex(row.text(10)).value_or(Sha256());
    entry.hash = Sha256::from_hex(row.text(11)).value_or(Sha256());
    return entry;
}

class SqliteSnapshot final : public LedgerSnapshot {
public:
    explicit SqliteSnapshot(Database& database) : database_(database) {}
    ~SqliteSnapshot() override { (void)database_.execute("COMMIT").has_value(); } // nothing was written; this only lets go

private:
    Database& database_;
};

class SqliteLedger final : public Ledger {
public:
    explicit SqliteLedger(std::unique_ptr<Database> database) : database_(std::move(database)) {}

    Result<std::unique_ptr<LedgerSnapshot>> snapshot() override {
        DOSSIER_CHECK(database_->execute("BEGIN"));
        auto held = std::make_unique<SqliteSnapshot>(*database_);
        DOSSIER_CHECK(last_document()); // SQLite takes the state at the first reading
        return std::unique_ptr<LedgerSnapshot>(std::move(held));
    }

    Result<std::vector<StudyRecord>> studies() override {
        DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT id, model, facts FROM study ORDER BY id"));
        return read_studies(*rows);
    }

    Result<std::optional<StudyRecord>> study(const std::string& id) override {
        DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT id, model, facts FROM study WHERE id = ?"));
        rows->bind(id);
        DOSSIER_TRY(auto found, read_studies(*rows));
        if (found.empty()) return std::optional<StudyRecord>();
        return std::optional(std::move(found.front()));
    }

    Result<std::optional<StoredDocument>> document(std::int64_t number) override {
        std::optional<StoredDocument> result;
        DOSSIER_TRY(Statement* const rows, database_->prepare(select_documents("WHERE d.number = ?")));
        rows->bind(number);
        DOSSIER_CHECK(read_documents(*rows, [&result](const StoredDocument& found) {
            result = found;
            return Result<void>();
        }));
        return result;
    }

    Result<void> each_document(const DocumentFilter& filter, const std::function<Result<void>(const StoredDocument&)>& use) override {
        std::string where;
        const auto add = [&where](bool wanted, const char* term) {
            if (wanted) where += (where.empty() ? "WHERE " : " AND ") + std::string(term);
        };
        add(!filter.study.empty(), "d.study = ?");
        add(filter.unique_id != 0, "d.unique_id = ?");
        add(!filter.country.empty(), "d.country = ?");
        add(!filter.site.empty(), "d.site = ?");
        DOSSIER_TRY(Statement* const rows, database_->prepare(select_documents(where)));
        if (!filter.study.empty()) rows->bind(filter.study);
        if (filter.unique_id != 0) rows->bind(std::int64_t{filter.unique_id});
        if (!filter.country.empty()) rows->bind(filter.country);
        if (!filter.site.empty()) rows->bind(filter.site);
        return read_documents(*rows, use);
    }

    Result<std::optional<std::int64_t>> document_by_external(const std::string& study, const std::string& external) override {
        std::optional<std::int64_t> number;
        if (external.empty()) return number;
        DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT number FROM document WHERE study = ? AND external = ?"));
        rows->bind(study).bind(external);
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return number;
            number = rows->number(0);
        }
    }

    Result<std::vector<VersionRecord>> versions_with(const Sha256& sha256) override {
        DOSSIER_TRY(Statement* const rows,
                    database_->prepare(fill("SELECT {} FROM version v WHERE v.sha256 = ? ORDER BY v.document, v.number", version_columns)));
        rows->bind(sha256.hex());
        std::vector<VersionRecord> found;
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return found;
            found.push_back(read_version(*rows, 0));
        }
    }

    Result<std::vector<DecisionRecord>> decisions(const std::string& study) override {
        DOSSIER_TRY(
            Statement* const rows,
            database_->prepare("SELECT number, study, kind, rule, country, site, person, event, language, date, until, by_whom, reason "
                               "FROM decision WHERE ?1 = '' OR study = ?1 ORDER BY number"));
        rows->bind(study);
        std::vector<DecisionRecord> found;
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return found;
            found.push_back(read_decision(*rows));
        }
    }

    Result<std::int64_t> last_document() override { return highest("SELECT coalesce(max(number), 0) FROM document"); }
    Result<std::int64_t> last_decision() override { return highest("SELECT coalesce(max(number), 0) FROM decision"); }

    Result<void> each_audit(const std::string& study, const std::string& object,
                            const std::function<Result<void>(const AuditEntry&)>& use) override {
        std::string sql =
            "SELECT sequence, time, clock, user, action, study, object, old_value, new_value, reason, previous, hash FROM audit";
        std::string where;
        if (!study.empty()) where = " WHERE study = ?";
        // '@' to 'A': every version of the document.
        if (!object.empty()) where += std::string(where.empty() ? " WHERE" : " AND") + " (object = ? OR (object >= ? AND object < ?))";
        DOSSIER_TRY(Statement* const rows, database_->prepare(sql + where + " ORDER BY sequence"));
        if (!study.empty()) rows->bind(study);
        if (!object.empty()) rows->bind(object).bind(object + "@").bind(object + "A");
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return {};
            auto used = use(read_audit(*rows));
            if (used) continue;
            rows->reset();
            return used;
        }
    }

    Result<Checkpoint> audit_head() override {
        DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"));
        Checkpoint head;
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return head;
            head.sequence = rows->number(0);
            head.hash = Sha256::from_hex(rows->text(1)).value_or(Sha256());
        }
    }

    Result<void> commit(const Author& author, const std::vector<Change>& changes) override {
        DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
        DOSSIER_TRY(Checkpoint head, audit_head()); // inside the transaction: nobody else can add an entry now
        AuditEntry entry;
        entry.sequence = head.sequence;
        entry.hash = head.hash;
        entry.time = author.time.precise_text();
        entry.clock = author.clock_given ? "given" : "system";
        entry.user = author.user;
        for (const Change& change : changes) {
            DOSSIER_CHECK(write_rows(change));
            ++entry.sequence;
            entry.action = change.action;
            entry.study = change.study;
            entry.object = change.object;
            entry.old_value = change.old_value.is_null() ? "" : change.old_value.dump(-1);
            entry.new_value = new_value_of(change).dump(-1);
            entry.reason = change.reason;
            entry.previous = entry.hash;
            entry.hash = hash_of(entry);
            DOSSIER_CHECK(write_audit(entry));
        }
        return transaction->commit();
    }

    Result<std::vector<std::string>> check() override {
        std::vector<std::string> problems;
        for (const char* pragma : {"PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"}) {
            DOSSIER_TRY(Statement* const rows, database_->prepare(pragma));
            for (;;) {
                DOSSIER_TRY(const bool more, rows->step());
                if (!more) break;
                const std::string text = rows->text(0);
                if (text != "ok") problems.push_back(fill("SQLite says: {}", text));
            }
        }
        return problems;
    }

private:
    static std::string select_documents(const std::string& where) {
        return fill("SELECT {}, {} FROM document d JOIN version v ON v.document = d.number {} ORDER BY d.number, v.number",
                    document_columns, version_columns, where);
    }

    static Result<std::vector<StudyRecord>> read_studies(Statement& rows) {
        std::vector<StudyRecord> found;
        for (;;) {
            DOSSIER_TRY(const bool more, rows.step());
            if (!more) return found;
            found.push_back({rows.text(0), rows.text(1), rows.text(2)});
        }
    }

    static Result<void> read_documents(Statement& rows, const std::function<Result<void>(const StoredDocument&)>& use) {
        StoredDocument current;
        for (;;) {
            DOSSIER_TRY(const bool more, rows.step());
            const bool next = !more || rows.number(0) != current.document.number;
            if (next && !current.versions.empty()) {
                auto used = use(current);
                if (!used) {
                    rows.reset();
                    return used;
                }
                current.versions.clear();
            }
            if (!more) return {};
            if (next) current.document = read_document(rows, 0);
            current.versions.push_back(read_version(rows, document_width));
        }
    }

    static DecisionRecord read_decision(const Statement& row) {
        DecisionRecord record;
        record.number = row.number(0);
        record.study = row.text(1);
        Decision& decision = record.decision;
        decision.kind = row.text(2) == "waived" ? Decision::Kind::waived : Decision::Kind::not_applicable;
        decision.rule = row.text(3);
        decision.country = row.text(4);
        decision.site = row.text(5);
        decision.person = row.text(6);
        decision.event = row.text(7);
        decision.language = row.text(8);
        decision.date = parse_date(row.text(9)).value_or(Date());
        decision.until = parse_date(row.text(10));
        decision.by = row.text(11);
        decision.reason = row.text(12);
        return record;
    }

    Result<std::int64_t> highest(std::string_view sql) {
        DOSSIER_TRY(Statement* const rows, database_->prepare(sql));
        std::int64_t value = 0;
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) return value;
            value = rows->number(0);
        }
    }

    Result<void> write_rows(const Change& change) {
        if (change.study_record) DOSSIER_CHECK(write(*change.study_record));
        if (change.document) DOSSIER_CHECK(write(*change.document));
        if (change.version) DOSSIER_CHECK(write(*change.version));
        if (change.decision) DOSSIER_CHECK(write(*change.decision));
        return {};
    }

    Result<void> write(const StudyRecord& r) {
        DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_study));
        return put->bind(r.id).bind(r.model).bind(r.facts).run();
    }

    Result<void> write(const DocumentRecord& r) {
        DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_document));
        put->bind(r.number).bind(r.study).bind(std::int64_t{r.unique_id}).bind(r.country).bind(r.site);
        return put->bind(std::int64_t{r.restricted ? 1 : 0}).bind(r.external).run();
    }

    Result<void> write(const VersionRecord& r) {
        DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_version));
        put->bind(r.document).bind(std::int64_t{r.number}).bind(r.label).bind(r.title).bind(r.person).bind(r.event).bind(r.language);
        for (const OptionalDate* date : {&r.date, &r.expires, &r.received, &r.final, &r.accepted, &r.rejected, &r.withdrawn})
            put->bind(date_text(*date));
        put->bind(carried_text(r.carried)).bind(r.pointer).bind(r.sha256 ? r.sha256->hex() : std::string());
        put->bind(static_cast<std::int64_t>(r.size)).bind(r.media_type).bind(r.file_name).bind(r.filed_at).bind(r.filed_by);
        return put->bind(r.review_comment).run();
    }

    Result<void> write(const DecisionRecord& r) {
        DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_decision));
        const Decision& d = r.decision;
        put->bind(r.number).bind(r.study).bind(std::string_view(d.kind == Decision::Kind::waived ? "waived" : "not_applicable"));
        put->bind(d.rule).bind(d.country).bind(d.site).bind(d.person).bind(d.event).bind(d.language);
        return put->bind(d.date.text()).bind(date_text(d.until)).bind(d.by).bind(d.reason).run();
    }

    Result<void> write_audit(const AuditEntry& e) {
        DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_audit));
        put->bind(e.sequence).bind(e.time).bind(e.clock).bind(e.user).bind(e.action).bind(e.study).bind(e.object);
        return put->bind(e.old_value).bind(e.new_value).bind(e.reason).bind(e.previous.hex()).bind(e.hash.hex()).run();
    }

    std::unique_ptr<Database> database_;
};

} // namespace

Json new_value_of(const Change& change) {
    Json json = Json::object();
    if (change.study_record) json.set("study", to_json(*change.study_record));
    if (change.document) json.set("document", to_json(*change.document));
    if (change.version) json.set("version", to_json(*change.version));
    if (change.decision) json.set("decision", to_json(*change.decision));
    return json;
}

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::string& path, bool create) {
    DOSSIER_TRY(auto database, Database::open(path, create ? Database::Mode::create : Database::Mode::open));
    if (create) {
        DOSSIER_CHECK(database->execute(std::string("BEGIN;") + ledger_schema::tables + "COMMIT;"));
    } else {
        DOSSIER_TRY(Statement* const rows, database->prepare("PRAGMA user_version"));
        DOSSIER_TRY(const bool has_row, rows->step());
        const std::int64_t format = has_row ? rows->number(0) : 0;
        rows->reset();
        if (format != ledger_schema::format)
            return Error(ErrorKind::unsupported, fill("the ledger has format {}, this program knows {}", format, ledger_schema::format),
                         {path}, format > ledger_schema::format ? "use a newer dossier" : "");
    }
    return std::unique_ptr<Ledger>(std::make_unique<SqliteLedger>(std::move(database)));
}

} // namespace dossier::tmf
