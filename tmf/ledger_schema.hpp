// The tables of ledger.sqlite, format 4, as docs/repository_format.md describes them; for ledger_sqlite.cpp only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::tmf::ledger_schema {

// PRAGMA user_version. Formats 2 and 3 differ in the roll-up and in one guard; who may write takes them over, who may only read counts
// instead.
constexpr std::int64_t format = 4, oldest_format = 2;

// Dates are YYYY-MM-DD or empty; nothing is NULL. Rows are never deleted, audit rows never changed.
constexpr const char* tables = R"(
PRAGMA application_id = 1146045267;
PRAGMA user_version = 4;
CREATE TABLE study (
    id TEXT PRIMARY KEY,
    model TEXT NOT NULL,
    facts TEXT NOT NULL
) STRICT;
CREATE TABLE document (
    number INTEGER PRIMARY KEY,
    study TEXT NOT NULL REFERENCES study (id),
    unique_id INTEGER NOT NULL,
    sub_artifact TEXT NOT NULL,
    country TEXT NOT NULL,
    site TEXT NOT NULL,
    restricted INTEGER NOT NULL,
    external TEXT NOT NULL,
    sealed TEXT NOT NULL,
    CHECK (restricted IN (0, 1)),
    CHECK (restricted = 0 OR sealed <> '')
) STRICT;
CREATE INDEX document_by_place ON document (study, unique_id, country, site);
CREATE TABLE version (
    document INTEGER NOT NULL REFERENCES document (number),
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    title TEXT NOT NULL,
    person TEXT NOT NULL,
    event TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT NOT NULL,
    expires TEXT NOT NULL,
    received TEXT NOT NULL,
    final TEXT NOT NULL,
    accepted TEXT NOT NULL,
    rejected TEXT NOT NULL,
    withdrawn TEXT NOT NULL,
    carried TEXT NOT NULL,
    pointer TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    file_name TEXT NOT NULL,
    filed_at TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    review_comment TEXT NOT NULL,
    copy_certified_by TEXT NOT NULL,
    copy_certified_on TEXT NOT NULL,
    copy_statement TEXT NOT NULL,
    copy_source TEXT NOT NULL,
    sealed TEXT NOT NULL,
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX version_by_bytes ON version (substr(sha256, 1, 16)) WHERE sha256 <> '';
CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    study TEXT NOT NULL REFERENCES study (id),
    kind TEXT NOT NULL CHECK (kind IN ('waived', 'not_applicable')),
    rule TEXT NOT NULL,
    country TEXT NOT NULL,
    site TEXT NOT NULL,
    person TEXT NOT NULL,
    event TEXT NOT NULL,
    language TEXT NOT NULL,
    date TEXT NOT NULL,
    until TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
CREATE TABLE standard (
    kind TEXT NOT NULL CHECK (kind IN ('list', 'model', 'table')),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT;
CREATE TABLE review (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('intake', 'index', 'content', 'approval')),
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'reopened')),
    code TEXT NOT NULL,
    comment TEXT NOT NULL,
    at TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    FOREIGN KEY (document, version) REFERENCES version (document, number)
) STRICT;
CREATE INDEX review_by_version ON review (document, version);
CREATE TABLE query (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    version INTEGER NOT NULL,
    addressee TEXT NOT NULL,
    FOREIGN KEY (document, version) REFERENCES version (document, number)
) STRICT;
CREATE INDEX query_by_version ON query (document, version);
CREATE TABLE query_act (
    query INTEGER NOT NULL REFERENCES query (number),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opened', 'answered', 'closed', 'reopened')),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    PRIMARY KEY (query, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    sequence INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    clock TEXT NOT NULL CHECK (clock IN ('system', 'given')),
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    study TEXT NOT NULL,
    object TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    reason TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_object ON audit (object);
CREATE INDEX audit_with_given_time ON audit (study, object) WHERE clock = 'given';
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END;
CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(FAIL, 'audit entries follow each other'); END;
CREATE TRIGGER study_is_never_deleted BEFORE DELETE ON study BEGIN SELECT RAISE(ABORT, 'studies are never deleted'); END;
CREATE TRIGGER document_is_never_deleted BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'documents are never deleted'); END;
CREATE TRIGGER version_is_never_deleted BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, 'versions are never deleted'); END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER standard_is_never_changed BEFORE UPDATE ON standard BEGIN SELECT RAISE(ABORT, 'a version of a list never changes'); END;
CREATE TRIGGER standard_is_never_deleted BEFORE DELETE ON standard BEGIN SELECT RAISE(ABORT, 'lists are never deleted'); END;
CREATE TRIGGER review_is_never_changed BEFORE UPDATE ON review BEGIN SELECT RAISE(ABORT, 'reviews are never changed'); END;
CREATE TRIGGER review_is_never_deleted BEFORE DELETE ON review BEGIN SELECT RAISE(ABORT, 'reviews are never deleted'); END;
CREATE TRIGGER query_is_never_changed BEFORE UPDATE ON query BEGIN SELECT RAISE(ABORT, 'queries are never changed'); END;
CREATE TRIGGER query_is_never_deleted BEFORE DELETE ON query BEGIN SELECT RAISE(ABORT, 'queries are never deleted'); END;
CREATE TRIGGER query_act_is_never_changed BEFORE UPDATE ON query_act BEGIN SELECT RAISE(ABORT, 'queries are never changed'); END;
CREATE TRIGGER query_act_is_never_deleted BEFORE DELETE ON query_act BEGIN SELECT RAISE(ABORT, 'queries are never deleted'); END;
CREATE TRIGGER bytes_of_a_version_never_change BEFORE UPDATE ON version
    WHEN NEW.sha256 <> OLD.sha256 OR NEW.size <> OLD.size
    BEGIN SELECT RAISE(ABORT, 'the bytes of a version never change'); END;
)";

