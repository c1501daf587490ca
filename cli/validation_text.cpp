// A validation report on a terminal: by cause, the first places of each.
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "cli/validation_words.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using ectd::ValidationReport;

constexpr std::size_t places_shown = 10, line_width = 110;

// Behind `head`, with commas between; what does not fit into a line goes on below, indented. Items are ASCII, and never cut.
std::string list_below(std::string head, const std::vector<std::string>& items) {
    std::string out, line = std::move(head);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string item = items[i] + (i + 1 < items.size() ? "," : "");
        if (i > 0 && line.size() + 1 + item.size() > line_width) {
            out += line + "\n";
            line = "      " + item;
        } else {
            line += " " + item;
        }
    }
    return out + line + "\n";
}

void add_cause(const Cause& cause, const ValidationReport& report, const ValidationResult& result, std::string& out) {
    const std::size_t count = cause.findings.size();
    out += fill("\n{} {}: {} ({} {})\n", cause.severity, cause.rule, title_of(result, cause.rule), count,
                std::string_view(count == 1 ? "place" : "places"));
    std::set<std::string> remedies;
    for (const std::size_t at : cause.findings) remedies.insert(report.findings[at].remedy);
    for (std::size_t i = 0; i < std::min(count, places_shown); ++i) {
        const Finding& finding = report.findings[cause.findings[i]];
        const bool is_new = report.comparison && report.comparison->is_new[cause.findings[i]];
        out += fill("  {}{}: {}\n", std::string_view(is_new ? "new: " : ""), place_text(finding), finding.message);
        if (remedies.size() > 1) out += fill("    Mend: {}\n", finding.remedy);
    }
    if (count > places_shown) out += fill("  ... and {} more; --format html, xlsx, csv or json lists all\n", count - places_shown);
    if (remedies.size() == 1) out += fill("  Mend: {}\n", *remedies.begin());
}

void add_waived(const ValidationReport& report, std::string& out) {
    if (report.waived.empty()) return;
    out += "\nWaived:\n";
    for (const ectd::WaivedFinding& waived : report.waived)
        out += fill("  {} {} {}: {}\n    {} ({}{})\n", waived.finding.severity, waived.finding.rule, place_text(waived.finding),
                    waived.finding.message, waived.reason, waived.who, waived.until ? ", until " + waived.until->text() : "");
}

void add_earlier(const char* head, const std::vector<Finding>& findings, std::string& out) {
    if (findings.empty()) return;
    out += fill("\n{}:\n", std::string_view(head));
    for (const Finding& finding : findings)
        out += fill("  {} {} {}: {}\n", finding.severity, finding.rule, place_text(finding), finding.message);
}

// Rules that could not be run for the same reasons stand together: one locked file concerns thirty of them.
void add_not_run(const ValidationReport& report, std::string& out) {
    if (report.not_run.empty()) return;
    out += "\nNot run:\n";
    std::vector<std::string> rules; // in their order
    std::map<std::string, std::vector<std::string>> reasons_of;
    for (const RuleOutcome& outcome : report.not_run) {
        std::vector<std::string>& reasons = reasons_of[outcome.rule];
        if (reasons.empty()) rules.push_back(outcome.rule);
        reasons.push_back(outcome.reason);
    }
    std::set<std::vector<std::string>> said;
    for (const std::string& rule : rules) {
        const auto& reasons = reasons_of[rule];
        if (!said.insert(reasons).second) continue;
        std::vector<std::string> same;
        for (const std::string& other : rules)
            if (reasons_of[other] == reasons) same.push_back(other);
        if (same.size() == 1 && reasons.size() == 1) {
            out += fill("  {}: {}\n", rule, reasons.front());
            continue;
        }
        for (const std::string& reason : reasons) out += fill("  {}\n", reason);
        out += list_below(fill("    {} {}:", same.size(), std::string_view(same.size() == 1 ? "rule" : "rules")), same);
    }
}

std::string report_text(const ValidationReport& report, const ValidationResult& result) {
    std::string out =
        fill("{} {}{}: {}\n", result.noun, report.target, report.application.empty() ? "" : " of application " + report.application,
             std::string_view(in_words(report.verdict)));
    out += fill("Rules {}, edition {}, as of {}; {}\n", report.rules, report.rules_version, report.as_of.text(), tool_name());
    if (!report.package_sha256.empty()) out += fill("Files {}, SHA-256 of their list {}\n", report.files.size(), report.package_sha256);
    out += coverage_text(report) + "\n";
    for (const std::string& note : report.notes) out += fill("Note: {}\n", note);
    out += report.findings.empty() ? "No findings" : fill("Findings: {}", counts_text(report.counts));
    for (const std::string& more : {waived_text(report), comparison_text(report)})
        if (!more.empty()) out += "; " + more;
    out += "\n";
    for (const Cause& cause : causes_of(report)) add_cause(cause, report, result, out);
    if (report.comparison) {
        add_earlier("Gone since the earlier report", report.comparison->gone, out);
        add_earlier("Of the earlier report, and not run this time", report.comparison->not_run, out);
    }
    add_waived(report, out);
    add_not_run(report, out);
    return out;
}

} // namespace

std::string validation_text(const ValidationResult& result) {
    std::string out;
    if (!result.one_sequence) {
        out = fill("{}: {} {}\n", result.name, result.reports.size(), to_lower(result.noun) + (result.reports.size() == 1 ? "" : "s"));
        for (const ValidationReport& report : result.reports)
            out += fill("  {}  {}{}\n", report.target, std::string_view(ectd::to_text(report.verdict)),
                        report.findings.empty() ? "" : ": " + counts_text(report.counts));
        for (const std::string& stranger : result.strangers) out += fill("  {} {}\n", stranger, std::string_view(stranger_reason));
    }
    for (const ValidationReport& report : result.reports) {
        if (!result.one_sequence) out += "\n";
        out += report_text(report, result);
    }
    return out;
}

} // namespace dossier::cli
