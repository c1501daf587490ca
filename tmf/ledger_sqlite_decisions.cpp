// Decisions about expected documents.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"
#include "tmf/sealing.hpp"

namespace dossier::tmf {

namespace {

DecisionRecord read_decision(const Statement& row) {
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
    record.restricted = is_sealed_text(decision.reason);
    return record;
}

} // namespace

Result<std::vector<DecisionRecord>> SqliteLedger::decisions(const std::string& study) {
    DOSSIER_TRY(Statement* const rows,
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

Result<std::int64_t> SqliteLedger::last_decision() { return highest("SELECT coalesce(max(number), 0) FROM decision"); }

Result<void> SqliteLedger::write(const DecisionRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_decision));
    const Decision& d = r.decision;
    put->bind(r.number).bind(r.study).bind(std::string_view(d.kind == Decision::Kind::waived ? "waived" : "not_applicable"));
    put->bind(d.rule).bind(d.country).bind(d.site).bind(d.person).bind(d.event).bind(d.language);
    return put->bind(d.date.text()).bind(date_text(d.until)).bind(d.by).bind(d.reason).run();
}

} // namespace dossier::tmf
