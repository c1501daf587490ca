#include "cli/validation_rendering.hpp"

#include <algorithm>
#include <set>

#include "cli/finding_json.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using ectd::ValidationReport;
using ectd::Verdict;

constexpr std::size_t places_shown = 10;
constexpr const char* tool = "dossier " DOSSIER_VERSION;

const char* in_words(Verdict verdict) {
    switch (verdict) {
    case Verdict::rejected:
        return "rejected: at least one finding that rejects";
    case Verdict::incomplete:
        return "incomplete: nothing found that rejects, but some rules could not be run";
    case Verdict::at_risk:
        return "at risk: nothing found that rejects, but somebody may object";
    default:
        return "clean";
    }
}

const char* stranger_reason = "holds an index.xml and is not called by four digits, so it was not read";

std::string counts_text(const std::map<std::string, std::size_t>& counts) {
    std::vector<std::pair<std::string, std::size_t>> list(counts.begin(), counts.end());
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return severity_rank(a.first) > severity_rank(b.first); });
    std::vector<std::string> parts;
    for (const auto& [severity, count] : list) parts.push_back(fill("{} {}", count, severity));
    return join(parts, ", ");
}

std::string coverage_text(const ectd::Coverage& coverage) {
    std::string text = fill("{} rules: {} passed, {} with findings, {} not applicable, {} not run", coverage.rules, coverage.passed,
                            coverage.with_findings, coverage.not_applicable, coverage.not_run);
    if (coverage.not_included > 0) text += fill("; {} criteria that are known of are not in this set", coverage.not_included);
    return text;
}

std::string place_text(const Finding& finding) { return finding.location.empty() ? finding.path : finding.path + ", " + finding.location; }

// The findings of one cause: rule and severity.
void add_group(const std::vector<const Finding*>& group, const ValidationResult& result, std::string& out) {
    const Finding& first = *group.front();
    const auto title = result.titles.find(first.rule);
    out += fill("\n{} {}: {} ({} {})\n", first.severity, first.rule, title == result.titles.end() ? "" : title->second, group.size(),
                std::string_view(group.size() == 1 ? "place" : "places"));
    std::set<std::string> remedies;
    for (const Finding* finding : group) remedies.insert(finding->remedy);
    for (std::size_t i = 0; i < std::min(group.size(), places_shown); ++i) {
        out += fill("  {}: {}\n", place_text(*group[i]), group[i]->message);
        if (remedies.size() > 1) out += fill("    Mend: {}\n", group[i]->remedy);
    }
    if (group.size() > places_shown) out += fill("  ... and {} more; --format json, csv or xlsx lists all\n", group.size() - places_shown);
    if (remedies.size() == 1) out += fill("  Mend: {}\n", first.remedy);
}

void add_findings(const ValidationReport& report, const ValidationResult& result, std::string& out) {
    std::vector<std::pair<std::string, std::vector<const Finding*>>> groups; // in the order of the first of each
    for (const Finding& finding : report.findings) {
        const std::string key = finding.severity + " " + finding.rule;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& item) { return item.first == key; });
        if (group == groups.end()) group = groups.insert(groups.end(), {key, {}});
        group->second.push_back(&finding);
    }
    for (const auto& [key, group] : groups) add_group(group, result, out);
}

std::string report_text(const ValidationReport& report, const ValidationResult& result) {
    std::string out =
        fill("{} {}{}: {}\n", result.noun, report.target, report.application.empty() ? "" : " of application " + report.application,
             std::string_view(in_words(report.verdict)));
    out += fill("Rules {}, edition {}, as of {}; {}\n", report.rules, report.rules_version, report.as_of.text(), std::string_view(tool));
    out += coverage_text(report.coverage) + "\n";
    for (const std::string& note : report.notes) out += fill("Note: {}\n", note);
    out += report.findings.empty() ? "No findings\n" : fill("Findings: {}\n", counts_text(report.counts));
    add_findings(report, result, out);
    if (!report.not_run.empty()) out += "\nNot run:\n";
    for (const RuleOutcome& outcome : report.not_run) out += fill("  {}: {}\n", outcome.rule, outcome.reason);
    return out;
}

