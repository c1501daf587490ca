// A validation report as one table: a row for each finding, waived one, rule that was not run, and the verdict.
#include "cli/validation_words.hpp"

namespace dossier::cli {

namespace {

using ectd::ValidationReport;
using Row = std::vector<SheetCell>;

class Rows {
public:
    Rows(const ValidationReport& report, Sheet& sheet) : report_(report), sheet_(sheet) {}

    void finding(const Finding& finding, const char* fresh, const char* kind, const ectd::WaivedFinding* waived = nullptr) {
        Row row = {
            report_.target, finding.rule, finding.number, finding.severity, finding.path, finding.location, finding.message, finding.remedy,
            fresh,          kind};
        if (waived)
            row.insert(row.end(), {waived->reason, waived->who, waived->until ? waived->until->text() : ""});
        else
            row.insert(row.end(), {"", "", ""});
        add(std::move(row));
    }
    void outcome(const std::string& rule, const std::string& message, const char* kind) {
        add({report_.target, rule, "", "", "", "", message, "", "", kind, "", "", ""});
    }

private:
    void add(Row row) {
        row.insert(row.end(), {report_.application, report_.rules, report_.rules_version, SheetCell::date(report_.as_of.text()),
                               ectd::to_text(report_.verdict), report_.gateway_reports, report_.package_sha256, tool_name()});
        sheet_.rows.push_back(std::move(row));
    }

    const ValidationReport& report_;
    Sheet& sheet_;
};

void add_report(const ValidationReport& report, Sheet& sheet) {
    Rows rows(report, sheet);
    for (std::size_t i = 0; i < report.findings.size(); ++i)
        rows.finding(report.findings[i], !report.comparison ? "" : report.comparison->is_new[i] ? "yes" : "no", "finding");
    for (const ectd::WaivedFinding& waived : report.waived) rows.finding(waived.finding, "", "waived", &waived);
    if (report.comparison) {
        for (const Finding& gone : report.comparison->gone) rows.finding(gone, "", "gone");
        for (const Finding& open : report.comparison->not_run) rows.finding(open, "", "earlier_not_run");
    }
    for (const RuleOutcome& outcome : report.not_run) rows.outcome(outcome.rule, outcome.reason, "not_run");
    for (const std::string& note : report.notes) rows.outcome("", note, "note");
    rows.outcome("", coverage_text(report), "verdict");
}

} // namespace

Sheet validation_table(const ValidationResult& result) {
    Sheet sheet;
    sheet.name = "findings";
    sheet.header = {"sequence",        "rule",           "number", "severity", "path",   "location",
                    "message",         "remedy",         "new",    "kind",     "reason", "who",
                    "until",           "application",    "rules",  "edition",  "as of",  "verdict",
                    "gateway reports", "package sha256", "tool"};
    for (const ValidationReport& report : result.reports) add_report(report, sheet);
    for (const std::string& stranger : result.strangers) {
        Row row(sheet.header.size());
        row[0] = stranger;
        row[6] = stranger_reason;
        row[9] = "not_run";
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

} // namespace dossier::cli
