#include "cli/tmf_session.hpp"
#include "core/fold.hpp"
#include "core/text.hpp"
#include "tmf/decide.hpp"

namespace dossier::cli {

namespace {

struct WaiveOptions {
    tmf::DecisionWish wish;
    std::string until, date;
    bool not_applicable = false;
};

void declare_parts(Options& list, WaiveOptions& options, const std::string& rule) {
    list.text("STUDY", options.wish.study, "The study's id", true);
    list.text("RULE", options.wish.rule, rule, true);
    list.text("--country", options.wish.country, "Only for this country and its sites");
    list.text("--site", options.wish.site, "Only for this site");
    list.text("--key", options.wish.key, "Only for this person, event or language");
    list.text("--person", options.wish.person, "Only for this person");
    list.text("--event", options.wish.event, "Only for this event");
    list.text("--language", options.wish.language, "Only for this language");
}

const char* const no_reason = "note: no reason was given; whoever reads the audit trail will miss one (--reason)";

// Of a dry run: each expected document in a line, named as 'dossier tmf completeness' names its slot.
std::string would_apply(const tmf::DecisionOutcome& outcome, const tmf::DecisionWish& wish) {
    std::string text;
    for (const std::string& slot : outcome.applies_to) text += "  " + slot + "\n";
    return text + fill("{} would apply to {} expected documents today (not written: --dry-run)\n", wish.rule, outcome.slots);
}

// Where less is taken out than it looks; empty: nothing to say.
std::string note_on(const tmf::DecisionOutcome& outcome, const tmf::DecisionWish& wish) {
    const std::size_t gone = outcome.not_applicable_slots, all = outcome.slots + gone;
    if (all == 0) return "no expected document of the study matches this today";
    if (gone == 0) return "";
    const std::string which = outcome.slots > 0
                                  ? fill("{} of the {} expected documents {}", gone, all, std::string_view(gone == 1 ? "is" : "are"))
                              : gone == 1 ? "the expected document is"
                                          : fill("the {} expected documents are", gone);
    return fill("{} not applicable already ({}): this {}{}", which, join(outcome.not_applicable, ", "),
                std::string_view(wish.kind == tmf::DecisionWish::Kind::points_to ? "pointer fills nothing" : "decision takes nothing out"),
                std::string_view(outcome.slots > 0 ? " there" : ""));
}

} // namespace

Command make_tmf_waive() {
    auto options = std::make_shared<WaiveOptions>();
    Command command;
    command.name = "tmf waive";
    command.right = "decision.make";
    command.forms = {"text", "json"};
    command.summary = "Decide that an expected document is waived, not applicable, or kept elsewhere";
    command.example = "dossier tmf waive CDISCPILOT01 EDL-133-01 --reason 'open-label part only'";
    command.declare = [options](Options& list) {
        declare_parts(list, *options, "EDL-133-01, as 'dossier tmf completeness' shows it");
        list.text("--reason", options->wish.reason, "Why");
        list.flag("--not-applicable", options->not_applicable, "It does not apply here: no longer expected at all");
        list.text("--points-to", options->wish.points_to, "Where the record is kept; filed as a pointer that has to be accepted");
        list.text("--date", options->date, "With --points-to: the date of that record; validity counts from it");
        list.text("--until", options->until, "The waiver ends on this day");
        list.flag("--dry-run", options->wish.dry_run, "Show which expected documents it would apply to, record nothing");
    };
    command.run = [options](Context& context) -> Result<int> {
        tmf::DecisionWish wish = options->wish;
        if (options->not_applicable && !wish.points_to.empty())
            return Error(ErrorKind::usage, "say either --not-applicable or --points-to");
        if (!wish.points_to.empty() && !options->until.empty())
            return Error(ErrorKind::usage, "--until ends a waiver; what --points-to files is a document", {},
                         "leave out --until; a pointer that no longer holds is rejected, or withdrawn");
        if (wish.points_to.empty() && !options->date.empty())
            return Error(ErrorKind::usage, "--date is the date of the record that --points-to names", {},
                         "leave it out: a decision holds from today on");
        if (options->not_applicable) wish.kind = tmf::DecisionWish::Kind::not_applicable;
        if (!wish.points_to.empty()) wish.kind = tmf::DecisionWish::Kind::points_to;
        wish.reason = std::string(seen_text(wish.reason));
        if (wish.reason.empty() && wish.kind == tmf::DecisionWish::Kind::waived)
            return Error(ErrorKind::usage, "a waiver needs a reason", {}, "add --reason; it stays in the audit trail");
        if (wish.reason.empty() && wish.kind == tmf::DecisionWish::Kind::not_applicable) print_note(context, no_reason);
        DOSSIER_TRY(wish.until, date_option("--until", options->until));
        DOSSIER_TRY(wish.date, date_option("--date", options->date));
        DOSSIER_TRY(const auto session,
                    open_study(context, wish.study, wish.dry_run ? tmf::Repository::Access::read : tmf::Repository::Access::write));
        DOSSIER_TRY(const auto outcome, tmf::decide(*session->repository, session->catalogue, wish, author_of(context)));
        if (const std::string note = note_on(outcome, wish); !note.empty()) print_note(context, "note: " + note);
        for (const std::string& note : outcome.notes) print_note(context, "note: " + note);
        Rendering rendering;
        rendering.text = [&] {
            if (wish.dry_run) return would_apply(outcome, wish);
            if (wish.kind == tmf::DecisionWish::Kind::points_to)
                return fill("filed the pointer {0}; it counts for nothing before it is accepted: dossier tmf review {0} --accept\n",
                            outcome.id);
            return fill("{}: {} applies to {} expected documents today\n", outcome.id, wish.rule, outcome.slots);
        };
        rendering.json = [&] {
            return Json::object({{"id", outcome.id},
                                 {"dry_run", wish.dry_run},
                                 {"slots", static_cast<std::int64_t>(outcome.slots)},
                                 {"applies_to", Json::texts(outcome.applies_to)},
                                 {"not_applicable", Json::texts(outcome.not_applicable)}});
        };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

Command make_tmf_unwaive() {
    auto options = std::make_shared<WaiveOptions>();
    Command command;
    command.name = "tmf unwaive";
    command.right = "decision.make";
    command.forms = {"text", "json"};
    command.summary = "End a decision, from today on";
    command.example = "dossier tmf unwaive CDISCPILOT01 EDL-133-01 --reason 'kit lists were found'";
    command.declare = [options](Options& list) {
        declare_parts(list, *options, "EDL-133-01; or W-000001, the number of the decision, also where its site or rule is gone");
        list.text("--reason", options->wish.reason, "Why");
    };
    command.run = [options](Context& context) -> Result<int> {
        DOSSIER_TRY(const auto session, open_study(context, options->wish.study, tmf::Repository::Access::write));
        options->wish.reason = std::string(seen_text(options->wish.reason));
        DOSSIER_TRY(const auto ended, tmf::undecide(*session->repository, session->catalogue, options->wish, author_of(context)));
        if (options->wish.reason.empty()) print_note(context, no_reason);
        Rendering rendering;
        rendering.text = [&] { return fill("ended {}\n", join(ended, ", ")); };
        rendering.json = [&] { return Json::object({{"ended", Json::texts(ended)}}); };
        DOSSIER_CHECK(emit(context, rendering));
        return exit_done;
    };
    return command;
}

} // namespace dossier::cli
