#include "cli/ectd_validation.hpp"
#include "cli/regional_verdict.hpp"

#include <algorithm>

#include "core/path.hpp"
#include "core/text.hpp"
#include "core/zip.hpp"
#include "ectd/application_file.hpp"
#include "ectd/baseline.hpp"
#include "ectd/content_facts.hpp"
#include "ectd/ctis/validation.hpp"
#include "ectd/package.hpp"
#include "ectd/rule_editions.hpp"
#include "ectd/unnumbered.hpp"
#include "ectd/waivers.hpp"

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
    std::optional<ectd::ArchiveFact> archive;
};

Result<Opened> open_package(const Context& context, const std::string& given) {
    const std::string path = absolute_path(given);
    Opened opened;
    opened.fs = context.fs;
    const auto info = context.fs->info(path);
    const bool archive = info && info->kind == FileKind::file;
    if (archive) {
        DOSSIER_TRY(auto reader, open_zip_in_part(path));
        opened.archive = ectd::ArchiveFact{reader->faults(), {}};
        opened.fs = make_zip_file_system(std::move(reader));
    }
    auto package = ectd::find_package(*opened.fs, archive ? "" : path, given);
    if (!package && archive && !opened.archive->faults.empty()) {
        const ZipFault& fault = opened.archive->faults.front();
        return Error(ErrorKind::invalid,
                     fill("{}, and {} of its entries cannot be read; the first of them, \"{}\", {}", package.error().message,
                          opened.archive->faults.size(), fault.name, fault.problem),
                     {given}, "pack the archive again from the folder of the sequence");
    }
    if (!package) return package.error();
    opened.package = std::move(*package);
    if (archive) opened.archive->beside = opened.package.beside;
    return opened;
}

Result<void> check_name_of_rules(const Context& context, const std::string& name) {
    const std::vector<std::string> names = ectd::rule_set_names(context.templates);
    if (std::find(names.begin(), names.end(), name) != names.end()) return {};
    return Error(ErrorKind::usage, fill("there is no rule set {}", name), {}, fill("the rule sets are {}", join(names, ", ")));
}

// Of the set that is named, or else the default.
Result<ectd::RuleSet> rules_for(const Context& context, const ValidateOptions& options, const std::string& usual, bool of_dossiers) {
    DOSSIER_TRY(ectd::RuleSet set, ectd::read_rule_set(context.templates, options.rules.empty() ? usual : options.rules));
    if (set.of_dossiers == of_dossiers) return set;
    return Error(ErrorKind::usage,
                 fill("the rule set {} is for {}", set.id,
                      std::string_view(of_dossiers ? "eCTD sequences, and this is a dossier for the EU clinical trials portal"
                                                   : "dossiers for the EU clinical trials portal, and this is an eCTD")),
                 {}, fill("leave --rules out, or name {}", usual));
}

ectd::ContentOptions content_options(const Context& context) {
    ectd::ContentOptions options;
    options.cache = context.fs.get();
    options.cache_folder = context.cache_folder;
    return options;
}

// The application.yaml that was named, to be taken in place of the one beside the sequences.
Result<std::optional<ectd::Statements>> named_statements(const Context& context, const ValidateOptions& options) {
    if (options.application.empty()) return std::optional<ectd::Statements>();
    const std::string path = absolute_path(options.application);
    if (!exists(*context.fs, path) || is_folder(*context.fs, path))
        return Error(ErrorKind::not_found, "there is no such file", {options.application}, "name an application.yaml");
    DOSSIER_TRY(const std::string bytes, read_file(*context.fs, path));
    DOSSIER_CHECK(ectd::parse_application_file(bytes, options.application));
    return std::optional(ectd::read_statements(*context.fs, path));
}

void note_lacks(const ectd::ContentFacts& facts, ectd::ValidationReport& report) {
    for (const std::string& lack : facts.unprotected)
        report.notes.push_back("the processes that look into files had less protection than usual here: " + lack);
}

Result<ValidationResult> validate_dossiers(Context& context, const ValidateOptions& options, Date day,
                                           const ectd::ctis::DossierPlace& place) {
    DOSSIER_TRY(const ectd::RuleSet set, rules_for(context, options, ectd::ctis::rule_set_name, true));
    DOSSIER_TRY(const auto catalogue, templates::read_ctis_catalogue(context.templates));
    DOSSIER_TRY(const auto forms, templates::read_number_forms(context.templates));
    ValidationResult result;
    result.noun = "Dossier";
    result.one_sequence = place.one;
    result.name = place.one ? place.numbers.front().text() : path::file_name(absolute_path(options.path));
    for (const ectd::Rule& rule : set.rules) result.titles[rule.id] = rule.title;
    const ectd::ContentOptions content = content_options(context);
    ectd::ctis::DossierReader reader({catalogue, forms, place.fs, place.application_folder, day, context.jobs, &content, place.faults});
    for (const ectd::SequenceNumber number : place.numbers) {
        print_progress(context, "reading " + number.text());
        DOSSIER_TRY(const auto facts, reader.read(number));
        result.reports.push_back(ectd::ctis::run_rules(set, *facts));
        note_lacks(*facts->content, result.reports.back());
    }
    print_progress(context, "");
    return result;
}

} // namespace

