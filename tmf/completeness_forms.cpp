// The completeness report as JSON.
#include "tmf/completeness.hpp"

#include "core/text.hpp"
#include "tmf/place_level.hpp"

namespace dossier::tmf {

namespace {

Json date_or_null(const OptionalDate& date) { return date ? Json(date->text()) : Json(); }

void add_total(Json& json, const Total& total) {
    json.set("expected", total.expected).set("satisfied", total.satisfied).set("percent", total.percent());
}

Json row_json(const CompletenessRow& row, const CompletenessReport& report) {
    Json json = Json::object();
    const templates::Rule& rule = *row.rule;
    json.set("slot", row.slot).set("rule", rule.id).set("unique_id", fill("{:03}", rule.unique_id)).set("artifact", rule.artifact);
    json.set("name", rule.name).set("level", templates::to_text(rule.level)).set("country", row.country).set("site", row.site);
    json.set("person", row.person).set("event", row.event).set("language", row.language).set("milestone", row.milestone());
    json.set("due", date_or_null(row.due)).set("expected", row.expected).set("satisfied", row.satisfied);
    json.set("state", to_text(row.state)).set("basis", rule.basis).set("confidence", rule.confidence);
    json.set("documents", Json::texts(row.documents)).set("pending", Json::texts(row.pending)).set("lapsed", Json::texts(row.lapsed));
    json.set("list", report.list_of(rule));
    if (!rule.sub_artifact.empty()) json.set("sub_artifact", rule.sub_artifact);
    if (row.state == SlotState::waived)
        json.set("reason", row.reason).set("decided_by", row.decided_by).set("decided_on", date_or_null(row.decided_on));
    return json;
}

Json next_json(const CompletenessReport& report) {
    Json json = Json::object();
    json.set("date", report.next ? report.next->date.text() : report.question.as_of.text());
    add_total(json, report.by_next_milestone);
    json.set("milestone", report.next ? Json(report.next->code) : Json());
    json.set("country", report.next ? report.next->country : "").set("site", report.next ? report.next->site : "");
    return json;
}

Json rules_json(const CompletenessReport& report) {
    return Json::object({{"model", static_cast<std::int64_t>(report.rules)},
                         {"in_force", static_cast<std::int64_t>(report.rules_in_force)},
                         {"left_out", Json::texts(report.rules_left_out)}});
}

} // namespace

Json to_json(const CompletenessReport& report) {
    Json json = Json::object();
    json.set("report_version", 1).set("study", report.study).set("model", report.model).set("edl", report.edl);
    Json lists = Json::array();
    for (const templates::AdoptedList& list : report.lists)
        lists.push(Json::object({{"name", list.name}, {"owner", list.owner}, {"title", list.title}, {"sha256", list.sha256}}));
    json.set("lists", std::move(lists));
    json.set("as_of", report.question.as_of.text())
        .set("known_at", date_or_null(report.question.known_at))
        .set("audience", to_text(report.question.audience));
    json.set("review", report.review).set("grace_days", report.grace_days);
    const CompletenessQuestion& q = report.question;
    json.set("filter", Json::object({{"country", q.country}, {"site", q.site}, {"milestone", q.milestone}}));
    Json due_now = Json::object(), whole = Json::object();
    add_total(due_now, report.due_now);
    add_total(whole, report.whole_trial);
    json.set("due_now", std::move(due_now)).set("by_next_milestone", next_json(report)).set("whole_trial", std::move(whole));
    json.set("counted", rules_json(report));
    Json sites = Json::array();
    for (const SiteTotal& total : report.by_site)
        sites.push(Json::object({{"country", total.country},
                                 {"site", total.site},
                                 {"milestone", total.milestone},
                                 {"expected", total.whole.expected},
                                 {"satisfied", total.whole.satisfied},
                                 {"due_expected", total.due_now.expected},
                                 {"due_satisfied", total.due_now.satisfied}}));
    json.set("by_site", std::move(sites));
    Json places = Json::array();
    for (const PlaceTotal& total : report.by_place)
        places.push(Json::object({{"level", level_text(total)},
                                  {"country", total.country},
                                  {"site", total.site},
                                  {"milestone", total.milestone},
                                  {"expected", total.whole.expected},
                                  {"satisfied", total.whole.satisfied},
                                  {"due_expected", total.due_now.expected},
                                  {"due_satisfied", total.due_now.satisfied},
                                  {"next_expected", total.by_next.expected},
                                  {"next_satisfied", total.by_next.satisfied}}));
    json.set("by_place", std::move(places));
    json.set("source", report.from_rollup ? "rollup" : "computed");
    if (!q.rows) return json;
    Json rows = Json::array();
    for (const CompletenessRow& row : report.rows) rows.push(row_json(row, report));
    json.set("rows", std::move(rows));
    Json left = Json::array();
    for (const NotApplicable& slot : report.not_applicable) {
        Json json_slot = Json::object({{"slot", slot.slot}, {"reason", slot.reason}, {"by", slot.by}, {"date", slot.date.text()}});
        json_slot.set("decided_by", slot.by).set("decided_on", slot.date.text()); // as in rows and tables
        left.push(std::move(json_slot));
    }
    json.set("not_applicable", std::move(left));
    return json;
}

} // namespace dossier::tmf