// FAIL: where a statement of several steps may ABORT, SQLite keeps every page as it was before it, a third of what adding an entry took.
// So it was before format 4.
std::string guard(std::string_view name); // the trigger's text; ledger_sqlite_guards.cpp
constexpr std::string_view no_gaps = "audit_has_no_gaps", now_raises = "RAISE(FAIL", formerly_raised = "RAISE(ABORT";

// Of the table document. Earlier programs made others under these names: a label that could stand once, even where whoever filed could
// not see the other document.
struct NamedIndex {
    const char *name, *sql;
};
constexpr NamedIndex document_indexes[] = {
    {"document_restricted", "CREATE INDEX document_restricted ON document (number) WHERE restricted <> 0"},
    {"document_by_external", "CREATE INDEX document_by_external ON document (study, external) WHERE external <> ''"},
};

constexpr std::string_view former_index = "document_by_study"; // what one by place leads with as well

extern const char* const access_tables;     // ledger_sqlite_access.cpp
extern const char* const submission_tables; // ledger_sqlite_submissions.cpp
extern const char* const rollup_tables;     // ledger_sqlite_rollup.cpp

constexpr std::string_view put_study = "INSERT INTO study (id, model, facts) VALUES (?, ?, ?) "
                                       "ON CONFLICT (id) DO UPDATE SET model = excluded.model, facts = excluded.facts";

constexpr std::string_view put_document = "INSERT INTO document (number, study, unique_id, sub_artifact, country, site, restricted, "
                                          "external, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                          "ON CONFLICT (number) DO UPDATE SET unique_id = excluded.unique_id, sub_artifact = "
                                          "excluded.sub_artifact, country = excluded.country, site = excluded.site, "
                                          "restricted = excluded.restricted, external = excluded.external, sealed = excluded.sealed";

constexpr std::string_view put_version =
    "INSERT INTO version (document, number, label, title, person, event, language, date, expires, received, final, accepted, rejected, "
    "withdrawn, "
    "carried, pointer, sha256, size, media_type, file_name, filed_at, filed_by, review_comment, "
    "copy_certified_by, copy_certified_on, copy_statement, copy_source, sealed) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (document, number) DO UPDATE SET label = excluded.label, title = excluded.title, person = excluded.person, "
    "event = excluded.event, language = excluded.language, date = excluded.date, expires = excluded.expires, received = excluded.received, "
    "final = excluded.final, accepted = excluded.accepted, rejected = excluded.rejected, withdrawn = excluded.withdrawn, "
    "carried = excluded.carried, pointer = excluded.pointer, sha256 = excluded.sha256, size = excluded.size, "
    "media_type = excluded.media_type, file_name = excluded.file_name, "
    "review_comment = excluded.review_comment, copy_certified_by = excluded.copy_certified_by, "
    "copy_certified_on = excluded.copy_certified_on, copy_statement = excluded.copy_statement, copy_source = excluded.copy_source, "
    "sealed = excluded.sealed";

// Of a document that is new in its commit, and of its first version: nothing can be there already.
constexpr std::string_view insert_only(std::string_view put) { return put.substr(0, put.find(" ON CONFLICT")); }
constexpr std::string_view put_new_document = insert_only(put_document), put_new_version = insert_only(put_version);

constexpr std::string_view put_decision =
    "INSERT INTO decision (number, study, kind, rule, country, site, person, event, language, date, until, by_whom, reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (number) DO UPDATE SET country = excluded.country, until = excluded.until";

constexpr std::string_view put_standard = "INSERT INTO standard (kind, name, sha256, size, file_name, content) VALUES (?, ?, ?, ?, ?, ?)";
constexpr std::string_view put_review = "INSERT INTO review (number, document, version, step, outcome, code, comment, at, by_whom) "
                                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view put_query = "INSERT INTO query (number, document, version, addressee) VALUES (?, ?, ?, ?)";
constexpr std::string_view put_query_act = "INSERT INTO query_act (query, number, kind, text, at, by_whom) VALUES (?, ?, ?, ?, ?, ?)";

constexpr std::string_view put_audit =
    "INSERT OR FAIL INTO audit (sequence, time, clock, user, action, study, object, old_value, new_value, reason, previous, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

} // namespace dossier::tmf::ledger_schema
