// Steps 6 to 13 of docs/expected_documents.md: slots and documents to states and sums; for completeness.cpp and the roll-up.
#pragma once

#include "tmf/completeness.hpp"
#include "tmf/matching.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

// Step 6: whether a decision is about the slot, whenever; and whether it is in force on the day.
bool covers(const Decision& decision, const Slot& slot);
bool is_in_force(const Decision& decision, Date day);

class Counter {
public:
    // Everything must outlive it.
    Counter(const Study& study, const Expectations& expectations, const std::vector<DocumentFacts>& documents,
            const std::vector<Decision>& decisions, const CompletenessQuestion& question, Date next_milestone);

    // Every slot. Fills by_place, and rows and not_applicable where the question wants them.
    void count(CompletenessReport& report);
    // The sums of these slots only, by place. Slots of one rule stand together.
    std::vector<PlaceTotal> count(const std::vector<Slot>& slots);

private:
    struct RuleDecisions {
        std::vector<const Decision*> own, general; // for this rule, for every rule
    };
    struct Cell { // of a place and a milestone
        Total whole, due_now, by_next;
    };
    void turn_to(const templates::Rule& rule);
    void take(const Slot& slot, CompletenessReport& report);
    bool wanted(const Slot& slot) const;
    const Decision* decision_for(const Slot& slot) const;
    int place_of(const Decision* decision) const { return static_cast<int>(decision - decisions_.data()); }
    int satisfied_by(const Slot& slot) const;
    CompletenessRow make_row(const Slot& slot, const Decision* waiver) const;
    SlotState state_of(const CompletenessRow& row, const Decision* waiver) const;
    void add_to_totals(const Slot& slot, int satisfied);
    void count_places(std::size_t first, std::size_t end); // the slots to come lie at these
    std::vector<PlaceTotal> totals() const;

    const Study& study_;
    const Expectations& expectations_;
    const std::vector<Decision>& decisions_;
    const CompletenessQuestion& question_;
    Date next_milestone_;
    Matching matching_;
    // Of the rule that is being counted.
    RuleDecisions now_;
    std::size_t milestone_ = 0;
    const std::vector<std::string>& milestones_; // of all rules
    std::size_t first_place_ = 0;
    std::vector<Cell> cells_; // milestones of the first place, of the next one ...
};

} // namespace dossier::tmf
