#include "cli/validation_words.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"
#include "ectd/regional_schema.hpp"

namespace dossier::cli {

using ectd::ValidationReport;
using ectd::Verdict;

const char* const stranger_reason = "holds an index.xml and is not called by four digits, so it was not read";

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

std::string counts_text(const std::map<std::string, std::size_t>& counts) {
    std::vector<std::pair<std::string, std::size_t>> list(counts.begin(), counts.end());
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return severity_rank(a.first) > severity_rank(b.first); });
    std::vector<std::string> parts;
    for (const auto& [severity, count] : list) {
        const bool is_noun = severity == "error" || severity == "warning"; // 2 warnings; 2 high
        parts.push_back(fill("{} {}{}", count, severity, std::string_view(is_noun && count != 1 ? "s" : "")));
    }
    return join(parts, ", ");
}

std::string place_text(const Finding& finding) { return finding.location.empty() ? finding.path : finding.path + ", " + finding.location; }

namespace {

constexpr std::size_t reasons_shown = 3;

std::string not_run_text(const ValidationReport& report) {
    std::vector<std::string> reasons; // in their order, each once
    for (const RuleOutcome& outcome : report.not_run)
        if (std::find(reasons.begin(), reasons.end(), outcome.reason) == reasons.end()) reasons.push_back(outcome.reason);
    const std::size_t more = reasons.size() > reasons_shown ? reasons.size() - reasons_shown : 0;
    reasons.resize(reasons.size() - more);
    return fill("{} not run: {}", std::max<std::size_t>(report.coverage.not_run, 1), join(reasons, "; ")) +
           (more > 0 ? fill("; and {} more reasons", more) : "");
}

} // namespace

std::string coverage_text(const ValidationReport& report) {
    const ectd::Coverage& coverage = report.coverage;
    std::string text;
    if (coverage.criteria > 0)
        text = fill("{} {}: {} of {} criteria, {} house rules", report.authority, report.rules_version, coverage.numbered,
                    coverage.criteria, coverage.rules - coverage.numbered);
    else if (coverage.numbered > 0)
        text = fill("{} {}: {} criteria under their numbers, {} house rules", report.authority, report.rules_version, coverage.numbered,
                    coverage.rules - coverage.numbered);
    else
        text = fill("{} rules", coverage.rules);
    text += fill(": {} passed, {} with findings, {} not applicable", coverage.passed, coverage.with_findings, coverage.not_applicable);
    text += "; " + (report.not_run.empty() ? std::string("0 not run") : not_run_text(report));
    if (coverage.not_included > 0) text += fill("; {} criteria that are known of are not in this set", coverage.not_included);
    return text;
}

std::string waived_text(const ValidationReport& report) {
    if (report.waived.empty()) return "";
    const auto rejecting = std::count_if(report.waived.begin(), report.waived.end(),
                                         [](const ectd::WaivedFinding& waived) { return severity_rank(waived.finding.severity) == 3; });
    return fill("{} waived, {} of them would reject", report.waived.size(), rejecting);
}

std::string comparison_text(const ValidationReport& report) {
    if (!report.comparison) return "";
    const auto fresh = std::count(report.comparison->is_new.begin(), report.comparison->is_new.end(), true);
    const std::size_t open = report.comparison->not_run.size();
    return fill("against the report of {}: {} new, {} gone", report.comparison->earlier, fresh, report.comparison->gone.size()) +
           (open > 0 ? fill(", {} not run this time", open) : "");
}

std::string title_of(const ValidationResult& result, const std::string& rule) {
    if (rule == ectd::regional_schema_rule) return ectd::regional_schema_title; // of no set: the schema is the user's
    const auto title = result.titles.find(rule);
    return title == result.titles.end() ? "" : title->second;
}

std::vector<Cause> causes_of(const ValidationReport& report) {
    std::vector<Cause> causes;
    std::map<std::pair<std::string, std::string>, std::size_t> known;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const Finding& finding = report.findings[i];
        const auto [place, is_new] = known.insert({{finding.severity, finding.rule}, causes.size()});
        if (is_new) causes.push_back({finding.rule, finding.severity, {}});
        causes[place->second].findings.push_back(i);
    }
    return causes;
}

} // namespace dossier::cli
