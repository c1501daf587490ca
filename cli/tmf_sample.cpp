#include "cli/tmf_documents.hpp"
#include "core/text.hpp"
#include "tmf/quality_records.hpp"
#include "tmf/sampling.hpp"

namespace dossier::cli {

namespace {

struct SampleOptions {
    std::string study, country, site;
    ReportDays days;
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

std::string to_text(const tmf::Sample& sample, const StudySession& session) {
    const tmf::SampleFigures figures = tmf::figures_of(sample);
    std::vector<std::vector<std::string>> rows;
    for (const tmf::SampledVersion& member : sample.versions) {
        if (!member.is_chosen()) continue;
        const tmf::DocumentRecord& document = member.stored->document;
        const auto* artifact = session.catalogue.artifact(document.unique_id);
        rows.push_back({tmf::version_id(document.number, member.version().number), artifact ? artifact->number : "", place_of(document),
                        std::string(tmf::to_text(member.outcome.kind)), member.version().title, member.reason});
    }
    std::string text = fill("sampling plan of {} on {}: {} % with the seed \"{}\", tightened below a first-pass yield of {} %\n",
                            session.study.id, sample.plan.as_of.text(), sample.plan.percent, sample.plan.seed, sample.plan.target);
    if (!rows.empty()) text += text_table({"document", "artifact", "place", "outcome", "title", "why"}, rows);
    return text + fill("{} of {} final versions are to be checked: {} critical, {} drawn, {} after tightening; {} still wait\n",
                       figures.chosen, figures.population, figures.critical, figures.drawn, figures.tightened, figures.waiting);
}

Result<int> run_sample(Context& context, const SampleOptions& options) {
    DOSSIER_CHECK(check_plan(options.plan));
    DOSSIER_TRY(const auto opened, open_report(context, options.study, options.days));
    const StudySession& session = *opened.study;
    DOSSIER_TRY(const auto quality, templates::read_quality_catalogue(context.templates, session.catalogue));
    std::string country, site;
    if (!options.country.empty()) {
        DOSSIER_TRY(country, tmf::find_country(session.catalogue, session.study, options.country));
    }
    if (!options.site.empty()) {
        DOSSIER_TRY(const tmf::Site* const found, tmf::find_site(session.study, options.site));
        site = found->id;
    }
    std::vector<tmf::StoredDocument> stored;
    DOSSIER_CHECK(each_stored_document(session, [&](const tmf::StoredDocument& document) {
        const bool wanted = (country.empty() || document.document.country == country) && (site.empty() || document.document.site == site);
        if (wanted) stored.push_back(document);
        return Result<void>();
    }));
    std::vector<const tmf::StoredDocument*> documents;
    for (const tmf::StoredDocument& document : stored) documents.push_back(&document);
    tmf::SamplePlan plan = options.plan;
    plan.as_of = opened.as_of;
    const tmf::Sample sample = tmf::draw_sample(documents, session.study, quality, plan);
    Rendering rendering;
    rendering.text = [&] { return to_text(sample, session); };
    rendering.json = [&] { return tmf::to_json(sample, session.catalogue, session.study.id); };
    rendering.sheets = [&] { return tmf::to_sheets(sample, session.catalogue); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_tmf_sample() {
    auto options = std::make_shared<SampleOptions>();
    Command command;
    command.name = "tmf sample";
    command.summary = "Which versions are to be checked: critical artifacts whole, of the others a drawn percentage";
    command.example = "dossier tmf sample CDISCPILOT01 --percent 20 --seed 2026-Q2 --format xlsx --output sample.xlsx";
    command.declare = [options](Options& list) {
        list.text("STUDY", options->study, "The study's id", true);
        list.number("--percent", options->plan.percent, "Of the versions that are not critical, 1 to 100 (default 20)");
        list.text("--seed", options->plan.seed, "A word that the draw is made with; the same word draws the same versions", true);
        list.number("--target", options->plan.target,
                    "First-pass yield in percent below which an artifact's percentage is doubled (default 95)");
        list.text("--country", options->country, "Only this country and its sites");
        list.text("--site", options->site, "Only this site");
        options->days.declare(list);
    };
    command.run = [options](Context& context) { return run_sample(context, *options); };
    return command;
}

} // namespace dossier::cli
