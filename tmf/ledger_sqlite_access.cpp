// Users, grants, and the keys of restricted documents.
#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"
#include "tmf/ledger_sqlite.hpp"

namespace dossier::tmf {

namespace ledger_schema {

const char* const access_tables = R"(
CREATE TABLE user_account (
    name TEXT PRIMARY KEY,
    printed_name TEXT NOT NULL,
    certificate TEXT NOT NULL
) STRICT;
CREATE TABLE role_grant (
    number INTEGER PRIMARY KEY,
    user TEXT NOT NULL REFERENCES user_account (name),
    role TEXT NOT NULL,
    study TEXT NOT NULL,
    country TEXT NOT NULL,
    site TEXT NOT NULL,
    from_time TEXT NOT NULL,
    until TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended TEXT NOT NULL,
    ended_by TEXT NOT NULL
) STRICT;
CREATE TABLE unblinding_key (
    number INTEGER PRIMARY KEY,
    certificate TEXT NOT NULL,
    from_time TEXT NOT NULL
) STRICT;
CREATE TABLE envelope (
    key INTEGER NOT NULL REFERENCES unblinding_key (number),
    user TEXT NOT NULL REFERENCES user_account (name),
    envelope TEXT NOT NULL,
    PRIMARY KEY (key, user)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER key_is_never_deleted BEFORE DELETE ON unblinding_key BEGIN SELECT RAISE(ABORT, 'keys are never deleted'); END;
CREATE TRIGGER key_is_never_changed BEFORE UPDATE ON unblinding_key BEGIN SELECT RAISE(ABORT, 'keys are never changed'); END;
CREATE TRIGGER envelope_is_never_deleted BEFORE DELETE ON envelope BEGIN SELECT RAISE(ABORT, 'envelopes are never deleted'); END;
CREATE TRIGGER user_is_never_deleted BEFORE DELETE ON user_account BEGIN SELECT RAISE(ABORT, 'users are never deleted'); END;
CREATE TRIGGER grant_is_never_deleted BEFORE DELETE ON role_grant BEGIN SELECT RAISE(ABORT, 'grants are never deleted'); END;
CREATE TRIGGER grant_only_ends BEFORE UPDATE ON role_grant
    WHEN OLD.ended <> '' OR NEW.user <> OLD.user OR NEW.role <> OLD.role OR NEW.study <> OLD.study OR NEW.country <> OLD.country
        OR NEW.site <> OLD.site OR NEW.from_time <> OLD.from_time OR NEW.until <> OLD.until OR NEW.by_whom <> OLD.by_whom
    BEGIN SELECT RAISE(ABORT, 'a grant is never changed, it ends'); END;
)";

} // namespace ledger_schema

namespace {

constexpr std::string_view put_user =
    "INSERT INTO user_account (name, printed_name, certificate) VALUES (?, ?, ?) "
    "ON CONFLICT (name) DO UPDATE SET printed_name = excluded.printed_name, certificate = excluded.certificate";

constexpr std::string_view put_grant =
    "INSERT INTO role_grant (number, user, role, study, country, site, from_time, until, by_whom, reason, ended, ended_by) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET ended = excluded.ended, ended_by = excluded.ended_by";

GrantRecord read_grant(const Statement& row) {
    GrantRecord record;
    record.number = row.number(0);
    record.user = row.text(1);
    record.role = row.text(2);
    record.scope = {row.text(3), row.text(4), row.text(5)};
    record.from = row.text(6);
    record.until = parse_date(row.text(7));
    record.by = row.text(8);
    record.reason = row.text(9);
    record.ended = row.text(10);
    record.ended_by = row.text(11);
    return record;
}

} // namespace

Result<AccessRecords> SqliteLedger::access() {
    AccessRecords records;
    DOSSIER_TRY(Statement* const users, database_->prepare("SELECT name, printed_name, certificate FROM user_account ORDER BY name"));
    for (;;) {
        DOSSIER_TRY(const bool more, users->step());
        if (!more) break;
        records.users.push_back({users->text(0), users->text(1), users->text(2)});
    }
    DOSSIER_TRY(Statement* const grants,
                database_->prepare("SELECT number, user, role, study, country, site, from_time, until, by_whom, reason, ended, ended_by "
                                   "FROM role_grant ORDER BY number"));
    for (;;) {
        DOSSIER_TRY(const bool more, grants->step());
        if (!more) break;
        records.grants.push_back(read_grant(*grants));
    }
    DOSSIER_CHECK(read_keys(records));
    return records;
}

Result<void> SqliteLedger::read_keys(AccessRecords& records) {
    DOSSIER_TRY(Statement* const keys, database_->prepare("SELECT number, certificate, from_time FROM unblinding_key ORDER BY number"));
    for (;;) {
        DOSSIER_TRY(const bool more, keys->step());
        if (!more) break;
        records.keys.push_back({static_cast<int>(keys->number(0)), keys->text(1), keys->text(2)});
    }
    DOSSIER_TRY(Statement* const envelopes, database_->prepare("SELECT key, user, envelope FROM envelope ORDER BY key, user"));
    for (;;) {
        DOSSIER_TRY(const bool more, envelopes->step());
        if (!more) return {};
        records.envelopes.push_back({static_cast<int>(envelopes->number(0)), envelopes->text(1), envelopes->text(2)});
    }
}

Result<void> SqliteLedger::write(const UnblindingKeyRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare("INSERT INTO unblinding_key (number, certificate, from_time) VALUES (?, ?, ?)"));
    return put->bind(std::int64_t{r.number}).bind(r.certificate).bind(r.from).run();
}

Result<void> SqliteLedger::write(const EnvelopeRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare("INSERT INTO envelope (key, user, envelope) VALUES (?, ?, ?) "
                                                         "ON CONFLICT (key, user) DO UPDATE SET envelope = excluded.envelope"));
    return put->bind(std::int64_t{r.key}).bind(r.user).bind(r.envelope).run();
}

Result<void> SqliteLedger::write(const UserRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(put_user));
    return put->bind(r.name).bind(r.printed_name).bind(r.certificate).run();
}

Result<void> SqliteLedger::write(const GrantRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(put_grant));
    put->bind(r.number).bind(r.user).bind(r.role).bind(r.scope.study).bind(r.scope.country).bind(r.scope.site).bind(r.from);
    return put->bind(date_text(r.until)).bind(r.by).bind(r.reason).bind(r.ended).bind(r.ended_by).run();
}

} // namespace dossier::tmf
