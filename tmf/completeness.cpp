#include "tmf/completeness.hpp"

#include "core/text.hpp"
#include "tmf/counting.hpp"

namespace dossier::tmf {

std::string_view to_text(Audience audience) { return audience == Audience::blinded ? "blinded" : "unblinded"; }

std::string_view to_text(SlotState state) {
    switch (state) {
    case SlotState::satisfied:
        return "satisfied";
    case SlotState::missing:
        return "missing";
    case SlotState::overdue:
        return "overdue";
    case SlotState::in_review:
        return "in_review";
    case SlotState::expired:
        return "expired";
    case SlotState::waived:
        return "waived";
    case SlotState::not_due:
        return "not_due";
    }
    return "";
}

bool is_open(const CompletenessRow& row) {
    return row.state == SlotState::missing || row.state == SlotState::overdue || row.state == SlotState::expired ||
           row.state == SlotState::in_review;
}

std::int64_t Total::tenths() const { return expected == 0 ? 1000 : (2000 * satisfied + expected) / (2 * expected); }

std::string Total::text() const {
    if (expected == 0) return "0 of 0 = n/a";
    return fill("{} of {} = {}.{} %", satisfied, expected, tenths() / 10, tenths() % 10);
}

void sum_up(CompletenessReport& report) { // step 11
    const auto add = [](Total& sum, const Total& total) {
        sum.expected += total.expected;
        sum.satisfied += total.satisfied;
    };
    for (const PlaceTotal& place : report.by_place) {
        add(report.whole_trial, place.whole);
        add(report.due_now, place.due_now);
        add(report.by_next_milestone, place.by_next);
        if (!place.site.empty()) report.by_site.push_back({place.country, place.site, place.milestone, place.whole, place.due_now});
    }
}

std::string CompletenessReport::list_of(const templates::Rule& rule) const { return rule.list.empty() ? "EDL@" + edl : rule.list; }

std::string CompletenessReport::lists_text() const {
    std::string text = "EDL@" + edl;
    for (const templates::AdoptedList& list : lists) text += fill(", {} ({})", list.name, list.owner);
    return text;
}

CompletenessReport completeness(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                                const std::vector<Decision>& decisions, const CompletenessQuestion& question) {
    CompletenessReport report;
    report.study = study.id;
    report.model = catalogue.model;
    report.edl = catalogue.edl;
    report.lists = catalogue.lists;
    report.rules_left_out = catalogue.rules_left_out;
    report.question = question;
    report.review = study.review;
    report.grace_days = study.grace_days;
    report.rules = catalogue.rules.size();
    const MilestoneDates dates(study);
    report.next = dates.next_after(question.as_of);
    const Expectations expectations(catalogue, study, dates, {question.as_of, question.today});
    report.rules_in_force = expectations.rules().size();
    Counter(study, expectations, documents, decisions, question, report.next ? report.next->date : question.as_of).count(report);
    sum_up(report);
    return report;
}

} // namespace dossier::tmf
