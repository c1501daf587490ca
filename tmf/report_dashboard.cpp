// The dashboard as a report: the three totals, the rows, and the sums by place, zone and month that the page draws.
#include <map>

#include "core/text.hpp"
#include "tmf/dashboard.hpp"

namespace dossier::tmf {

namespace {

ReportTable rows_table(const ReportFacts& facts, const CompletenessReport& completeness) {
    ReportTable table{"rows",
                      "Expected documents",
                      {{"slot", "Slot"},
                       {"state", "State"},
                       {"due", "Due", ColumnKind::date},
                       {"milestone", "Milestone"},
                       {"zone", "Zone"},
                       {"artifact", "Artifact"},
                       {"name", "Document"},
                       {"level", "Level"},
                       {"country", "Country"},
                       {"site", "Site"},
                       {"person", "Person"},
                       {"event", "Event"},
                       {"language", "Language"},
                       {"expected", "Expected", ColumnKind::number},
                       {"satisfied", "Satisfied", ColumnKind::number},
                       {"documents", "Documents", ColumnKind::list},
                       {"rule", "Rule"},
                       {"basis", "Basis"},
                       {"confidence", "Confidence"},
                       {"reason", "Reason"}},
                      {},
                      ""};
    const PersonNames people(facts.study);
    for (const CompletenessRow& row : completeness.rows)
        table.rows.push_back({row.slot,
                              std::string(to_text(row.state)),
                              day_cell(row.due),
                              row.milestone(),
                              zone_of(*row.rule),
                              row.rule->artifact,
                              row.rule->name,
                              std::string(templates::to_text(row.rule->level)),
                              row.country,
                              row.site,
                              people.of(row.person),
                              row.event,
                              row.language,
                              number_cell(row.expected),
                              number_cell(row.satisfied),
                              row.documents,
                              row.rule->id,
                              row.rule->basis,
                              row.rule->confidence,
                              row.reason});
    return table;
}

const std::vector<ReportColumn> sum_columns = {{"due_expected", "Due: expected", ColumnKind::number},
                                               {"due_satisfied", "Due: satisfied", ColumnKind::number},
                                               {"due_percent", "Due: %", ColumnKind::percent},
                                               {"whole_expected", "Whole: expected", ColumnKind::number},
                                               {"whole_satisfied", "Whole: satisfied", ColumnKind::number},
                                               {"open", "Open, due or not", ColumnKind::number}};

std::vector<ReportColumn> with_sums(std::vector<ReportColumn> columns) {
    columns.insert(columns.end(), sum_columns.begin(), sum_columns.end());
    return columns;
}

ReportTable places_table(const CompletenessReport& completeness) {
    struct Sum {
        Total due, whole;
        std::int64_t open = 0;
    };
    std::map<std::tuple<templates::Level, std::string, std::string, std::string>, Sum> sums;
    for (const CompletenessRow& row : completeness.rows) {
        Sum& sum = sums[{row.rule->level, row.country, row.site, row.milestone()}];
        if (is_open(row)) ++sum.open;
        count_row(row, completeness.question.as_of, sum.due, sum.whole);
    }
    ReportTable table{"places",
                      "By place and milestone",
                      with_sums({{"level", "Level"}, {"country", "Country"}, {"site", "Site"}, {"milestone", "Milestone"}}),
                      {},
                      ""};
    for (const auto& [key, sum] : sums) {
        const auto& [level, country, site, milestone] = key;
        table.rows.push_back({std::string(templates::to_text(level)), country, site, milestone, sum.due.expected, sum.due.satisfied,
                              percent_cell(sum.due), sum.whole.expected, sum.whole.satisfied, sum.open});
    }
    return table;
}

ReportTable zones_table(const CompletenessReport& completeness) {
    ReportTable table{"zones", "By zone and country", with_sums({{"zone", "Zone"}, {"country", "Country"}}), {}, ""};
    for (const ZoneTotal& total : by_zone_and_country(completeness))
        table.rows.push_back({total.zone, total.country.empty() ? "trial" : total.country, total.due.expected, total.due.satisfied,
                              percent_cell(total.due), total.whole.expected, total.whole.satisfied, total.open});
    return table;
}

ReportTable trend_table(const std::vector<TrendPoint>& trend) {
    ReportTable table{"trend",
                      "Month by month",
                      {{"date", "Day", ColumnKind::date},
                       {"due_expected", "Due: expected", ColumnKind::number},
                       {"due_satisfied", "Due: satisfied", ColumnKind::number},
                       {"due_percent", "Due: %", ColumnKind::percent},
                       {"late", "Missing, overdue or expired", ColumnKind::number}},
                      {},
                      "Each day judged by what is recorded now; from the first month's end at which something was due."};
    for (const TrendPoint& point : trend)
        table.rows.push_back({point.date, point.due.expected, point.due.satisfied, percent_cell(point.due), point.late});
    return table;
}

} // namespace

Report dashboard_report(const ReportFacts& facts) {
    Report report = start_report("dashboard", "Dashboard", facts);
    const Dashboard dashboard = make_dashboard(facts);
    const CompletenessReport& completeness = dashboard.completeness;
    report.settings = {{"grace_days", std::int64_t{facts.study.grace_days}}};
    std::map<SlotState, std::int64_t> states;
    for (const CompletenessRow& row : completeness.rows) ++states[row.state];
    const std::string next = completeness.next ? completeness.next->date.text() : completeness.question.as_of.text();
    report.figures = {
        {"due_now", "Due now", completeness.due_now, "",
         "satisfied and expected of rows due by " + completeness.question.as_of.text() + ", not waived"},
        {"by_next_milestone", "Due by the next milestone", completeness.by_next_milestone, "",
         "satisfied and expected of rows due by " + next + ", not waived"},
        {"whole_trial", "Whole trial", completeness.whole_trial, "", "satisfied and expected of rows, not waived"},
    };
    for (const SlotState state :
         {SlotState::missing, SlotState::overdue, SlotState::expired, SlotState::in_review, SlotState::not_due, SlotState::waived}) {
        const std::string word(to_text(state));
        report.figures.push_back(
            {word, "Slots " + replace_all(word, "_", " "), number_cell(states[state]), "", "rows of rows with state " + word});
    }
    report.tables = {rows_table(facts, completeness), places_table(completeness), zones_table(completeness), trend_table(dashboard.trend)};
    return report;
}

} // namespace dossier::tmf
