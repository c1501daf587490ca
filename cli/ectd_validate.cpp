#include "cli/validation_rendering.hpp"

#include <algorithm>

#include <unistd.h>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/package.hpp"

namespace dossier::cli {

namespace {

struct ValidateOptions {
    std::string path, rules, as_of, fail_on = "rejecting";
};

Result<Date> as_of(const Context& context, const std::string& text) {
    if (text.empty()) return context.clock->now().date();
    const auto date = parse_date(text);
    if (!date) return Error(ErrorKind::usage, fill("--as-of {} is not a date", text), {}, "write YYYY-MM-DD");
    return *date;
}

std::string absolute(const std::string& given) {
    std::string folder(4096, '\0');
    if (!getcwd(folder.data(), folder.size())) return path::normalise(given);
    folder.resize(folder.find('\0'));
    return path::normalise(path::join(folder, given));
}

struct Opened {
    std::shared_ptr<FileSystem> fs;
    ectd::Package package;
};

Result<Opened> open_package(const Context& context, const std::string& given) {
    const std::string path = absolute(given);
    Opened opened;
    opened.fs = context.fs;
    const auto info = context.fs->info(path);
    const bool archive = info && info->kind == FileKind::file;
    if (archive) {
        DOSSIER_TRY(auto reader, open_zip(path));
        opened.fs = make_zip_file_system(std::move(reader));
    }
    DOSSIER_TRY(opened.package, ectd::find_package(*opened.fs, archive ? "" : path, given));
    return opened;
}

Result<ectd::RuleSet> rules_named(const Context& context, const std::string& name) {
    const std::vector<std::string> names = ectd::rule_set_names(context.templates);
    if (std::find(names.begin(), names.end(), name) == names.end())
        return Error(ErrorKind::usage, fill("there is no rule set {}", name), {}, fill("the rule sets are {}", join(names, ", ")));
    return ectd::read_rule_set(context.templates, name);
}

Result<ValidationResult> validate(Context& context, const ValidateOptions& options) {
    DOSSIER_TRY(const Date day, as_of(context, options.as_of));
    std::map<std::string, ectd::RuleSet> sets;
    if (!options.rules.empty()) {
        DOSSIER_TRY(sets[options.rules], rules_named(context, options.rules));
    }
    DOSSIER_TRY(const Opened opened, open_package(context, options.path));
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    print_progress(context, "reading " + opened.package.name);
    const ectd::FactsRequest request{opened.package.application_folder, opened.package.only, day, context.jobs};
    DOSSIER_TRY(const auto facts, ectd::read_facts(*opened.fs, context.templates, catalogue, request));
    ValidationResult result;
    result.name = opened.package.name;
    result.one_sequence = opened.package.only.has_value();
    result.strangers = opened.package.strangers;
    for (const ectd::SequenceFacts& sequence : facts->sequences) {
        const std::string name = options.rules.empty() ? ectd::rule_set_for(sequence.region) : options.rules;
        if (sets.count(name) == 0) {
            DOSSIER_TRY(sets[name], rules_named(context, name));
        }
        for (const ectd::Rule& rule : sets[name].rules) result.titles[rule.id] = rule.title;
        result.reports.push_back(ectd::run_rules(sets[name], sequence));
    }
    print_progress(context, "");
    return result;
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
        DOSSIER_TRY(const int rank, rank_of_severity("--fail-on", options->fail_on));
        DOSSIER_TRY(const ValidationResult result, validate(context, *options));
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
