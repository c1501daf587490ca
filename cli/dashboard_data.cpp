#include <algorithm>
#include <map>
#include <unordered_map>

#include "cli/dashboard_page.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using tmf::CompletenessRow;

// Texts once each; a row holds their place in the list.
class Words {
public:
    std::int64_t place_of(const std::string& text) {
        const auto [found, added] = places_.emplace(text, static_cast<std::int64_t>(list_.items().size()));
        if (added) list_.push(text);
        return found->second;
    }
    const Json& list() const { return list_; }

private:
    std::unordered_map<std::string, std::int64_t> places_;
    Json list_ = Json::array();
};

// The rules that rows name, as [id, artifact, name, milestone, confidence, note].
class Rules {
public:
    std::int64_t place_of(const templates::Rule& rule) {
        const auto [found, added] = places_.emplace(&rule, static_cast<std::int64_t>(list_.items().size()));
        if (added) {
            const std::string confidence = rule.confidence.empty() ? rule.basis : rule.basis + ", " + rule.confidence;
            list_.push(Json::texts(std::vector<std::string>{rule.id, rule.artifact, rule.name, rule.due.reported, confidence, rule.note}));
        }
        return found->second;
    }
    const Json& list() const { return list_; }

private:
    std::unordered_map<const templates::Rule*, std::int64_t> places_;
    Json list_ = Json::array();
};

std::string place_key(templates::Level level, const std::string& country, const std::string& site) {
    return std::string(templates::to_text(level)) + "/" + country + "/" + site;
}

class Data {
public:
    Data(const tmf::CompletenessReport& report, const tmf::Study& study, const HeatMap& map) : report_(report), study_(study) {
        for (const HeatPlace& place : map.places()) {
            places_.emplace(place_key(place.level, place.country, place.site), static_cast<std::int64_t>(places_.size()));
            place_list_.push(Json::texts(
                std::vector<std::string>{std::string(templates::to_text(place.level)), place.country, place.site, place.label}));
        }
    }

    Json make() {
        for (const CompletenessRow& row : report_.rows) add(row);
        Json rows = Json::object();
        for (auto& [name, column] : columns_) rows.set(name, Json(std::move(column)));
        Json json = Json::object();
        json.set("as_of", report_.question.as_of.text()).set("rules", rules_.list()).set("places", std::move(place_list_));
        const tmf::PersonNames names(study_);
        Json people = Json::array();
        for (const Json& id : persons_.list().items()) people.push(Json::texts(std::vector<std::string>{id.text(), names.of(id.text())}));
        json.set("people", std::move(people)).set("events", events_.list()).set("languages", languages_.list());
        json.set("states", states_.list()).set("reasons", reasons_.list()).set("rows", std::move(rows));
        Json left = Json::array();
        for (const tmf::NotApplicable& item : report_.not_applicable)
            left.push(Json::texts(std::vector<std::string>{item.slot, item.reason, item.by, item.date.text()}));
        return json.set("not_applicable", std::move(left));
    }

private:
    void add(const CompletenessRow& row) {
        const std::int64_t today = report_.question.as_of.days();
        put("rule", rules_.place_of(*row.rule));
        put("place", places_.at(place_key(row.rule->level, row.country, row.site)));
        put("person", persons_.place_of(row.person));
        put("event", events_.place_of(row.event));
        put("language", languages_.place_of(row.language));
        put("age", row.due ? Json(today - row.due->days()) : Json()); // days since it was due; below 0: days until
        put("state", states_.place_of(std::string(tmf::to_text(row.state))));
        put("expected", row.expected);
        put("satisfied", row.satisfied);
        put("reason", reasons_.place_of(row.reason));
        put("documents", documents_of(row));
    }

    // Those that count, wait or have lapsed, each once: a document's versions share its id.
    static std::string documents_of(const CompletenessRow& row) {
        std::vector<std::string> documents;
        for (const auto* list : {&row.documents, &row.pending, &row.lapsed})
            for (const std::string& document : *list)
                if (std::find(documents.begin(), documents.end(), document) == documents.end()) documents.push_back(document);
        return join(documents, " ");
    }

    void put(const std::string& name, Json value) { columns_[name].push_back(std::move(value)); }

    const tmf::CompletenessReport& report_;
    const tmf::Study& study_;
    std::map<std::string, std::int64_t> places_;
    Json place_list_ = Json::array();
    Rules rules_;
    Words persons_, events_, languages_, states_, reasons_;
    std::map<std::string, Json::Array> columns_;
};

} // namespace

std::string dashboard_data(const tmf::CompletenessReport& report, const tmf::Study& study, const HeatMap& map) {
    std::string text = Data(report, study, map).make().dump(-1);
    // A browser ends a script at the first "</script", even inside a text.
    for (const auto& [character, escape] : std::map<std::string, std::string>{{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}})
        text = replace_all(std::move(text), character, escape);
    return text;
}

} // namespace dossier::cli
