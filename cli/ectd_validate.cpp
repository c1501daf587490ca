#include "cli/ectd_validation.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace dossier::cli {

namespace {

// The rank (severity_rank) from which findings give exit code 10.
Result<int> rank_of(const std::string& fail_on) {
    if (fail_on == "rejecting") return 3;
    const std::vector<std::string> words = {"high", "medium", "low", "fail", "best_practice", "error", "warning", "info"};
    if (std::find(words.begin(), words.end(), fail_on) != words.end()) return severity_rank(fail_on);
    return Error(ErrorKind::usage, fill("--fail-on {} is no severity", fail_on), {}, "use rejecting, " + join(words, ", "));
}

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
        list.text("--fail-on", options->fail_on, "Exit code 10 from this severity on: rejecting (default), or a severity's name");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const int rank, rank_of(options->fail_on));
        DOSSIER_TRY(const ValidationResult result, run_validation(context, *options));
        Rendering rendering;
        rendering.text = [&] { return validation_text(result); };
        rendering.json = [&] { return validation_json(result); };
        rendering.sheets = [&] { return validation_sheets(result, context.format == "csv"); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_code(result, rank);
    };
    return command;
}

} // namespace dossier::cli
