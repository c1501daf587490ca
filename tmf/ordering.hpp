// Rules of order: what has to come before what, judged on a day over documents, milestones and people. A pure function. A rule whose sides
// are not both there is not judged, and that is said: it never looks like passed.
#pragma once

#include "templates/tmf_quality.hpp"
#include "tmf/records.hpp"
#include "tmf/study.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct OrderingSideFound {
    OptionalDate date;    // none: the side is missing
    std::string document; // D-000012@1 of a document; else empty
    std::string text;     // "D-000012@1 (05.02.18 Site Signature Sheet) of 2025-03-08"; what is missing when there is no date
};

struct OrderingJudgement {
    enum class State { passed, failed, not_judged } state = State::not_judged;
    const templates::OrderingRule* rule = nullptr;
    std::string country, site, person;
    OrderingSideFound earlier, later;
    OptionalDate uncovered; // of a rule that wants a span covered: the first day that is not
    std::string reason;     // in words: what was compared, or what is missing
};
std::string_view to_text(OrderingJudgement::State state);

struct OrderingQuestion {
    Date as_of;                // what was final, and what happened, by this day
    std::string country, site; // only this place; empty = all
};

// By rule, then place and person in the study's order. The catalogue must outlive the result.
std::vector<OrderingJudgement> judge_order(const std::vector<templates::OrderingRule>& rules, const templates::TmfCatalogue& model,
                                           const Study& study, const std::vector<const StoredDocument*>& documents,
                                           const OrderingQuestion& question);

} // namespace dossier::tmf
