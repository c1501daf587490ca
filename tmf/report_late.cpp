// What is due and not there, with its age in days and in buckets.
#include <algorithm>
#include <array>
#include <map>

#include "core/text.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

struct Bucket {
    std::int64_t days; // at most
    const char* name;
};
constexpr std::array<Bucket, 5> buckets{{{30, "0-30"}, {60, "31-60"}, {90, "61-90"}, {180, "91-180"}, {1'000'000'000, "over 180"}}};

const char* bucket_of(std::int64_t days) {
    for (const Bucket& bucket : buckets)
        if (days <= bucket.days) return bucket.name;
    return "";
}

struct LateRow {
    const CompletenessRow* row;
    std::int64_t age;
};

std::vector<LateRow> late_rows(const CompletenessReport& completeness) {
    std::vector<LateRow> late;
    const Date as_of = completeness.question.as_of;
    for (const CompletenessRow& row : completeness.rows)
        if (is_open(row) && row.due && *row.due <= as_of) late.push_back({&row, as_of.days() - row.due->days()});
    std::stable_sort(late.begin(), late.end(), [](const LateRow& a, const LateRow& b) { return a.age > b.age; });
    return late;
}

ReportTable rows_table(const ReportFacts& facts, const std::vector<LateRow>& late) {
    ReportTable table{"late",
                      "Due and not there",
                      {{"slot", "Slot"},
                       {"state", "State"},
                       {"due", "Due", ColumnKind::date},
                       {"age_days", "Age in days", ColumnKind::number},
                       {"bucket", "Bucket"},
                       {"artifact", "Artifact"},
                       {"name", "Document"},
                       {"country", "Country"},
                       {"site", "Site"},
                       {"person", "Person"},
                       {"event", "Event"},
                       {"language", "Language"},
                       {"milestone", "Milestone"},
                       {"expected", "Expected", ColumnKind::number},
                       {"satisfied", "Satisfied", ColumnKind::number},
                       {"documents", "Documents", ColumnKind::list},
                       {"rule", "Rule"},
                       {"basis", "Basis"},
                       {"confidence", "Confidence"}},
                      {},
                      "Oldest first. Documents: those in review or lapsed. Age is counted from the due date."};
    const PersonNames people(facts.study);
    for (const auto& [row, age] : late) {
        std::vector<std::string> seen; // once each: a document's versions share its id
        for (const auto* list : {&row->pending, &row->lapsed})
            for (const std::string& document : *list)
                if (std::find(seen.begin(), seen.end(), document) == seen.end()) seen.push_back(document);
        table.rows.push_back({row->slot, std::string(to_text(row->state)), day_cell(row->due), age, bucket_of(age), row->rule->artifact,
                              row->rule->name, row->country, row->site, people.of(row->person), row->event, row->language, row->milestone(),
                              number_cell(row->expected), number_cell(row->satisfied), seen, row->rule->id, row->rule->basis,
                              row->rule->confidence});
    }
    return table;
}

ReportTable buckets_table(const std::vector<LateRow>& late) {
    ReportTable table{"buckets",
                      "By age",
                      {{"bucket", "Age in days"},
                       {"missing", "Missing", ColumnKind::number},
                       {"overdue", "Overdue", ColumnKind::number},
                       {"expired", "Expired", ColumnKind::number},
                       {"in_review", "In review, due", ColumnKind::number},
                       {"all", "All", ColumnKind::number}},
                      {},
                      ""};
    std::map<std::string, std::map<SlotState, std::int64_t>> counts;
    for (const auto& [row, age] : late) ++counts[bucket_of(age)][row->state];
    for (const Bucket& bucket : buckets) {
        auto& of = counts[bucket.name];
        table.rows.push_back({bucket.name, of[SlotState::missing], of[SlotState::overdue], of[SlotState::expired], of[SlotState::in_review],
                              of[SlotState::missing] + of[SlotState::overdue] + of[SlotState::expired] + of[SlotState::in_review]});
    }
    return table;
}

} // namespace

Report late_report(const ReportFacts& facts) {
    Report report = start_report("late", "Late and missing", facts);
    report.settings = {{"grace_days", std::int64_t{facts.study.grace_days}}};
    const CompletenessReport completeness = completeness_of(facts);
    const std::vector<LateRow> late = late_rows(completeness);
    const auto count = [&late](SlotState state) {
        return number_cell(std::count_if(late.begin(), late.end(), [state](const LateRow& l) { return l.row->state == state; }));
    };
    report.figures = {
        {"late", "Due and not there", number_cell(static_cast<std::int64_t>(late.size())), "", "rows of late"},
        {"missing", "Missing, within the days of grace", count(SlotState::missing), "", "rows of late with state missing"},
        {"overdue", "Overdue", count(SlotState::overdue), "", "rows of late with state overdue"},
        {"expired", "Expired", count(SlotState::expired), "", "rows of late with state expired"},
        {"in_review", "In review, due", count(SlotState::in_review), "", "rows of late with state in_review"},
        {"oldest_days", "Oldest", late.empty() ? ReportCell() : ReportCell(late.front().age), "days", "largest age_days of late"},
    };
    report.tables = {rows_table(facts, late), buckets_table(late)};
    return report;
}

} // namespace dossier::tmf
