#include "tmf/completeness.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/text.hpp"
#include "tmf/matching.hpp"

namespace dossier::tmf {

namespace {

bool names(const std::string& part, const std::string& of_slot) { return part.empty() || part == of_slot; }

bool applies(const Decision& decision, const Slot& slot, Date as_of) {
    return decision.date <= as_of && (!decision.until || as_of <= *decision.until) && names(decision.rule, slot.rule->id) &&
           names(decision.country, slot.country) && names(decision.site, slot.site) && names(decision.person, slot.person) &&
           names(decision.event, slot.event) && names(decision.language, slot.language);
}

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

class Counter {
public:
    Counter(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
            const std::vector<Decision>& decisions, const CompletenessQuestion& question)
        : study_(study), question_(question), catalogue_(catalogue), decisions_(decisions), dates_(study),
          matching_(catalogue, study, audible(documents)) {
        for (const Decision& decision : decisions) by_rule_[decision.rule].push_back(&decision);
    }

    CompletenessReport count() {
        CompletenessReport report;
        report.study = study_.id;
        report.model = catalogue_.model;
        report.edl = catalogue_.edl;
        report.lists = catalogue_.lists;
        report.rules_left_out = catalogue_.rules_left_out;
        report.question = question_;
        report.review = study_.review;
        report.grace_days = study_.grace_days;
        report.rules = catalogue_.rules.size();
        report.rules_in_force = rules_in_force(catalogue_, study_).size();
        report.next = dates_.next_after(question_.as_of);
        const Date next = report.next ? report.next->date : question_.as_of;
        std::map<std::tuple<std::string, std::string, std::string>, SiteTotal> by_site;
        for (const Slot& slot : make_slots(catalogue_, study_, dates_, {question_.as_of, question_.today})) {
            if (slot.hidden && question_.audience == Audience::blinded) continue;
            if (!wanted(slot)) continue;
            const Decision* decision = decision_for(slot); // step 6
            if (decision && decision->kind == Decision::Kind::not_applicable) {
                report.not_applicable.push_back({slot.identity(), decision->reason, decision->by, decision->date, place_of(decision)});
                continue;
            }
            CompletenessRow row = make_row(slot, decision);
            add_to_totals(row, next, report, by_site);
            report.rows.push_back(std::move(row));
        }
        for (auto& total : by_site) report.by_site.push_back(std::move(total.second));
        return report;
    }

private:
    // For the blinded a restricted document neither counts nor is named while the study is blinded, whatever slot it lies in.
    const std::vector<DocumentFacts>& audible(const std::vector<DocumentFacts>& documents) {
        const Blinding blinding(catalogue_, study_, dates_, {question_.as_of, question_.today});
        const auto is_hidden = [&](const DocumentFacts& facts) {
            return facts.restricted && question_.audience == Audience::blinded &&
                   blinding.hides_at(study_.country(facts.country), study_.site(facts.site));
        };
        if (std::none_of(documents.begin(), documents.end(), is_hidden)) return documents;
        std::remove_copy_if(documents.begin(), documents.end(), std::back_inserter(open_documents_), is_hidden);
        return open_documents_;
    }

    bool wanted(const Slot& slot) const { // step 13
        return names(question_.country, slot.country) && names(question_.site, slot.site) &&
               names(question_.milestone, slot.rule->due.reported);
    }

    int place_of(const Decision* decision) const { return static_cast<int>(decision - decisions_.data()); }

    const Decision* decision_for(const Slot& slot) const {
        const Decision* waiver = nullptr;
        for (const std::string& rule : {slot.rule->id, std::string()}) {
            const auto found = by_rule_.find(rule);
            if (found == by_rule_.end()) continue;
            for (const Decision* decision : found->second) {
                if (!applies(*decision, slot, question_.as_of)) continue;
                if (decision->kind == Decision::Kind::not_applicable) return decision;
                if (!waiver) waiver = decision;
            }
        }
        return waiver;
    }

    CompletenessRow make_row(const Slot& slot, const Decision* waiver) const {
        CompletenessRow row;
        row.slot = slot.identity();
        row.rule = slot.rule;
        row.country = slot.country;
        row.site = slot.site;
        row.person = slot.person;
        row.event = slot.event;
        row.language = slot.language;
        row.due = slot.due;
        row.expected = slot.rule->count;
        matching_.each_match(slot, [&](const DocumentFacts& document) {
            const Standing standing = matching_.standing(document, slot, question_.as_of);
            if (standing == Standing::good) add_once(row.documents, document.document);
            if (standing == Standing::pending) add_once(row.pending, document.document);
            if (standing == Standing::lapsed) add_once(row.lapsed, document.document);
        });
        row.satisfied = static_cast<int>(std::min<std::size_t>(row.documents.size(), static_cast<std::size_t>(row.expected))); // step 9
        if (waiver) row.reason = waiver->reason;
        if (waiver) row.decision = place_of(waiver);
        row.state = state_of(row, waiver);
        return row;
    }

    SlotState state_of(const CompletenessRow& row, const Decision* waiver) const { // step 10: the first that fits
        if (waiver) return SlotState::waived;
        if (row.satisfied == row.expected) return SlotState::satisfied;
        if (!row.pending.empty()) return SlotState::in_review;
        if (!row.due || *row.due > question_.as_of) return SlotState::not_due;
        if (!row.lapsed.empty()) return SlotState::expired;
        return question_.as_of <= row.due->plus_days(study_.grace_days) ? SlotState::missing : SlotState::overdue;
    }

    void add_to_totals(const CompletenessRow& row, Date next, CompletenessReport& report,
                       std::map<std::tuple<std::string, std::string, std::string>, SiteTotal>& by_site) const { // step 11
        if (row.state == SlotState::waived) return;
        const auto add = [&row](Total& total) {
            total.expected += row.expected;
            total.satisfied += row.satisfied;
        };
        const bool due_now = row.due && *row.due <= question_.as_of;
        add(report.whole_trial);
        if (due_now) add(report.due_now);
        if (row.due && *row.due <= next) add(report.by_next_milestone);
        if (row.site.empty()) return;
        SiteTotal& total = by_site[{row.country, row.site, row.milestone()}];
        total.country = row.country;
        total.site = row.site;
        total.milestone = row.milestone();
        add(total.whole);
        if (due_now) add(total.due_now);
    }

    const Study& study_;
    const CompletenessQuestion& question_;
    const templates::TmfCatalogue& catalogue_;
    const std::vector<Decision>& decisions_;
    MilestoneDates dates_;
    std::vector<DocumentFacts> open_documents_; // only where some are hidden
    Matching matching_;
    std::map<std::string, std::vector<const Decision*>> by_rule_;
};

} // namespace

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

std::string CompletenessReport::list_of(const templates::Rule& rule) const { return rule.list.empty() ? "EDL@" + edl : rule.list; }

std::string CompletenessReport::lists_text() const {
    std::string text = "EDL@" + edl;
    for (const templates::AdoptedList& list : lists) text += fill(", {} ({})", list.name, list.owner);
    return text;
}

CompletenessReport completeness(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                                const std::vector<Decision>& decisions, const CompletenessQuestion& question) {
    return Counter(catalogue, study, documents, decisions, question).count();
}

} // namespace dossier::tmf
