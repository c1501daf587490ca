#include <algorithm>

#include "cli/report_rendering.hpp"
#include "cli/study_page.hpp"
#include "cli/tmf_report.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::string kinds_help() {
    std::size_t width = 0;
    for (const tmf::ReportKind& kind : tmf::report_kinds()) width = std::max(width, kind.name.size());
    std::string text = "\n\nKinds of report:";
    for (const tmf::ReportKind& kind : tmf::report_kinds())
        text += fill("\n  {}{}  {}", kind.name, std::string(width - kind.name.size(), ' '), kind.summary);
    return text;
}

std::vector<std::string> kind_names() {
    std::vector<std::string> names;
    for (const tmf::ReportKind& kind : tmf::report_kinds()) names.emplace_back(kind.name);
    return names;
}

Result<const tmf::ReportKind*> kind_named(const std::string& name) {
    if (const tmf::ReportKind* kind = tmf::report_kind(name)) return kind;
    const std::string near = nearest(name, kind_names());
    return Error(ErrorKind::usage, fill("there is no report {}", name), {},
                 (near.empty() ? "" : fill("did you mean {}? ", near)) + "the kinds are " + join(kind_names(), ", "));
}

// An option that a kind would ignore is refused: its figures would not be what was asked for.
Result<void> check_options(const tmf::ReportKind& kind, const ReportCommandOptions& options) {
    const auto check = [&kind](std::string_view option, bool given) -> Result<void> {
        if (!given || std::find(kind.takes.begin(), kind.takes.end(), option) != kind.takes.end()) return {};
        return Error(ErrorKind::usage, fill("the report {} takes no --{}", kind.name, option), {}, "leave it out");
    };
    DOSSIER_CHECK(check("country", !options.question.country.empty()));
    DOSSIER_CHECK(check("site", !options.question.site.empty()));
    DOSSIER_CHECK(check("milestone", !options.question.milestone.empty()));
    DOSSIER_CHECK(check("within", options.within != no_days));
    DOSSIER_CHECK(check("target", options.target != no_days));
    if (options.within != no_days && options.within < 1) return Error(ErrorKind::usage, "--within is a number of days, 1 or more");
    if (options.target != no_days && options.target < 1) return Error(ErrorKind::usage, "--target is a number of days, 1 or more");
    return {};
}

tmf::ReportOptions report_options(const ReportCommandOptions& options) {
    tmf::ReportOptions wanted;
    if (options.within > 0) wanted.within_days = options.within;
    if (options.target > 0) wanted.target_days = options.target;
    return wanted;
}

const std::string tool = std::string("dossier ") + DOSSIER_VERSION;

} // namespace

tmf::ReportFacts OpenedStudy::facts(const ReportCommandOptions& options) const {
    return {session.study->catalogue, quality, session.study->study, state, question, report_options(options)};
}

Result<OpenedStudy> open_facts(Context& context, const ReportCommandOptions& options) {
    OpenedStudy opened;
    DOSSIER_TRY(opened.session, open_report(context, options.question.study, options.question.days));
    DOSSIER_TRY(opened.quality, templates::read_quality_catalogue(context.templates, opened.session.study->catalogue));
    DOSSIER_TRY(opened.state, session_state(*opened.session.study));
    return opened;
}

namespace {

Result<OpenedStudy> open_question(Context& context, const ReportCommandOptions& options) {
    DOSSIER_TRY(auto opened, open_facts(context, options));
    DOSSIER_TRY(opened.question, completeness_question(context, opened.session, options.question));
    return opened;
}

Result<tmf::Report> study_report(Context& context, const tmf::ReportKind& kind, const ReportCommandOptions& options) {
    if (kind.of_all_studies) return overview_of(context, kind, options);
    DOSSIER_TRY(const OpenedStudy opened, open_question(context, options));
    const tmf::ReportFacts facts = opened.facts(options);
    tmf::Report report = kind.make(facts);
    const StudySession& session = *opened.session.study;
    const tmf::Site* const site = session.study.site(opened.question.site);
    const tmf::Scope place{session.study.id, site ? site->country : opened.question.country, opened.question.site};
    if (session.repository->control()->may(tmf::right_to_restricted, place)) return report;
    if (std::string note = tmf::note_on_unseen(kind, facts, context.user); !note.empty()) report.notes.push_back(std::move(note));
    return report;
}

Result<int> write_dashboard(Context& context, const ReportCommandOptions& options) {
    DOSSIER_TRY(const OpenedStudy opened, open_question(context, options));
    const StudySession& session = *opened.session.study;
    const tmf::Dashboard dashboard = tmf::make_dashboard(opened.facts(options));
    Rendering rendering;
    rendering.html = [&] { return dashboard_html(context, dashboard, session.study, session.catalogue); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

Result<int> run_report(Context& context, ReportCommandOptions options) {
    DOSSIER_TRY(const int rank, rank_of_severity("--fail-on", options.fail_on));
    const tmf::ReportKind* of_all = options.kind.empty() ? tmf::report_kind(options.question.study) : nullptr;
    if (of_all && of_all->of_all_studies) {
        options.kind = options.question.study;
        options.question.study.clear();
    }
    if (options.kind.empty()) return Error(ErrorKind::usage, "which report?", {}, "name one after the study: " + join(kind_names(), ", "));
    DOSSIER_TRY(const tmf::ReportKind* const kind, kind_named(options.kind));
    DOSSIER_CHECK(check_options(*kind, options));
    if (kind->name == "dashboard" && context.format == "html") return write_dashboard(context, options);
    DOSSIER_TRY(auto report, study_report(context, *kind, options));
    report.tool = tool;
    DOSSIER_CHECK(emit(context, report_rendering(context, report)));
    for (const Finding& finding : report.findings)
        if (severity_rank(finding.severity) >= rank) return exit_findings;
    return exit_done;
}

} // namespace

Command make_tmf_report() {
    auto options = std::make_shared<ReportCommandOptions>();
    Command command;
    command.name = "tmf report";
    command.right = "report.read";
    command.summary = "Reports on a study's trial master file, on any day";
    command.example = "dossier tmf report CDISCPILOT01 timeliness --site 701 --format xlsx --output timeliness.xlsx" + kinds_help();
    command.declare = [options](Options& list) {
        CompletenessOptions& question = options->question;
        list.text("STUDY", question.study, "The study's id; 'overview' alone is of all studies", true);
        list.text("KIND", options->kind, "Which report; the kinds are listed below");
        list.text("--country", question.country, "Only this country and its sites");
        list.text("--site", question.site, "Only this site");
        list.text("--milestone", question.milestone, "Only what is counted under this milestone, 01 to 12");
        question.days.declare(list);
        list.choice("--audience", question.audience, {"blinded", "unblinded"},
                    "blinded: documents that may unblind are neither shown nor counted (default for all but the unblinded)");
        list.number("--within", options->within, "expiring, site: how many days ahead (default 90)");
        list.number("--target", options->target,
                    "timeliness: days within which a document should be there (default: the study's timeliness_target, else 30)");
        list.text("--fail-on", options->fail_on,
                  "Exit code 10 from this severity of findings on: rejecting (default), or a severity's name");
    };
    command.run = [options](Context& context) { return run_report(context, *options); };
    return command;
}

} // namespace dossier::cli
