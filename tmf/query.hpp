// Queries: a question about a filed version, its answers, its end. Each act is a row of its own with an audit entry; how a query stands on
// a day follows from the acts up to that day. Nothing happens to a query before it was opened; an act that is dated ahead is replaced by
// the next one that bears an earlier time.
#pragma once

#include "tmf/ahead.hpp"
#include "tmf/repository.hpp"
#include "tmf/review.hpp"

#include <string>

namespace dossier::tmf {

enum class QueryState { not_yet, open, answered, closed }; // not_yet: opened later than the day asked for
std::string_view to_text(QueryState state);

struct QueryStanding {
    QueryState state = QueryState::not_yet;
    Date opened;          // the first time
    Date since;           // of the present state
    OptionalDate closed;  // when it is closed
    std::int64_t age = 0; // days from opened to the day asked for, or to the day it was closed
};
bool is_replaced(const StoredQuery& query, const QueryAct& act);
QueryStanding standing_of(const StoredQuery& query, Date as_of);

struct QueryOpening {
    VersionReference version;
    std::string text, to;
};
Result<StoredQuery> open_query(Repository& repository, const QueryOpening& wanted, const Author& author);

// Answered: an open one. Closed: one that is not closed. Reopened: a closed one. Returns the whole query. Errors: not_found; conflict, also
// for a time before an act that has happened.
Result<StoredQuery> act_on_query(Repository& repository, std::int64_t number, QueryAct::Kind kind, const std::string& text,
                                 const Author& author, const Horizon& horizon);
// What the last act replaced, in words.
std::vector<std::string> replaced_by_last(const StoredQuery& query);
Result<StoredQuery> find_query(Ledger& ledger, const std::string& text); // Q-000001

} // namespace dossier::tmf
