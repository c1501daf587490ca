// The audit trail.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

void read_audit(const Statement& row, AuditView& entry) {
    entry.sequence = row.number(0);
    entry.time = row.view(1);
    entry.clock = row.view(2);
    entry.user = row.view(3);
    entry.action = row.view(4);
    entry.study = row.view(5);
    entry.object = row.view(6);
    entry.old_value = row.view(7);
    entry.new_value = row.view(8);
    entry.reason = row.view(9);
    entry.previous = row.view(10);
    entry.hash = row.view(11);
}

} // namespace

Result<void> SqliteLedger::each_audit(const std::string& study, const std::string& object,
                                      const std::function<Result<void>(const AuditView&)>& use) {
    std::string sql = "SELECT sequence, time, clock, user, action, study, object, old_value, new_value, reason, previous, hash FROM audit";
    std::string where;
    if (!study.empty()) where = " WHERE study = ?";
    // '@' to 'A': every version of the document.
    if (!object.empty()) where += std::string(where.empty() ? " WHERE" : " AND") + " (object = ? OR (object >= ? AND object < ?))";
    DOSSIER_TRY(Statement* const rows, database_->prepare(sql + where + " ORDER BY sequence"));
    if (!study.empty()) rows->bind(study);
    if (!object.empty()) rows->bind(object).bind(object + "@").bind(object + "A");
    AuditView entry;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return {};
        read_audit(*rows, entry);
        auto used = use(entry);
        if (used) continue;
        rows->reset();
        return used;
    }
}

Result<std::set<std::string>> SqliteLedger::given_times(const std::string& study) {
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT object FROM audit WHERE clock = 'given' AND study = ?"));
    rows->bind(study);
    std::set<std::string> objects;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return objects;
        objects.insert(rows->text(0));
    }
}

Result<Checkpoint> SqliteLedger::audit_head() {
    DOSSIER_TRY(Statement* const rows, database_->prepare("SELECT sequence, hash, time FROM audit ORDER BY sequence DESC LIMIT 1"));
    Checkpoint head;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return head;
        head.sequence = rows->number(0);
        head.hash = Sha256::from_hex(rows->text(1)).value_or(Sha256());
        head.time = rows->text(2);
    }
}

Result<void> SqliteLedger::write_audit(const AuditEntry& e) {
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_audit));
    put->bind(e.sequence).bind(e.time).bind(e.clock).bind(e.user).bind(e.action).bind(e.study).bind(e.object);
    return put->bind(e.old_value).bind(e.new_value).bind(e.reason).bind(e.previous).bind(e.hash).run();
}

} // namespace dossier::tmf
