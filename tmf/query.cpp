#include "tmf/query.hpp"

#include <algorithm>

#include "core/fold.hpp"
#include "core/text.hpp"

namespace dossier::tmf {

namespace {

QueryState state_after(QueryAct::Kind kind) {
    switch (kind) {
    case QueryAct::Kind::opened:
    case QueryAct::Kind::reopened:
        return QueryState::open;
    case QueryAct::Kind::answered:
        return QueryState::answered;
    case QueryAct::Kind::closed:
        break;
    }
    return QueryState::closed;
}

bool replaces(const QueryAct& later, const QueryAct& earlier) { return later.number > earlier.number && later.at < earlier.at; }

Result<void> check_act(const StoredQuery& query, QueryAct::Kind kind, const std::string& time, const Horizon& horizon) {
    const std::string id = query_id(query.query.number);
    const QueryAct* last_happened = nullptr;
    for (const QueryAct& act : query.acts) {
        if (act.number > 1 && (is_replaced(query, act) || horizon.is_ahead(act.at))) continue;
        if (time < act.at)
            return Error(ErrorKind::conflict, fill("{} was {} at {}, after the time of this act ({})", id, to_text(act.kind), act.at, time),
                         {}, "leave out --now, or give a time after that");
        last_happened = &act;
    }
    const QueryAct& last = last_happened ? *last_happened : query.acts.front();
    const bool is_closed = state_after(last.kind) == QueryState::closed;
    if (kind == QueryAct::Kind::reopened && !is_closed)
        return Error(ErrorKind::conflict, fill("{} is not closed, so it cannot be reopened", id), {},
                     fill("'dossier tmf query answer {} --text ...' adds to it", id));
    if (kind != QueryAct::Kind::reopened && is_closed)
        return Error(ErrorKind::conflict, fill("{} was closed on {} by {}", id, last.at.substr(0, 10), last.by), {},
                     fill("'dossier tmf query close {} --reopen --reason ...' opens it again", id));
    return {};
}

Change change_of(const std::string& study, const QueryRecord& query, const QueryAct& act) {
    Change change;
    change.action = fill("query_{}", to_text(act.kind));
    change.study = study;
    change.object = version_id(query.document, query.version); // so that it stands in the document's history
    change.reason = act.text;
    change.query_act = act;
    return change;
}

} // namespace

std::string_view to_text(QueryState state) {
    switch (state) {
    case QueryState::not_yet:
        return "not_yet";
    case QueryState::open:
        return "open";
    case QueryState::answered:
        return "answered";
    case QueryState::closed:
        break;
    }
    return "closed";
}

bool is_replaced(const StoredQuery& query, const QueryAct& act) {
    if (act.number == 1) return false; // without its question there is no query
    return std::any_of(query.acts.begin(), query.acts.end(), [&act](const QueryAct& later) { return replaces(later, act); });
}

QueryStanding standing_of(const StoredQuery& query, Date as_of) {
    QueryStanding standing;
    const auto opened = query.acts.empty() ? std::nullopt : day_of(query.acts.front().at);
    if (!opened || *opened > as_of) return standing;
    for (const QueryAct& act : query.acts) {
        const auto given = day_of(act.at);
        if (!given || *given > as_of || is_replaced(query, act)) continue;
        const Date day = std::max(*given, *opened);
        const QueryState state = state_after(act.kind);
        if (standing.state == QueryState::not_yet) standing.opened = day;
        if (standing.state != state) standing.since = day; // a second answer does not make it younger
        standing.state = state;
    }
    if (standing.state == QueryState::not_yet) return standing;
    if (standing.state == QueryState::closed) standing.closed = standing.since;
    standing.age = standing.closed.value_or(as_of).days() - standing.opened.days();
    return standing;
}

Result<StoredQuery> open_query(Repository& repository, const QueryOpening& wanted, const Author& author) {
    if (seen_text(wanted.text).empty()) return Error(ErrorKind::usage, "a query needs words", {}, "add --text with what you want to know");
    DOSSIER_TRY(const FoundVersion found, find_version(repository.ledger(), wanted.version));
    DOSSIER_TRY(const std::int64_t last, repository.ledger().last_query());
    StoredQuery query;
    query.query = {last + 1, found.version.document, found.version.number, wanted.to};
    query.acts.push_back({QueryAct::Kind::opened, last + 1, 1, wanted.text, author.time.precise_text(), author.user});
    Change change = change_of(found.stored.document.study, query.query, query.acts.front());
    change.query = query.query;
    DOSSIER_CHECK(repository.ledger().commit(author, {change}));
    return query;
}

Result<StoredQuery> act_on_query(Repository& repository, std::int64_t number, QueryAct::Kind kind, const std::string& text,
                                 const Author& author, const Horizon& horizon) {
    if (seen_text(text).empty())
        return Error(ErrorKind::usage, kind == QueryAct::Kind::answered ? "an answer needs words" : "this needs a reason", {},
                     kind == QueryAct::Kind::answered ? "add --text" : "add --reason; it stays in the audit trail");
    DOSSIER_TRY(StoredQuery query, find_query(repository.ledger(), query_id(number)));
    DOSSIER_CHECK(check_act(query, kind, author.time.precise_text(), horizon));
    DOSSIER_TRY(const auto stored, repository.ledger().document(query.query.document));
    query.acts.push_back({kind, number, query.acts.back().number + 1, text, author.time.precise_text(), author.user});
    const std::string study = stored ? stored->document.study : "";
    DOSSIER_CHECK(repository.ledger().commit(author, {change_of(study, query.query, query.acts.back())}));
    return query;
}

std::vector<std::string> replaced_by_last(const StoredQuery& query) {
    StoredQuery before = query;
    before.acts.pop_back();
    std::vector<std::string> replaced;
    for (const QueryAct& act : before.acts)
        if (act.number > 1 && !is_replaced(before, act) && replaces(query.acts.back(), act))
            replaced.push_back(fill("{}.{} ({}), dated {}", query_id(act.query), act.number, to_text(act.kind), act.at.substr(0, 10)));
    return replaced;
}

Result<StoredQuery> find_query(Ledger& ledger, const std::string& text) {
    const auto number = parse_query_id(text);
    if (!number) return Error(ErrorKind::invalid, fill("\"{}\" is not a query", text), {}, "write Q-000012");
    DOSSIER_TRY(auto query, ledger.query(*number));
    if (query) return std::move(*query);
    return Error(ErrorKind::not_found, fill("there is no query {}", query_id(*number)), {}, "see 'dossier tmf query list'");
}

} // namespace dossier::tmf
