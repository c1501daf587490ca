// Roll-ups. Their heads are taken away by the schema's triggers whenever what they were counted from changes.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

#include <algorithm>
#include <utility>

namespace dossier::tmf {

// A document counts for nothing without a version, and the first version of a new one waits for the roll-up: neither needs a trigger.
// Whoever adds a version to a document that is there takes the heads away himself (write() of a version).
const char* const ledger_schema::rollup_tables = R"(
CREATE TABLE rollup_head (
    study TEXT NOT NULL REFERENCES study (id),
    audience TEXT NOT NULL CHECK (audience IN ('blinded', 'unblinded')),
    day TEXT NOT NULL,
    rules TEXT NOT NULL,
    model TEXT NOT NULL,
    edl TEXT NOT NULL,
    review INTEGER NOT NULL,
    grace_days INTEGER NOT NULL,
    next_date TEXT NOT NULL,
    next_code TEXT NOT NULL,
    next_country TEXT NOT NULL,
    next_site TEXT NOT NULL,
    rule_count INTEGER NOT NULL,
    rules_in_force INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    PRIMARY KEY (study, audience)
) STRICT, WITHOUT ROWID;
CREATE INDEX rollup_head_by_counted ON rollup_head (counted);
CREATE TABLE rollup (
    study TEXT NOT NULL,
    audience TEXT NOT NULL,
    country TEXT NOT NULL,
    site TEXT NOT NULL,
    milestone TEXT NOT NULL,
    expected INTEGER NOT NULL,
    satisfied INTEGER NOT NULL,
    due_expected INTEGER NOT NULL,
    due_satisfied INTEGER NOT NULL,
    next_expected INTEGER NOT NULL,
    next_satisfied INTEGER NOT NULL,
    PRIMARY KEY (study, audience, country, site, milestone)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER new_facts_make_the_rollup_stale AFTER INSERT ON study
    BEGIN DELETE FROM rollup_head WHERE study = NEW.id; END;
CREATE TRIGGER changed_facts_make_the_rollup_stale AFTER UPDATE ON study
    BEGIN DELETE FROM rollup_head WHERE study = NEW.id; END;
CREATE TRIGGER a_changed_document_makes_the_rollup_stale AFTER UPDATE ON document WHEN EXISTS (SELECT 1 FROM rollup_head)
    BEGIN DELETE FROM rollup_head WHERE study IN (NEW.study, OLD.study) AND counted >= min(NEW.number, OLD.number); END;
CREATE TRIGGER a_changed_version_makes_the_rollup_stale AFTER UPDATE ON version WHEN EXISTS (SELECT 1 FROM rollup_head)
    BEGIN DELETE FROM rollup_head WHERE study IN (SELECT study FROM document WHERE number IN (NEW.document, OLD.document))
        AND counted >= min(NEW.document, OLD.document); END;
CREATE TRIGGER a_new_decision_makes_the_rollup_stale AFTER INSERT ON decision
    BEGIN DELETE FROM rollup_head WHERE study = NEW.study; END;
CREATE TRIGGER a_changed_decision_makes_the_rollup_stale AFTER UPDATE ON decision
    BEGIN DELETE FROM rollup_head WHERE study IN (NEW.study, OLD.study); END;
)";

namespace {

constexpr std::string_view head_columns = "day, rules, model, edl, review, grace_days, next_date, next_code, next_country, next_site, "
                                          "rule_count, rules_in_force, counted";

constexpr std::string_view add_to_rollup =
    "INSERT INTO rollup (study, audience, country, site, milestone, expected, satisfied, due_expected, due_satisfied, next_expected, "
    "next_satisfied) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (study, audience, country, site, milestone) DO UPDATE SET "
    "expected = expected + excluded.expected, satisfied = satisfied + excluded.satisfied, "
    "due_expected = due_expected + excluded.due_expected, due_satisfied = due_satisfied + excluded.due_satisfied, "
    "next_expected = next_expected + excluded.next_expected, next_satisfied = next_satisfied + excluded.next_satisfied";

} // namespace

// What older formats have of it is thrown away, and counted anew by the next who asks: that of format 2 counts each document at once, and
// its triggers know of no others; that of format 3 has a trigger that each filing paid for.
Result<void> SqliteLedger::adopt_format() {
    if (format_ == ledger_schema::format) return {};
    DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
    DOSSIER_TRY(const std::int64_t present, highest("PRAGMA user_version"));
    if (present != ledger_schema::format) { // nobody was faster
        std::string older;
        DOSSIER_TRY(Statement* const rows,
                    database_->prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND (sql LIKE '%rollup_head%' OR name = ?)"));
        rows->bind(ledger_schema::no_gaps);
        for (;;) {
            DOSSIER_TRY(const bool more, rows->step());
            if (!more) break;
            older += fill("DROP TRIGGER \"{}\"; ", rows->view(0));
            if (rows->view(0) == ledger_schema::no_gaps) // a guard that is gone stays gone: 'dossier tmf check' says so
                older += ledger_schema::guard(ledger_schema::no_gaps) + ";";
        }
        DOSSIER_CHECK(database_->execute(older + "DROP TABLE rollup; DROP TABLE rollup_head;" + ledger_schema::rollup_tables +
                                         fill("PRAGMA user_version = {};", ledger_schema::format)));
        DOSSIER_CHECK(transaction->commit());
    }
    format_ = ledger_schema::format;
    return {};
}

Result<void> SqliteLedger::make_rollup_stale(std::int64_t document) {
    DOSSIER_TRY(Statement* const gone,
                database_->prepare("DELETE FROM rollup_head WHERE counted >= ? AND study = (SELECT study FROM document WHERE number = ?)"));
    return gone->bind(document).bind(document).run();
}

Result<std::optional<RollupHead>> SqliteLedger::rollup_head(const std::string& study, Audience audience) {
    if (format_ != ledger_schema::format) return std::optional<RollupHead>();
    static const std::string select = fill("SELECT {} FROM rollup_head WHERE study = ? AND audience = ?", head_columns);
    DOSSIER_TRY(Statement* const row, database_->prepare(select));
    row->bind(study).bind(to_text(audience));
    DOSSIER_TRY(const bool is_there, row->step());
    if (!is_there) return std::optional<RollupHead>();
    RollupHead head;
    head.study = study;
    head.audience = audience;
    const auto day = parse_date(row->view(0));
    head.rules = row->text(1);
    head.model = row->text(2);
    head.edl = row->text(3);
    head.review = row->number(4) != 0;
    head.grace_days = static_cast<int>(row->number(5));
    if (const auto next = parse_date(row->view(6))) head.next = NextMilestone{*next, row->text(7), row->text(8), row->text(9)};
    head.rule_count = static_cast<std::size_t>(row->number(10));
    head.rules_in_force = static_cast<std::size_t>(row->number(11));
    head.counted = row->number(12);
    row->reset();
    if (!day) return std::optional<RollupHead>(); // written by nobody we know
    head.day = *day;
    return std::optional(std::move(head));
}

Result<std::optional<Rollup>> SqliteLedger::rollup(const std::string& study, Audience audience) {
    DOSSIER_TRY(auto head, rollup_head(study, audience));
    if (!head) return std::optional<Rollup>();
    Rollup found{std::move(*head), {}};
    DOSSIER_TRY(Statement* const rows,
                database_->prepare("SELECT country, site, milestone, expected, satisfied, due_expected, due_satisfied, next_expected, "
                                   "next_satisfied FROM rollup WHERE study = ? AND audience = ? ORDER BY country, site, milestone"));
    rows->bind(study).bind(to_text(audience));
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return std::optional(std::move(found));
        PlaceTotal& line = found.lines.emplace_back();
        line.country = rows->view(0);
        line.site = rows->view(1);
        line.milestone = rows->view(2);
        line.whole = {rows->number(3), rows->number(4)};
        line.due_now = {rows->number(5), rows->number(6)};
        line.by_next = {rows->number(7), rows->number(8)};
    }
}

Result<std::optional<CountedDocuments>> SqliteLedger::counted(const std::string& study) {
    if (format_ != ledger_schema::format) return std::optional<CountedDocuments>();
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT counted FROM rollup_head WHERE study = ?"));
    rows->bind(study);
    std::optional<CountedDocuments> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return found;
        const std::int64_t number = rows->number(0);
        if (!found) found = CountedDocuments{number, number};
        found->lowest = std::min(found->lowest, number);
        found->highest = std::max(found->highest, number);
    }
}

