// A validation report for other programs: JUnit (build servers), SARIF 2.1.0 (viewers of findings).
#include <algorithm>

#include "cli/validation_words.hpp"
#include "core/text.hpp"
#include "core/xml.hpp"

namespace dossier::cli {

namespace {

using ectd::ValidationReport;

// Every rule of a report with what became of it.
struct Outcome {
    std::vector<const Finding*> findings;
    std::vector<std::string> not_run, not_applicable;
};

std::map<std::string, Outcome> outcomes_of(const ValidationReport& report) {
    std::map<std::string, Outcome> outcomes;
    for (const std::string& rule : report.passed) outcomes[rule];
    for (const Finding& finding : report.findings) outcomes[finding.rule].findings.push_back(&finding);
    for (const RuleOutcome& outcome : report.not_run) outcomes[outcome.rule].not_run.push_back(outcome.reason);
    for (const RuleOutcome& outcome : report.not_applicable) outcomes[outcome.rule].not_applicable.push_back(outcome.reason);
    return outcomes;
}

std::string lines_of(const std::vector<const Finding*>& findings) {
    std::string text;
    for (const Finding* finding : findings)
        text += fill("{} {}: {}. {}\n", finding->severity, place_text(*finding), finding->message, finding->remedy);
    return text;
}

bool fails(const Outcome& outcome, int rank) {
    return std::any_of(outcome.findings.begin(), outcome.findings.end(),
                       [&](const Finding* finding) { return severity_rank(finding->severity) >= rank; });
}

void write_case(const std::string& rule, const Outcome& outcome, int rank, const ValidationReport& report, const ValidationResult& result,
                XmlWriter& writer) {
    const std::string title = title_of(result, rule);
    writer.start("testcase", {{"classname", report.rules}, {"name", title.empty() ? rule : rule + " " + title}});
    if (fails(outcome, rank))
        writer.text_element("failure", lines_of(outcome.findings),
                            {{"type", outcome.findings.front()->severity}, {"message", fill("{} findings", outcome.findings.size())}});
    else if (!outcome.not_run.empty())
        writer.text_element("error", join(outcome.not_run, "\n"), {{"type", "not_run"}, {"message", "could not be run"}});
    else if (!outcome.not_applicable.empty())
        writer.text_element("skipped", "", {{"message", "not applicable: " + join(outcome.not_applicable, "; ")}});
    else if (!outcome.findings.empty())
        writer.text_element("system-out", lines_of(outcome.findings));
    writer.end();
}

std::string decision(const ectd::WaivedFinding& waived) {
    return fill("{} ({}{})", waived.reason, waived.who, waived.until ? ", until " + waived.until->text() : "");
}

void write_waived(const ectd::WaivedFinding& waived, const ValidationReport& report, XmlWriter& writer) {
    writer.start("testcase",
                 {{"classname", report.rules}, {"name", fill("{} waived: {}", waived.finding.rule, place_text(waived.finding))}});
    writer.text_element("skipped", lines_of({&waived.finding}), {{"message", "waived: " + decision(waived)}});
    writer.end();
}

std::string number(std::size_t value) { return std::to_string(value); }

void write_suite(const ValidationReport& report, int rank, const ValidationResult& result, XmlWriter& writer) {
    const auto outcomes = outcomes_of(report);
    std::size_t failures = 0, errors = 0, skipped = report.waived.size();
    for (const auto& [rule, outcome] : outcomes) {
        if (fails(outcome, rank))
            ++failures;
        else if (!outcome.not_run.empty())
            ++errors;
        else if (!outcome.not_applicable.empty())
            ++skipped;
    }
    writer.start("testsuite", {{"name", result.one_sequence ? report.target : result.name + "/" + report.target},
                               {"tests", number(outcomes.size() + report.waived.size())},
                               {"failures", number(failures)},
                               {"errors", number(errors)},
                               {"skipped", number(skipped)}});
    writer.start("properties");
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"verdict", ectd::to_text(report.verdict)},
                                                                                      {"rules", report.rules + " " + report.rules_version},
                                                                                      {"as_of", report.as_of.text()},
                                                                                      {"coverage", coverage_text(report)},
                                                                                      {"tool", tool_name()},
                                                                                      {"waived", waived_text(report)},
                                                                                      {"baseline", comparison_text(report)},
                                                                                      {"application", report.application},
                                                                                      {"package_sha256", report.package_sha256},
                                                                                      {"gateway_reports", report.gateway_reports}}) {
        writer.start("property", {{"name", name}, {"value", value}});
        writer.end();
    }
    writer.end();
    for (const auto& [rule, outcome] : outcomes) write_case(rule, outcome, rank, report, result, writer);
    for (const ectd::WaivedFinding& waived : report.waived) write_waived(waived, report, writer);
    writer.end();
}

// ---- SARIF ----

const char* level_of(const std::string& severity) {
    const int rank = severity_rank(severity);
    return rank == 3 ? "error" : rank > 0 ? "warning" : "note";
}

