// Quality control: steps of reviews, queries and their acts. Rows are only ever added.
#include "tmf/ledger_sqlite.hpp"

#include "core/text.hpp"
#include "tmf/ledger_schema.hpp"

namespace dossier::tmf {

namespace {

// Rows belong to documents: a filter on the documents that may be seen has its place here.
constexpr std::string_view of_study =
    "JOIN document d ON d.number = r.document WHERE (?1 = '' OR d.study = ?1) AND (?2 = 0 OR r.document = ?2)";

ReviewRecord read_review(const Statement& row) {
    ReviewRecord record;
    record.number = row.number(0);
    record.document = row.number(1);
    record.version = static_cast<int>(row.number(2));
    record.step = templates::to_review_step(row.text(3)).value_or(ReviewStep::approval);
    record.outcome = to_review_outcome(row.text(4)).value_or(ReviewRecord::Outcome::rejected);
    record.code = row.text(5);
    record.comment = row.text(6);
    record.at = row.text(7);
    record.by = row.text(8);
    return record;
}

QueryAct read_act(const Statement& row, int first) {
    QueryAct act;
    act.query = row.number(0);
    act.number = static_cast<int>(row.number(first));
    const std::string kind = row.text(first + 1);
    for (const auto known : {QueryAct::Kind::opened, QueryAct::Kind::answered, QueryAct::Kind::closed, QueryAct::Kind::reopened})
        if (to_text(known) == kind) act.kind = known;
    act.text = row.text(first + 2);
    act.at = row.text(first + 3);
    act.by = row.text(first + 4);
    return act;
}

std::string select_queries(std::string_view which) {
    return fill("SELECT r.number, r.document, r.version, r.addressee, a.number, a.kind, a.text, a.at, a.by_whom "
                "FROM query r JOIN query_act a ON a.query = r.number {} ORDER BY r.number, a.number",
                which);
}

Result<std::vector<StoredQuery>> read_queries(Statement& rows) {
    std::vector<StoredQuery> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows.step());
        if (!more) return found;
        if (found.empty() || found.back().query.number != rows.number(0))
            found.push_back({{rows.number(0), rows.number(1), static_cast<int>(rows.number(2)), rows.text(3)}, {}});
        found.back().acts.push_back(read_act(rows, 4));
    }
}

} // namespace

Result<std::vector<ReviewRecord>> SqliteLedger::reviews(const std::string& study, std::int64_t document) {
    DOSSIER_TRY(Statement* const rows,
                database_->prepare(fill("SELECT r.number, r.document, r.version, r.step, r.outcome, r.code, r.comment, r.at, r.by_whom "
                                        "FROM review r {} ORDER BY r.number",
                                        of_study)));
    rows->bind(study).bind(document);
    std::vector<ReviewRecord> found;
    for (;;) {
        DOSSIER_TRY(const bool more, rows->step());
        if (!more) return found;
        found.push_back(read_review(*rows));
    }
}

Result<std::vector<StoredQuery>> SqliteLedger::queries(const std::string& study, std::int64_t document) {
    DOSSIER_TRY(Statement* const rows, database_->prepare(select_queries(of_study)));
    rows->bind(study).bind(document);
    return read_queries(*rows);
}

Result<std::optional<StoredQuery>> SqliteLedger::query(std::int64_t number) {
    DOSSIER_TRY(Statement* const rows, database_->prepare(select_queries("JOIN document d ON d.number = r.document WHERE r.number = ?")));
    rows->bind(number);
    DOSSIER_TRY(auto found, read_queries(*rows));
    return found.empty() ? std::optional<StoredQuery>() : std::optional(std::move(found.front()));
}

Result<std::int64_t> SqliteLedger::last_review() { return highest("SELECT coalesce(max(number), 0) FROM review"); }
Result<std::int64_t> SqliteLedger::last_query() { return highest("SELECT coalesce(max(number), 0) FROM query"); }

Result<void> SqliteLedger::write(const ReviewRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_review));
    put->bind(r.number).bind(r.document).bind(std::int64_t{r.version}).bind(to_text(r.step)).bind(to_text(r.outcome));
    return put->bind(r.code).bind(r.comment).bind(r.at).bind(r.by).run();
}

Result<void> SqliteLedger::write(const QueryRecord& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_query));
    return put->bind(r.number).bind(r.document).bind(std::int64_t{r.version}).bind(r.to).run();
}

Result<void> SqliteLedger::write(const QueryAct& r) {
    DOSSIER_TRY(Statement* const put, database_->prepare(ledger_schema::put_query_act));
    put->bind(r.query).bind(std::int64_t{r.number}).bind(to_text(r.kind));
    return put->bind(r.text).bind(r.at).bind(r.by).run();
}

} // namespace dossier::tmf
