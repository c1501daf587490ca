#include "tmf/counting.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace dossier::tmf {

namespace {

bool names(const std::string& part, const std::string& of_slot) { return part.empty() || part == of_slot; }

bool has(const std::vector<std::string>& list, const std::string& text) { return std::find(list.begin(), list.end(), text) != list.end(); }

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (!has(list, text)) list.push_back(text);
}

// By slot, from `first` on. Rows are large: each is moved twice, not once for every comparison.
template <class Entry> void sort_from(std::vector<Entry>& entries, std::size_t first) {
    std::vector<Entry> unsorted(std::make_move_iterator(entries.begin() + static_cast<std::ptrdiff_t>(first)),
                                std::make_move_iterator(entries.end()));
    std::vector<Entry*> order;
    for (Entry& entry : unsorted) order.push_back(&entry);
    std::sort(order.begin(), order.end(), [](const Entry* a, const Entry* b) { return a->slot < b->slot; });
    for (std::size_t i = 0; i < order.size(); ++i) entries[first + i] = std::move(*order[i]);
}

} // namespace

bool covers(const Decision& decision, const Slot& slot) {
    return names(decision.rule, slot.rule->id) && names(decision.country, slot.country) && names(decision.site, slot.site) &&
           names(decision.person, slot.person) && names(decision.event, slot.event) && names(decision.language, slot.language);
}

bool is_in_force(const Decision& decision, Date day) { return decision.date <= day && (!decision.until || day <= *decision.until); }

Counter::Counter(const Study& study, const Expectations& expectations, const std::vector<DocumentFacts>& documents,
                 const std::vector<Decision>& decisions, const CompletenessQuestion& question, Date next_milestone)
    : study_(study), expectations_(expectations), decisions_(decisions), question_(question), next_milestone_(next_milestone),
      matching_(study, expectations, documents, question.audience), milestones_(expectations.milestones()) {}

void Counter::count_places(std::size_t first, std::size_t end) {
    first_place_ = first;
    cells_.assign((end - first) * milestones_.size(), {});
}

void Counter::count(CompletenessReport& report) {
    count_places(0, expectations_.places());
    // Rules come in the order of the slots' names: sorting within a rule sorts the whole.
    for (const templates::Rule* rule : expectations_.rules()) {
        if (!names(question_.milestone, rule->due.reported)) continue; // step 13
        turn_to(*rule);
        const std::size_t rows = report.rows.size(), left_out = report.not_applicable.size();
        expectations_.each(*rule, [&](const Slot& slot) { take(slot, report); });
        sort_from(report.rows, rows);
        sort_from(report.not_applicable, left_out);
    }
    report.by_place = totals();
}

std::vector<PlaceTotal> Counter::count(const std::vector<Slot>& slots) {
    if (slots.empty()) return {};
    const auto [lowest, highest] =
        std::minmax_element(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.place < b.place; });
    count_places(lowest->place, highest->place + 1);
    CompletenessReport sums_only;
    const templates::Rule* rule = nullptr;
    for (const Slot& slot : slots) {
        if (slot.rule != rule) turn_to(*(rule = slot.rule));
        take(slot, sums_only);
    }
    return totals();
}

void Counter::turn_to(const templates::Rule& rule) {
    now_ = {};
    for (const Decision& decision : decisions_) {
        if (decision.rule == rule.id) now_.own.push_back(&decision);
        if (decision.rule.empty()) now_.general.push_back(&decision);
    }
    milestone_ = static_cast<std::size_t>(std::find(milestones_.begin(), milestones_.end(), rule.due.reported) - milestones_.begin());
}

void Counter::take(const Slot& slot, CompletenessReport& report) {
    if (slot.hidden && question_.audience == Audience::blinded) return; // step 4
    if (!wanted(slot)) return;
    const Decision* const decision = decision_for(slot); // step 6
    if (decision && decision->kind == Decision::Kind::not_applicable) {
        if (question_.rows)
            report.not_applicable.push_back({slot.identity(), decision->reason, decision->by, decision->date, place_of(decision), slot.rule,
                                             slot.country, slot.site, slot.person, slot.event, slot.language});
        return;
    }
    if (!question_.rows) {
        if (!decision) add_to_totals(slot, satisfied_by(slot));
        return;
    }
    report.rows.push_back(make_row(slot, decision));
    if (!decision) add_to_totals(slot, report.rows.back().satisfied);
}

