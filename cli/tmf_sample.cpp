#include "cli/report_rendering.hpp"
#include "cli/tmf_completeness.hpp"
#include "core/text.hpp"
#include "tmf/report_kinds.hpp"
#include "tmf/report_sample.hpp"

namespace dossier::cli {

namespace {

struct SampleOptions {
    CompletenessOptions question;
    tmf::SamplePlan plan;
};

Result<void> check_plan(const tmf::SamplePlan& plan) {
    const auto percentage = [](const char* option, std::int64_t value) -> Result<void> {
        if (value >= 1 && value <= 100) return {};
        return Error(ErrorKind::usage, fill("{} {} is no percentage", std::string_view(option), value), {}, "a whole number from 1 to 100");
    };
    DOSSIER_CHECK(percentage("--percent", plan.percent));
    DOSSIER_CHECK(percentage("--target", plan.target));
    if (trim(plan.seed).empty())
        return Error(ErrorKind::usage, "the seed is empty", {}, "any word, for example the quarter that is checked: --seed 2026-Q2");
    return {};
}

Result<int> run_sample(Context& context, const SampleOptions& options) {
    DOSSIER_CHECK(check_plan(options.plan));
    DOSSIER_TRY(const auto opened, open_report(context, options.question.study, options.question.days));
    DOSSIER_TRY(const auto question, completeness_question(context, opened, options.question));
    const StudySession& session = *opened.study;
    DOSSIER_TRY(const auto quality, templates::read_quality_catalogue(context.templates, session.catalogue));
    DOSSIER_TRY(const auto state, session_state(session));
    tmf::Report report = tmf::sample_report({session.catalogue, quality, session.study, state, question, {}}, options.plan);
    report.tool = std::string("dossier ") + DOSSIER_VERSION;
    DOSSIER_CHECK(emit(context, report_rendering(context, report)));
    return exit_done;
}

} // namespace

Command make_tmf_sample() {
    auto options = std::make_shared<SampleOptions>();
    Command command;
    command.name = "tmf sample";
    command.right = "report.read";
    command.summary = "Which versions are to be checked: critical artifacts whole, of the others a drawn percentage";
    command.example = "dossier tmf sample CDISCPILOT01 --percent 20 --seed 2026-Q2 --format xlsx --output sample.xlsx";
    command.declare = [options](Options& list) {
        CompletenessOptions& question = options->question;
        list.text("STUDY", question.study, "The study's id", true);
        list.number("--percent", options->plan.percent, "Of the versions that are not critical, 1 to 100 (default 20)");
        list.text("--seed", options->plan.seed, "A word that the draw is made with; the same word draws the same versions", true);
        list.number("--target", options->plan.target,
                    "First-pass yield in percent below which an artifact's percentage is doubled (default 95)");
        list.text("--country", question.country, "Only this country and its sites");
        list.text("--site", question.site, "Only this site");
        question.days.declare(list);
        list.choice("--audience", question.audience, {"blinded", "unblinded"},
                    "blinded: documents that may unblind are neither shown nor counted (default: what you may see)");
    };
    command.run = [options](Context& context) { return run_sample(context, *options); };
    return command;
}

} // namespace dossier::cli
