#include "tmf/study_apply.hpp"
#include "cli/tmf_session.hpp"
#include "core/fold.hpp"
#include "core/one_line.hpp"
#include "core/text.hpp"

namespace dossier::cli {

namespace {

std::string to_text(const tmf::ApplyOutcome& outcome, bool dry_run) {
    std::string text;
    for (const std::string& change : outcome.changes) text += "  " + one_line(change) + "\n";
    const std::string what = outcome.is_new ? "new"
                             : outcome.changes.empty()
                                 ? "nothing changed"
                                 : fill("{} change{}", outcome.changes.size(), std::string_view(outcome.changes.size() == 1 ? "" : "s"));
    return text + fill("study {}: {}{}\n", outcome.study, what,
                       std::string_view(dry_run && !outcome.changes.empty() ? " (not written: --dry-run)" : ""));
}

Json to_json(const tmf::ApplyOutcome& outcome, bool dry_run) {
    return Json::object({{"study", outcome.study},
                         {"new", outcome.is_new},
                         {"written", !dry_run && !outcome.changes.empty()},
                         {"changes", Json::texts(outcome.changes)},
                         {"notes", Json::texts(outcome.notes)}});
}

// Where the study file names the list or the model that the message speaks of.
Place place_of_standard(const Yaml& file, const std::string& message) {
    const Yaml* const head = file.find("study");
    Place place{file.path};
    for (const char* const key : {"lists", "model"}) {
        const Yaml* const value = head ? head->find(key) : nullptr;
        if (!value) continue;
        if (place.line == 0 || message.find(value->scalar) != std::string::npos) place = value->place();
        for (const Yaml& name : value->list)
            if (message.find(name.scalar) != std::string::npos) return name.place();
    }
    return place;
}

} // namespace

Result<int> show_outcome(Context& context, const tmf::ApplyOutcome& outcome, bool dry_run) {
    for (const std::string& note : outcome.notes) print_note(context, "note: " + note);
    Rendering rendering;
    rendering.text = [&] { return to_text(outcome, dry_run); };
    rendering.json = [&] { return to_json(outcome, dry_run); };
    DOSSIER_CHECK(emit(context, rendering));
    return exit_done;
}

Command make_study_apply() {
    struct Options_ {
        std::string file, reason;
        bool dry_run = false, accept_model_change = false;
    };
    auto options = std::make_shared<Options_>();
    Command command;
    command.name = "study apply";
    command.right = "study.apply";
    command.forms = {"text", "json"};
    command.summary = "Bring a study file into the repository; shows what changes";
    command.example = "dossier study apply STUDY.yaml --dry-run";
    command.declare = [options](Options& list) {
        list.text("FILE", options->file, "STUDY.yaml: the study's facts", true);
        list.flag("--dry-run", options->dry_run, "Show the changes, write nothing");
        list.flag("--accept-model-change", options->accept_model_change, "The study may move to another reference model");
        list.text("--reason", options->reason, "Why; it stays in the audit trail");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const std::string bytes, read_file(*context.fs, options->file, 64u << 20));
        DOSSIER_TRY(const Yaml yaml, parse_yaml(bytes, options->file));
        using Access = tmf::Repository::Access;
        DOSSIER_TRY(const auto repository, open_repository(context, options->dry_run ? Access::read : Access::write));
        const templates::OwnStandards own(*context.fs, context.data_folder);
        auto catalogue = templates::read_study_catalogue(context.templates, tmf::model_of(yaml), tmf::lists_of(yaml),
                                                         tmf::standards_for_apply(repository->ledger(), own));
        if (!catalogue) {
            Error& error = catalogue.error();
            if (error.where.path.empty()) error.where = place_of_standard(yaml, error.message);
            return catalogue.error();
        }
        DOSSIER_TRY(auto reading, tmf::read_study(yaml, *catalogue));
        tmf::ApplyWish wish;
        wish.dry_run = options->dry_run;
        wish.accept_model_change = options->accept_model_change;
        wish.reason = std::string(seen_text(options->reason));
        wish.file = &yaml;
        DOSSIER_TRY(auto standards, tmf::standards_to_adopt(repository->ledger(), context.templates, own, *catalogue));
        wish.standards = std::move(standards.records);
        DOSSIER_TRY(const auto stored, repository->ledger().study(reading.study.id));
        templates::TmfCatalogue before;
        if (stored) {
            DOSSIER_TRY(before, tmf::catalogue_of(repository->ledger(), context.templates, *stored));
            wish.before = &before;
        }
        auto outcome = tmf::apply_study(*repository, *catalogue, std::move(reading), author_of(context), wish);
        if (!outcome) {
            Error error = outcome.error();
            if (error.where.path.empty() && error.kind == ErrorKind::conflict) error.where.path = options->file;
            return error;
        }
        outcome->notes.insert(outcome->notes.end(), standards.notes.begin(), standards.notes.end());
        return show_outcome(context, *outcome, options->dry_run);
    };
    return command;
}

} // namespace dossier::cli
