#include "tmf/quality_records.hpp"

#include <algorithm>

#include "core/text.hpp"
#include "tmf/records.hpp"

namespace dossier::tmf {

namespace {

void set_text(Json& json, const char* key, const std::string& text) {
    if (!text.empty()) json.set(key, text);
}

} // namespace

std::string_view to_text(QueryAct::Kind kind) {
    switch (kind) {
    case QueryAct::Kind::opened:
        return "opened";
    case QueryAct::Kind::answered:
        return "answered";
    case QueryAct::Kind::closed:
        return "closed";
    case QueryAct::Kind::reopened:
        break;
    }
    return "reopened";
}

std::string_view to_text(ReviewRecord::Outcome outcome) {
    switch (outcome) {
    case ReviewRecord::Outcome::accepted:
        return "accepted";
    case ReviewRecord::Outcome::rejected:
        return "rejected";
    case ReviewRecord::Outcome::reopened:
        break;
    }
    return "reopened";
}

std::optional<ReviewRecord::Outcome> to_review_outcome(std::string_view text) {
    using Outcome = ReviewRecord::Outcome;
    for (const Outcome known : {Outcome::accepted, Outcome::rejected, Outcome::reopened})
        if (to_text(known) == text) return known;
    return std::nullopt;
}

const ReviewRecord* standing_pass(const std::vector<ReviewRecord>& records, int version, ReviewStep step) {
    const auto last = std::find_if(records.rbegin(), records.rend(),
                                   [&](const ReviewRecord& record) { return record.version == version && record.step == step; });
    return last != records.rend() && last->accepted() ? &*last : nullptr;
}

std::string review_id(std::int64_t number) { return fill("R-{:06}", number); }
std::string query_id(std::int64_t number) { return fill("Q-{:06}", number); }
std::string version_id(std::int64_t document, int version) { return fill("{}@{}", document_id(document), version); }

std::optional<std::int64_t> parse_query_id(std::string_view text) {
    text = trim(text);
    if (text.empty() || (text[0] != 'Q' && text[0] != 'q')) return std::nullopt;
    return parse_document_id("D" + std::string(text.substr(1))); // the same form behind another letter
}

std::optional<Date> day_of(const std::string& at) { return parse_date(std::string_view(at).substr(0, 10)); }

Json to_json(const ReviewRecord& record) {
    Json json = Json::object({{"id", review_id(record.number)}, {"document", document_id(record.document)}, {"version", record.version}});
    json.set("step", to_text(record.step)).set("outcome", to_text(record.outcome));
    set_text(json, "code", record.code);
    set_text(json, "comment", record.comment);
    return json.set("at", record.at).set("by", record.by);
}

Json to_json(const QueryRecord& record) {
    Json json = Json::object({{"id", query_id(record.number)}, {"document", document_id(record.document)}, {"version", record.version}});
    set_text(json, "to", record.to);
    return json;
}

Json to_json(const QueryAct& act) {
    Json json = Json::object({{"id", fill("{}.{}", query_id(act.query), act.number)}, {"act", to_text(act.kind)}});
    set_text(json, "text", act.text);
    return json.set("at", act.at).set("by", act.by);
}

} // namespace dossier::tmf
