// Leaves of submissions that versions were built into.
#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"
#include "tmf/ledger_sqlite.hpp"

namespace dossier::tmf {

namespace ledger_schema {

const char* const submission_tables = R"(
CREATE TABLE submission (
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    application TEXT NOT NULL,
    sequence TEXT NOT NULL,
    leaf TEXT NOT NULL,
    section TEXT NOT NULL,
    title TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('current', 'replaced', 'deleted', 'dropped')),
    ended_by TEXT NOT NULL,
    sent TEXT NOT NULL,
    PRIMARY KEY (document, version, application, sequence, leaf),
    FOREIGN KEY (document, version) REFERENCES version (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_by_application ON submission (application, sequence);
CREATE TRIGGER submission_is_never_deleted BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'submissions are never deleted'); END;
)";

} // namespace ledger_schema

Result<std::vector<SubmissionRecord>> SqliteLedger::submissions(const std::string& study, std::int64_t document) {
    DOSSIER_TRY(Statement* const rows,
                database_->prepare("SELECT s.document, s.version, s.application, s.sequence, s.leaf, s.section, s.title, s.standing, "
                                   "s.ended_by, s.sent FROM submission s JOIN document d ON d.number = s.document "
                                   "WHERE (?1 = '' OR d.study = ?1) AND (?2 = 0 OR s.document = ?2) "
                                   "ORDER BY s.application, s.sequence, s.document, s.version, s.leaf"));
    rows->bind(study).bind(document);
    std::vector<SubmissionRecord> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return found;
        SubmissionRecord record;
        record.document = rows->number(0);
        record.version = static_cast<int>(rows->number(1));
        record.application = rows->text(2);
        record.sequence = rows->text(3);
        record.leaf = rows->text(4);
        record.section = rows->text(5);
        record.title = rows->text(6);
        record.standing = standing_from(rows->text(7)).value_or(SubmissionRecord::Standing::current);
        record.ended_by = rows->text(8);
        record.sent = parse_date(rows->text(9));
        found.push_back(std::move(record));
    }
}

Result<void> SqliteLedger::write(const SubmissionRecord& r) {
    DOSSIER_TRY(Statement* const put,
                database_->prepare("INSERT INTO submission (document, version, application, sequence, leaf, section, title, standing, "
                                   "ended_by, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                   "ON CONFLICT (document, version, application, sequence, leaf) DO UPDATE SET "
                                   "section = excluded.section, title = excluded.title, standing = excluded.standing, "
                                   "ended_by = excluded.ended_by, sent = excluded.sent"));
    put->bind(r.document).bind(std::int64_t{r.version}).bind(r.application).bind(r.sequence).bind(r.leaf).bind(r.section).bind(r.title);
    return put->bind(to_text(r.standing)).bind(r.ended_by).bind(date_text(r.sent)).run();
}

} // namespace dossier::tmf
