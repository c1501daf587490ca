#include "cli/horizon.hpp"
#include "cli/named_document.hpp"
#include "cli/tmf_session.hpp"
#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/evidence.hpp"
#include "tmf/review.hpp"

namespace dossier::cli {

namespace {

struct ReviewOptions {
    std::string document, step = "approval", code, comment;
    bool accept = false;
};

std::string to_text(const tmf::Reviewed& done, const std::string& day) {
    const tmf::ReviewRecord& record = done.record;
    const std::string id = tmf::version_id(record.document, record.version);
    if (record.step == tmf::ReviewStep::approval)
        return fill("{} {} on {}\n", id, std::string_view(record.accepted() ? "accepted" : "rejected"), day);
    return record.accepted() ? fill("{} passed the step {} on {}\n", id, templates::to_text(record.step), day)
                             : fill("{} rejected on {} in the step {}\n", id, day, templates::to_text(record.step));
}

Result<void> note_own_work(Context& context, tmf::Ledger& ledger, const tmf::VersionRecord& version, const std::string& reviewer) {
    DOSSIER_TRY(const auto stored, ledger.document(version.document));
    if (!stored) return {};
    DOSSIER_TRY(const std::string writer, tmf::author_of_version(ledger, *stored, version.number));
    if (writer == reviewer)
        print_note(context, fill("note: {} filed this version and checked it; reviews are worth more from another pair of eyes", reviewer));
    return {};
}

Result<int> run_review(Context& context, const ReviewOptions& options) {
    if (options.accept == !options.code.empty()) return Error(ErrorKind::usage, "say either --accept or --reject CODE");
    if (options.code == "other" && seen_text(options.comment).empty())
        return Error(ErrorKind::usage, "\"other\" says nothing by itself", {}, "say in --comment what is wrong");
    DOSSIER_TRY(const auto reference, NamedDocuments(context).find(options.document));
    DOSSIER_TRY(const auto session, open_study_of(context, reference, tmf::Repository::Access::write));
    DOSSIER_TRY(const auto quality, templates::read_quality_catalogue(context.templates, session->catalogue));
    const tmf::Author author = author_of(context);
    const auto step = templates::to_review_step(options.step).value_or(tmf::ReviewStep::approval);
    const tmf::ReviewRules rules{quality, session->study.review_steps, horizon_of(context)};
    DOSSIER_TRY(const auto done,
                tmf::review(*session->repository, rules, {reference, step, options.accept, options.code, options.comment}, author));
    for (const std::string& one : done.replaced) print_note(context, fill("note: {}, is replaced: its time had not come", one));
    if (options.accept) DOSSIER_CHECK(note_own_work(context, session->repository->ledger(), done.version, author.user));
    if (const auto* code = quality.code(done.record.code)) print_note(context, fill("next: {}", code->remedy));
    Rendering rendering;
    rendering.text = [&] { return to_text(done, author.time.date().text()); };
    rendering.json = [&] { return tmf::to_json(done.version).set("review", tmf::to_json(done.record)); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

} // namespace

Command make_tmf_review() {
    auto options = std::make_shared<ReviewOptions>();
    Command command;
    command.name = "tmf review";
    command.right = "document.review";
    command.forms = {"text", "json"};
    command.summary = "Pass a filed version through a step of its review, accept it, or reject it with a reason";
    command.example = "dossier tmf review D-000012 --step content --reject missing_page --comment 'page 3 is missing'";
    command.declare = [options](Options& list) {
        std::vector<std::string> steps;
        for (const auto step : templates::review_steps()) steps.emplace_back(templates::to_text(step));
        list.text("DOC", options->document, "D-000012 (newest version), D-000012@1, or the label that a list gave it", true);
        list.choice("--step", options->step, steps, "Which check this was (default: approval)");
        list.flag("--accept", options->accept, "It is right and complete");
        list.text("--reject", options->code, "What is wrong: a code of templates/tmf/review-codes.tsv (docs/quality.md lists them)");
        list.text("--comment", options->comment, "In words");
    };
    command.run = [options](Context& context) -> Result<int> { return run_review(context, *options); };
    return command;
}

} // namespace dossier::cli