Result<std::int64_t> SqliteLedger::documents_after(const std::string& study, std::int64_t number) {
    DOSSIER_TRY(const bool few, few_after(number));
    DOSSIER_TRY(Statement* const row, database_->prepare(few ? "SELECT count(*) FROM document WHERE +study = ? AND number > ?"
                                                             : "SELECT count(*) FROM document WHERE study = ? AND number > ?"));
    row->bind(study).bind(number);
    DOSSIER_TRY(const bool is_there, row->step());
    const std::int64_t count = is_there ? row->number(0) : 0;
    row->reset();
    return count;
}

// SQLite tells of commits by others, whatever they changed.
Result<std::int64_t> SqliteLedger::facts_stamp() {
    DOSSIER_TRY(const std::int64_t others, highest("PRAGMA data_version"));
    return (others << 32) + facts_written_;
}

Result<void> SqliteLedger::store_rollups(const std::vector<Rollup>& rollups, std::int64_t audit_sequence) {
    DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
    DOSSIER_TRY(const Checkpoint head, audit_head());
    if (head.sequence != audit_sequence) return {}; // somebody was faster: they were counted from what is no more
    for (const Rollup& rollup : rollups) DOSSIER_CHECK(write_anew(rollup));
    return transaction->commit();
}

Result<void> SqliteLedger::count_waiting() {
    const std::set<std::string> studies = std::exchange(filed_, {});
    if (!keeper_ || studies.empty()) return {};
    DOSSIER_CHECK(database_->execute("PRAGMA synchronous = NORMAL")); // a power cut takes it back as a whole: they wait again
    const auto count = [&]() -> Result<void> {
        DOSSIER_TRY(const auto transaction, Transaction::begin(*database_));
        for (const std::string& study : studies) {
            DOSSIER_TRY(const RollupUpdate update, keeper_->of_waiting(*this, study));
            DOSSIER_CHECK(write(update));
        }
        return transaction->commit();
    };
    const auto counted = count();
    DOSSIER_CHECK(database_->execute("PRAGMA synchronous = FULL"));
    return counted;
}

