// Roll-ups. Their heads are taken away by the schema's triggers whenever what they were counted from changes.
#include "tmf/ledger_sqlite.hpp"

#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

Result<std::optional<RollupHead>> SqliteLedger::rollup_head(const std::string& study, Audience audience) {
    DOSSIER_TRY(Statement* const row,
                database_->prepare("SELECT day, rules, model, edl, review, grace_days, next_date, next_code, next_country, next_site, "
                                   "rule_count, rules_in_force FROM rollup_head WHERE study = ? AND audience = ?"));
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

Result<void> SqliteLedger::write(const RollupUpdate& update) {
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
    DOSSIER_TRY(Statement* const add, database_->prepare(ledger_schema::add_to_rollup));
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
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_rollup_head));
    put->bind(head.study).bind(to_text(head.audience)).bind(head.day.text()).bind(head.rules).bind(head.model).bind(head.edl);
    put->bind(std::int64_t{head.review ? 1 : 0}).bind(std::int64_t{head.grace_days});
    const NextMilestone none{};
    const NextMilestone& next = head.next ? *head.next : none;
    put->bind(head.next ? next.date.text() : std::string()).bind(next.code).bind(next.country).bind(next.site);
    return put->bind(static_cast<std::int64_t>(head.rule_count)).bind(static_cast<std::int64_t>(head.rules_in_force)).run();
}

} // namespace dossier::tmf