Json outcomes_json(const std::vector<RuleOutcome>& outcomes) {
    Json list = Json::array();
    for (const RuleOutcome& outcome : outcomes) list.push(Json::object({{"rule", outcome.rule}, {"reason", outcome.reason}}));
    return list;
}

Json counts_json(const std::map<std::string, std::size_t>& counts) {
    Json object = Json::object();
    for (const auto& [severity, count] : counts) object.set(severity, count);
    return object;
}

Json coverage_json(const ectd::Coverage& coverage) {
    return Json::object({{"rules", coverage.rules},
                         {"passed", coverage.passed},
                         {"with_findings", coverage.with_findings},
                         {"not_applicable", coverage.not_applicable},
                         {"not_run", coverage.not_run},
                         {"not_included", coverage.not_included}});
}

Json report_json(const ValidationReport& report) {
    return Json::object({{"report_version", 1},
                         {"tool", tool},
                         {"rules", report.rules},
                         {"rules_version", report.rules_version},
                         {"rules_sha256", report.rules_digest},
                         {"as_of", report.as_of.text()},
                         {"target", report.target},
                         {"application", report.application},
                         {"region", report.region},
                         {"verdict", ectd::to_text(report.verdict)},
                         {"counts", counts_json(report.counts)},
                         {"coverage", coverage_json(report.coverage)},
                         {"notes", Json::texts(report.notes)},
                         {"findings", findings_json(report.findings)},
                         {"not_run", outcomes_json(report.not_run)},
                         {"not_applicable", outcomes_json(report.not_applicable)},
                         {"passed", Json::texts(report.passed)}});
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

std::string tool_name() { return tool; }

Json validation_json(const ValidationResult& result) {
    if (result.one_sequence) return report_json(result.reports.front());
    Verdict worst = result.strangers.empty() ? Verdict::clean : Verdict::incomplete;
    std::map<std::string, std::size_t> counts;
    Json sequences = Json::array(), not_read = Json::array();
    for (const ValidationReport& report : result.reports) {
        worst = std::max(worst, report.verdict);
        for (const auto& [severity, count] : report.counts) counts[severity] += count;
        sequences.push(report_json(report));
    }
    for (const std::string& stranger : result.strangers) not_read.push(Json::object({{"path", stranger}, {"reason", stranger_reason}}));
    std::set<std::string> rules;
    for (const ValidationReport& report : result.reports) rules.insert(report.rules);
    return Json::object({{"report_version", 1},
                         {"tool", tool},
                         {"rules", join({rules.begin(), rules.end()}, ", ")},
                         {"as_of", result.reports.front().as_of.text()},
                         {"target", result.name},
                         {"verdict", ectd::to_text(worst)},
                         {"counts", counts_json(counts)},
                         {"not_read", std::move(not_read)},
                         {"sequences", std::move(sequences)}});
}

std::vector<Sheet> validation_sheets(const ValidationResult& result, bool findings_first) {
    Sheet summary{
        "summary", {"sequence", "application", "verdict", "rules", "edition", "as of", "tool", "findings", "coverage", "notes"}, {}};
    Sheet findings{"findings", {"sequence", "rule", "number", "severity", "path", "location", "message", "remedy"}, {}};
    Sheet not_run{"not run", {"sequence", "rule", "reason"}, {}};
    for (const ValidationReport& report : result.reports) {
        summary.rows.push_back({report.target, report.application, ectd::to_text(report.verdict), report.rules, report.rules_version,
                                SheetCell::date(report.as_of.text()), tool, counts_text(report.counts), coverage_text(report.coverage),
                                join(report.notes, "; ")});
        for (const Finding& finding : report.findings)
            findings.rows.push_back({report.target, finding.rule, finding.number, finding.severity, finding.path, finding.location,
                                     finding.message, finding.remedy});
        for (const RuleOutcome& outcome : report.not_run) not_run.rows.push_back({report.target, outcome.rule, outcome.reason});
    }
    for (const std::string& stranger : result.strangers) not_run.rows.push_back({stranger, "", stranger_reason});
    if (findings_first) return {findings, summary, not_run};
    return {summary, findings, not_run};
}

} // namespace dossier::cli
