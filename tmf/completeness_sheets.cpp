// The completeness report as sheets of a workbook, and as the one table of a CSV.
#include "core/text.hpp"
#include "tmf/head_columns.hpp"
#include "tmf/place_level.hpp"
#include "tmf/report.hpp"

namespace dossier::tmf {

namespace {

Sheet rows_sheet(const CompletenessReport& report) {
    Sheet sheet{"Expected documents",
                {"slot",      "state",     "artifact",   "name",     "level",     "country",      "site",       "person",    "event",
                 "language",  "milestone", "due",        "expected", "satisfied", "documents",    "pending",    "lapsed",    "rule",
                 "unique_id", "basis",     "confidence", "reason",   "list",      "sub_artifact", "decided_by", "decided_on"},
                {}};
    for (const CompletenessRow& row : report.rows) {
        const templates::Rule& rule = *row.rule;
        sheet.rows.push_back({row.slot,
                              std::string(to_text(row.state)),
                              rule.artifact,
                              rule.name,
                              std::string(templates::to_text(rule.level)),
                              row.country,
                              row.site,
                              row.person,
                              row.event,
                              row.language,
                              row.milestone(),
                              row.due ? SheetCell::date(row.due->text()) : SheetCell(""),
                              std::int64_t{row.expected},
                              std::int64_t{row.satisfied},
                              join(row.documents, "; "),
                              join(row.pending, "; "),
                              join(row.lapsed, "; "),
                              rule.id,
                              fill("{:03}", rule.unique_id),
                              rule.basis,
                              rule.confidence,
                              row.reason,
                              report.list_of(rule),
                              rule.sub_artifact,
                              row.decided_by,
                              row.decided_on ? SheetCell::date(row.decided_on->text()) : SheetCell("")});
    }
    return sheet;
}

Sheet sites_sheet(const CompletenessReport& report) {
    Sheet sheet{"By site", {"country", "site", "milestone", "expected", "satisfied", "due_expected", "due_satisfied"}, {}};
    for (const SiteTotal& total : report.by_site)
        sheet.rows.push_back({total.country, total.site, total.milestone, total.whole.expected, total.whole.satisfied,
                              total.due_now.expected, total.due_now.satisfied});
    return sheet;
}

// Everything that the totals count, so that a reader can add it up.
Sheet places_sheet(const CompletenessReport& report) {
    Sheet sheet{"By place",
                {"level", "country", "site", "milestone", "expected", "satisfied", "due_expected", "due_satisfied", "next_expected",
                 "next_satisfied"},
                {}};
    for (const PlaceTotal& total : report.by_place)
        sheet.rows.push_back({level_text(total), total.country, total.site, total.milestone, total.whole.expected, total.whole.satisfied,
                              total.due_now.expected, total.due_now.satisfied, total.by_next.expected, total.by_next.satisfied});
    return sheet;
}

Sheet totals_sheet(const CompletenessReport& report) {
    Sheet sheet{"Totals", {"total", "date", "expected", "satisfied", "percent"}, {}};
    const std::string next = report.next ? report.next->date.text() : report.question.as_of.text();
    const auto add = [&sheet](const char* name, const std::string& date, const Total& total) {
        sheet.rows.push_back({name, SheetCell::date(date), total.expected, total.satisfied, total.percent()});
    };
    add("due now", report.question.as_of.text(), report.due_now);
    add("by next milestone", next, report.by_next_milestone);
    add("whole trial", report.question.as_of.text(), report.whole_trial);
    const auto say = [&sheet](const std::string& what) { sheet.rows.push_back({what, "", "", "", ""}); };
    say("study " + report.study);
    say(fill("audience {}", std::string_view(to_text(report.question.audience))));
    if (const std::string filter = filter_text(report.question); !filter.empty()) say("only " + filter);
    say("model " + report.model + ", expected documents " + report.lists_text());
    if (report.question.known_at) sheet.rows.push_back({"known at", SheetCell::date(report.question.known_at->text()), "", "", ""});
    return sheet;
}

Sheet not_applicable_sheet(const CompletenessReport& report) {
    Sheet sheet{"Not applicable", {"slot", "reason", "by", "date"}, {}};
    for (const NotApplicable& slot : report.not_applicable)
        sheet.rows.push_back({slot.slot, slot.reason, slot.by, SheetCell::date(slot.date.text())});
    return sheet;
}

// Behind the rows what is not applicable: nothing is expected, so no sum over the column changes.
void add_not_applicable(Sheet& sheet, const CompletenessReport& report) {
    for (const NotApplicable& slot : report.not_applicable) {
        const templates::Rule& rule = *slot.rule;
        sheet.rows.push_back({slot.slot,
                              "not_applicable",
                              rule.artifact,
                              rule.name,
                              std::string(templates::to_text(rule.level)),
                              slot.country,
                              slot.site,
                              slot.person,
                              slot.event,
                              slot.language,
                              rule.due.reported,
                              "",
                              "",
                              "",
                              "",
                              "",
                              "",
                              rule.id,
                              fill("{:03}", rule.unique_id),
                              rule.basis,
                              rule.confidence,
                              slot.reason,
                              report.list_of(rule),
                              rule.sub_artifact,
                              slot.by,
                              SheetCell::date(slot.date.text())});
    }
}

} // namespace

std::vector<Sheet> to_sheets(const CompletenessReport& report) {
    if (!report.question.rows) return {places_sheet(report), totals_sheet(report)};
    return {rows_sheet(report), sites_sheet(report), totals_sheet(report), not_applicable_sheet(report)};
}

Sheet to_csv_sheet(const CompletenessReport& report, const std::string& tool) {
    Sheet sheet = report.question.rows ? rows_sheet(report) : places_sheet(report);
    if (report.question.rows) add_not_applicable(sheet, report);
    HeadColumns columns = {{"report", report.question.rows ? "Completeness" : "Completeness by place"}, {"study", report.study}};
    add_question(columns, report.question);
    columns.emplace_back("model", report.model);
    columns.emplace_back("edl", report.lists_text());
    if (report.question.rows) { // what the totals were read from does not keep these
        columns.emplace_back("review", report.review ? "yes" : "no");
        columns.emplace_back("grace_days", std::int64_t{report.grace_days});
    }
    columns.emplace_back("tool", tool);
    add_head(sheet, columns);
    return sheet;
}

} // namespace dossier::tmf
