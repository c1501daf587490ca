// Completeness: what is expected, what is there, in which state, on a given day. A pure function over plain structs; no clock, no disk.
// docs/expected_documents.md has the algorithm; its steps are named in the code.
#pragma once

#include "core/json.hpp"
#include "core/table.hpp"
#include "tmf/expectation.hpp"

#include <string>
#include <vector>

namespace dossier::tmf {

struct DocumentFacts {    // one version of a document
    std::string document; // its id: versions of one document share it
    int unique_id = 0;
    std::string sub_artifact; // empty = the artifact as a whole
    std::string country, site;
    std::vector<std::string> persons, events;
    std::string language;
    OptionalDate date, expires, received, final, accepted, rejected, superseded, withdrawn;
    bool pointer = false;    // the record lives elsewhere
    bool restricted = false; // may unblind
};

struct Decision {
    enum class Kind { waived, not_applicable } kind = Kind::waived;
    std::string rule, country, site, person, event, language; // empty = any
    Date date;
    OptionalDate until;
    std::string by, reason;
};

enum class Audience { blinded, unblinded };
std::string_view to_text(Audience audience);

struct CompletenessQuestion {
    Date as_of;
    Audience audience = Audience::unblinded;
    OptionalDate today;                   // see ExpectationQuestion
    OptionalDate known_at;                // the day whose knowledge was used; none = what is recorded now. Only named in the report
    std::string country, site, milestone; // filters; empty = all
    bool rows = true;                     // false: totals only, the report's rows and not_applicable stay empty
};

enum class SlotState { satisfied, missing, overdue, in_review, expired, waived, not_due };
std::string_view to_text(SlotState state);

struct CompletenessRow {
    std::string slot; // its identity
    const templates::Rule* rule = nullptr;
    std::string country, site, person, event, language;
    OptionalDate due;
    int expected = 0, satisfied = 0;
    SlotState state = SlotState::missing;
    std::vector<std::string> documents;                                 // that count
    std::vector<std::string> pending;                                   // received; final or acceptance is lacking
    std::vector<std::string> lapsed;                                    // would count but for their validity
    std::string reason, decided_by;                                     // of a waiver
    OptionalDate decided_on;                                            // the same
    int decision = -1;                                                  // the waiver's place among the decisions given
    const std::string& milestone() const { return rule->due.reported; } // 01 to 12
};

bool is_open(const CompletenessRow& row); // missing, overdue, expired or in review

struct Total {
    std::int64_t expected = 0, satisfied = 0;
    std::int64_t tenths() const; // of a percent, half up; 1000 when nothing is expected
    double percent() const { return static_cast<double>(tenths()) / 10; }
    bool operator==(const Total&) const = default;
    std::string text() const; // "7 of 9 = 77.8 %", "0 of 0 = n/a"
};

struct NotApplicable {
    std::string slot, reason, by;
    Date date;
    int decision = -1; // its place among the decisions given
    const templates::Rule* rule = nullptr;
    std::string country, site, person, event, language;
};

struct PlaceTotal { // both empty: the trial; without site: the country's own
    std::string country, site, milestone;
    Total whole, due_now, by_next;
    bool operator==(const PlaceTotal&) const = default;
};

struct SiteTotal {
    std::string country, site, milestone;
    Total whole, due_now;
};

struct CompletenessReport {
    std::string study, model, edl;
    std::vector<templates::AdoptedList> lists; // own lists on top, as the study adopted them
    CompletenessQuestion question;
    bool review = false;
    int grace_days = 0;
    std::optional<NextMilestone> next; // none: nothing lies ahead
    Total due_now, by_next_milestone, whole_trial;
    std::vector<PlaceTotal> by_place;  // where something is expected, by country, site and milestone; the three totals are their sums
    std::vector<SiteTotal> by_site;    // those of sites
    std::vector<CompletenessRow> rows; // sorted by slot, bytewise
    std::vector<NotApplicable> not_applicable;
    std::size_t rules = 0, rules_in_force = 0;
    bool from_rollup = false;                // read from what is kept, not counted now (tmf/rollup.hpp); the numbers are the same
    std::vector<std::string> rules_left_out; // rules that are not counted: their artifact is not in the study's model
    std::string list_of(const templates::Rule& rule) const; // EDL@1, ACME-2026@3
    std::string lists_text() const;                         // EDL@1, ACME-2026@3 (Acme Ltd)
};

// The three totals and by_site, from by_place.
void sum_up(CompletenessReport& report);

// The catalogue must outlive the report.
CompletenessReport completeness(const templates::TmfCatalogue& catalogue, const Study& study, const std::vector<DocumentFacts>& documents,
                                const std::vector<Decision>& decisions, const CompletenessQuestion& question);

// The shape `completeness` of docs/design.md, section 4.
Json to_json(const CompletenessReport& report);
// First sheet: the rows; then totals by site and milestone.
std::vector<Sheet> to_sheets(const CompletenessReport& report);
// The first of them; behind its rows what is not applicable (state not_applicable, nothing expected), by whom, when and why. Each row says
// what the report is about (tmf/head_columns.hpp).
Sheet to_csv_sheet(const CompletenessReport& report, const std::string& tool);

} // namespace dossier::tmf
