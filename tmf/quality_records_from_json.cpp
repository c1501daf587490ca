// The audit trail's records of quality control, read back: the reverse of to_json in quality_records.cpp.
#include "core/text.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/records.hpp"

namespace dossier::tmf {

namespace {

std::string text(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value ? value->text() : "";
}

std::int64_t number_of(const std::string& id, std::string_view prefix) { // R-000001
    return starts_with(id, prefix) ? parse_document_id("D-" + id.substr(prefix.size())).value_or(0) : 0;
}

int version_of(const Json& json) {
    const Json* value = json.find("version");
    return value ? static_cast<int>(value->integer()) : 0;
}

Error no_record(const char* kind) { return Error(ErrorKind::invalid, fill("this is no record of a {}", std::string_view(kind))); }

} // namespace

Result<ReviewRecord> review_record_from(const Json& json) {
    ReviewRecord record;
    record.number = number_of(text(json, "id"), "R-");
    record.document = parse_document_id(text(json, "document")).value_or(0);
    record.version = version_of(json);
    const auto step = templates::to_review_step(text(json, "step"));
    const auto outcome = to_review_outcome(text(json, "outcome"));
    if (record.number == 0 || record.document == 0 || !step || !outcome) return no_record("review");
    record.step = *step;
    record.outcome = *outcome;
    record.code = text(json, "code");
    record.comment = text(json, "comment");
    record.at = text(json, "at");
    record.by = text(json, "by");
    return record;
}

Result<QueryRecord> query_record_from(const Json& json) {
    QueryRecord record;
    record.number = number_of(text(json, "id"), "Q-");
    record.document = parse_document_id(text(json, "document")).value_or(0);
    record.version = version_of(json);
    record.to = text(json, "to");
    if (record.number == 0 || record.document == 0) return no_record("query");
    return record;
}

Result<QueryAct> query_act_from(const Json& json) {
    QueryAct act;
    const std::string id = text(json, "id"); // Q-000001.2
    const std::size_t dot = std::min(id.find('.'), id.size());
    act.query = number_of(id.substr(0, dot), "Q-");
    act.number = static_cast<int>(number_of(id.substr(dot), "."));
    bool known = false;
    for (const auto kind : {QueryAct::Kind::opened, QueryAct::Kind::answered, QueryAct::Kind::closed, QueryAct::Kind::reopened}) {
        if (to_text(kind) != text(json, "act")) continue;
        act.kind = kind;
        known = true;
    }
    if (act.query == 0 || act.number == 0 || !known) return no_record("query's act");
    act.text = text(json, "text");
    act.at = text(json, "at");
    act.by = text(json, "by");
    return act;
}

} // namespace dossier::tmf
