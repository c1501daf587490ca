// Steps 6 to 13 of docs/expected_documents.md: slots and documents to states and sums; for completeness.cpp and the roll-up.
#pragma once

#include "tmf/completeness.hpp"
#include "tmf/matching.hpp"

#include <functional>
#include <string>
#include <vector>

namespace dossier::tmf {

// Which slots are counted, beside the filters of the question. Empty functions: all.
struct SlotSelection {
    std::function<bool(const templates::Rule&)> rule;
    std::function<bool(const Slot&)> slot;
};

class Counter {
public:
    // Everything must outlive it.
    Counter(const templates::TmfCatalogue& catalogue, const Study& study, const Expectations& expectations,
            const std::vector<DocumentFacts>& documents, const std::vector<Decision>& decisions, const CompletenessQuestion& question,
            Date next_milestone);

    // Fills by_place, and rows and not_applicable where the question wants them.
    void count(const SlotSelection& selection, CompletenessReport& report);

private:
    struct RuleDecisions {
        std::vector<const Decision*> own, general; // for this rule, for every rule
    };
    void take(const Slot& slot, std::size_t milestone, CompletenessReport& report);
    bool wanted(const Slot& slot) const;
    const Decision* decision_for(const Slot& slot) const;
    int place_of(const Decision* decision) const { return static_cast<int>(decision - decisions_.data()); }
    int satisfied_by(const Slot& slot) const;
    CompletenessRow make_row(const Slot& slot, const Decision* waiver) const;
    SlotState state_of(const CompletenessRow& row, const Decision* waiver) const;
    void add_to_totals(const Slot& slot, std::size_t milestone, int satisfied);
    std::vector<PlaceTotal> totals() const;

    const templates::TmfCatalogue& catalogue_;
    const Study& study_;
    const Expectations& expectations_;
    const std::vector<Decision>& decisions_;
    const CompletenessQuestion& question_;
    Date next_milestone_;
    Matching matching_;
    RuleDecisions now_; // of the rule that is being counted
    std::vector<std::string> milestones_;
    std::vector<PlaceTotal> cells_; // milestones of place 0, of place 1 ...; their names are filled in at the end
};

} // namespace dossier::tmf
