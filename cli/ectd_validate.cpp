#include "cli/ectd_validation.hpp"

#include <algorithm>

namespace dossier::cli {

namespace {

int exit_code(const ValidationResult& result, int rank) {
    int code = result.strangers.empty() ? exit_done : exit_not_all_run;
    for (const ectd::ValidationReport& report : result.reports) {
        if (!report.not_run.empty()) code = std::max(code, exit_not_all_run);
        for (const Finding& finding : report.findings)
            if (severity_rank(finding.severity) >= rank) code = exit_findings;
    }
    return code;
}

} // namespace

Command make_ectd_validate() {
    auto options = std::make_shared<ValidateOptions>();
    Command command;
    command.name = "ectd validate";
    command.summary = "Check a sequence or an application against an agency's rules";
    command.example = "dossier ectd validate nda900172/0002 --format xlsx --output findings.xlsx";
    command.declare = [options](Options& list) {
        list.text("PATH", options->path, "Sequence folder (earlier ones beside it are its history), application folder, or a ZIP of either",
                  true);
        list.text("--rules", options->rules, "Rule set (default: the one of the region; dossier rules list names them)");
        list.text("--as-of", options->as_of, "Judge as on this day, YYYY-MM-DD (default: today, UTC)");
        list.text("--baseline", options->baseline, "An earlier report (--format json): shows what is new and what is gone");
        list.text("--waivers", options->waivers,
                  "List of findings that may stay (YAML, CSV, XLSX): rule, sequence, path, reason, who, until");
        list.text("--application", options->application,
                  "application.yaml that states the centre, destinations and numbers never used (default: the one beside the sequences)");
        list.text("--fail-on", options->fail_on, "Exit code 10 from this severity on: rejecting (default), or a severity's name");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const int rank, rank_of_severity("--fail-on", options->fail_on));
        DOSSIER_TRY(const ValidationResult result, run_validation(context, *options));
        Rendering rendering;
        rendering.text = [&] { return validation_text(result); };
        rendering.json = [&] { return validation_json(result); };
        rendering.sheets = [&] {
            return context.format == "csv" ? std::vector<Sheet>{validation_table(result)} : validation_sheets(result);
        };
        rendering.html = [&] { return validation_html(context, result); };
        rendering.junit = [&] { return validation_junit(result, rank); };
        rendering.sarif = [&] { return validation_sarif(result); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_code(result, rank);
    };
    return command;
}

} // namespace dossier::cli