// Inside the transaction that the update belongs to, after its rows.
Result<void> SqliteLedger::write(const RollupUpdate& update) {
    for (const RollupHead& head : update.outdated) {
        DOSSIER_TRY(Statement* const remove, database_->prepare("DELETE FROM rollup_head WHERE study = ? AND audience = ?"));
        DOSSIER_CHECK(remove->bind(head.study).bind(to_text(head.audience)).run());
    }
    for (const Rollup& rollup : update.anew) DOSSIER_CHECK(write_anew(rollup));
    for (const Rollup& rollup : update.differences) {
        DOSSIER_CHECK(add_lines(rollup));
        DOSSIER_CHECK(write_head(rollup.head));
    }
    return {};
}

Result<void> SqliteLedger::write_anew(const Rollup& rollup) {
    DOSSIER_TRY(Statement* const remove, database_->prepare("DELETE FROM rollup WHERE study = ? AND audience = ?"));
    DOSSIER_CHECK(remove->bind(rollup.head.study).bind(to_text(rollup.head.audience)).run());
    DOSSIER_CHECK(add_lines(rollup));
    return write_head(rollup.head);
}

Result<void> SqliteLedger::add_lines(const Rollup& rollup) {
    DOSSIER_TRY(Statement* const add, database_->prepare(add_to_rollup));
    DOSSIER_TRY(Statement* const remove, database_->prepare("DELETE FROM rollup WHERE study = ? AND audience = ? AND country = ? AND "
                                                            "site = ? AND milestone = ? AND expected = 0"));
    const RollupHead& head = rollup.head;
    for (const PlaceTotal& line : rollup.lines) {
        add->bind(head.study).bind(to_text(head.audience)).bind(line.country).bind(line.site).bind(line.milestone);
        for (const Total* total : {&line.whole, &line.due_now, &line.by_next}) add->bind(total->expected).bind(total->satisfied);
        DOSSIER_CHECK(add->run());
        if (line.whole.expected >= 0) continue; // nothing was taken away
        DOSSIER_CHECK(remove->bind(head.study).bind(to_text(head.audience)).bind(line.country).bind(line.site).bind(line.milestone).run());
    }
    return {};
}

Result<void> SqliteLedger::write_head(const RollupHead& head) {
    static const std::string insert = fill("INSERT OR REPLACE INTO rollup_head (study, audience, {}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                           "?, ?, ?, ?, (SELECT coalesce(max(number), 0) FROM document))",
                                           head_columns);
    DOSSIER_TRY(Statement* const put, database_->prepare(insert));
    put->bind(head.study).bind(to_text(head.audience)).bind(head.day.text()).bind(head.rules).bind(head.model).bind(head.edl);
    put->bind(std::int64_t{head.review ? 1 : 0}).bind(std::int64_t{head.grace_days});
    const NextMilestone none{};
    const NextMilestone& next = head.next ? *head.next : none;
    put->bind(head.next ? next.date.text() : std::string()).bind(next.code).bind(next.country).bind(next.site);
    return put->bind(static_cast<std::int64_t>(head.rule_count)).bind(static_cast<std::int64_t>(head.rules_in_force)).run();
}

} // namespace dossier::tmf
