#include "cli/ectd_validation.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/package.hpp"

namespace dossier::cli {

namespace {

Result<Date> as_of(const Context& context, const std::string& text) {
    if (text.empty()) return context.clock->now().date();
    const auto date = parse_date(text);
    if (!date) return Error(ErrorKind::usage, fill("--as-of {} is not a date", text), {}, "write YYYY-MM-DD");
    return *date;
}

struct Opened {
    std::shared_ptr<FileSystem> fs;
    ectd::Package package;
};

Result<Opened> open_package(const Context& context, const std::string& given) {
    const std::string path = absolute_path(given);
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

} // namespace

std::string absolute_path(const std::string& given) { return path::normalise(path::join(current_folder(), given)); }

Result<ValidationResult> run_validation(Context& context, const ValidateOptions& options) {
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

} // namespace dossier::cli
