// Helpers for tests of expectations and completeness: the catalogue, studies from YAML text, documents in one line.
#pragma once

#include <catch2/catch.hpp>

#include "core/text.hpp"
#include "tmf/completeness.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace tmf_test {

using namespace dossier;
using namespace dossier::tmf;

inline const templates::TmfCatalogue& catalogue() {
    static const templates::TmfCatalogue loaded = [] {
        auto result = templates::read_tmf_catalogue(templates::Source());
        if (!result) throw std::runtime_error(to_text(result.error()));
        return std::move(*result);
    }();
    return loaded;
}

// The catalogue with only these rules.
inline templates::TmfCatalogue only(const std::vector<std::string>& ids) {
    templates::TmfCatalogue reduced = catalogue();
    reduced.rules.clear();
    for (const auto& rule : catalogue().rules)
        if (std::find(ids.begin(), ids.end(), rule.id) != ids.end()) reduced.rules.push_back(rule);
    if (reduced.rules.size() != ids.size()) throw std::runtime_error("a rule id of the test is unknown");
    return reduced;
}

inline Result<StudyReading> reading(const std::string& yaml) {
    auto file = parse_yaml(yaml, "STUDY.yaml");
    if (!file) return file.error();
    return read_study(*file, catalogue());
}

inline Study study(const std::string& yaml) {
    auto result = reading(yaml);
    if (!result) throw std::runtime_error(to_text(result.error()));
    return result->study;
}

inline OptionalDate day(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto date = parse_date(text);
    if (!date) throw std::runtime_error("no date: " + text);
    return date;
}

// Received, final and accepted on the same day, which is what most cases want.
struct Doc {
    DocumentFacts facts;
    Doc(const std::string& id, int unique_id, const std::string& date, const std::string& filed) {
        facts.document = id;
        facts.unique_id = unique_id;
        facts.date = day(date);
        facts.received = facts.final = facts.accepted = day(filed);
    }
    Doc& country(const std::string& v) { return facts.country = v, *this; }
    Doc& site(const std::string& v) { return facts.site = v, *this; }
    Doc& person(const std::string& v) { return facts.persons = split(v, ';'), *this; }
    Doc& event(const std::string& v) { return facts.events = split(v, ';'), *this; }
    Doc& language(const std::string& v) { return facts.language = v, *this; }
    Doc& expires(const std::string& v) { return facts.expires = day(v), *this; }
    Doc& received(const std::string& v) { return facts.received = day(v), *this; }
    Doc& final(const std::string& v) { return facts.final = day(v), *this; }
    Doc& accepted(const std::string& v) { return facts.accepted = day(v), *this; }
    Doc& rejected(const std::string& v) { return facts.rejected = day(v), *this; }
    Doc& superseded(const std::string& v) { return facts.superseded = day(v), *this; }
    Doc& withdrawn(const std::string& v) { return facts.withdrawn = day(v), *this; }
    Doc& pointer() { return facts.pointer = true, *this; }
    operator DocumentFacts() const { return facts; }
};

inline CompletenessReport count(const templates::TmfCatalogue& rules, const Study& facts, const std::vector<DocumentFacts>& documents,
                                const std::string& as_of, Audience audience = Audience::unblinded,
                                const std::vector<Decision>& decisions = {}) {
    CompletenessQuestion question;
    question.as_of = *day(as_of);
    question.audience = audience;
    return completeness(rules, facts, documents, decisions, question);
}

// "EDL-001-01/////" -> "satisfied"; "no slot" when there is none.
inline std::string state(const CompletenessReport& report, const std::string& slot) {
    for (const CompletenessRow& row : report.rows)
        if (row.slot == slot) return std::string(to_text(row.state));
    return "no slot";
}

inline std::string due(const CompletenessReport& report, const std::string& slot) {
    for (const CompletenessRow& row : report.rows)
        if (row.slot == slot) return row.due ? row.due->text() : "none";
    return "no slot";
}

inline std::vector<std::string> slots(const CompletenessReport& report) {
    std::vector<std::string> names;
    for (const CompletenessRow& row : report.rows) names.push_back(row.slot);
    return names;
}

} // namespace tmf_test
