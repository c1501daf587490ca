#include "cli/tmf_completeness.hpp"

#include "cli/study_page.hpp"
#include "core/text.hpp"

namespace dossier::cli {

Result<tmf::CompletenessQuestion> completeness_question(const Context& context, const ReportSession& opened,
                                                        const CompletenessOptions& options) {
    const StudySession& session = *opened.study;
    tmf::CompletenessQuestion question;
    question.today = opened.today;
    question.as_of = opened.as_of;
    question.known_at = opened.known_at;
    if (!options.country.empty()) {
        DOSSIER_TRY(question.country, tmf::find_country(session.catalogue, session.study, options.country));
    }
    const tmf::Site* site = nullptr;
    if (!options.site.empty()) {
        DOSSIER_TRY(site, tmf::find_site(session.study, options.site));
        question.site = site->id;
    }
    DOSSIER_CHECK(session.require(question.country, question.site)); // before anything is said of the site
    if (site) DOSSIER_CHECK(tmf::check_country_of(*site, question.country));
    DOSSIER_TRY(question.audience, session.audience(context, options.audience, question.country, question.site));
    question.rows = !options.totals;
    question.milestone = options.milestone.size() == 1 ? "0" + options.milestone : options.milestone;
    if (!question.milestone.empty() && (!session.catalogue.milestone(question.milestone) || question.milestone.size() != 2))
        return Error(ErrorKind::usage, fill("rows are counted under milestones 01 to 12, not {}", options.milestone));
    return question;
}

Result<LoadedReport> make_completeness(Context& context, const CompletenessOptions& options) {
    LoadedReport loaded;
    DOSSIER_TRY(auto opened, open_report(context, options.study, options.days));
    DOSSIER_TRY(const auto question, completeness_question(context, opened, options));
    loaded.session = std::move(opened.study);
    const StudySession& session = *loaded.session;
    DOSSIER_TRY(const auto documents, session_documents(session));
    loaded.report = tmf::completeness(session.catalogue, session.study, documents.documents, documents.decisions, question);
    // The next milestone is the study's; who may see one place only is not told of another one.
    if (auto& next = loaded.report.next; next && !session.require(next->country, next->site)) {
        next->country.clear();
        next->site.clear();
    }
    return loaded;
}

namespace {

const std::string tool = std::string("dossier ") + DOSSIER_VERSION;

Result<int> show_totals(Context& context, const CompletenessOptions& options) {
    DOSSIER_TRY(const auto report, make_totals(context, options));
    Rendering rendering;
    rendering.text = [&] { return totals_text(report); };
    rendering.json = [&] { return tmf::to_json(report); };
    rendering.sheets = [&] { return tmf::to_sheets(report); };
    rendering.csv_sheet = [&] { return tmf::to_csv_sheet(report, tool); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_tmf_completeness() {
    auto options = std::make_shared<CompletenessOptions>();
    Command command;
    command.name = "tmf completeness";
    command.right = "report.read";
    command.summary = "Which expected documents are there, missing, expired, in review, on any day";
    command.example = "dossier tmf completeness CDISCPILOT01 --as-of 2026-03-01 --site 701";
    command.declare = [options](Options& list) {
        list.text("STUDY", options->study, "The study's id", true);
        list.text("--country", options->country, "Only this country and its sites");
        list.text("--site", options->site, "Only this site");
        list.text("--milestone", options->milestone, "Only what is counted under this milestone, 01 to 12");
        options->days.declare(list);
        list.choice("--audience", options->audience, {"blinded", "unblinded"},
                    "blinded: documents that may unblind are neither shown nor counted (default for all but the unblinded)");
        list.flag("--totals", options->totals,
                  "The totals, and what they are the sum of: trial, countries, sites, by milestone; no slots: at once, from what is kept "
                  "up to date");
        list.flag("--recompute", options->recompute, "With --totals: count anew, and store that");
    };
    command.run = [options](Context& context) -> Result<int> {
        if (options->recompute && !options->totals)
            return Error(ErrorKind::usage, "--recompute belongs to --totals; rows are always counted anew");
        if (options->totals) return show_totals(context, *options);
        DOSSIER_TRY(const auto loaded, make_completeness(context, *options));
        Rendering rendering;
        rendering.text = [&] { return completeness_text(loaded.report, loaded.session->study, context.color); };
        rendering.json = [&] { return tmf::to_json(loaded.report); };
        rendering.sheets = [&] { return tmf::to_sheets(loaded.report); };
        rendering.csv_sheet = [&] { return tmf::to_csv_sheet(loaded.report, tool); };
        rendering.html = [&] { return completeness_html(context, loaded.report, loaded.session->study, loaded.session->catalogue); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
