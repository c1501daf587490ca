#include "cli/validation_rendering.hpp"

#include <algorithm>
#include <set>

#include "cli/finding_json.hpp"
#include "cli/validation_words.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

using ectd::ValidationReport;
using ectd::Verdict;

constexpr const char* tool = "dossier " DOSSIER_VERSION;

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
                         {"not_included", coverage.not_included},
                         {"numbered", coverage.numbered},
                         {"criteria", coverage.criteria}});
}

Json waived_json(const std::vector<ectd::WaivedFinding>& waived) {
    std::vector<Finding> findings;
    for (const ectd::WaivedFinding& item : waived) findings.push_back(item.finding);
    const Json plain = findings_json(findings);
    Json list = Json::array();
    for (std::size_t i = 0; i < waived.size(); ++i) {
        Json item = plain.items()[i];
        item.set("reason", waived[i].reason).set("who", waived[i].who);
        item.set("until", waived[i].until ? waived[i].until->text() : "");
        list.push(std::move(item));
    }
    return list;
}

// Those of the report; with "new", where it was compared with an earlier one.
Json report_findings_json(const ValidationReport& report) {
    if (!report.comparison) return findings_json(report.findings);
    const Json plain = findings_json(report.findings);
    Json list = Json::array();
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        Json item = plain.items()[i];
        list.push(std::move(item.set("new", static_cast<bool>(report.comparison->is_new[i]))));
    }
    return list;
}

Json report_json(const ValidationReport& report) {
    Json json = Json::object({{"report_version", 1},
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
                              {"gateway_reports", report.gateway_reports},
                              {"notes", Json::texts(report.notes)},
                              {"package_sha256", report.package_sha256},
                              {"findings", report_findings_json(report)},
                              {"waived", waived_json(report.waived)},
                              {"not_run", outcomes_json(report.not_run)},
                              {"not_applicable", outcomes_json(report.not_applicable)},
                              {"passed", Json::texts(report.passed)}});
    if (report.comparison)
        json.set("baseline", Json::object({{"as_of", report.comparison->earlier},
                                           {"gone", findings_json(report.comparison->gone)},
                                           {"not_run", findings_json(report.comparison->not_run)}}));
    return json;
}

} // namespace

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

namespace {

void add_rows(const ValidationReport& report, std::vector<Sheet>& sheets) {
    Sheet &summary = sheets[0], &findings = sheets[1], &waived = sheets[2], &gone = sheets[3], &open = sheets[4], &not_run = sheets[5];
    summary.rows.push_back({report.target, report.application, ectd::to_text(report.verdict), report.rules, report.rules_version,
                            SheetCell::date(report.as_of.text()), tool, counts_text(report.counts), coverage_text(report),
                            join(report.notes, "; "), report.package_sha256, waived_text(report), comparison_text(report)});
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const Finding& finding = report.findings[i];
        const char* fresh = !report.comparison ? "" : report.comparison->is_new[i] ? "yes" : "no";
        findings.rows.push_back({report.target, finding.rule, finding.number, finding.severity, finding.path, finding.location,
                                 finding.message, finding.remedy, fresh});
    }
    for (const ectd::WaivedFinding& item : report.waived)
        waived.rows.push_back({report.target, item.finding.rule, item.finding.severity, item.finding.path, item.finding.location,
                               item.finding.message, item.reason, item.who, item.until ? item.until->text() : ""});
    const auto add_earlier = [&](const std::vector<Finding>& earlier, Sheet& sheet) {
        for (const Finding& finding : earlier)
            sheet.rows.push_back({report.target, finding.rule, finding.severity, finding.path, finding.location, finding.message});
    };
    if (report.comparison) {
        add_earlier(report.comparison->gone, gone);
        add_earlier(report.comparison->not_run, open);
    }
    for (const RuleOutcome& outcome : report.not_run) not_run.rows.push_back({report.target, outcome.rule, outcome.reason});
}

} // namespace

// Sheets that would be empty for want of waivers and of a baseline are left out.
std::vector<Sheet> validation_sheets(const ValidationResult& result) {
    std::vector<Sheet> sheets = {
        {"summary",
         {"sequence", "application", "verdict", "rules", "edition", "as of", "tool", "findings", "coverage", "notes", "package sha256",
          "waived", "baseline"},
         {}},
        {"findings", {"sequence", "rule", "number", "severity", "path", "location", "message", "remedy", "new"}, {}},
        {"waived", {"sequence", "rule", "severity", "path", "location", "message", "reason", "who", "until"}, {}},
        {"gone", {"sequence", "rule", "severity", "path", "location", "message"}, {}},
        {"earlier, not run", {"sequence", "rule", "severity", "path", "location", "message"}, {}},
        {"not run", {"sequence", "rule", "reason"}, {}}};
    for (const ValidationReport& report : result.reports) add_rows(report, sheets);
    for (const std::string& stranger : result.strangers) sheets[5].rows.push_back({stranger, "", stranger_reason});
    for (const std::ptrdiff_t optional : {4, 3, 2})
        if (sheets[static_cast<std::size_t>(optional)].rows.empty()) sheets.erase(sheets.begin() + optional);
    return sheets;
}

} // namespace dossier::cli
