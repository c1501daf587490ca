// Lists and models that studies adopted, byte for byte.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

Result<std::vector<StandardRecord>> SqliteLedger::standards() {
    DOSSIER_TRY(Statement* const rows,
                database_->prepare("SELECT kind, name, sha256, size, file_name, content FROM standard ORDER BY kind, name"));
    std::vector<StandardRecord> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return found;
        StandardRecord record{
            rows->text(0), rows->text(1), Sha256::from_hex(rows->text(2)).value_or(Sha256()), static_cast<std::uint64_t>(rows->number(3)),
            rows->text(4), rows->blob(5)};
        found.push_back(std::move(record));
    }
}

Result<void> SqliteLedger::write(const StandardRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_standard));
    put->bind(r.kind).bind(r.name).bind(r.sha256.hex()).bind(static_cast<std::int64_t>(r.size)).bind(r.file_name);
    return put->bind_blob(r.content).run();
}

} // namespace dossier::tmf
