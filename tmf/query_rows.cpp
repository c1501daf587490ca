#include "tmf/query_rows.hpp"

#include <map>

namespace dossier::tmf {

std::vector<QueryRow> query_rows(const std::vector<StoredQuery>& queries, const std::vector<StoredDocument>& documents, Date as_of) {
    std::map<std::pair<std::int64_t, int>, std::pair<const DocumentRecord*, const VersionRecord*>> versions;
    for (const StoredDocument& stored : documents)
        for (const VersionRecord& version : stored.versions) versions[{version.document, version.number}] = {&stored.document, &version};
    std::vector<QueryRow> rows;
    for (const StoredQuery& query : queries) {
        const QueryStanding standing = standing_of(query, as_of);
        const auto about = versions.find({query.query.document, query.query.version});
        if (standing.state == QueryState::not_yet || about == versions.end()) continue;
        QueryRow row{{query.query, {}}, *about->second.first, *about->second.second, standing};
        for (const QueryAct& act : query.acts) // from the question on, which comes first whatever time a later act was given
            if (const auto day = day_of(act.at); day && *day <= as_of) row.query.acts.push_back(act);
        rows.push_back(std::move(row));
    }
    return rows;
}

Json to_json(const StoredQuery& query, Date as_of) {
    const QueryStanding standing = standing_of(query, as_of);
    Json json = to_json(query.query);
    json.set("state", to_text(standing.state)).set("opened", standing.opened.text()).set("since", standing.since.text());
    json.set("closed", standing.closed ? Json(standing.closed->text()) : Json()).set("age_days", standing.age);
    Json acts = Json::array();
    for (const QueryAct& act : query.acts) acts.push(to_json(act));
    return json.set("thread", std::move(acts));
}

} // namespace dossier::tmf