std::string absolute_path(const std::string& given) { return path::normalise(path::join(current_folder(), given)); }

namespace {

// Of a sequence and those before it whose folders are links: their files are read where these lead. The one that the user named is his.
void note_linked_folders(FileSystem& fs, const ectd::FactsRequest& request, const ectd::SequenceFacts& facts,
                         ectd::ValidationReport& report) {
    for (const ectd::Sequence& sequence : facts.application->sequences) {
        if (sequence.number > facts.sequence->number || request.only == sequence.number) continue;
        const auto info = fs.info(path::join(request.application_folder, sequence.folder));
        if (info && info->kind == FileKind::link)
            report.notes.push_back(fill("the folder of sequence {} is a link: its files were read where it leads", sequence.folder));
    }
}

Result<ValidationResult> validate_unnumbered(const Context& context, const ValidateOptions& options, Date day, const Opened& opened) {
    const std::string& name = opened.package.unnumbered;
    const std::string region = ectd::region_of_unnumbered(*opened.fs, path::join(opened.package.application_folder, name));
    DOSSIER_TRY(const std::string usual, ectd::rule_set_in_force(context.templates, region, day));
    DOSSIER_TRY(const ectd::RuleSet set, rules_for(context, options, usual, false));
    ValidationResult result;
    result.name = opened.package.name;
    result.one_sequence = true;
    for (const ectd::Rule& rule : set.rules) result.titles[rule.id] = rule.title;
    result.reports.push_back(ectd::judge_unnumbered(set, name, region, day));
    return result;
}

Result<ValidationResult> validate(Context& context, const ValidateOptions& options) {
    DOSSIER_TRY(const Date day, as_of(context, options.as_of));
    if (!options.rules.empty()) DOSSIER_CHECK(check_name_of_rules(context, options.rules)); // before anything is read
    DOSSIER_TRY(auto stated, named_statements(context, options));                           // likewise
    DOSSIER_TRY(const auto dossiers, ectd::ctis::find_dossiers(context.fs, absolute_path(options.path)));
    if (dossiers && stated)
        return Error(ErrorKind::usage, "--application is for eCTD sequences, and this is a dossier for the EU clinical trials portal", {},
                     "leave it out");
    if (dossiers) return validate_dossiers(context, options, day, *dossiers);
    std::map<std::string, ectd::RuleSet> sets;
    DOSSIER_TRY(const Opened opened, open_package(context, options.path));
    if (!opened.package.unnumbered.empty()) return validate_unnumbered(context, options, day, opened);
    DOSSIER_TRY(const auto catalogue, templates::read_ectd_catalogue(context.templates));
    print_progress(context, "reading " + opened.package.name);
    const ectd::ContentOptions content = content_options(context);
    const ectd::FactsRequest request{opened.package.application_folder,
                                     opened.package.only,
                                     day,
                                     context.jobs,
                                     &content,
                                     0,
                                     opened.archive ? &*opened.archive : nullptr,
                                     options.moves,
                                     std::move(stated),
                                     schema_finder(context, catalogue)};
    DOSSIER_TRY(const auto facts, ectd::read_facts(*opened.fs, context.templates, catalogue, request));
    if (!options.application.empty() && !facts->stated.problem.empty())
        return Error(ErrorKind::usage, "--application: " + facts->stated.problem, {options.application},
                     "name the application.yaml of this application");
    ValidationResult result;
    result.name = opened.package.name;
    result.one_sequence = opened.package.only.has_value();
    result.strangers = opened.package.strangers;
    for (const ectd::SequenceFacts& sequence : facts->sequences) {
        DOSSIER_TRY(const std::string usual, ectd::rule_set_in_force(context.templates, sequence.region, day));
        const std::string name = options.rules.empty() ? usual : options.rules;
        if (sets.count(name) == 0) {
            DOSSIER_TRY(sets[name], rules_for(context, options, usual, false));
        }
        for (const ectd::Rule& rule : sets[name].rules) result.titles[rule.id] = rule.title;
        result.reports.push_back(ectd::run_rules(sets[name], sequence));
        add_regional_verdict(catalogue, sequence, result.reports.back());
        note_lacks(*facts->content, result.reports.back());
        note_linked_folders(*opened.fs, request, sequence, result.reports.back());
    }
    print_progress(context, "");
    return result;
}

} // namespace

Result<ValidationResult> run_validation(Context& context, const ValidateOptions& options) {
    std::vector<ectd::Waiver> waivers; // before anything else is read: a wrong list is told at once
    if (!options.waivers.empty()) {
        DOSSIER_TRY(waivers, ectd::read_waivers(*context.fs, absolute_path(options.waivers)));
    }
    std::vector<ectd::EarlierReport> baseline;
    if (!options.baseline.empty()) {
        DOSSIER_TRY(baseline, ectd::read_baseline(*context.fs, absolute_path(options.baseline)));
    }
    DOSSIER_TRY(ValidationResult result, validate(context, options));
    if (!options.waivers.empty()) ectd::apply_waivers(waivers, result.reports);
    if (!options.baseline.empty()) ectd::compare_with(baseline, result.reports);
    return result;
}

} // namespace dossier::cli
