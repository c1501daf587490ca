// Queries: open and answered with their ages, closed ones; whole threads.
#include <algorithm>

#include "core/text.hpp"
#include "tmf/query_rows.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

struct AgeBucket { // of queries that are not closed
    const char* name;
    std::int64_t from, to; // days, both included
};
constexpr AgeBucket buckets[] = {{"0 to 7", 0, 7}, {"8 to 30", 8, 30}, {"31 to 90", 31, 90}, {"over 90", 91, 1'000'000}};

std::string bucket_of(const QueryStanding& standing) {
    if (standing.state == QueryState::closed) return "";
    for (const AgeBucket& bucket : buckets)
        if (standing.age >= bucket.from && standing.age <= bucket.to) return bucket.name;
    return "";
}

ReportTable queries_table(const std::vector<QueryRow>& rows, const ReportFacts& facts) {
    ReportTable table{"queries",
                      "Queries",
                      {{"query", "Query"},
                       {"state", "State"},
                       {"age_days", "Days", ColumnKind::number},
                       {"age", "Age"},
                       {"opened", "Opened", ColumnKind::date},
                       {"since", "Since", ColumnKind::date},
                       {"closed", "Closed", ColumnKind::date},
                       {"to", "To"},
                       {"question", "Question"},
                       {"document", "Document"},
                       {"artifact", "Artifact"},
                       {"country", "Country"},
                       {"site", "Site"},
                       {"last_act", "Last act"},
                       {"last_text", "Last words"}},
                      {},
                      "Age: from the first question to that day, or to the day it was closed."};
    for (const QueryRow& row : rows) {
        const QueryStanding& standing = row.standing;
        table.rows.push_back({query_id(row.query.query.number), std::string(to_text(standing.state)), standing.age, bucket_of(standing),
                              standing.opened, standing.since, day_cell(standing.closed), row.query.query.to, row.query.acts.front().text,
                              version_id(row.version.document, row.version.number),
                              artifact_number(facts.catalogue, row.document.unique_id), row.document.country, row.document.site,
                              fill("{} {} by {}", to_text(row.last().kind), row.last().at.substr(0, 10), row.last().by), row.last().text});
    }
    return table;
}

std::int64_t count(const std::vector<QueryRow>& rows, QueryState state, const std::string& bucket = {}) {
    return std::count_if(rows.begin(), rows.end(), [&](const QueryRow& row) {
        return row.standing.state == state && (bucket.empty() || bucket_of(row.standing) == bucket);
    });
}

ReportTable ages_table(const std::vector<QueryRow>& rows) {
    ReportTable table{"ages",
                      "Not closed, by age in days",
                      {{"age", "Age"}, {"open", "Open", ColumnKind::number}, {"answered", "Answered", ColumnKind::number}},
                      {},
                      ""};
    for (const AgeBucket& bucket : buckets)
        table.rows.push_back(
            {std::string(bucket.name), count(rows, QueryState::open, bucket.name), count(rows, QueryState::answered, bucket.name)});
    return table;
}

ReportTable threads_table(const std::vector<QueryRow>& rows) {
    ReportTable table{
        "threads",
        "Threads",
        {{"query", "Query"}, {"number", "No.", ColumnKind::number}, {"act", "Act"}, {"at", "At"}, {"by", "By"}, {"text", "Words"}},
        {},
        ""};
    for (const QueryRow& row : rows)
        for (const QueryAct& act : row.query.acts)
            table.rows.push_back({query_id(act.query), std::int64_t{act.number}, std::string(to_text(act.kind)), act.at, act.by, act.text});
    return table;
}

} // namespace

Report queries_report(const ReportFacts& facts) {
    std::vector<StoredDocument> documents;
    for (const StoredDocument* stored : documents_in_scope(facts)) documents.push_back(*stored);
    const auto rows = query_rows(facts.records.queries, documents, facts.question.as_of);
    Report report = start_report("queries", "Queries", facts);
    report.figures = {
        {"open", "Open", number_cell(count(rows, QueryState::open)), "", "rows of queries with state open"},
        {"answered", "Answered, not closed", number_cell(count(rows, QueryState::answered)), "", "rows of queries with state answered"},
        {"closed", "Closed", number_cell(count(rows, QueryState::closed)), "", "rows of queries with state closed"},
    };
    report.tables = {queries_table(rows, facts), ages_table(rows), threads_table(rows)};
    return report;
}

} // namespace dossier::tmf