bool Counter::wanted(const Slot& slot) const { // step 13
    return names(question_.country, slot.country) && names(question_.site, slot.site);
}

// The first that makes it not applicable, else the first waiver.
const Decision* Counter::decision_for(const Slot& slot) const {
    const Decision* waiver = nullptr;
    for (const auto* decisions : {&now_.own, &now_.general})
        for (const Decision* decision : *decisions) {
            if (!is_in_force(*decision, question_.as_of) || !covers(*decision, slot)) continue;
            if (decision->kind == Decision::Kind::not_applicable) return decision;
            if (!waiver) waiver = decision;
        }
    return waiver;
}

int Counter::satisfied_by(const Slot& slot) const { // step 9, without naming the documents
    std::vector<const std::string*> good;
    const auto expected = static_cast<std::size_t>(slot.rule->count);
    int satisfied = 0;
    matching_.each_match(slot, [&](const DocumentFacts& document) {
        if (matching_.standing(document, slot, question_.as_of) != Standing::good) return true;
        if (expected > 1) { // versions of one document count once
            if (std::any_of(good.begin(), good.end(), [&](const std::string* other) { return *other == document.document; })) return true;
            good.push_back(&document.document);
        }
        return ++satisfied < slot.rule->count;
    });
    return satisfied;
}

CompletenessRow Counter::make_row(const Slot& slot, const Decision* waiver) const {
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
        return true;
    });
    row.satisfied = static_cast<int>(std::min<std::size_t>(row.documents.size(), static_cast<std::size_t>(row.expected))); // step 9
    if (waiver) {
        row.reason = waiver->reason;
        row.decided_by = waiver->by;
        row.decided_on = waiver->date;
        row.decision = place_of(waiver);
    }
    row.state = state_of(row, waiver);
    return row;
}

SlotState Counter::state_of(const CompletenessRow& row, const Decision* waiver) const { // step 10: the first that fits
    if (waiver) return SlotState::waived;
    if (row.satisfied == row.expected) return SlotState::satisfied;
    if (!row.pending.empty()) return SlotState::in_review;
    if (!row.due || *row.due > question_.as_of) return SlotState::not_due;
    if (!row.lapsed.empty()) return SlotState::expired;
    return question_.as_of <= row.due->plus_days(study_.grace_days) ? SlotState::missing : SlotState::overdue;
}

void Counter::add_to_totals(const Slot& slot, int satisfied) { // step 11, waived slots left out
    Cell& cell = cells_[(slot.place - first_place_) * milestones_.size() + milestone_];
    const auto add = [&](Total& total) {
        total.expected += slot.rule->count;
        total.satisfied += satisfied;
    };
    add(cell.whole);
    if (slot.due && *slot.due <= question_.as_of) add(cell.due_now);
    if (slot.due && *slot.due <= next_milestone_) add(cell.by_next);
}

std::vector<PlaceTotal> Counter::totals() const {
    std::vector<std::tuple<std::string, std::string, std::size_t>> order;
    for (std::size_t at = 0; at < cells_.size(); at += milestones_.size()) {
        const auto first = cells_.begin() + static_cast<std::ptrdiff_t>(at);
        const bool is_used = std::any_of(first, first + static_cast<std::ptrdiff_t>(milestones_.size()),
                                         [](const Cell& cell) { return cell.whole.expected != 0; });
        const std::size_t place = first_place_ + at / milestones_.size();
        if (is_used) order.emplace_back(expectations_.country_of(place), expectations_.site_of(place), at);
    }
    std::sort(order.begin(), order.end());
    std::vector<PlaceTotal> all;
    for (const auto& [country, site, at] : order)
        for (std::size_t i = 0; i < milestones_.size(); ++i) {
            const Cell& cell = cells_[at + i];
            if (cell.whole.expected != 0) all.push_back({country, site, milestones_[i], cell.whole, cell.due_now, cell.by_next});
        }
    return all;
}

} // namespace dossier::tmf
