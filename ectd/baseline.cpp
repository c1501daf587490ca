#include "ectd/baseline.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/json.hpp"
#include "core/text.hpp"

namespace dossier::ectd {

namespace {

std::string text_of(const Json& json, const char* key) {
    const Json* value = json.find(key);
    return value ? value->text() : "";
}

void add_findings(const Json* list, std::vector<Finding>& findings) {
    if (!list) return;
    for (const Json& item : list->items())
        findings.push_back({text_of(item, "rule"), text_of(item, "number"), text_of(item, "severity"), text_of(item, "path"),
                            text_of(item, "location"), text_of(item, "message"), text_of(item, "remedy")});
}

Result<EarlierReport> read_report(const Json& json, const std::string& path) {
    if (text_of(json, "target").empty() || !json.find("findings") || !json.find("findings")->is_array())
        return Error(ErrorKind::invalid, "this is no report of ectd validate", {path}, "give a file written with --format json");
    EarlierReport report{text_of(json, "target"), text_of(json, "rules"), text_of(json, "rules_version"), text_of(json, "as_of"), {}};
    add_findings(json.find("findings"), report.findings);
    add_findings(json.find("waived"), report.findings);
    return report;
}

using Key = std::vector<std::string>;

Key key_of(const Finding& finding) { return {finding.rule, finding.path, without_line(finding.location)}; }

// Rules that were run on all that they look at: of others nobody can say that what they found before is gone.
std::set<std::string> rules_run(const ValidationReport& report) {
    std::set<std::string> rules(report.passed.begin(), report.passed.end());
    for (const RuleOutcome& outcome : report.not_applicable) rules.insert(outcome.rule);
    for (const Finding& finding : report.findings) rules.insert(finding.rule);
    for (const WaivedFinding& waived : report.waived) rules.insert(waived.finding.rule);
    for (const RuleOutcome& outcome : report.not_run) rules.erase(outcome.rule);
    return rules;
}

Comparison compare(const EarlierReport& earlier, const ValidationReport& report) {
    Comparison comparison;
    comparison.earlier = earlier.as_of;
    comparison.other_rules = earlier.rules != report.rules || earlier.rules_version != report.rules_version;
    std::map<Key, std::vector<const Finding*>> left;
    for (const Finding& finding : earlier.findings) left[key_of(finding)].push_back(&finding);
    const auto take = [&](const Finding& finding, bool same_words) {
        std::vector<const Finding*>& list = left[key_of(finding)];
        const auto found =
            std::find_if(list.begin(), list.end(), [&](const Finding* other) { return !same_words || other->message == finding.message; });
        if (found == list.end()) return false;
        list.erase(found);
        return true;
    };
    std::vector<const Finding*> now;
    for (const Finding& finding : report.findings) now.push_back(&finding);
    for (const WaivedFinding& waived : report.waived) now.push_back(&waived.finding);
    std::vector<bool> known;
    for (const Finding* finding : now) known.push_back(take(*finding, true));
    for (std::size_t i = 0; i < now.size(); ++i) // what is left at a place says the same in other words: values have changed
        if (!known[i]) known[i] = take(*now[i], false);
    for (std::size_t i = 0; i < report.findings.size(); ++i) comparison.is_new.push_back(!known[i]);
    const std::set<std::string> run = rules_run(report);
    for (const Finding& finding : earlier.findings) {
        const auto& list = left[key_of(finding)];
        if (std::find(list.begin(), list.end(), &finding) == list.end()) continue;
        (run.count(finding.rule) > 0 ? comparison.gone : comparison.not_run).push_back(finding);
    }
    return comparison;
}

} // namespace

std::string without_line(const std::string& location) {
    const std::size_t at = location.find("line ");
    if (at == std::string::npos || (at > 0 && location[at - 1] != ' ')) return location;
    std::size_t end = at + 5;
    while (end < location.size() && location[end] >= '0' && location[end] <= '9') ++end;
    if (end == at + 5) return location;
    if (location.substr(end, 2) == ", ") end += 2;
    return location.substr(0, at) + location.substr(end);
}

Result<std::vector<EarlierReport>> read_baseline(FileSystem& fs, const std::string& path) {
    DOSSIER_TRY(const std::string bytes, read_file(fs, path));
    DOSSIER_TRY(const Json json, parse_json(bytes, path));
    std::vector<EarlierReport> reports;
    const Json* sequences = json.find("sequences");
    if (!sequences) {
        DOSSIER_TRY(EarlierReport report, read_report(json, path));
        reports.push_back(std::move(report));
        return reports;
    }
    for (const Json& item : sequences->items()) {
        DOSSIER_TRY(EarlierReport report, read_report(item, path));
        reports.push_back(std::move(report));
    }
    return reports;
}

void compare_with(const std::vector<EarlierReport>& baseline, std::vector<ValidationReport>& reports) {
    for (ValidationReport& report : reports) {
        const auto earlier = std::find_if(baseline.begin(), baseline.end(),
                                          [&](const EarlierReport& candidate) { return candidate.target == report.target; });
        if (earlier == baseline.end()) {
            report.notes.push_back(fill("the baseline has no report of {}: nothing is compared", report.target));
            continue;
        }
        report.comparison = compare(*earlier, report);
        if (report.comparison->other_rules)
            report.notes.push_back(fill("the baseline was made with {}, edition {}", earlier->rules, earlier->rules_version));
    }
}

} // namespace dossier::ectd
