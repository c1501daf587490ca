// One line a study: how complete its trial master file is, and what is late.
#include <algorithm>
#include <map>
#include <set>

#include "core/text.hpp"
#include "tmf/report_kinds.hpp"

namespace dossier::tmf {

namespace {

ReportTable studies_table() {
    return {
        "studies",
        "Studies",
        {{"study", "Study"},
         {"title", "Title"},
         {"phase", "Phase"},
         {"model", "Model"},
         {"countries", "Countries", ColumnKind::number},
         {"sites", "Sites", ColumnKind::number},
         {"documents", "Documents", ColumnKind::number},
         {"due_expected", "Due: expected", ColumnKind::number},
         {"due_satisfied", "Due: satisfied", ColumnKind::number},
         {"due_percent", "Due: %", ColumnKind::percent},
         {"next_milestone", "Next milestone"},
         {"next_date", "On", ColumnKind::date},
         {"next_percent", "By then: %", ColumnKind::percent},
         {"whole_expected", "Whole: expected", ColumnKind::number},
         {"whole_satisfied", "Whole: satisfied", ColumnKind::number},
         {"missing", "Missing", ColumnKind::number},
         {"overdue", "Overdue", ColumnKind::number},
         {"expired", "Expired", ColumnKind::number},
         {"in_review", "In review, due or not", ColumnKind::number},
         {"waived", "Waived", ColumnKind::number},
         {"oldest_days", "Oldest in days", ColumnKind::number},
         {"scope", "Of it"},
         {"known", "Known then"},
         {"edl", "Expected documents"}},
        {},
        "Sites: those that were not rejected. Documents: received by that day. Oldest: the longest time since a slot that is open was "
        "due. Of it: the part that the line counts, where it is not the whole study. Known then: no when nothing was known of the study "
        "on the day of --known-at; it counts nowhere."};
}

std::int64_t sum_of(const ReportTable& table, const std::string& key) {
    const std::size_t index = column_of(table, key);
    std::int64_t sum = 0;
    for (const auto& row : table.rows)
        if (const auto* number = std::get_if<std::int64_t>(&row[index])) sum += *number;
    return sum;
}

std::int64_t known_studies(const ReportTable& table) {
    std::set<std::string> studies;
    for (const auto& row : table.rows)
        if (cell_text(row[column_of(table, "known")]) == "yes") studies.insert(cell_text(row[column_of(table, "study")]));
    return static_cast<std::int64_t>(studies.size());
}

void set_figures(Report& report) {
    const ReportTable& table = report.tables.front();
    const auto total = [&table](const char* expected, const char* satisfied) {
        Total sum;
        sum.expected = sum_of(table, expected);
        sum.satisfied = sum_of(table, satisfied);
        return sum;
    };
    report.figures = {
        {"studies", "Studies", number_cell(known_studies(table)), "", "different study of studies with known yes"},
        {"due_now", "Due now", total("due_expected", "due_satisfied"), "", "due_satisfied and due_expected of studies"},
        {"whole_trial", "Whole trials", total("whole_expected", "whole_satisfied"), "", "whole_satisfied and whole_expected of studies"},
        {"overdue", "Overdue", number_cell(sum_of(table, "overdue")), "", "overdue of studies"},
        {"expired", "Expired", number_cell(sum_of(table, "expired")), "", "expired of studies"},
    };
}

std::int64_t documents_received(const ReportFacts& facts) {
    std::int64_t number = 0;
    for (const StoredDocument* stored : documents_in_scope(facts))
        for (const VersionRecord& version : stored->versions)
            if (version.received && *version.received <= facts.question.as_of) {
                ++number;
                break;
            }
    return number;
}

} // namespace

Report overview_report(const ReportFacts& facts) {
    Report report = start_report("overview", "Overview", facts);
    const CompletenessReport completeness = completeness_of(facts);
    std::map<SlotState, std::int64_t> states;
    std::int64_t oldest = 0;
    for (const CompletenessRow& row : completeness.rows) {
        ++states[row.state];
        if (is_open(row) && row.due) oldest = std::max(oldest, facts.question.as_of.days() - row.due->days());
    }
    const Study& study = facts.study;
    const CompletenessQuestion& question = facts.question;
    const auto sites = std::count_if(study.sites.begin(), study.sites.end(), [&question](const Site& site) {
        return place_in_scope(question, site.country, site.id) && !(site.rejected && *site.rejected <= question.as_of);
    });
    const Site* only_site = study.site(question.site);
    const std::string only_country = only_site ? only_site->country : question.country;
    const auto countries = std::count_if(study.countries.begin(), study.countries.end(), [&only_country](const Country& country) {
        return only_country.empty() || country.code == only_country;
    });
    const auto& next = completeness.next;
    report.tables = {studies_table()};
    report.tables.front().rows.push_back({study.id,
                                          study.title,
                                          study.phase,
                                          facts.catalogue.model,
                                          number_cell(countries),
                                          number_cell(sites),
                                          documents_received(facts),
                                          completeness.due_now.expected,
                                          completeness.due_now.satisfied,
                                          percent_cell(completeness.due_now),
                                          next ? next->code : "",
                                          next ? ReportCell(next->date) : ReportCell(),
                                          percent_cell(completeness.by_next_milestone),
                                          completeness.whole_trial.expected,
                                          completeness.whole_trial.satisfied,
                                          states[SlotState::missing],
                                          states[SlotState::overdue],
                                          states[SlotState::expired],
                                          states[SlotState::in_review],
                                          states[SlotState::waived],
                                          oldest,
                                          filter_text(question),
                                          std::string("yes"),
                                          expected_text(report)});
    set_figures(report);
    return report;
}

Report unknown_overview(const std::string& study, const CompletenessQuestion& question) {
    Report report;
    report.kind = "overview";
    report.study = study;
    report.question = question;
    report.tables = {studies_table()};
    ReportTable& table = report.tables.front();
    std::vector<ReportCell> row(table.columns.size());
    row[column_of(table, "study")] = study;
    row[column_of(table, "known")] = std::string("no");
    table.rows.push_back(std::move(row));
    const Date day = question.known_at.value_or(question.as_of);
    report.notes.push_back(fill("Study {}: not known on {}.", study, day.text()));
    return report;
}

Report joined_overview(std::vector<Report> studies, const CompletenessQuestion& question) {
    Report report;
    report.kind = "overview";
    report.title = "Overview of all studies";
    report.question = question;
    report.tables = {studies_table()};
    for (Report& study : studies) {
        for (auto& row : study.tables.front().rows) report.tables.front().rows.push_back(std::move(row));
        for (std::string& note : study.notes) report.notes.push_back(std::move(note));
    }
    set_figures(report);
    return report;
}

} // namespace dossier::tmf
