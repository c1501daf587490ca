#include <algorithm>
#include <unordered_map>

#include "cli/study_page.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using tmf::CompletenessRow;
using tmf::SlotState;

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

// A column of numbers as JSON text: hundreds of thousands of values would be a burden as values of their own.
class Column {
public:
    void add(const std::string& value) { text_ += (text_.empty() ? "[" : ",") + value; }
    void add(std::int64_t value) { add(std::to_string(value)); }
    std::string finish() { return (text_.empty() ? "[" : std::move(text_)) + "]"; }

private:
    std::string text_;
};

int rank_of(SlotState state) {
    return state == SlotState::waived ? 1 : state == SlotState::not_due ? 2 : state == SlotState::satisfied ? 3 : 0;
}

// What is open first, the oldest before the others: the order that the list has at first, and the order in which rows are left out.
std::vector<const CompletenessRow*> in_order(const std::vector<CompletenessRow>& rows) {
    std::vector<const CompletenessRow*> list;
    for (const CompletenessRow& row : rows) list.push_back(&row);
    const auto due = [](const CompletenessRow& row) { return row.due ? row.due->days() : std::int64_t{1'000'000'000}; };
    std::stable_sort(list.begin(), list.end(), [&due](const CompletenessRow* a, const CompletenessRow* b) {
        return std::pair(rank_of(a->state), due(*a)) < std::pair(rank_of(b->state), due(*b));
    });
    return list;
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

    PageData make(std::size_t most_rows) {
        PageData data;
        for (const CompletenessRow* row : in_order(report_.rows))
            if (data.rows < most_rows) {
                add(*row);
                ++data.rows;
            } else {
                ++data.left_out[row->state];
            }
        data.json = head(data.left_out).dump(-1);
        data.json.pop_back(); // the rows go inside
        data.json += ",\"rows\":{";
        const char* comma = "";
        for (auto& [name, column] : columns_) {
            data.json += fill("{}\"{}\":{}", std::string_view(comma), name, column.finish());
            comma = ",";
        }
        data.json += "}}";
        return data;
    }

private:
    Json head(const std::map<SlotState, std::int64_t>& left_out) {
        Json json = Json::object();
        json.set("as_of", report_.question.as_of.text()).set("command", command());
        json.set("filter",
                 Json::texts(std::vector<std::string>{report_.question.country, report_.question.site, report_.question.milestone}));
        json.set("rules", rules_.list()).set("places", std::move(place_list_));
        const tmf::PersonNames names(study_);
        Json people = Json::array();
        for (const Json& id : persons_.list().items()) people.push(Json::texts(std::vector<std::string>{id.text(), names.of(id.text())}));
        json.set("people", std::move(people)).set("events", events_.list()).set("languages", languages_.list());
        json.set("states", states_.list()).set("reasons", reasons_.list());
        Json left = Json::object(), not_applicable = Json::array();
        for (const auto& [state, number] : left_out) left.set(std::string(tmf::to_text(state)), number);
        for (const tmf::NotApplicable& item : report_.not_applicable)
            not_applicable.push(Json::texts(std::vector<std::string>{item.slot, item.reason, item.by, item.date.text()}));
        return json.set("left_out", std::move(left)).set("not_applicable", std::move(not_applicable));
    }

    // Shows every row of the page's question; the page adds a place and a milestone.
    std::string command() const {
        const tmf::CompletenessQuestion& q = report_.question;
        std::string text = fill("dossier tmf completeness {} --as-of {}", report_.study, q.as_of.text());
        const auto option = [&text](const char* name, const std::string& value) {
            if (!value.empty()) text += fill(" {} {}", std::string_view(name), value);
        };
        option("--known-at", q.known_at ? q.known_at->text() : "");
        option("--audience", std::string(tmf::to_text(q.audience)));
        return text;
    }

    void add(const CompletenessRow& row) {
        const std::int64_t today = report_.question.as_of.days();
        columns_["rule"].add(rules_.place_of(*row.rule));
        columns_["place"].add(places_.at(place_key(row.rule->level, row.country, row.site)));
        columns_["person"].add(persons_.place_of(row.person));
        columns_["event"].add(events_.place_of(row.event));
        columns_["language"].add(languages_.place_of(row.language));
        columns_["age"].add(row.due ? std::to_string(today - row.due->days()) : "null"); // days since it was due; below 0: days until
        columns_["state"].add(states_.place_of(std::string(tmf::to_text(row.state))));
        columns_["expected"].add(row.expected);
        columns_["satisfied"].add(row.satisfied);
        columns_["reason"].add(reasons_.place_of(row.reason));
        columns_["documents"].add(Json(documents_of(row)).dump(-1));
    }

    // Those that count, wait or have lapsed, each once: a document's versions share its id.
    static std::string documents_of(const CompletenessRow& row) {
        std::vector<std::string> documents;
        for (const auto* list : {&row.documents, &row.pending, &row.lapsed})
            for (const std::string& document : *list)
                if (std::find(documents.begin(), documents.end(), document) == documents.end()) documents.push_back(document);
        return join(documents, " ");
    }

    const tmf::CompletenessReport& report_;
    const tmf::Study& study_;
    std::map<std::string, std::int64_t> places_;
    Json place_list_ = Json::array();
    Rules rules_;
    Words persons_, events_, languages_, states_, reasons_;
    std::map<std::string, Column> columns_ = {{"age", {}},      {"documents", {}}, {"event", {}}, {"expected", {}},
                                              {"language", {}}, {"person", {}},    {"place", {}}, {"reason", {}},
                                              {"rule", {}},     {"satisfied", {}}, {"state", {}}};
};

} // namespace

PageData page_data(const tmf::CompletenessReport& report, const tmf::Study& study, const HeatMap& map, std::size_t most_rows) {
    PageData data = Data(report, study, map).make(most_rows);
    // A browser ends a script at the first "</script", even inside a text.
    for (const auto& [character, escape] : std::map<std::string, std::string>{{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}})
        data.json = replace_all(std::move(data.json), character, escape);
    return data;
}

} // namespace dossier::cli