// RFC 3986: everything but letters, digits and a few marks as %XX.
std::string to_uri(const std::string& path) {
    constexpr std::string_view kept = "-._~/";
    constexpr const char* digits = "0123456789ABCDEF";
    std::string uri;
    for (const char c : path) {
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kept.find(c) != std::string_view::npos;
        if (plain) {
            uri += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        uri += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return uri;
}

// The line that a location begins with; 0 when it names none, or one of another file ("index.xml line 12": of the leaf).
std::int64_t line_of(const std::string& location) {
    if (!starts_with(location, "line ")) return 0;
    const std::size_t end = location.find_first_not_of("0123456789", 5);
    const std::string digits = location.substr(5, end == std::string::npos ? end : end - 5);
    return digits.empty() || digits.size() > 9 ? 0 : std::stoll(digits);
}

Json sarif_result(const Finding& finding, const ValidationReport& report) {
    const std::string path = starts_with(finding.path, "../") ? finding.path.substr(3) : report.target + "/" + finding.path;
    Json place = Json::object({{"artifactLocation", Json::object({{"uri", to_uri(path)}, {"uriBaseId", "APPLICATION"}})}});
    if (const std::int64_t line = line_of(finding.location); line > 0) place.set("region", Json::object({{"startLine", line}}));
    Json location = Json::object({{"physicalLocation", std::move(place)}});
    if (!finding.location.empty())
        location.set("logicalLocations", Json::array().push(Json::object({{"fullyQualifiedName", finding.location}})));
    return Json::object(
        {{"ruleId", finding.rule},
         {"level", level_of(finding.severity)},
         {"message", Json::object({{"text", finding.message + ". " + finding.remedy}})},
         {"locations", Json::array().push(std::move(location))},
         {"properties", Json::object({{"severity", finding.severity}, {"number", finding.number}, {"sequence", report.target}})}});
}

void add_results(const ValidationReport& report, Json& results) {
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        Json item = sarif_result(report.findings[i], report);
        if (report.comparison) item.set("baselineState", report.comparison->is_new[i] ? "new" : "unchanged");
        results.push(std::move(item));
    }
    if (report.comparison)
        for (const Finding& finding : report.comparison->gone) {
            Json item = sarif_result(finding, report);
            results.push(std::move(item.set("baselineState", "absent")));
        }
    for (const ectd::WaivedFinding& waived : report.waived) {
        Json item = sarif_result(waived.finding, report);
        item.set("suppressions", Json::array().push(Json::object({{"kind", "external"}, {"justification", decision(waived)}})));
        results.push(std::move(item));
    }
}

Json sarif_head(const ValidationReport& report) {
    return Json::object({{"sequence", report.target},
                         {"application", report.application},
                         {"rules", report.rules},
                         {"rules_version", report.rules_version},
                         {"as_of", report.as_of.text()},
                         {"tool", tool_name()},
                         {"package_sha256", report.package_sha256},
                         {"verdict", ectd::to_text(report.verdict)},
                         {"coverage", coverage_text(report)},
                         {"gateway_reports", report.gateway_reports},
                         {"waived", waived_text(report)},
                         {"baseline", comparison_text(report)}});
}

Json notification(const std::string& text) { return Json::object({{"level", "warning"}, {"message", Json::object({{"text", text}})}}); }

} // namespace

std::string validation_junit(const ValidationResult& result, int failing_rank) {
    XmlWriter writer;
    writer.declaration();
    writer.start("testsuites", {{"name", result.name}});
    for (const ValidationReport& report : result.reports) write_suite(report, failing_rank, result, writer);
    if (!result.strangers.empty()) {
        const std::string count = number(result.strangers.size());
        writer.start("testsuite", {{"name", "not read"}, {"tests", count}, {"failures", "0"}, {"errors", count}, {"skipped", "0"}});
        for (const std::string& stranger : result.strangers) {
            writer.start("testcase", {{"classname", "not read"}, {"name", stranger}});
            writer.text_element("error", stranger_reason, {{"type", "not_run"}, {"message", "could not be run"}});
            writer.end();
        }
        writer.end();
    }
    return writer.finish();
}

std::string validation_sarif(const ValidationResult& result) {
    Json rules = Json::array(), results = Json::array(), notifications = Json::array(), heads = Json::array();
    std::map<std::string, std::string> titles = result.titles;
    for (const ValidationReport& report : result.reports)
        for (const Finding& finding : report.findings) titles.try_emplace(finding.rule, title_of(result, finding.rule));
    for (const auto& [id, title] : titles) rules.push(Json::object({{"id", id}, {"shortDescription", Json::object({{"text", title}})}}));
    for (const ValidationReport& report : result.reports) {
        add_results(report, results);
        heads.push(sarif_head(report));
        for (const RuleOutcome& outcome : report.not_run)
            notifications.push(notification(fill("{}: {} was not run: {}", report.target, outcome.rule, outcome.reason)));
        if (!report.comparison) continue;
        for (const Finding& open : report.comparison->not_run)
            notifications.push(
                notification(fill("{}: whether the finding of {} in the earlier report at {} is gone cannot be told, the rule was "
                                  "not run this time",
                                  report.target, open.rule, place_text(open))));
    }
    for (const std::string& stranger : result.strangers)
        notifications.push(notification(fill("{} {}", stranger, std::string_view(stranger_reason))));
    Json driver = Json::object({{"name", "dossier"}, {"version", DOSSIER_VERSION}, {"rules", std::move(rules)}});
    Json invocation = Json::object({{"executionSuccessful", true}, {"toolExecutionNotifications", std::move(notifications)}});
    Json run = Json::object({{"tool", Json::object({{"driver", std::move(driver)}})},
                             {"invocations", Json::array().push(std::move(invocation))},
                             {"automationDetails", Json::object({{"id", "dossier ectd validate/" + result.name}})},
                             {"columnKind", "unicodeCodePoints"},
                             {"properties", Json::object({{"reports", std::move(heads)}})},
                             {"results", std::move(results)}});
    return Json::object({{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array().push(std::move(run))}})
               .dump() +
           "\n";
}

} // namespace dossier::cli
